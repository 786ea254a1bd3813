"""Who holds leverage over whom in most of an article: the likeliest two, in the likelier direction."""

from __future__ import annotations

import math
from collections.abc import Callable

from briefnote.summarise.assets import owned
from briefnote.summarise.features import Features
from briefnote.summarise.linear import model
from briefnote.summarise.pair import Evidence, Pair, Two, candidates, gather, is_nearly, pair_features, size_of
from briefnote.summarise.reading import Reading

_ASSETS = 0.5  # a list of the world knows the common case; the article itself is to outweigh it


def main_pair(reading: Reading) -> Pair:
    """Returns the pair of the article; None for both roles where fewer than two actors are named."""
    evidence = gather(reading)
    counts = evidence.mentions["all"]
    others = sorted(counts, key=lambda actor: (-counts[actor], actor))
    two = likeliest(evidence, model("pair").score)
    if two is None:
        return Pair(None, None, tuple(others))
    holder, over = two if model("direction").score(direction_features(two, evidence)) >= 0 else two[::-1]
    return Pair(holder, over, tuple(actor for actor in others if actor not in {holder, over}))


def likeliest(evidence: Evidence, score: Callable[[Features], float]) -> Two | None:
    """Returns the two that score best, by the names that the title has for them; None where there are no two."""
    scored = [(score(pair_features(two, evidence)), two) for two in candidates(evidence)]
    if not scored:
        return None
    one, other = max(scored)[1]
    return _as_titled(one, evidence), _as_titled(other, evidence)


def _as_titled(actor: str, evidence: Evidence) -> str:
    """Returns the union or circle that the title names where it is nearly the actor's: "Europe" for the EU."""
    if evidence.titled[actor]:
        return actor
    return next((name for name in sorted(evidence.titled) if is_nearly(name, actor)), actor)


def direction_features(two: Two, evidence: Evidence) -> Features:
    """Returns what speaks for the first being the holder; what speaks for the second is negative."""
    one, other = two
    most = max(evidence.mentions["all"].values())
    return {
        "votes": _balance(_votes(one, other, evidence), _votes(other, one, evidence)),
        "size": math.tanh(math.log(size_of(one) / size_of(other)) / 3),
        "named": (evidence.mentions["all"][one] - evidence.mentions["all"][other]) / most,
        "assets": _ASSETS * (owned(one, evidence.spoken) - owned(other, evidence.spoken)),
    }


def _votes(holder: str, over: str, evidence: Evidence) -> float:
    """Returns how many frames have the two in these roles; a frame with one of them counts half."""
    return evidence.votes[holder, over] + (evidence.holds[holder] + evidence.is_held[over]) / 2


def _balance(one: float, other: float) -> float:
    """Returns from -1 to 1 how far the votes outweigh the others; a single vote counts half of unanimity."""
    return (one - other) / (one + other + 1)
