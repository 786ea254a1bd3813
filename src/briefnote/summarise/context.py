"""What surrounds a passage, for the second pass: what the first says of its neighbours, section and article."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

from briefnote.summarise.features import Features
from briefnote.summarise.reading import Reading

BASE = ("leverage", "limit")
Odds = Mapping[str, float]

_WINDOW = 8  # neighbours on either side, each counting less than the one before it
_FADING = (0.6, 0.85)
_SHARES = {fading: [fading**step for step in range(_WINDOW)] for fading in _FADING}


def means(first: Sequence[Odds]) -> Odds:
    """Returns the mean probability of each label over an article: how much of it the article is likely to have."""
    return {name: sum(odds[name] for odds in first) / len(first) for name in first[0]} if first else {}


def context_features(
    reading: Reading, numbers: Sequence[int], first: Sequence[Odds], article: Odds, at: int, name: str
) -> Features:
    """Returns what surrounds a passage, for one label.

    `numbers` are those of the passages of prose, `first` their probabilities in the first pass, `article` the means of
    these, and `at` the place in `numbers` and `first`.
    """
    own = first[at]
    others = {"leverage": own["leverage"], "limit": own["limit"]}
    others["other audience"] = max((odds for key, odds in own.items() if key not in BASE and key != name), default=0.0)
    features = {f"own {key}": value for key, value in others.items() if key != name}
    features["own"] = own[name]
    features["own odds"] = _log_odds(own[name])
    features["article"] = article[name]
    features.update(_neighbours([odds[name] for odds in first[max(0, at - _WINDOW) : at]][::-1], "before"))
    features.update(_neighbours([odds[name] for odds in first[at + 1 : at + 1 + _WINDOW]], "after"))
    features["between"] = min(features["most before"], features["most after"])
    features["before that"] = first[at - 2][name] if at > 1 else 0.0
    features.update(_around(reading, numbers, first, at, name))
    for key in BASE:
        if key != name:
            features[f"before {key}"] = first[at - 1][key] if at else 0.0
    return features


def _neighbours(nearest: Sequence[float], side: str) -> Iterator[tuple[str, float]]:
    """Yields what the first pass says of the neighbours on one side, the nearest first."""
    yield side, nearest[0] if nearest else 0.0
    yield f"most {side}", max(nearest[:3], default=0.0)
    for fading in _FADING:
        shares = _SHARES[fading]
        yield f"around {side} {fading}", sum(map(float.__mul__, nearest, shares)) / sum(shares)


def _around(
    reading: Reading, numbers: Sequence[int], first: Sequence[Odds], at: int, name: str
) -> Iterator[tuple[str, float]]:
    """Yields the means over the other sentences of the paragraph and, as far as they are near, of the section."""
    passages = reading.passages
    here = passages[numbers[at]]
    same = _run(at, len(numbers), 8, lambda j: passages[numbers[j]].paragraph == here.paragraph)
    section = _run(at, len(numbers), 25, lambda j: passages[numbers[j]].heading == here.heading)
    for what, those in (("paragraph", same), ("section", section)):
        yield (
            what,
            (sum(first[j][name] for j in those) - first[at][name]) / (len(those) - 1)
            if len(those) > 1
            else first[at][name],
        )
    for key in BASE:
        if key != name:
            yield f"section {key}", sum(first[j][key] for j in section) / len(section)


def _run(at: int, end: int, most: int, belongs: Callable[[int], bool]) -> range:
    """Returns the unbroken run of places around `at` that belong, at most so many to either side."""
    first = last = at
    while first > max(0, at - most) and belongs(first - 1):
        first -= 1
    while last < min(end - 1, at + most) and belongs(last + 1):
        last += 1
    return range(first, last + 1)


def _log_odds(probability: float) -> float:
    bounded = min(0.999, max(0.001, probability))
    return math.log(bounded / (1 - bounded)) / 3
