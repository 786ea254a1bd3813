"""What surrounds a passage, for the second pass: what the first says of its neighbours, section and article."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import mul

from briefnote.summarise import coding
from briefnote.summarise.features import Features
from briefnote.summarise.reading import Passage, Reading
from briefnote.summarise.weighing import centralities

BASE = ("leverage", "limit")
FIRST = (*BASE, "relation")  # "relation": leverage or limit, whichever
Odds = Mapping[str, float]

_STEPS = range(1, 9)  # to the neighbours on either side, each counting less than the one before it
_FADING = (0.6, 0.85)
_TURNS = ("contrast", "concede", "therefore")
_START = 4  # tokens of a sentence among which a word turns it


@dataclass(frozen=True)
class Surroundings:
    """An article after the first pass: for each of its passages of prose the probabilities and what is around it.

    `article` are the means of the probabilities, `near` by label what the first pass says of a passage's neighbours,
    paragraph and section, `sections` its mean over the section. `argument` tells leverage and limits from the rest of
    an argument, and the two from each other; `central` is how much of the article's talk a passage shares.
    """

    first: Sequence[Odds]
    article: Odds
    near: Mapping[str, Sequence[Features]]
    sections: Mapping[str, Sequence[float]]
    argument: Sequence[Features]
    central: Sequence[float]


def surroundings(reading: Reading, numbers: Sequence[int], first: Sequence[Odds]) -> Surroundings:
    """Returns what the second pass knows; `numbers` are those of the passages of prose, `first` their probabilities."""
    passages = [reading.passages[number] for number in numbers]
    central = centralities(reading, numbers)
    values = {name: [odds[name] for odds in first] for name in (first[0] if first else ())}
    paragraphs = _runs([one.paragraph for one in passages], 8)
    sections = _runs([one.heading for one in passages], 25)
    return Surroundings(
        first,
        means(first),
        {name: _near(along, paragraphs, sections) for name, along in values.items() if name != "relation"},
        {name: [sum(along[run.start : run.stop]) / len(run) for run in sections] for name, along in values.items()},
        _arguments(passages, [odds["relation"] for odds in first], central),
        central,
    )


def means(first: Sequence[Odds]) -> Odds:
    """Returns the mean probability of each label over an article: how much of it the article is likely to have."""
    return {name: sum(odds[name] for odds in first) / len(first) for name in first[0]} if first else {}


def context_features(around: Surroundings, at: int, name: str) -> Features:
    """Returns what surrounds a passage, for one label."""
    own, last = around.first[at], around.first[at - 1] if at else dict.fromkeys(BASE, 0.0)
    features = {
        "own": own[name],
        "own odds": _log_odds(own[name]),
        "own other audience": max([odds for key, odds in own.items() if key not in FIRST and key != name], default=0.0),
        "article": around.article[name],
        **around.near[name][at],
    }
    for key in BASE:
        if key != name:
            features[f"own {key}"] = own[key]
            features[f"{key} before"] = last[key]
            features[f"section {key}"] = around.sections[key][at]
    if name in BASE:
        features.update(around.argument[at])
    return features


def _near(values: list[float], paragraphs: Sequence[range], sections: Sequence[range]) -> list[Features]:
    """Returns what a label's probabilities are around each passage: of neighbours, the paragraph and the section."""
    columns = {
        "paragraph": list(map(_mean_of_others, repeat(values), paragraphs, values)),
        "section": list(map(_mean_of_others, repeat(values), sections, values)),
        "before that": [0.0, 0.0, *values],
        **_neighbours([[0.0] * step + values for step in _STEPS], "before"),
        **_neighbours([values[step:] + [0.0] * step for step in _STEPS], "after"),
    }
    columns["between"] = list(map(min, columns["most before"], columns["most after"]))
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=False)]


def _neighbours(nearest: Sequence[list[float]], side: str) -> dict[str, list[float]]:
    """Returns what the first pass says of the neighbours on one side; `nearest` holds them for each passage by step."""
    columns = {side: nearest[0], f"most {side}": list(map(max, *nearest[:3]))}
    for fading in _FADING:
        shares = [fading**step for step in range(len(_STEPS))]
        fading_out = [map(mul, values, repeat(share)) for values, share in zip(nearest, shares, strict=True)]
        whole = sum(shares)
        columns[f"around {side} {fading}"] = [total / whole for total in map(sum, zip(*fading_out, strict=False))]
    return columns


def _mean_of_others(values: list[float], run: range, own: float) -> float:
    return (sum(values[run.start : run.stop]) - own) / (len(run) - 1) if len(run) > 1 else own


def _arguments(passages: Sequence[Passage], relation: list[float], central: Sequence[float]) -> list[Features]:
    """Returns for each passage how likely it and its neighbours say anything, its place, its moves and theirs.

    A move is what a passage does in the argument: it rejects, it reports what others say, it starts with a contrast, a
    concession or a conclusion.
    """
    moves = [frozenset(_moves(one)) for one in passages]
    padded = [0.0, *relation, 0.0]
    return [
        {
            "relation": padded[at + 1],
            "relation odds": _log_odds(padded[at + 1]),
            "relation before": padded[at],
            "relation after": padded[at + 2],
            "central": central[at],
            "first in paragraph": float(passage.place == 0),
            "last in paragraph": float(passage.place == passage.of - 1),
            "item": float(passage.kind == "item"),
            "length": math.log1p(len(passage.tokens)) / 4,
            **dict.fromkeys(_turns(moves, at), 1.0),
        }
        for at, passage in enumerate(passages)
    ]


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
