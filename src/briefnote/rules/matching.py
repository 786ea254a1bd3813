"""Which rows a finding matched: found again in Python from what the finding names, whichever engine judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefnote.model.finding import Finding
from briefnote.rules.checked import CheckedAbsence, CheckedRule
from briefnote.rules.evaluation import evaluate
from briefnote.rules.facts import Rows
from briefnote.rules.language import Pattern, Wanted
from briefnote.rules.schema import EVIDENCE_RELATIONS, OR_NULL, RELATIONS, TAGS
from briefnote.yamltree import Scalar

Row = Mapping[str, Any]
MOST = 200  # matches behind one finding that are looked at


@dataclass(frozen=True)
class Match:
    """One row for each alias, and the value of each variable."""

    rows: Mapping[str, Row]
    values: Mapping[str, Any]


@dataclass(frozen=True)
class World:
    """What was judged: the rows, every finding by id, and the parameters."""

    rows: Rows
    findings: Mapping[str, Finding]
    params: Mapping[str, Scalar]

    def finding_rows(self, rule: str, only: Sequence[str] | None = None) -> list[Row]:
        """Returns the findings of a rule (of those named) as the rows that other rules match."""
        found = [finding for finding in self.findings.values() if finding.rule == rule]
        return [row_of(finding) for finding in found if only is None or finding.id in only]


def row_of(finding: Finding) -> Row:
    """Returns a finding as a row."""
    return {**finding.bindings, "id": finding.id, "score": finding.score}


def matches(rule: CheckedRule, finding: Finding, world: World) -> list[Match]:
    """Returns the matches behind a finding, at most MOST: rows it rests on that meet every pattern and condition."""

    def candidates(pattern: Pattern) -> Sequence[Row]:
        if pattern.relation == "finding":
            return world.finding_rows(str(pattern.tag), finding.parents)
        rows = world.rows[pattern.relation]
        known = set(finding.evidence)
        return [row for row in rows if row["id"] in known] if pattern.relation in EVIDENCE_RELATIONS else rows

    start = {name: value for name, value in finding.bindings.items() if name in rule.bound}
    found = []
    for match in _joined(rule.patterns, candidates, rule.optional, Match({}, start)):
        values = {**world.params, **match.values}
        if all(evaluate(condition, values, match.rows) for condition in rule.where):
            found.append(match)
        if len(found) == MOST:
            break
    return found


def near_misses(rule: CheckedRule, block: CheckedAbsence, match: Match, world: World) -> list[Match]:
    """Returns the rows that fit the patterns of an unless: block, whether or not they meet its conditions."""

    def candidates(pattern: Pattern) -> Sequence[Row]:
        is_finding = pattern.relation == "finding"
        return world.finding_rows(str(pattern.tag)) if is_finding else world.rows[pattern.relation]

    found = []
    for one in _joined(block.patterns, candidates, rule.optional, match):
        found.append(one)
        if len(found) == MOST:
            break
    return found


def _joined(patterns: Sequence[Pattern], candidates: Any, optional: frozenset[str], match: Match) -> Iterator[Match]:
    if not patterns:
        yield match
        return
    first, *rest = patterns
    for row in candidates(first):
        for values in _fits(_asked(first), row, first, optional, match.values):
            yield from _joined(rest, candidates, optional, Match({**match.rows, first.alias: row}, values))


def _asked(pattern: Pattern) -> list[tuple[str, Wanted]]:
    own = [] if pattern.relation == "finding" or pattern.tag == "any" else [(TAGS[pattern.relation], pattern.tag)]
    return [*own, *pattern.fields.items()]


def _fits(
    asked: list[tuple[str, Wanted]], row: Row, pattern: Pattern, optional: frozenset[str], values: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    """Yields the variables' values for each way in which a row fits what is asked of it."""
    if not asked:
        yield values
        return
    (name, wanted), *rest = asked
    field = RELATIONS.get(pattern.relation, {}).get(name)
    cells = row[name] if field and field.many else [row[name]]
    if isinstance(wanted, str) and wanted.startswith("$"):
        variable = wanted[1:].removesuffix(OR_NULL)
        takes_null = variable in optional or wanted.endswith(OR_NULL)
        for cell in cells:
            if (cell is not None or takes_null) and values.get(variable, cell) == cell:
                yield from _fits(rest, row, pattern, optional, {**values, variable: cell})
        return
    if wanted == "_" or (not cells if wanted is None and field and field.many else _holds(cells, wanted)):
        yield from _fits(rest, row, pattern, optional, values)


def _holds(cells: Sequence[Any], wanted: Wanted) -> bool:
    options = wanted if isinstance(wanted, tuple) else (wanted,)
    return any(cell in options for cell in cells)
