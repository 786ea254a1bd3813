"""Which passages are leverage, limits, implications: a first pass over each alone, a second over its neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from briefnote.summarise.audience import audience_features
from briefnote.summarise.features import Features, passage_features
from briefnote.summarise.linear import model
from briefnote.summarise.pair import Pair
from briefnote.summarise.reading import Reading

BASE = ("leverage", "limit")
Odds = Mapping[str, float]


@dataclass(frozen=True)
class Labelled:
    """A passage with the probability of each label ("leverage", "limit", and each audience by its name).

    `labels` are those given; `features` and `context` are what the two passes weighed, by label.
    """

    number: int
    odds: Odds
    labels: tuple[str, ...]
    features: Mapping[str, Features]
    context: Mapping[str, Features]


def label(reading: Reading, pair: Pair, audiences: Mapping[str, str]) -> tuple[Labelled, ...]:
    """Returns the passages of prose with their labels, in order."""
    numbers = [number for number, passage in enumerate(reading.passages) if passage.is_prose]
    features: list[dict[str, Features]] = []
    first: list[dict[str, float]] = []
    for number in numbers:
        own, odds = first_pass(reading, pair, number, audiences)
        features.append(own)
        first.append(odds)
    found = []
    for at, number in enumerate(numbers):
        context = {name: context_features(reading, numbers, first, at, name) for name in first[at]}
        odds = {name: model(second(name)).probability(context[name]) for name in first[at]}
        labels = tuple(name for name in odds if odds[name] >= model(second(name)).threshold)
        found.append(Labelled(number, odds, labels, features[at], context))
    return tuple(found)


def second(name: str) -> str:
    """Returns the name of the model of the second pass."""
    return f"{name if name in BASE else 'audience'} in context"


def first_pass(
    reading: Reading, pair: Pair, number: int, audiences: Mapping[str, str]
) -> tuple[dict[str, Features], dict[str, float]]:
    """Returns the features and the probability of each label for a passage alone."""
    own = passage_features(reading, pair, number)
    features = dict.fromkeys(BASE, own)
    odds = {name: model(name).probability(own) for name in BASE}
    for audience, actor in audiences.items():
        features[audience] = audience_features(reading, pair, number, actor, {name: odds[name] for name in BASE})
        odds[audience] = model("audience").probability(features[audience])
    return features, odds


def context_features(reading: Reading, numbers: Sequence[int], first: Sequence[Odds], at: int, name: str) -> Features:
    """Returns what surrounds a passage, for one label: probabilities of its neighbours, paragraph, section, article.

    `numbers` are those of the passages of prose, `first` their probabilities in the first pass, `at` the place in both.
    """
    passages = reading.passages
    here = passages[numbers[at]]
    own = first[at]
    others = {"leverage": own["leverage"], "limit": own["limit"]}
    others["other audience"] = max((odds for key, odds in own.items() if key not in BASE and key != name), default=0.0)
    same = [
        j for j in range(max(0, at - 8), min(len(numbers), at + 9)) if passages[numbers[j]].paragraph == here.paragraph
    ]
    section = [
        j for j in range(max(0, at - 25), min(len(numbers), at + 26)) if passages[numbers[j]].heading == here.heading
    ]
    features = {f"own {key}": value for key, value in others.items() if key != name}
    features["own"] = own[name]
    features["own odds"] = _log_odds(own[name])
    features["before"] = first[at - 1][name] if at else 0.0
    features["before that"] = first[at - 2][name] if at > 1 else 0.0
    features["after"] = first[at + 1][name] if at + 1 < len(first) else 0.0
    features["paragraph"] = fmean(first[j][name] for j in same if j != at) if len(same) > 1 else own[name]
    features["section"] = fmean(first[j][name] for j in section if j != at) if len(section) > 1 else own[name]
    for key in BASE:
        if key != name:
            features[f"before {key}"] = first[at - 1][key] if at else 0.0
            features[f"section {key}"] = fmean(first[j][key] for j in section)
    return features


def _log_odds(probability: float) -> float:
    import math

    bounded = min(0.999, max(0.001, probability))
    return math.log(bounded / (1 - bounded)) / 3
