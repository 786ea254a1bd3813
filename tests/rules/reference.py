"""What a rule means, without a database: every combination of rows is tried. Slow, short, and easy to believe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plain import plainly, plainly_of_group

from briefnote.rules.checked import CheckedRule
from briefnote.rules.language import Pattern, Wanted
from briefnote.rules.nodes import Expression
from briefnote.rules.rulebook import RuleBook
from briefnote.rules.schema import OR_NULL, RELATIONS, TAGS

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Match:
    """A row for each alias and a value for each variable."""

    rows: Mapping[str, Row]
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Expected:
    """A finding as the reference has it. `matches` are row ids, in order of the patterns."""

    id: str
    score: float | None
    bindings: Mapping[str, Any]
    matches: frozenset[tuple[str, ...]]


def expected(book: RuleBook, rows: Rows) -> dict[str, list[Expected]]:
    """Returns the findings of every rule, by id."""
    world = {relation: list(found) for relation, found in rows.items()}
    found: dict[str, list[Expected]] = {}
    for rule in book.rules:
        found[rule.id] = sorted(_findings(rule, book.params, world), key=lambda finding: finding.id)
        world[f"finding:{rule.id}"] = [
            {**finding.bindings, "id": finding.id, "score": finding.score} for finding in found[rule.id]
        ]
    return found


def _findings(rule: CheckedRule, params: Mapping[str, Any], world: Rows) -> list[Expected]:
    matches = []
    for match in _joined(rule.patterns, world, rule.optional, Match({}, {})):
        values = {**params, **match.values}
        absent = not any(_is_there(block, rule, match, params, world) for block in rule.absences)
        if absent and all(plainly(tree, values, match.rows) is True for tree in rule.where):
            matches.append(match)
    made = _grouped(rule, params, matches) if rule.is_grouped else [_single(rule, params, match) for match in matches]
    return _once(rule, made)


def _is_there(block: Any, rule: CheckedRule, match: Match, params: Mapping[str, Any], world: Rows) -> bool:
    for found in _joined(block.patterns, world, rule.optional, match):
        values = {**params, **found.values}
        if all(plainly(tree, values, found.rows) is True for tree in block.where):
            return True
    return False


# ---- rows -------------------------------------------------------------------------------------------------------


def _joined(patterns: Sequence[Pattern], world: Rows, optional: frozenset[str], match: Match) -> Iterator[Match]:
    if not patterns:
        yield match
        return
    first, *rest = patterns
    table = f"finding:{first.tag}" if first.relation == "finding" else first.relation
    for row in world[table]:
        for values in _fits(_asked(first), row, first, optional, match.values):
            yield from _joined(rest, world, optional, Match({**match.rows, first.alias: row}, values))


def _asked(pattern: Pattern) -> list[tuple[str, Wanted]]:
    own = [] if pattern.relation == "finding" or pattern.tag == "any" else [(TAGS[pattern.relation], pattern.tag)]
    return [*own, *pattern.fields.items()]


def _fits(
    asked: list[tuple[str, Wanted]],
    row: Row,
    pattern: Pattern,
    optional: frozenset[str],
    values: Mapping[str, Any],
) -> Iterator[Mapping[str, Any]]:
    if not asked:
        yield values
        return
    (name, wanted), *rest = asked
    field = RELATIONS.get(pattern.relation, {}).get(name)
    is_many = field is not None and field.many
    cells = row[name] if is_many else [row[name]]
    if isinstance(wanted, str) and wanted.startswith("$"):
        variable = wanted[1:].removesuffix(OR_NULL)
        may_be_empty = variable in optional or wanted.endswith(OR_NULL)
        for cell in dict.fromkeys(cells):
            if cell is None and not may_be_empty:
                continue
            if values.get(variable, cell) == cell:
                yield from _fits(rest, row, pattern, optional, {**values, variable: cell})
    elif wanted == "_" or (is_many and wanted is None and not cells) or _holds(cells, wanted):
        yield from _fits(rest, row, pattern, optional, values)


def _holds(cells: Sequence[Any], wanted: Wanted) -> bool:
    return any(cell in (wanted if isinstance(wanted, tuple) else (wanted,)) for cell in cells)


# ---- findings ---------------------------------------------------------------------------------------------------


def _single(rule: CheckedRule, params: Mapping[str, Any], match: Match) -> Expected:
    values: dict[str, Any] = dict(match.values)
    for name, tree in rule.let.items():
        values[name] = plainly(tree, {**params, **values}, match.rows)
    score = plainly(rule.score, {**params, **values}, match.rows)
    rows = tuple(str(match.rows[pattern.alias]["id"]) for pattern in rule.patterns)
    many = [match.values[name] for name, (alias, field) in rule.bound.items() if _many(rule, alias, field)]
    identity = "|".join([rule.id, *rows, *map(_text, many)])
    return Expected(identity, score, values, frozenset([rows]))


def _many(rule: CheckedRule, alias: str, name: str) -> bool:
    relation = next(pattern.relation for pattern in rule.patterns if pattern.alias == alias)
    field = RELATIONS.get(relation, {}).get(name)
    return field is not None and field.many


def _grouped(rule: CheckedRule, params: Mapping[str, Any], matches: Sequence[Match]) -> list[Expected]:
    groups: dict[tuple[Any, ...], list[Match]] = {}
    for match in matches:
        groups.setdefault(tuple(match.values[name] for name in rule.text.group), []).append(match)
    found = []
    for key, members in groups.items():
        values = dict(zip(rule.text.group, key, strict=True))

        def reckon(tree: Expression, members: list[Match] = members, values: dict[str, Any] = values) -> Any:
            return plainly_of_group(tree, {**params, **values}, [match.rows for match in members])

        for name, tree in rule.let.items():
            values[name] = reckon(tree)
        if all(reckon(tree) is True for tree in rule.having):
            rows = frozenset(tuple(str(m.rows[p.alias]["id"]) for p in rule.patterns) for m in members)
            found.append(Expected("|".join([rule.id, *map(_text, key)]), reckon(rule.score), values, rows))
    return found


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float | int):
        return repr(float(value) + 0.0)
    if value == "":
        return "\\e"
    return "" if value is None else "".join("\\" + letter if letter in "|\\" else letter for letter in str(value))


def _once(rule: CheckedRule, found: Sequence[Expected]) -> list[Expected]:
    if not rule.text.once_per:
        return list(found)
    best: dict[tuple[Any, ...], Expected] = {}
    for finding in sorted(found, key=rank):
        best.setdefault(tuple(finding.bindings[name] for name in rule.text.once_per), finding)
    return list(best.values())


def rank(finding: Expected) -> tuple[bool, float, str]:
    """The best score first, none last; ties go to the smallest id."""
    return finding.score is None, -(finding.score or 0), finding.id
