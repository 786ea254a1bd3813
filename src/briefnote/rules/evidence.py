"""What findings rest on, read from the database for those that are spoken, and for no others."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from briefnote.rules.database import Database
    from briefnote.rules.plan import Plan, PlannedRule

    Row = Mapping[str, Any]


class Records:
    """Rows of the database, read when they are asked for and kept."""

    def __init__(self, plan: Plan, database: Database) -> None:
        self._plan = plan
        self._database = database
        self._columns = {
            relation: [(field.name, field.type == "truth") for field in fields if not field.many]
            for relation, fields in plan.relations.items()
        }
        self._rows: dict[str, dict[str, Row]] = {relation: {} for relation in plan.relations}
        self._claims: dict[tuple[str | None, str | None], list[Row]] = {}
        self._voices: dict[str, str] = {}

    def read_rows(self, relation: str, wanted: Iterable[str]) -> None:
        """Reads these rows of a relation, so that `row` has them."""
        for values in self._ask(relation, [row for row in wanted if row not in self._rows[relation]]):
            row: dict[str, Any] = {
                name: bool(value) if is_truth and value is not None else value
                for (name, is_truth), value in zip(self._columns[relation], values, strict=True)
            }
            self._rows[relation][str(row["id"])] = row

    def row(self, relation: str, identity: str) -> Row | None:
        """Returns a row that was read, None where the relation has no such row."""
        return self._rows[relation].get(identity)

    def claims_about(self, holder: str | None, over: str | None) -> Sequence[Row]:
        """Returns the claims about a pair that take a side on a question, by id: id, voice, proposition, stance."""
        if (holder, over) not in self._claims:
            found = self._database.read(self._plan.queries["about"], {"holder": holder, "over": over})
            names = ("id", "voice", "proposition", "stance")
            self._claims[holder, over] = [dict(zip(names, values, strict=True)) for values in found]
        return self._claims[holder, over]

    def attributed(self, claims: Iterable[str]) -> set[str]:
        """Returns those of the claims that a figure backs which its source attributes to someone."""
        return {str(claim) for (claim,) in self._ask("attributed", claims)}

    def letters(self, voices: Iterable[str]) -> Mapping[str, set[str]]:
        """Returns the reliability letters of the sources behind each voice."""
        found: dict[str, set[str]] = {}
        for voice, letter in self._ask("letters", voices):
            found.setdefault(voice, set()).add(letter)
        return found

    def voices(self, sources: Iterable[str]) -> Mapping[str, str]:
        """Returns the voice of each source."""
        self._voices.update(dict(self._ask("voices", [name for name in sources if name not in self._voices])))
        return self._voices

    def _ask(self, query: str, wanted: Iterable[str]) -> list[tuple[Any, ...]]:
        asked = list(dict.fromkeys(wanted))
        return self._database.read(self._plan.queries[query], {"wanted": asked}) if asked else []


class RowRecords:
    """What `Records` answers about claims and voices, of rows that are all in memory."""

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

    def __init__(self, plan: Plan, database: Database, records: Records, wanted: Mapping[str, Iterable[str]]) -> None:
        self._database = database
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
        self.findings[rule.id] = found = {}
        for values in self._database.read(rule.values_of, {"wanted": ids}):
            found[values[0]] = dict(zip(rule.columns, values, strict=True))
        for identity, *rows in self._database.read(rule.evidence, {**rule.parameters, "wanted": ids}):
            self.matches.setdefault(identity, []).append(tuple(rows))
            for row, its_id in zip(rule.rows, rows, strict=True):
                (self._wanted[row.rule] if row.rule else self._rows[row.relation])[its_id] = None
