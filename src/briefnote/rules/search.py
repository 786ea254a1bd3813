"""How Python finds what a rule asks for: rows looked up by what they share with the rows before them, then conditions.

What is asked for is in the plan (`searching` makes it of a checked rule); the rows are in `memory`.
"""

from __future__ import annotations

from briefnote.rules.evaluation import meaning

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from briefnote.rules.engine import Deadline
    from briefnote.rules.plan import Search, WantedRow

    Row = Mapping[str, Any]
    Match = Mapping[str, Row]  # alias → row
    # Returns the rows that a pattern asks for, by their values of some fields.
    Lookup = Callable[[WantedRow], Mapping[tuple[Any, ...], Sequence[Row]]]


def narrowed(rows: Sequence[Row], wanted: WantedRow) -> Sequence[Row]:
    """Returns the rows that hold what is wanted of fields with many values, once for each value that is tried alone."""
    for field, options in wanted.held:
        rows = [row for row in rows if _holds(row[field], options)]
    for field in wanted.spread:
        rows = [{**row, field: value} for row in rows for value in dict.fromkeys(row[field])]
    return rows


def _holds(values: Sequence[Any], options: tuple[Any, ...]) -> bool:
    return any(value in options for value in values) if options else not values


def matches(search: Search, lookup: Lookup, deadline: Deadline) -> Iterator[Match]:
    """Returns every combination of rows that a rule asks for. To ask for the next one may raise TooSlow."""
    found = _joined(search.wanted, lookup, deadline)([{}])
    for wanted in search.absences:
        found = _without(found, _joined(wanted, lookup, deadline))
    return found


def _without(matches: Iterable[Match], there: Callable[[Iterable[Match]], Iterator[Match]]) -> Iterator[Match]:
    return (match for match in matches if next(there([match]), None) is None)


def _joined(
    wanted: Sequence[WantedRow], lookup: Lookup, deadline: Deadline
) -> Callable[[Iterable[Match]], Iterator[Match]]:
    joins = [_Join(one, lookup(one), deadline) for one in wanted]

    def found(matches: Iterable[Match]) -> Iterator[Match]:
        for join in joins:
            matches = join.extended(matches)
        return iter(matches)

    return found


class _Join:
    """Adds one row to each match."""

    def __init__(self, wanted: WantedRow, rows: Mapping[tuple[Any, ...], Sequence[Row]], deadline: Deadline) -> None:
        self._alias = wanted.alias
        self._rows = rows
        self._keys = [meaning(tree) for tree in wanted.keys.values()]
        self._present = wanted.present
        self._where = [meaning(tree) for tree in wanted.where]
        self._deadline = deadline

    def extended(self, matches: Iterable[Match]) -> Iterator[Match]:
        """Yields each match with each row that goes with it."""
        alias, where = self._alias, self._where
        for match in matches:
            rows = self._rows.get(tuple([key(_NOTHING, match) for key in self._keys]), ())
            self._deadline.spend(len(rows))
            for row in filter(self._is_complete, rows):
                found = {**match, alias: row}
                for condition in where:
                    if not condition(_NOTHING, found):
                        break
                else:
                    yield found

    def _is_complete(self, row: Row) -> bool:
        return None not in [row[field] for field in self._present]


_NOTHING: Mapping[str, Any] = {}
