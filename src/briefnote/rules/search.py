"""How Python finds what a rule asks for: rows are joined into matches, and matches gathered into findings.

Rows are looked up by what they share with the rows before them, then held against conditions. A finding stands for one
match, or for a group of them, and has its columns as a database has them. What is asked for is in the plan
(`searching` makes it of a checked rule); the rows are in `memory`.
"""

from __future__ import annotations

from briefnote.model.value import NONE
from briefnote.rules.engine import TooMany
from briefnote.rules.evaluation import meaning
from briefnote.rules.functions import key_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from briefnote.rules.engine import Deadline
    from briefnote.rules.evaluation import Meaning
    from briefnote.rules.plan import Search, WantedRow

    Row = Mapping[str, Any]
    Match = Mapping[str, Row]  # alias → row
    # Returns the rows that a pattern asks for, by their values of some fields.
    Lookup = Callable[[WantedRow], Mapping[tuple[Any, ...], Sequence[Row]]]


MOST_MATCHES = 1_000_000  # in the groups of one rule: some 200 MB
_NOTHING: Mapping[str, Any] = NONE


def narrowed(rows: Sequence[Row], wanted: WantedRow) -> Sequence[Row]:
    """Returns the rows that hold what is wanted of fields with many values, once for each value that is tried alone."""
    for field, options in wanted.held:
        rows = [row for row in rows if _holds(row[field], options)]
    for field in wanted.spread:
        rows = [{**row, field: value} for row in rows for value in dict.fromkeys(row[field])]
    return rows


def complete(rows: Sequence[Row], fields: Sequence[str]) -> Sequence[Row]:
    """Returns the rows that have a value in each of these fields."""
    for field in fields:
        rows = [row for row in rows if row[field] is not None]
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
        self._where = [meaning(tree) for tree in wanted.where]
        self._deadline = deadline

    def extended(self, matches: Iterable[Match]) -> Iterator[Match]:
        """Yields each match with each row that goes with it."""
        alias, where = self._alias, self._where
        for match in matches:
            rows = self._rows.get(tuple([key(_NOTHING, match) for key in self._keys]), ())
            self._deadline.spend(len(rows))
            for row in rows:
                found = {**match, alias: row}
                for condition in where:
                    if not condition(_NOTHING, found):
                        break
                else:
                    yield found


# ---- findings ------------------------------------------------------------------------------------------------------


class Found:
    """One finding: its id, its score (None for none), the matches behind it, and the values of its lets."""

    __slots__ = ("id", "let", "matches", "score")

    def __init__(self, identity: str, score: float | None, matches: Sequence[Match], let: Mapping[str, Any]) -> None:
        self.id = identity
        self.score = score
        self.matches = matches
        self.let = let

    def rank(self) -> tuple[bool, float, str]:
        """The best score first, none last; ties go to the smallest id."""
        return self.score is None, -(self.score or 0), self.id


class Gathering:
    """Makes the findings of one rule from its matches."""

    def __init__(self, rule: str, aliases: Sequence[str], search: Search) -> None:
        self._rule = rule
        self._aliases = () if search.group else tuple(aliases)
        self._search = search
        self._places = {name: _stored(meaning(tree), search.types[name]) for name, tree in search.values.items()}
        self._let = {name: _stored(meaning(tree), search.types[name]) for name, tree in search.let.items()}
        self._having = [meaning(tree) for tree in search.having]
        self._score = _stored(meaning(search.score), "number")

    def findings(self, matches: Iterable[Match]) -> Iterator[Found]:
        """Yields the findings; where a key is to have one finding only, the best of each. May raise TooMany."""
        found = self._groups(matches) if self._search.group else self._singles(matches)
        return self._best(found) if self._search.once_per else found

    def columns(self, found: Found) -> dict[str, Any]:
        """Returns the columns of a finding."""
        match = found.matches[0]
        values = {name: place(_NOTHING, match) for name, place in self._places.items()}
        return {"id": found.id, **values, **found.let, "score": found.score}

    def _singles(self, matches: Iterable[Match]) -> Iterator[Found]:
        for match in matches:
            let = self._lets({}, match)
            yield Found(self._id(match), self._score(let, match), (match,), let)

    def _groups(self, matches: Iterable[Match]) -> Iterator[Found]:
        places = list(self._places.values())
        groups: dict[tuple[Any, ...], list[Match]] = {}
        for number, match in enumerate(matches):
            if number == MOST_MATCHES:
                raise TooMany(f"{MOST_MATCHES:,}")
            groups.setdefault(tuple([place(_NOTHING, match) for place in places]), []).append(match)
        for key, members in groups.items():
            let = self._lets(dict(zip(self._places, key, strict=True)), members)
            if all(condition(let, members) for condition in self._having):
                yield Found(self._id(members[0]), self._score(let, members), members, let)

    def _lets(self, values: dict[str, Any], scope: Any) -> dict[str, Any]:
        """Adds the value of each let: over a match, or over all matches of a group."""
        for name, let in self._let.items():
            values[name] = let(values, scope)
        return values

    def _id(self, match: Match) -> str:
        """The rule, the rows, and the values that tell findings on the same rows apart."""
        rows = [str(match[alias]["id"]) for alias in self._aliases]
        names = [key_text(self._places[name](_NOTHING, match)) for name in self._search.identity]
        return "|".join([self._rule, *rows, *names])

    def _best(self, found: Iterable[Found]) -> Iterator[Found]:
        best: dict[tuple[Any, ...], Found] = {}
        for one in found:
            columns = self.columns(one)
            key = tuple([columns[name] for name in self._search.once_per])
            if key not in best or one.rank() < best[key].rank():
                best[key] = one
        return iter(best.values())


def _stored(value: Meaning, kind: str) -> Meaning:
    """Returns the value as a database gives it back: a number as a double, a truth as 1 or 0."""
    if kind == "text":
        return value
    convert = _number if kind == "number" else int

    def stored(values: Mapping[str, Any], scope: Any) -> float | None:
        found = value(values, scope)
        return None if found is None else convert(found)

    return stored


def _number(value: float) -> float:
    return float(value) + 0.0  # no minus before a zero
