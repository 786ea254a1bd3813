"""Matches become findings: one for each match, or for each group of them, with its columns as a database has them."""

from __future__ import annotations

from briefnote.rules.engine import TooMany
from briefnote.rules.evaluation import meaning
from briefnote.rules.functions import key_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from briefnote.rules.evaluation import Meaning
    from briefnote.rules.plan import Search
    from briefnote.rules.search import Match

MOST_MATCHES = 1_000_000  # in the groups of one rule: some 200 MB


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


_NOTHING: Mapping[str, Any] = {}
