"""What findings rest on, read from the engine for those that are spoken, and for no others."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from briefnote.rules.engine import Engine
    from briefnote.rules.plan import Plan, PlannedRule

    Row = Mapping[str, Any]


class Records:
    """Rows of an engine, read when they are asked for and kept."""

    def __init__(self, relations: Iterable[str], engine: Engine) -> None:
        self._engine = engine
        self._rows: dict[str, dict[str, Row]] = {relation: {} for relation in relations}
        self._claims: dict[tuple[str | None, str | None], Sequence[Row]] = {}
        self._voices: dict[str, str] = {}

    def read_rows(self, relation: str, wanted: Iterable[str]) -> None:
        """Reads these rows of a relation, so that `row` has them."""
        known = self._rows[relation]
        if new := [row for row in wanted if row not in known]:
            known.update((str(row["id"]), row) for row in self._engine.rows(relation, new))

    def row(self, relation: str, identity: str) -> Row | None:
        """Returns a row that was read, None where the relation has no such row."""
        return self._rows[relation].get(identity)

    def claims_about(self, holder: str | None, over: str | None) -> Sequence[Row]:
        """Returns the claims about a pair that take a side on a question, by id: id, voice, proposition, stance."""
        if (holder, over) not in self._claims:
            self._claims[holder, over] = self._engine.claims_about(holder, over)
        return self._claims[holder, over]

    def attributed(self, claims: Iterable[str]) -> set[str]:
        """Returns those of the claims that a figure backs which its source attributes to someone."""
        return self._engine.attributed(claims)

    def letters(self, voices: Iterable[str]) -> Mapping[str, set[str]]:
        """Returns the reliability letters of the sources behind each voice."""
        return self._engine.letters(voices)

    def voices(self, sources: Iterable[str]) -> Mapping[str, str]:
        """Returns the voice of each source."""
        if new := [name for name in sources if name not in self._voices]:
            self._voices.update(self._engine.voices(new))
        return self._voices


class RowRecords:
    """What an engine answers about claims and voices, of rows that are all in memory."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self._rows = rows

    def claims_about(self, holder: str | None, over: str | None) -> Sequence[Row]:
        """Returns the claims about a pair that take a side on a question."""
        return [
            claim
            for claim in self._rows["claim"]
            if (claim["holder"], claim["over"]) == (holder, over)
            and claim["proposition"] is not None
            and claim["kind"] != "indicator"
            and claim["polarity"] != "rejected"
        ]

    def attributed(self, claims: Iterable[str]) -> set[str]:
        """Returns those of the claims that a figure backs which its source attributes to someone."""
        return {str(row["claim"]) for row in self._rows["figure"] if row["attributed_to"]}.intersection(claims)

    def letters(self, voices: Iterable[str]) -> Mapping[str, set[str]]:
        """Returns the reliability letters of the sources behind each voice."""
        found: dict[str, set[str]] = {voice: set() for voice in voices}
        for source in self._rows["source"]:
            found.get(source["voice"], set()).add(source["reliability"])
        return found

    def voices(self, sources: Iterable[str]) -> Mapping[str, str]:
        """Returns the voice of each source."""
        wanted = set(sources)
        return {source["id"]: source["voice"] for source in self._rows["source"] if source["id"] in wanted}


class Chain:
    """The findings that are spoken and those below them: their values, and the rows of each of their matches.

    `findings` maps a rule to its findings in order of id; `matches` a finding to its matches, the weightiest first,
    each a row id for each row of the rule's match:.
    """

    def __init__(self, plan: Plan, engine: Engine, records: Records, wanted: Mapping[str, Iterable[str]]) -> None:
        self._engine = engine
        self.findings: dict[str, dict[str, dict[str, Any]]] = {}
        self.matches: dict[str, list[tuple[str, ...]]] = {}
        self._wanted = {rule.id: dict.fromkeys(wanted.get(rule.id, ())) for rule in plan.rules}
        self._rows: dict[str, dict[str, None]] = {relation: {} for relation in plan.relations}
        for rule in reversed(plan.rules):
            if self._wanted[rule.id]:
                self._read(rule, sorted(self._wanted[rule.id]))
        for relation, ids in self._rows.items():
            records.read_rows(relation, ids)

    def _read(self, rule: PlannedRule, ids: list[str]) -> None:
        self.findings[rule.id] = {str(row["id"]): row for row in self._engine.values(rule, ids)}
        for identity, *rows in self._engine.evidence(rule, ids):
            self.matches.setdefault(identity, []).append(tuple(rows))
            for row, its_id in zip(rule.rows, rows, strict=True):
                (self._wanted[row.rule] if row.rule else self._rows[row.relation])[its_id] = None
