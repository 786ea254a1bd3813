"""Who speaks for himself: sources that copy or quote one another are one voice, and why.

Three things make two sources one voice: one names the other as its origin, both have the same article text, or they
say at least three things in almost the same words. And one number that everybody takes from the same publisher is one
voice for that number, whoever repeats it, while its repeaters stay independent in all else.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from briefnote.model.quantity import in_words
from briefnote.model.summary import Summaries
from briefnote.text import OVERLAP, sense_words, word_runs

CLAIMS_ALIKE = 3
_FEW_WORDS = 4  # a claim of fewer content words is like many others by chance


@dataclass(frozen=True)
class Voice:
    """An independent voice: the source that it is named for, and why another source or figure has it ("" none)."""

    id: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """Two sources that are one voice, with the reason as it reads from either."""

    one: str
    other: str
    why: str
    why_back: str


def voices(
    summaries: Summaries, texts: Mapping[str, str] | None = None, origins: Mapping[str, str | None] | None = None
) -> dict[str, Voice]:
    """Returns the voice of each source. `texts` are articles, by source, where they are at hand.

    `origins` has the origin of sources that are not among the summaries: two that copy a copy, left out itself, are
    one voice still.
    """
    known = {**(origins or {}), **{name: one.source.origin for name, one in summaries.items()}}
    copied = [*_origins(known)]
    links = [*copied, *_same_article(summaries), *_same_claims(summaries), *_same_text(texts or {})]
    groups = _Groups()
    for link in links:
        groups.join(link.one, link.other)
    copies = {link.one for link in copied}
    named: dict[str, str] = {}
    for group in groups.groups({*summaries, *(link.other for link in links)}):
        named |= dict.fromkeys(group, _original(group, copies, summaries))
    return {source: Voice(named[source], tuple(dict.fromkeys(_reasons(source, links)))) for source in sorted(summaries)}


def _reasons(source: str, links: Iterable[Link]) -> Iterator[str]:
    for link in links:
        if link.one == source:
            yield link.why
        elif link.other == source:
            yield link.why_back


def _original(group: Sequence[str], copies: set[str], summaries: Summaries) -> str:
    """The source that copies none of the others; of several the earliest, then the first by id."""

    def rank(source: str) -> tuple[bool, date, str]:
        published = summaries[source].source.published if source in summaries else None
        return source in copies, published or date.max, source

    return min(group, key=rank)


class _Groups:
    """Union-find over the names of sources."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, name: str) -> str:
        while (parent := self._parent.get(name, name)) != name:
            self._parent[name] = self._parent.get(parent, parent)
            name = parent
        return name

    def join(self, one: str, other: str) -> None:
        self._parent[self.root(one)] = self.root(other)

    def groups(self, names: Iterable[str]) -> Iterable[list[str]]:
        found: dict[str, list[str]] = {}
        for name in sorted(names):
            found.setdefault(self.root(name), []).append(name)
        return found.values()


# ---- what makes two sources one voice ---------------------------------------------------------------------------


def _origins(origins: Mapping[str, str | None]) -> Iterator[Link]:
    for name, origin in sorted(origins.items()):
        if origin and origin != name:
            yield Link(name, origin, f"copies or quotes {origin}", f"is copied or quoted by {name}")


def _same_article(summaries: Summaries) -> Iterator[Link]:
    first: dict[str, str] = {}
    for name in sorted(summaries):
        digest = summaries[name].source.sha256
        if digest and (other := first.setdefault(digest, name)) != name:
            yield Link(name, other, f"has the same article text as {other}", f"has the same article text as {name}")


def _same_claims(summaries: Summaries) -> Iterator[Link]:
    alike: dict[tuple[str, str], tuple[set[int], set[int]]] = {}
    claims = [(name, content_words(claim.text)) for name in sorted(summaries) for claim in summaries[name].claims]
    for one, other in _alike([words for _, words in claims]):
        pair = claims[one][0], claims[other][0]
        if pair[0] != pair[1]:
            ones, others = alike.setdefault(pair, (set(), set()))
            ones.add(one)
            others.add(other)
    for (name, twin), (ones, others) in sorted(alike.items()):
        count = min(len(ones), len(others))
        if count >= CLAIMS_ALIKE:
            why = f"{in_words(count)} of its claims stand in almost the same words in"
            yield Link(name, twin, f"{why} {twin}", f"{why} {name}")


def _alike(claims: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Yields the pairs of claims that share enough words. Claims that do share one of their rarest, and only those
    that share such a word are compared (prefix filtering), so that a thousand sources are not compared all with all.
    """
    counts = Counter(word for words in claims for word in words)
    holders: dict[str, list[int]] = {}
    compared: set[tuple[int, int]] = set()
    for number, words in enumerate(claims):
        if len(words) < _FEW_WORDS:
            continue
        rare = sorted(words, key=lambda word: (counts[word], word))[: len(words) - math.ceil(OVERLAP * len(words)) + 1]
        for word in rare:
            for earlier in holders.get(word, ()):
                if (earlier, number) not in compared:
                    compared.add((earlier, number))
                    if len(claims[earlier] & words) >= OVERLAP * max(len(claims[earlier]), len(words)):
                        yield earlier, number
            holders.setdefault(word, []).append(number)


def _same_text(texts: Mapping[str, str]) -> Iterator[Link]:
    runs = {name: word_runs(text) for name, text in sorted(texts.items())}
    for one, other in combinations(runs, 2):
        shorter = min(len(runs[one]), len(runs[other]))
        if shorter and (shared := len(runs[one] & runs[other]) / shorter) >= OVERLAP:
            why = f"{shared:.0%} of the shorter article's runs of three words stand in both it and"
            yield Link(one, other, f"{why} {other}", f"{why} {one}")


def content_words(text: str) -> frozenset[str]:
    """Returns the words that carry the sense: numbers, and words of at least four letters, in small letters."""
    return frozenset(sense_words(text))


# ---- one figure of one publisher --------------------------------------------------------------------------------

_SAME_FIGURE = ("metric", "subject", "counterpart", "item", "year", "unit", "value", "low", "high")


def figure_voices(figures: Sequence[Mapping[str, Any]], summaries: Summaries) -> dict[str, Voice]:
    """Returns the voice of each figure that others repeat from the same publisher, by the figure's id.

    `figures` are rows (facts.py). Its publisher is whom its source attributes it to, else who published the source;
    at least one of them must be attributed.
    """
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for figure in figures:
        publisher = figure["attributed_to"] or summaries[figure["source"]].source.publisher
        if publisher:
            groups.setdefault((_spelt(publisher), *(figure[name] for name in _SAME_FIGURE)), []).append(figure)
    found = {}
    for group in groups.values():
        attributed = next((str(figure["attributed_to"]) for figure in group if figure["attributed_to"]), None)
        names = sorted({str(figure["voice"]) for figure in group})
        if attributed and len(names) > 1:
            for figure in group:
                others = ", ".join(other["id"] for other in group if other["voice"] != figure["voice"])
                because = f"the same figure of the same publisher ({attributed}) stands in {others}"
                found[str(figure["id"])] = Voice(names[0], (because,))
    return found


def _spelt(name: str) -> str:
    return " ".join(word for word in re.findall(r"\w+", name.casefold()) if word != "the")
