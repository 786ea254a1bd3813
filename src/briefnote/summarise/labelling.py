"""Which passages are leverage, limits, implications: a first pass over each alone, a second over its neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefnote.summarise.audience import Named, audience_features, named_in
from briefnote.summarise.context import BASE, Odds, context_features, means
from briefnote.summarise.features import Features, passage_features
from briefnote.summarise.linear import model
from briefnote.summarise.pair import Pair
from briefnote.summarise.reading import Reading


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
    named = named_in(reading, audiences.values())
    for number in numbers:
        own, odds = first_pass(reading, pair, number, audiences, named)
        features.append(own)
        first.append(odds)
    article, found = means(first), []
    for at, number in enumerate(numbers):
        context = {name: context_features(reading, numbers, first, article, at, name) for name in first[at]}
        odds = {name: model(second(name)).probability(context[name]) for name in first[at]}
        labels = tuple(name for name in odds if odds[name] >= model(second(name)).threshold)
        found.append(Labelled(number, odds, labels, features[at], context))
    return tuple(found)


def second(name: str) -> str:
    """Returns the name of the model of the second pass."""
    return f"{name if name in BASE else 'audience'} in context"


def first_pass(
    reading: Reading, pair: Pair, number: int, audiences: Mapping[str, str], named: Named
) -> tuple[dict[str, Features], dict[str, float]]:
    """Returns the features and the probability of each label for a passage alone."""
    own = passage_features(reading, pair, number)
    features = dict.fromkeys(BASE, own)
    odds = {name: model(name).probability(own) for name in BASE}
    for audience, actor in audiences.items():
        said = {name: odds[name] for name in BASE}
        features[audience] = audience_features(reading, pair, number, actor, said, named)
        odds[audience] = model("audience").probability(features[audience])
    return features, odds
