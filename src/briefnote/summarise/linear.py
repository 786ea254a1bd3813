"""A linear model over named features: weights from a data file, sums in plain Python."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

from briefnote.model.value import Value
from briefnote.summarise.data import read_data


class Linear(Value):
    """Weights by feature, what is added, and the probability from which the label is given."""

    weights: Mapping[str, float]
    bias: float
    threshold: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Returns the probability of the label; a feature without a weight counts nothing."""
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, self.score(features)))))

    def score(self, features: Mapping[str, float]) -> float:
        """Returns the log-odds of the label."""
        weight_of = self.weights.get
        # An exact sum is the same in whatever order the names come.
        added = [weight * value for name, value in features.items() if (weight := weight_of(name))]
        return math.fsum([self.bias, *added])

    def reasons(self, features: Mapping[str, float], most: int = 6) -> tuple[tuple[str, float], ...]:
        """Returns the features that count most, either way, with what each adds to the log-odds."""
        known = self.weights
        added = [(name, round(known[name] * value, 3)) for name, value in features.items() if name in known]
        return tuple(sorted(added, key=lambda pair: (-abs(pair[1]), pair[0]))[:most])


@cache
def model(name: str) -> Linear:
    """Returns the model of a label ("leverage", "limit", "audience", each with a second pass, and "weight")."""
    entry = read_data("weights.json")["models"][name]
    return Linear(entry["weights"], entry["bias"], entry["threshold"])
