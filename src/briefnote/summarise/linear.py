"""A linear model over named features: weights from a data file, sums in plain Python."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import compress, repeat
from operator import mul

from briefnote.model.value import Value
from briefnote.summarise.data import read_data


class Linear(Value):
    """Weights by feature, what is added, and the probability from which the label is given."""

    weights: Mapping[str, float]
    bias: float
    threshold: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Returns the probability of the label; a feature without a weight counts nothing."""
        return _probability(self.score(features))

    def score(self, features: Mapping[str, float]) -> float:
        """Returns the log-odds of the label."""
        return math.fsum([self.bias, *self.added(features)])

    def added(self, features: Mapping[str, float]) -> list[float]:
        """Returns what each feature adds to the log-odds."""
        return list(map(mul, map(self.weights.get, features, repeat(0.0)), features.values()))

    def probability_of(self, added: Iterable[float]) -> float:
        """Returns the probability of the label from all that features add; the exact sum is the same in any order."""
        return _probability(math.fsum([self.bias, *added]))

    def reasons(self, features: Mapping[str, float], most: int = 6) -> tuple[tuple[str, float], ...]:
        """Returns the features that count most, either way, with what each adds to the log-odds."""
        known = self.weights
        added = [(name, round(known[name] * value, 3)) for name, value in features.items() if name in known]
        return tuple(sorted(added, key=lambda pair: (-abs(pair[1]), pair[0]))[:most])


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, log_odds))))


def added_to(names: tuple[str, ...], features: Mapping[str, float]) -> dict[str, list[float]]:
    """Returns what features add to the log-odds of several labels; each feature is looked up once for all of them."""
    rows = [*map(_side_by_side(names).get, features)]
    values = [*compress(features.values(), rows)]
    columns = zip(*filter(None, rows), strict=True) if values else repeat(())
    return {name: list(map(mul, column, values)) for name, column in zip(names, columns, strict=False)}


@cache
def _side_by_side(names: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    """Returns for each feature that one of the models knows its weights in all, 0 where a model does not know it."""
    models = [model(name).weights for name in names]
    return {feature: tuple(one.get(feature, 0.0) for one in models) for known in models for feature in known}


@cache
def model(name: str) -> Linear:
    """Returns the model of a label ("leverage", "limit", "audience", each with a second pass, and "weight")."""
    entry = read_data("weights.json")["models"][name]
    return Linear(entry["weights"], entry["bias"], entry["threshold"])
