"""A database as an engine: it finds, ranks and reads by the statements of a plan."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any, Protocol

    from briefnote.rules.plan import Plan, PlannedRule

    Row = Mapping[str, Any]
    Line = tuple[Any, ...]

    class Database(Protocol):
        """A database with the rows in it and an empty table for the findings of each rule."""

        def read(self, sql: str, values: Mapping[str, Any]) -> list[Line]:
            """Returns the lines of a query. Raises TooSlow."""

        def write(self, sql: str, values: Mapping[str, Any]) -> int:
            """Inserts findings and returns how many. Raises TooSlow."""

        def close(self) -> None:
            """Lets go of the rows."""


class SqlEngine:
    """Answers by the statements of a plan (rules/engine.py says what)."""

    def __init__(self, plan: Plan, database: Database) -> None:
        self._database = database
        self._queries = plan.queries
        self._columns = {
            relation: [(field.name, field.type == "truth") for field in fields if not field.many]
            for relation, fields in plan.relations.items()
        }

    def find(self, rule: PlannedRule, most: int) -> int:
        """Inserts at most so many findings of a rule, and returns how many."""
        return self._database.write(rule.statements.findings, {**rule.statements.parameters, "limit": most})

    def best(self, rule: PlannedRule, number: int) -> list[tuple[str, float]]:
        """Returns the ids of a rule's best findings with their scores; ties go to the smallest id."""
        return [
            (identity, score) for identity, score in self._database.read(rule.statements.ranking, {"limit": number})
        ]

    def values(self, rule: PlannedRule, ids: Sequence[str]) -> list[dict[str, Any]]:
        """Returns the columns of these findings of a rule, by id."""
        found = self._database.read(rule.statements.values_of, {"wanted": list(ids)})
        return [dict(zip(rule.columns, line, strict=True)) for line in found]

    def evidence(self, rule: PlannedRule, ids: Sequence[str]) -> list[tuple[str, ...]]:
        """Returns each match of these findings: the finding's id, then that of each row; the weightiest first."""
        return self._database.read(rule.statements.evidence, {**rule.statements.parameters, "wanted": list(ids)})

    def rows(self, relation: str, ids: Iterable[str]) -> list[Row]:
        """Returns these rows of a relation."""
        return [
            {
                name: bool(value) if is_truth and value is not None else value
                for (name, is_truth), value in zip(self._columns[relation], line, strict=True)
            }
            for line in self._ask(relation, ids)
        ]

    def claims_about(self, holder: str | None, over: str | None) -> Sequence[Row]:
        """Returns the claims about a pair that take a side on a question, by id: id, voice, proposition, stance."""
        found = self._database.read(self._queries["about"], {"holder": holder, "over": over})
        return [dict(zip(("id", "voice", "proposition", "stance"), line, strict=True)) for line in found]

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
        return dict(self._ask("voices", sources))

    def close(self) -> None:
        """Lets go of the rows."""
        self._database.close()

    def _ask(self, query: str, wanted: Iterable[str]) -> list[Line]:
        asked = list(dict.fromkeys(wanted))
        return self._database.read(self._queries[query], {"wanted": asked}) if asked else []
