"""Who is named where: a regular expression over the gazetteer, bucketed by first letter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from briefnote.summarise.data import read_data
from briefnote.summarise.mentions import Mention

_KEYS = {"names": "name", "people": "people", "seats": "seat", "firms": "firm"}


@dataclass(frozen=True)
class Gazetteer:
    """The names known, compiled: `known` says for the words of a name whom it means and what kind of name it is."""

    pattern: re.Pattern[str]
    known: dict[str, tuple[str, str]]


def find_mentions(text: str, year: int | None = None, actors: Sequence[str] = ()) -> tuple[Mention, ...]:
    """Returns the mentions in order: none overlaps another, and of two names that start together the longer counts.

    `year` leaves out leaders of another time; `actors` are names known besides those of the gazetteer.
    """
    names = gazetteer(year, tuple(actors))
    found = []
    for match in names.pattern.finditer(text):
        words = re.sub(r"\s+", " ", match[0]).replace("’", "'")
        if words in names.known:
            actor, kind = names.known[words]
            found.append(Mention(actor, match.start(), match.end(), match[0], kind))
    return tuple(found)


@lru_cache(maxsize=64)
def gazetteer(year: int | None = None, actors: tuple[str, ...] = ()) -> Gazetteer:
    """Returns the gazetteer of a year with further actors, compiled."""
    known: dict[str, tuple[str, str]] = {}
    for actor, entry in known_actors().items():
        known |= {words: (actor, kind) for words, kind in _names(entry, year)}
    known |= {f"T{words[1:]}": meant for words, meant in known.items() if words.startswith("the ")}
    known |= {name: (name, "name") for name in actors if name not in known}
    return Gazetteer(_compiled([*known, *read_data("actors.yaml")["not_actors"]]), known)


@cache
def known_actors() -> dict[str, dict[str, Any]]:
    """Returns the entries of the gazetteer by the name that a claim uses."""
    return dict(read_data("actors.yaml")["actors"])


@cache
def circles(actor: str) -> tuple[str, ...]:
    """Returns the groups that an actor belongs to, near ones first, and those whom the name of a circle stands for."""
    entry = known_actors().get(actor, {})
    near = [*entry.get("in", ()), *entry.get("members", ())]
    return tuple(dict.fromkeys([*near, *(wider for group in near for wider in circles(group))]))


def _names(entry: dict[str, Any], year: int | None) -> Iterator[tuple[str, str]]:
    for key, kind in _KEYS.items():
        yield from ((words, kind) for words in entry.get(key, ()))
    for leader, years in entry.get("leaders", {}).items():
        if year is None or _led(years, year):
            yield leader, "leader"


def _led(years: str, year: int) -> bool:
    """A leader is meant from two years before taking office on: candidates are named too."""
    first, last = str(years).split("–")
    return int(first) - 2 <= year and (not last or year <= int(last) + 2)


def _compiled(names: Iterable[str]) -> re.Pattern[str]:
    buckets: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        buckets[name[0]].append(re.escape(name[1:]).replace("\\ ", r"\s+").replace("'", "['’]"))
    parts = "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in sorted(buckets.items()))
    return re.compile(rf"(?<!\w)(?:{parts})(?!\w)")
