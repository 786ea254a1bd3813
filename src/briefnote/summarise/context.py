"""What surrounds a passage, for the second pass: what the first says of its neighbours, section and article."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefnote.summarise import coding
from briefnote.summarise.features import Features
from briefnote.summarise.reading import Passage, Reading
from briefnote.summarise.weighing import centralities

BASE = ("leverage", "limit")
FIRST = (*BASE, "relation")  # "relation": leverage or limit, whichever
Odds = Mapping[str, float]

_WINDOW = 8  # neighbours on either side, each counting less than the one before it
_FADING = (0.6, 0.85)
_SHARES = {fading: [fading**step for step in range(_WINDOW)] for fading in _FADING}
_TURNS = ("contrast", "concede", "therefore")
_START = 4  # tokens of a sentence among which a word turns it


@dataclass(frozen=True)
class Surroundings:
    """An article after the first pass: its passages of prose, each with its probabilities, centrality and moves.

    `article` are the means of the probabilities. A move is what a passage does in the argument: it rejects, it reports
    what others say, it starts with a contrast, a concession or a conclusion.
    """

    passages: Sequence[Passage]
    first: Sequence[Odds]
    article: Odds
    central: Sequence[float]
    moves: Sequence[frozenset[str]]
    paragraphs: Sequence[range]
    sections: Sequence[range]


def surroundings(reading: Reading, numbers: Sequence[int], first: Sequence[Odds]) -> Surroundings:
    """Returns what the second pass knows; `numbers` are those of the passages of prose, `first` their probabilities."""
    passages = [reading.passages[number] for number in numbers]
    return Surroundings(
        passages,
        first,
        means(first),
        centralities(reading, numbers),
        [frozenset(_moves(one)) for one in passages],
        _runs([one.paragraph for one in passages], 8),
        _runs([one.heading for one in passages], 25),
    )


def means(first: Sequence[Odds]) -> Odds:
    """Returns the mean probability of each label over an article: how much of it the article is likely to have."""
    return {name: sum(odds[name] for odds in first) / len(first) for name in first[0]} if first else {}


def context_features(around: Surroundings, at: int, name: str) -> Features:
    """Returns what surrounds a passage, for one label."""
    first, own = around.first, around.first[at]
    others = {key: own[key] for key in BASE}
    others["other audience"] = max((odds for key, odds in own.items() if key not in FIRST and key != name), default=0.0)
    features = {f"own {key}": value for key, value in others.items() if key != name}
    features["own"] = own[name]
    features["own odds"] = _log_odds(own[name])
    features["article"] = around.article[name]
    features.update(_neighbours([odds[name] for odds in first[max(0, at - _WINDOW) : at]][::-1], "before"))
    features.update(_neighbours([odds[name] for odds in first[at + 1 : at + 1 + _WINDOW]], "after"))
    features["between"] = min(features["most before"], features["most after"])
    features["before that"] = first[at - 2][name] if at > 1 else 0.0
    features.update(_around(around, at, name))
    features.update((f"{key} before", first[at - 1][key] if at else 0.0) for key in BASE if key != name)
    if name in BASE:
        features.update(_in_argument(around, at))
    return features


def _in_argument(around: Surroundings, at: int) -> Iterator[tuple[str, float]]:
    """Yields what tells leverage and limits from the rest of an argument, and the two from each other."""
    passage, relation = around.passages[at], [odds["relation"] for odds in around.first[max(0, at - 1) : at + 2]]
    yield "relation", around.first[at]["relation"]
    yield "relation odds", _log_odds(around.first[at]["relation"])
    yield "relation before", relation[0] if at else 0.0
    yield "relation after", relation[-1] if at + 1 < len(around.first) else 0.0
    yield "central", around.central[at]
    yield "first in paragraph", float(passage.place == 0)
    yield "last in paragraph", float(passage.place == passage.of - 1)
    yield "item", float(passage.kind == "item")
    yield "length", math.log1p(len(passage.tokens)) / 4
    yield from ((turn, 1.0) for turn in _turns(around.moves, at))


def _neighbours(nearest: Sequence[float], side: str) -> Iterator[tuple[str, float]]:
    """Yields what the first pass says of the neighbours on one side, the nearest first."""
    yield side, nearest[0] if nearest else 0.0
    yield f"most {side}", max(nearest[:3], default=0.0)
    for fading in _FADING:
        shares = _SHARES[fading]
        yield f"around {side} {fading}", sum(map(float.__mul__, nearest, shares)) / sum(shares)


def _around(around: Surroundings, at: int, name: str) -> Iterator[tuple[str, float]]:
    """Yields the means over the other sentences of the paragraph and, as far as they are near, of the section."""
    first, same, section = around.first, around.paragraphs[at], around.sections[at]
    for what, those in (("paragraph", same), ("section", section)):
        others = sum(first[j][name] for j in those) - first[at][name]
        yield what, others / (len(those) - 1) if len(those) > 1 else first[at][name]
    for key in BASE:
        if key != name:
            yield f"section {key}", sum(first[j][key] for j in section) / len(section)


def _runs(belongs_to: Sequence[int | None], most: int) -> list[range]:
    """Returns for each place the unbroken run around it that belongs to the same, at most so many to either side."""
    starts = [0] * len(belongs_to)
    for at in range(1, len(belongs_to)):
        starts[at] = starts[at - 1] if belongs_to[at] == belongs_to[at - 1] else at
    ends = [*range(1, len(belongs_to) + 1)]
    for at in range(len(belongs_to) - 2, -1, -1):
        ends[at] = ends[at + 1] if belongs_to[at] == belongs_to[at + 1] else at + 1
    return [
        range(max(start, at - most), min(end, at + most + 1))
        for at, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _moves(passage: Passage) -> Iterator[str]:
    if coding.is_rejection(passage):
        yield "rejects"
    if coding.is_reported(passage):
        yield "reports"
    yield from {family for place, family in passage.families if place < _START and family in _TURNS}


def _turns(moves: Sequence[frozenset[str]], at: int) -> Iterator[str]:
    """Yields the moves of the passage and of its neighbours, and whether it reports what the next rejects."""
    for where, step in (("here", 0), ("next", 1), ("last", -1)):
        if 0 <= at + step < len(moves):
            yield from (f"{where} {move}" for move in sorted(moves[at + step]))
    if "reports" in moves[at] and at + 1 < len(moves) and "rejects" in moves[at + 1]:
        yield "reports what is rejected"


def _log_odds(probability: float) -> float:
    bounded = min(0.999, max(0.001, probability))
    return math.log(bounded / (1 - bounded)) / 3
