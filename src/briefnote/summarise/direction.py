"""Who holds leverage over whom in most of an article: the likeliest two, in the likelier direction."""

from __future__ import annotations

import math

from briefnote.summarise.features import Features
from briefnote.summarise.linear import model
from briefnote.summarise.pair import Evidence, Pair, Two, candidates, gather, pair_features, size_of
from briefnote.summarise.reading import Reading


def main_pair(reading: Reading) -> Pair:
    """Returns the pair of the article; None for both roles where fewer than two actors are named."""
    evidence = gather(reading)
    counts = evidence.mentions["all"]
    others = sorted(counts, key=lambda actor: (-counts[actor], actor))
    scored = [(model("pair").score(pair_features(two, evidence)), two) for two in candidates(evidence)]
    if not scored:
        return Pair(None, None, tuple(others))
    one, other = max(scored)[1]
    features = direction_features((one, other), evidence)
    holder, over = (one, other) if model("direction").score(features) >= 0 else (other, one)
    return Pair(holder, over, tuple(actor for actor in others if actor not in {holder, over}))


def direction_features(two: Two, evidence: Evidence) -> Features:
    """Returns what speaks for the first being the holder; what speaks for the second is negative."""
    one, other = two
    most = max(evidence.mentions["all"].values())
    return {
        "votes": math.tanh((evidence.votes[two] - evidence.votes[other, one]) / 2),
        "holds": math.tanh((evidence.holds[one] - evidence.holds[other]) / 3),
        "is held": math.tanh((evidence.is_held[other] - evidence.is_held[one]) / 3),
        "size": math.tanh(math.log(size_of(one) / size_of(other)) / 3),
        "named": (evidence.mentions["all"][one] - evidence.mentions["all"][other]) / most,
        "sends": math.tanh((evidence.sends[one] - evidence.sends[other]) / 3),
        "takes": math.tanh((evidence.takes[one] - evidence.takes[other]) / 3),
        "acts": math.tanh((evidence.acts[one] - evidence.acts[other]) / 3),
    }
