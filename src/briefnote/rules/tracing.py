"""A finding's whole chain as text: conditions with their values, voices, confidence item by item, earlier findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from briefnote.model.finding import Cite, Finding, Judged, Words, plain
from briefnote.model.quantity import count_of
from briefnote.rules.checked import CheckedAbsence, CheckedRule
from briefnote.rules.confidence import ConfidenceRule
from briefnote.rules.evaluation import evaluate
from briefnote.rules.facts import Rows
from briefnote.rules.matching import Match, World, matches, near_misses
from briefnote.rules.nodes import Call, Expression, Name, Operation, names
from briefnote.rules.points import points
from briefnote.rules.rulebook import RuleBook
from briefnote.rules.rulecheck import WORKING
from briefnote.rules.schema import EVIDENCE_RELATIONS

ALL = 1_000_000_000
SHOWN = "working, for other rules"  # the section of working rules while their findings are looked at
_MOST_VALUES = 6


def open_book(book: RuleBook) -> RuleBook:
    """Returns the book with nothing cut and nothing hidden: findings of working rules are kept as well."""
    sections = dict.fromkeys((*book.sections, SHOWN), ALL)
    rules = tuple(
        replace(rule, text=replace(rule.text, section=SHOWN)) if rule.text.section == WORKING else rule
        for rule in book.rules
    )
    return replace(book, rules=rules, sections=sections)


@dataclass(frozen=True)
class Tracer:
    """What a chain is told from: everything that was judged with the open book.

    `reasons` says of a source why it is one voice with others ("copies or quotes …").
    """

    book: RuleBook
    rows: Rows
    judged: Judged
    confidence: ConfidenceRule
    reasons: Mapping[str, Sequence[str]]

    @property
    def world(self) -> World:
        """Returns the rows and findings to match against."""
        return World(self.rows, {finding.id: finding for finding in self.judged.findings}, self.book.params)

    def trace(self, finding: Finding) -> list[str]:
        """Returns the chain as lines, the findings it rests on below it, each told once."""
        told: set[str] = set()
        return self._told(finding, told)

    def _told(self, finding: Finding, told: set[str]) -> list[str]:
        if finding.id in told:
            return [f"{finding.id}  (told above)"]
        told.add(finding.id)
        world = self.world
        rule = next(rule for rule in self.book.rules if rule.id == finding.rule)
        found = matches(rule, finding, world)
        kind = "; concluded by the rule" if finding.is_judgement else ""
        lines = [
            finding.id,
            f"  {rule.text.file}:{rule.text.line}; {finding.section}, score {finding.score:g}{kind}",
        ]
        lines += [f"  {rule.text.about}"] if rule.text.about else []
        lines += [f"  Says: {plain(finding.text).strip()}"] if finding.text else []
        bound = ", ".join(f"{name} = {_value(value)}" for name, value in finding.bindings.items() if value is not None)
        lines += [f"  Bound: {bound}"] if bound else []
        lines += ["  Because", *(f"    {line}" for line in self._conditions(rule, finding, found, world))]
        lines += [f"  {line}" for line in self._voices(finding)]
        lines += [f"  {line}" for line in self._confidence(rule, finding, found, world)]
        parents = [world.findings[parent] for parent in finding.parents]
        lines += ["  Rests on"] if parents else []
        return [*lines, *(f"    {line}" for parent in parents for line in self._told(parent, told))]

    # ---- conditions -------------------------------------------------------------------------------------

    def _conditions(self, rule: CheckedRule, finding: Finding, found: Sequence[Match], world: World) -> Iterable[str]:
        written = iter(self.judged.rules[rule.id].conditions)
        for pattern in rule.patterns:
            rows = _distinct(match.rows[pattern.alias]["id"] for match in found)
            yield f"{next(written)}: {rows}"
        for condition in rule.where:
            yield next(written) + self._values(condition, found, finding)
        for block in rule.absences:
            yield from self._absence(next(written), rule, block, found, world)
        values, group = {**world.params, **finding.bindings}, [match.rows for match in found]
        for condition in rule.having:
            shown = [f"{_written(part)} = {_value(evaluate(part, values, group))}" for part in _parts(condition)]
            yield f"{next(written)}  [{', '.join(shown)}]"

    def _values(self, condition: Expression, found: Sequence[Match], finding: Finding) -> str:
        shown = []
        for name in dict.fromkeys(str(name) for name in names(condition)):
            row, _, field = name.partition(".")
            values = [
                evaluate(Name(row, field), {**self.book.params, **finding.bindings, **match.values}, match.rows)
                for match in found
            ]
            shown.append(f"{name} = {_distinct(values)}")
        return f"  [{', '.join(shown)}]" if shown else ""

    def _absence(
        self, written: str, rule: CheckedRule, block: CheckedAbsence, found: Sequence[Match], world: World
    ) -> Iterable[str]:
        near = [miss for match in found for miss in near_misses(rule, block, match, world)]
        near = list({tuple(miss.rows[p.alias]["id"] for p in block.patterns): miss for miss in near}.values())
        if not near:
            yield f"{written}: none fits"
            return
        yield f"{written}: {count_of(len(near), 'fits', 'fit')}, but not"
        for miss in near[:_MOST_VALUES]:
            rows = ", ".join(str(miss.rows[pattern.alias]["id"]) for pattern in block.patterns)
            failed = [c for c in block.where if not evaluate(c, {**world.params, **miss.values}, miss.rows)]
            shown = "".join(self._values(condition, [miss], _NONE) for condition in failed)
            yield f"  {rows}{shown}"

    # ---- voices and confidence --------------------------------------------------------------------------

    def _voices(self, finding: Finding) -> Iterable[str]:
        """How many independent voices stand behind it, and why sources that are one voice are no more than that."""
        voices: dict[str, dict[str, None]] = {}
        for row in self._leaves(finding.evidence):
            voices.setdefault(str(row["voice"]), {})[str(row["source"])] = None
        if not voices:
            return
        letters = {row["id"]: row["reliability"] for row in self.rows["source"]}
        sources = len({source for spoken in voices.values() for source in spoken})
        within = f" in {count_of(sources, 'source', 'sources')}" if sources != len(voices) else ""
        yield f"Voices: {count_of(len(voices), 'independent voice', 'independent voices')}{within}"
        for voice, spoken in voices.items():
            yield "  " + ", ".join(f"{source} (reliability {letters.get(source, '?')})" for source in spoken)
            for source in spoken:
                if source != voice:
                    yield f"    {source} is one voice with {voice}: {self._why(source, voice)}"

    def _why(self, source: str, voice: str) -> str:
        own = {str(row["id"]): row["voice"] for row in self.rows["source"]}.get(source)
        reasons = self.reasons.get(source, ()) if own == voice else ()
        return " and ".join(reasons) or "the same figure of the same publisher"

    def _leaves(self, evidence: Iterable[str]) -> list[Mapping[str, Any]]:
        known = {str(row["id"]): row for relation in EVIDENCE_RELATIONS for row in self.rows[relation]}
        return [known[leaf] for leaf in evidence if leaf in known]

    def _confidence(self, rule: CheckedRule, finding: Finding, found: Sequence[Match], world: World) -> Iterable[str]:
        if finding.assessment is None:
            return
        for aspect, aliases in rule.confidence.items():
            level = finding.assessment.levels[aspect]
            support = self._support(rule, aliases, found, world)
            yield f"Confidence {level}{' on ' + aspect if aspect else ''}"
            items = points(self.confidence, self.rows, support)
            for item in items:
                yield f"  {item.points:+d} {item.what}"
            total = sum(item.points for item in items)
            yield f"  = {total} (moderate from {self.confidence.moderate}, high from {self.confidence.high})"
        yield f"  {_cited(finding.assessment.reason)}"

    def _support(
        self, rule: CheckedRule, aliases: Sequence[str], found: Sequence[Match], world: World
    ) -> list[Mapping[str, Any]]:
        relations = {pattern.alias: pattern.relation for pattern in rule.patterns}
        leaves: dict[str, None] = {}
        for match in found:
            for alias in aliases:
                row = str(match.rows[alias]["id"])
                leaves |= dict.fromkeys(world.findings[row].evidence if relations[alias] == "finding" else (row,))
        return self._leaves(leaves)


_NONE = Finding("", "", "", (), (), {}, 0)


def _cited(words: Words) -> str:
    return "".join(f" [{' '.join(word.rows)}]" if isinstance(word, Cite) else str(word) for word in words)


def _distinct(values: Iterable[Any]) -> str:
    found = list(dict.fromkeys(map(_value, values)))
    more = f" and {len(found) - _MOST_VALUES} more" if len(found) > _MOST_VALUES else ""
    return ", ".join(found[:_MOST_VALUES]) + more


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _parts(tree: Expression) -> list[Expression]:
    """The aggregates and names that a condition on a group compares."""
    if isinstance(tree, Name) or (isinstance(tree, Call) and tree.function in ("count", "min", "max", "sum", "avg")):
        return [tree]
    children = tree.operands if isinstance(tree, Operation) else tree.arguments if isinstance(tree, Call) else ()
    return list(dict.fromkeys(part for child in children for part in _parts(child)))


def _written(tree: Expression) -> str:
    if isinstance(tree, Call):
        inner = ", ".join(map(_written, tree.arguments))
        return f"{tree.function}({'distinct ' if tree.distinct else ''}{inner})"
    return str(tree)
