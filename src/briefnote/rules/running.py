"""Runs a plan: an engine finds for all rules, and only what is kept is looked up and put into words."""

from __future__ import annotations

from briefnote.model.finding import Cite, Finding, Judged, plain, topic_of
from briefnote.rules.engine import TooMany, TooSlow
from briefnote.rules.evidence import Chain, Records
from briefnote.rules.plan import EVIDENCE_RELATIONS, WORKING
from briefnote.rules.speaking import Context, Speaker
from briefnote.uncollected import Uncollected

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from briefnote.model.finding import Words
    from briefnote.rules.confidence import ConfidenceRule
    from briefnote.rules.engine import Engine
    from briefnote.rules.nodes import Wording
    from briefnote.rules.plan import Limits, Plan, PlannedRule
    from briefnote.rules.speaking import ActorNames

    Match = Mapping[str, Mapping[str, Any]]  # alias → row


def run(plan: Plan, engine: Engine, actors: ActorNames, confidence: ConfidenceRule | None, limits: Limits) -> Judged:
    """Returns the findings kept, best first within each section, and how many each section had before the cut.

    Raises BriefnoteError where a rule finds too much or takes too long, or says a value that is missing. `confidence`
    may be None only where no rule asks for it.
    """
    try:
        with Uncollected():
            kept, found = _Finding(plan, engine, limits).best()
            records = Records(plan.relations, engine)
            chain = Chain(plan, engine, records, kept)
            spoken = _Speaking(plan, chain, records, actors, confidence).findings()
    except TooSlow:
        raise _problem(
            "rules", 0, "", f"what the findings rest on was not read after {limits.seconds:g} seconds"
        ) from None
    finally:
        engine.close()
    order = {rule.id: number for number, rule in enumerate(plan.rules)}
    findings = [spoken[identity] for ids in kept.values() for identity in ids]
    findings.sort(key=lambda finding: (finding.section, -finding.score, order[finding.rule], finding.id))
    return Judged(tuple(findings), found, {rule.id: rule.record for rule in plan.rules})


class _Finding:
    def __init__(self, plan: Plan, engine: Engine, limits: Limits) -> None:
        self.plan = plan
        self.engine = engine
        self.limits = limits

    def best(self) -> tuple[dict[str, list[str]], dict[str, int]]:
        """Returns the ids of the findings kept of each rule, and how many findings each section had."""
        found: dict[str, int] = {}
        ranked: dict[str, list[tuple[float, int, str, str]]] = {}
        for number, rule in enumerate(self.plan.rules):
            count = self.found(rule)
            if rule.section == WORKING or not count:
                continue
            found[rule.section] = found.get(rule.section, 0) + count
            best = self.engine.best(rule, self.plan.sections[rule.section])
            ranked.setdefault(rule.section, []).extend((-score, number, identity, rule.id) for identity, score in best)
        kept: dict[str, list[str]] = {}
        for section, findings in ranked.items():
            for _, _, identity, rule_id in sorted(findings)[: self.plan.sections[section]]:
                kept.setdefault(rule_id, []).append(identity)
        return kept, dict(sorted(found.items()))

    def found(self, rule: PlannedRule) -> int:
        """Runs the rule and returns how many findings it has."""
        most = self.limits.findings
        try:
            count = self.engine.find(rule, most + 1)
        except TooSlow:
            message = f"not done after {self.limits.seconds:g} seconds of all rules; tie its rows more closely"
            raise _failure(rule, message) from None
        except TooMany as error:
            message = f"its groups have more than {error} matches, as many as are held in memory; add conditions"
            raise _failure(rule, message) from None
        if count > most:
            raise _failure(rule, f"more than {most:,} findings, as many as one rule may have; add conditions")
        return count


def _failure(rule: PlannedRule, message: str) -> Exception:
    return _problem(rule.record.file, rule.record.line, f"rule '{rule.id}'", message)


def _problem(file: str, line: int, field: str, message: str) -> Exception:
    from briefnote.errors import BriefnoteError, Problem

    return BriefnoteError([Problem(file, line, field, message)])


