"""The pair an article is about: who holds leverage over whom, as far as the whole article says."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from briefnote.model.value import Value
from briefnote.summarise.actors import circles, known_actors
from briefnote.summarise.linear import model
from briefnote.summarise.reading import Passage, Reading

Two = tuple[str, str]
Features = dict[str, float]

_CANDIDATES = 9  # actors named most often, of which the pair is chosen
_OPENING = 8
_MEMBER = 0.3  # what the mention of a member counts for its group
_NEVER = {"UN", "IMF", "World Bank", "OPEC", "BRICS", "Asia", "NATO", "the West", "Latin America"}


class Pair(Value):
    """Who holds leverage over whom in most of the article. `others` are further actors, the most often named first."""

    holder: str | None
    over: str | None
    others: tuple[str, ...]

    def role(self, actor: str) -> str:
        """Returns "H", "O" or "X": what the actor is in this pair. A member stands for the group that is in it."""
        if actor == self.holder:
            return "H"
        if actor == self.over:
            return "O"
        groups = circles(actor)
        return "H" if self.holder in groups else "O" if self.over in groups else "X"


@dataclass(frozen=True)
class Evidence:
    """What an article says of its actors: mentions by place, together in a sentence, in the roles of frames."""

    mentions: Mapping[str, Counter[str]]
    together: Counter[Two]
    votes: Counter[Two]
    holds: Counter[str]
    is_held: Counter[str]


def main_pair(reading: Reading) -> Pair:
    """Returns the likeliest two, in the likelier direction; None for both where fewer than two actors are named."""
    evidence = gather(reading)
    counts = evidence.mentions["all"]
    others = sorted(counts, key=lambda actor: (-counts[actor], actor))
    scored = [(model("pair").score(pair_features(two, evidence)), two) for two in candidates(evidence)]
    if not scored:
        return Pair(None, None, tuple(others))
    one, other = max(scored)[1]
    is_turned = model("direction").score(direction_features((one, other), evidence)) < 0
    holder, over = (other, one) if is_turned else (one, other)
    return Pair(holder, over, tuple(actor for actor in others if actor not in {holder, over}))


def candidates(evidence: Evidence) -> list[Two]:
    """Returns the pairs among the actors named most often, each in the order of the alphabet."""
    counts = evidence.mentions["all"]
    often = sorted((actor for actor in counts if actor not in _NEVER), key=lambda actor: (-counts[actor], actor))
    return [two for two in combinations(sorted(often[:_CANDIDATES]), 2) if not _contains(*two)]


def pair_features(two: Two, evidence: Evidence) -> Features:
    """Returns what speaks for two actors being the pair: their shares of the article's mentions and signs."""
    features: Features = {}
    for place, counts in evidence.mentions.items():
        most = max(counts.values(), default=0)
        if most:
            shares = sorted(counts[actor] / most for actor in two)
            features |= {f"{place} less": shares[0], f"{place} more": shares[1]}
    signs = evidence.votes[two] + evidence.votes[two[1], two[0]]
    features["together"] = evidence.together[two] / max(1, *evidence.together.values(), 1)
    features["signs"] = math.tanh(signs / 2)
    features["share of signs"] = signs / (sum(evidence.votes.values()) + 2)
    halves = sum(evidence.holds[actor] + evidence.is_held[actor] for actor in two)
    features["half signs"] = halves / (sum(evidence.holds.values()) + sum(evidence.is_held.values()) + 2)
    features |= {f"with {_sort(actor)}": 1.0 for actor in two}
    return features


def direction_features(two: Two, evidence: Evidence) -> Features:
    """Returns what speaks for the first being the holder; what speaks for the second is negative."""
    one, other = two
    return {
        "votes": math.tanh((evidence.votes[two] - evidence.votes[other, one]) / 2),
        "holds": math.tanh((evidence.holds[one] - evidence.holds[other]) / 3),
        "is held": math.tanh((evidence.is_held[other] - evidence.is_held[one]) / 3),
        "size": math.tanh(math.log(_size(one) / _size(other)) / 3),
        "title": float(evidence.mentions["title"][one] > 0) - float(evidence.mentions["title"][other] > 0),
        "named": (evidence.mentions["all"][one] - evidence.mentions["all"][other]) / max(evidence.mentions["all"].values()),
    }


def gather(reading: Reading) -> Evidence:
    """Returns the evidence of an article, once through its passages."""
    evidence = Evidence({"title": Counter(), "heading": Counter(), "opening": Counter(), "all": Counter()},
                        Counter(), Counter(), Counter(), Counter())
    seen = 0
    for passage in reading.passages:
        seen += passage.is_prose
        for place in _places(passage, seen):
            evidence.mentions[place].update(_standing_for(passage))
        if passage.is_prose:
            _add_signs(passage, evidence)
    return evidence


def _places(passage: Passage, seen: int) -> Iterator[str]:
    if passage.kind in {"title", "heading"}:
        yield passage.kind
    if passage.is_prose:
        yield "all"
        if seen <= _OPENING:
            yield "opening"


def _standing_for(passage: Passage) -> Counter[str]:
    """Returns the actors named, each with a count; a member counts a share for the groups it belongs to."""
    counts: Counter[str] = Counter()
    for mention in passage.mentions:
        counts[mention.actor] += 1
        for group in known_actors().get(mention.actor, {}).get("in", ()):
            counts[group] += _MEMBER  # type: ignore[assignment]
    return counts


def _add_signs(passage: Passage, evidence: Evidence) -> None:
    actors = sorted({mention.actor for mention in passage.mentions})[:8]
    evidence.together.update((one, other) for at, one in enumerate(actors) for other in actors[at + 1 :])
    for hit in passage.hits:
        if hit.frame.kind != "leverage":
            continue
        if hit.holder and hit.over:
            evidence.votes[hit.holder, hit.over] += 1
        elif hit.holder:
            evidence.holds[hit.holder] += 1
        elif hit.over:
            evidence.is_held[hit.over] += 1


def _sort(actor: str) -> str:
    """Returns what sort of actor it is: those for whom articles are written are named in passing more than others."""
    if actor in {"US", "EU", "Europe", "UK"}:
        return actor if actor in {"US", "UK"} else "Europe"
    return "small" if _size(actor) < 1 else "some actor"


def _contains(one: str, other: str) -> bool:
    return one in circles(other) or other in circles(one)


def _size(actor: str) -> float:
    return float(known_actors().get(actor, {}).get("size", 1.0))
