"""Runs a rule book over the rows of the summaries: SQL for the matches, Python for the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from briefnote.errors import BriefnoteError, Problem
from briefnote.model.finding import Cite, Finding, Judged, RuleRecord, Words, plain
from briefnote.rules.checked import CheckedRule
from briefnote.rules.compilation import CompiledRule, compile_rule
from briefnote.rules.confidence import Assessor, ConfidenceRule
from briefnote.rules.context import ActorNames, Context
from briefnote.rules.database import load
from briefnote.rules.facts import Rows, topic_of
from briefnote.rules.rulebook import RuleBook
from briefnote.rules.rulecheck import WORKING
from briefnote.rules.schema import EVIDENCE_RELATIONS, RELATIONS
from briefnote.rules.speaking import Speaker
from briefnote.rules.sql import quoted
from briefnote.rules.wording import Wording

MAX_FINDINGS = 5_000  # of one rule: more is a rule that matches too much, not a brief


def judge(book: RuleBook, rows: Rows, actors: ActorNames, confidence: ConfidenceRule) -> Judged:
    """Returns the findings, best first within each section, and how many each section had before the cut.

    Raises BriefnoteError where a rule finds more than MAX_FINDINGS or says a value that is missing.
    """
    return _Run(book, rows, actors, confidence).judge()


class _Run:
    def __init__(self, book: RuleBook, rows: Rows, actors: ActorNames, confidence: ConfidenceRule) -> None:
        self.book = book
        self.rows = rows
        self.speaker = Speaker(book, actors)
        self.assessor = Assessor(confidence, rows)
        self.by_id = {relation: {str(row["id"]): row for row in rows[relation]} for relation in RELATIONS}
        self.findings: dict[str, Finding] = {}
        self.finding_rows: dict[str, dict[str, Any]] = {}
        self.database = load(rows)

    def judge(self) -> Judged:
        try:
            for rule in self.book.rules:
                self._run(compile_rule(rule, self.book.params))
        finally:
            self.database.close()
        kept, found = self._best()
        records = {rule.id: _record(rule) for rule in self.book.rules}
        return Judged(tuple(kept), found, records)

    def _run(self, compiled: CompiledRule) -> None:
        rule = compiled.rule
        self.database.execute(compiled.create)
        count = self.database.execute(compiled.findings, compiled.parameters).rowcount
        if count > MAX_FINDINGS:
            message = f"{count:,} findings; at most {MAX_FINDINGS:,} of one rule are allowed, add conditions"
            raise BriefnoteError([Problem(rule.text.file, rule.text.line, f"rule '{rule.id}'", message)])
        matches: dict[str, list[tuple[str, ...]]] = {}
        for identity, *evidence in self.database.execute(compiled.evidence, compiled.parameters):
            matches.setdefault(identity, []).append(tuple(evidence))
        cursor = self.database.execute(f'SELECT * FROM {quoted(compiled.table)} ORDER BY "id"')
        names = [column[0] for column in cursor.description]
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            self._finding(rule, row, matches[row["id"]])

    def _finding(self, rule: CheckedRule, row: dict[str, Any], matches: list[tuple[str, ...]]) -> None:
        aliases = [pattern.alias for pattern in rule.patterns]
        relations = {pattern.alias: pattern.relation for pattern in rule.patterns}
        found = [
            {alias: self._row(relations[alias], identity) for alias, identity in zip(aliases, match, strict=True)}
            for match in matches
        ]
        evidence = {
            alias: tuple(dict.fromkeys(leaf for rows in found for leaf in self._leaves(relations[alias], rows[alias])))
            for alias in aliases
        }
        context = Context(
            rule.id,
            {**self.book.params, **row},
            found[0],
            found,
            rule.is_grouped,
            evidence,
            {alias: str(found[0][alias]["id"]) for alias in aliases if relations[alias] == "finding"},
        )
        leaves = tuple(
            dict.fromkeys(leaf for match in found for a in aliases for leaf in self._leaves(relations[a], match[a]))
        )
        finding = self._spoken(rule, row, context, leaves)
        finding = self._assessed(rule, finding, found)
        parents = tuple(dict.fromkeys(str(m[a]["id"]) for m in found for a in aliases if relations[a] == "finding"))
        self.findings[finding.id] = replace(finding, parents=parents)
        self.finding_rows[finding.id] = {**row, "text": finding.text}

    def _row(self, relation: str, identity: str) -> Mapping[str, Any]:
        return self.finding_rows[identity] if relation == "finding" else self.by_id[relation][identity]

    def _leaves(self, relation: str, row: Mapping[str, Any]) -> tuple[str, ...]:
        if relation == "finding":
            return self.findings[str(row["id"])].evidence
        return (str(row["id"]),) if relation in EVIDENCE_RELATIONS else ()

    def _spoken(self, rule: CheckedRule, row: Mapping[str, Any], context: Context, leaves: tuple[str, ...]) -> Finding:
        text = self._cited(rule.say, context, leaves)
        bindings = {name: value for name, value in row.items() if name not in ("id", "score")}
        return Finding(
            id=str(row["id"]),
            rule=rule.id,
            section=rule.text.section,
            text=text,
            evidence=leaves,
            bindings=bindings,
            score=float(row["score"] or 0),
            handle=plain(self.speaker.speak(rule.handle, context)),
            cells={name: self.speaker.speak(cell, context) for name, cell in rule.cells.items()},
            is_judgement=rule.text.judgement,
        )

    def _cited(self, wording: Wording, context: Context, leaves: tuple[str, ...]) -> Words:
        """A wording that does not say where it cites cites everything at its end, before the full stop."""
        words = self.speaker.speak(wording, context)
        if not words or wording.cites or any(isinstance(word, Cite) for word in words):
            return words
        last = words[-1]
        if isinstance(last, str) and last.endswith("."):
            return (*words[:-1], last[:-1], Cite(leaves), ".")
        return (*words, Cite(leaves))

    def _assessed(self, rule: CheckedRule, finding: Finding, found: Sequence[Mapping[str, Any]]) -> Finding:
        if not rule.confidence:
            return finding
        relations = {pattern.alias: pattern.relation for pattern in rule.patterns}
        aspects = {}
        for aspect, aliases in rule.confidence.items():
            rows = [
                leaf for match in found for alias in aliases for leaf in self._claims(relations[alias], match[alias])
            ]
            aspects[aspect] = list({row["id"]: row for row in rows}.values())
        first = next((row for rows in aspects.values() for row in rows if row.get("proposition")), None)
        position = None
        if first is not None:
            position = (topic_of(first), str(first["stance"]))
        return replace(finding, assessment=self.assessor.assess(aspects), position=position)

    def _claims(self, relation: str, row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        leaves = self._leaves(relation, row)
        return [self.by_id[kind][leaf] for leaf in leaves for kind in EVIDENCE_RELATIONS if leaf in self.by_id[kind]]

    def _best(self) -> tuple[list[Finding], dict[str, int]]:
        order = {rule.id: number for number, rule in enumerate(self.book.rules)}
        sections: dict[str, list[Finding]] = {}
        for finding in self.findings.values():
            if finding.section != WORKING:
                sections.setdefault(finding.section, []).append(finding)
        kept = []
        for section in sorted(sections):
            ranked = sorted(sections[section], key=lambda f: (-f.score, order[f.rule], f.id))
            kept += ranked[: self.book.sections[section]]
        return kept, {section: len(findings) for section, findings in sorted(sections.items())}


def _record(rule: CheckedRule) -> RuleRecord:
    text = rule.text
    conditions = []
    for pattern in rule.patterns:
        asked = ", ".join(f"{name}: {_shown(value)}" for name, value in pattern.fields.items())
        conditions.append(
            f"{pattern.alias} is a {pattern.relation} ({_shown(pattern.tag)}{'; ' + asked if asked else ''})"
        )
    conditions += [f"where {condition}" for condition in text.where]
    for block in rule.absences:
        rows = ", ".join(f"{pattern.relation} ({_shown(pattern.tag)})" for pattern in block.patterns)
        conditions.append(f"and there is no such {rows}")
    conditions += [f"having {condition}" for condition in text.having]
    return RuleRecord(rule.id, text.file, text.line, tuple(conditions), text.about or "")


def _shown(value: Any) -> str:
    return " or ".join(map(str, value)) if isinstance(value, tuple) else "nothing" if value is None else str(value)