class _Speaking:
    """Puts the findings of a chain into words, those that others read first."""

    def __init__(
        self, plan: Plan, chain: Chain, records: Records, actors: ActorNames, confidence: ConfidenceRule | None
    ) -> None:
        self.plan = plan
        self.chain = chain
        self.records = records
        self.speaker = Speaker(plan, actors)
        self.confidence = confidence
        self.spoken: dict[str, Finding] = {}
        self.rows: dict[str, Mapping[str, Any]] = {}

    def findings(self) -> Mapping[str, Finding]:
        for rule in self.plan.rules:
            for identity, row in self.chain.findings.get(rule.id, {}).items():
                finding = self.finding(rule, row, self.chain.matches[identity])
                self.spoken[identity] = finding
                self.rows[identity] = {**row, "text": finding.text}
        return self.spoken

    def finding(self, rule: PlannedRule, row: dict[str, Any], matches: list[tuple[str, ...]]) -> Finding:
        relations = {planned.alias: planned.relation for planned in rule.rows}
        found = [
            {
                alias: self.row(relation, identity)
                for (alias, relation), identity in zip(relations.items(), match, strict=True)
            }
            for match in matches
        ]
        evidence, leaves = self.evidence(relations, found)
        read = [alias for alias, relation in relations.items() if relation == "finding"]
        context = Context(
            rule.id,
            {**self.plan.params, **row},
            found[0],
            found,
            rule.is_grouped,
            evidence,
            {alias: str(found[0][alias]["id"]) for alias in read},
        )
        assessment, position = self.assessed(rule, found)
        score = float(row["score"] or 0)
        if score - score:  # infinite, or no number: it could be neither ranked nor written as JSON
            raise _failure(rule, f"its score is {score}; keep it finite")
        return Finding(
            id=str(row["id"]),
            rule=rule.id,
            section=rule.section,
            text=self.cited(rule.say, context, leaves),
            evidence=leaves,
            bindings={name: value for name, value in row.items() if name not in ("id", "score")},
            score=score,
            handle=plain(self.speaker.speak(rule.handle, context)),
            cells={name: self.speaker.speak(cell, context) for name, cell in rule.cells.items()},
            parents=tuple(dict.fromkeys(str(match[alias]["id"]) for match in found for alias in read)),
            assessment=assessment,
            position=position,
            is_judgement=rule.is_judgement,
        )

    def evidence(
        self, relations: Mapping[str, str], found: Sequence[Match]
    ) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
        """Returns the claims and figures at the bottom of each row, and of all, in the order of the matches."""
        leaves: dict[str, None] = {}
        evidence: dict[str, dict[str, None]] = {alias: {} for alias in relations}
        for match in found:
            for alias, relation in relations.items():
                below = dict.fromkeys(self.leaves(relation, match[alias]))
                evidence[alias] |= below
                leaves |= below
        return {alias: tuple(below) for alias, below in evidence.items()}, tuple(leaves)

    def row(self, relation: str, identity: str) -> Mapping[str, Any]:
        row = self.rows[identity] if relation == "finding" else self.records.row(relation, identity)
        if row is None:
            raise AssertionError(f"{relation} {identity} was matched and is not there")
        return row

    def leaves(self, relation: str, row: Mapping[str, Any]) -> tuple[str, ...]:
        if relation == "finding":
            return self.spoken[str(row["id"])].evidence
        return (str(row["id"]),) if relation in EVIDENCE_RELATIONS else ()

    def cited(self, wording: Wording, context: Context, leaves: tuple[str, ...]) -> Words:
        """A wording that does not say where it cites cites everything at its end, before the full stop."""
        words = self.speaker.speak(wording, context)
        if not words or wording.cites or any(isinstance(word, Cite) for word in words):
            return words
        last = words[-1]
        if isinstance(last, str) and last.endswith("."):
            return (*words[:-1], last[:-1], Cite(leaves), ".")
        return (*words, Cite(leaves))

    def assessed(self, rule: PlannedRule, found: Sequence[Match]) -> tuple[Any, tuple[str, str] | None]:
        """Returns the assessment of a finding and its position, None and None where its rule asks for none."""
        if not rule.confidence or self.confidence is None:
            return None, None
        from briefnote.rules.confidence import Assessor

        relations = {planned.alias: planned.relation for planned in rule.rows}
        aspects = {}
        for aspect, aliases in rule.confidence.items():
            rows = [row for match in found for alias in aliases for row in self.weighed(relations[alias], match[alias])]
            aspects[aspect] = list({row["id"]: row for row in rows}.values())
        first = next((row for rows in aspects.values() for row in rows if row.get("proposition")), None)
        position = None if first is None else (topic_of(first), str(first["stance"]))
        return Assessor(self.confidence, self.records).assess(aspects), position

    def weighed(self, relation: str, row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Returns the claims and figures at the bottom of a row."""
        read = (self.records.row(kind, leaf) for leaf in self.leaves(relation, row) for kind in EVIDENCE_RELATIONS)
        return [leaf for leaf in read if leaf is not None]
