"""The rows in Python's own memory: a weekly brief's rules are done before a database would be imported."""

from __future__ import annotations

from briefnote.rules.engine import Deadline
from briefnote.rules.evidence import RowRecords
from briefnote.rules.plan import WEIGHTS
from briefnote.rules.search import Gathering, complete, matches, narrowed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from briefnote.rules.plan import Limits, Plan, PlannedField, PlannedRule, WantedRow
    from briefnote.rules.search import Found, Match, Row

    Rows = Mapping[str, Sequence[Row]]
    Index = Mapping[tuple[Any, ...], Sequence[Row]]


class PythonEngine(RowRecords):
    """The rows, the findings so far, and an index for each way in which either are looked up."""

    def __init__(self, plan: Plan, rows: Rows, limits: Limits) -> None:
        super().__init__({name: _with_floats(rows.get(name, ()), fields) for name, fields in plan.relations.items()})
        self._gathered: dict[str, Gathering] = {}
        self._found: dict[str, dict[str, Found]] = {}
        self._indexes: dict[tuple[Any, ...], Index] = {}
        self._by_id: dict[str, Mapping[str, Row]] = {}
        self._deadline = Deadline(limits.seconds)

    def find(self, rule: PlannedRule, most: int) -> int:
        """Finds at most so many findings of a rule, and returns how many. Raises TooSlow and TooMany."""
        gathering = Gathering(rule.id, [row.alias for row in rule.rows], rule.search)
        found = gathering.findings(matches(rule.search, self._lookup, self._deadline))
        self._gathered[rule.id] = gathering
        self._found[rule.id] = kept = {}
        for one in found:
            kept[one.id] = one
            if len(kept) == most:
                break
        return len(kept)

    def best(self, rule: PlannedRule, number: int) -> list[tuple[str, float]]:
        """Returns the ids of a rule's best findings with their scores; ties go to the smallest id."""
        ranked = sorted((-(found.score or 0.0), identity) for identity, found in self._found[rule.id].items())
        return [(identity, -score) for score, identity in ranked[:number]]

    def values(self, rule: PlannedRule, ids: Sequence[str]) -> list[dict[str, Any]]:
        """Returns the columns of these findings of a rule, by id."""
        return [self._gathered[rule.id].columns(self._found[rule.id][identity]) for identity in sorted(ids)]

    def evidence(self, rule: PlannedRule, ids: Sequence[str]) -> list[tuple[str, ...]]:
        """Returns each match of these findings: the finding's id, then that of each row; the weightiest first."""
        return [
            (identity, *(str(match[row.alias]["id"]) for row in rule.rows))
            for identity in ids
            for match in sorted(self._found[rule.id][identity].matches, key=lambda match: _weight(rule, match))
        ]

    def rows(self, relation: str, ids: Iterable[str]) -> list[Row]:
        """Returns these rows of a relation."""
        if relation not in self._by_id:
            self._by_id[relation] = {row["id"]: row for row in self._rows[relation]}
        known = self._by_id[relation]
        return [known[identity] for identity in ids if identity in known]

    def close(self) -> None:
        """Lets go of the rows."""
        self._indexes.clear()

    def _lookup(self, wanted: WantedRow) -> Index:
        """Returns the rows that a pattern may match, by their values of its keys."""
        source = (wanted.table, wanted.spread, wanted.held)
        names, values = [name for name, _ in wanted.fixed], tuple([value for _, value in wanted.fixed])
        by_value = self._indexed((*source, *names), lambda: narrowed(self._table(wanted.table), wanted), names)
        keys = list(wanted.keys)
        way = (*source, *wanted.fixed, wanted.present, *keys)
        return self._indexed(way, lambda: complete(by_value.get(values, ()), wanted.present), keys)

    def _indexed(self, way: tuple[Any, ...], rows: Callable[[], Sequence[Row]], fields: Sequence[str]) -> Index:
        if way not in self._indexes:
            self._indexes[way] = _index(rows(), fields)
        return self._indexes[way]

    def _table(self, name: str) -> Sequence[Row]:
        rule = name.partition(":")[2]
        return [*map(self._gathered[rule].columns, self._found[rule].values())] if rule else self._rows[name]


def _index(rows: Sequence[Row], fields: Sequence[str]) -> Index:
    index: dict[tuple[Any, ...], list[Row]] = {} if fields else {(): list(rows)}
    columns = [[row[name] for row in rows] for name in fields]
    for key, row in zip(zip(*columns, strict=True), rows, strict=False):
        index.setdefault(key, []).append(row)
    return index


def _weight(rule: PlannedRule, match: Match) -> tuple[Any, ...]:
    """Orders the matches of a group by the weight of each row, none last, then by the rows' ids."""
    weights = [match[row.alias][WEIGHTS[row.relation]] for row in rule.rows if row.relation in WEIGHTS]
    ids = [match[row.alias]["id"] for row in rule.rows]
    return *((weight is None, -(weight or 0)) for weight in weights), *ids


def _with_floats(rows: Sequence[Row], fields: Iterable[PlannedField]) -> Sequence[Row]:
    """Every number is a double, as in a database."""
    names = [field.name for field in fields if field.type == "number"]
    if not any(row[name].__class__ is int for name in names for row in rows):
        return rows
    return [{**row, **{name: float(row[name]) for name in names if row[name] is not None}} for row in rows]
