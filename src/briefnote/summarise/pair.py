"""The two actors an article is about: what its mentions and frames say for each pair of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import combinations

from briefnote.model.value import Value
from briefnote.summarise.actors import circles, known_actors
from briefnote.summarise.assets import owned, spoken_of
from briefnote.summarise.places import places_in
from briefnote.summarise.reading import Passage, Reading

Two = tuple[str, str]
Features = dict[str, float]

_CANDIDATES = 9  # actors named most often, of which the pair is chosen
_OPENING = 8
_MEMBER = 0.3  # what the mention of a member counts for its group
_PLACE = 0.5  # what the mention of one of its towns or provinces counts for a state
_TELLING = {
    "dependence",
    "no_alternative",
    "asymmetry",
    "coercion",
    "power",
    "concession",
    "subsidy",
    "share",
    "transit",
}
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
        groups = wider(actor)
        return "H" if self.holder in groups else "O" if self.over in groups else "X"


@dataclass(frozen=True)
class Evidence:
    """What an article says of its actors: mentions by place, together in a sentence, in the roles of frames."""

    mentions: Mapping[str, Counter[str]]
    briefed: int  # sentences about what lawmakers may do: such articles name the United States throughout
    together: Counter[Two] = field(default_factory=Counter)
    telling: Counter[Two] = field(default_factory=Counter)
    votes: Counter[Two] = field(default_factory=Counter)
    holds: Counter[str] = field(default_factory=Counter)
    is_held: Counter[str] = field(default_factory=Counter)
    titled: Counter[str] = field(default_factory=Counter)  # actors by how often titles name them
    spoken: Counter[str] = field(default_factory=Counter)  # assets by how often they are spoken of

    @cached_property
    def most(self) -> Mapping[str, float]:
        """Returns for each place with mentions how often the actor is named who is named most; asked once all is in."""
        return {place: most for place, counts in self.mentions.items() if (most := max(counts.values(), default=0))}

    @cached_property
    def totals(self) -> Totals:
        """Returns what each pair's part is measured by; asked once all is in."""
        return Totals(
            together=max(1, *self.together.values(), 1),
            telling=max(1, *self.telling.values(), 1),
            signs=sum(self.votes.values()) + 2,
            halves=sum(self.holds.values()) + sum(self.is_held.values()) + 2,
            owned={actor: owned(actor, self.spoken) for actor in often_named(self)},
        )


class Totals(Value):
    """The most that two actors have in common, all signs of the article, and what part of its assets each owns."""

    together: int
    telling: int
    signs: int
    halves: int
    owned: Mapping[str, float]


def candidates(evidence: Evidence) -> list[Two]:
    """Returns the pairs among the actors named most often, each in the order of the alphabet."""
    return [two for two in combinations(often_named(evidence), 2) if not is_group_in_group(*two)]


def often_named(evidence: Evidence) -> list[str]:
    """Returns the actors of which the pair is chosen, in the order of the alphabet."""
    counts = evidence.mentions["all"]
    often = sorted((actor for actor in counts if actor not in _NEVER), key=lambda actor: (-counts[actor], actor))
    return sorted(often[:_CANDIDATES])


def pair_features(two: Two, evidence: Evidence) -> Features:
    """Returns what speaks for two actors being the pair: their shares of the article's mentions and signs."""
    features: Features = {}
    totals = evidence.totals
    for place, most in evidence.most.items():
        counts = evidence.mentions[place]
        features[f"{place} less"], features[f"{place} more"] = sorted([counts[actor] / most for actor in two])
    features["telling together"] = evidence.telling[two] / totals.telling
    signs = evidence.votes[two] + evidence.votes[two[1], two[0]]
    features["together"] = evidence.together[two] / totals.together
    features["signs"] = math.tanh(signs / 2)
    features["share of signs"] = signs / totals.signs
    features["most holds"] = math.tanh(max(evidence.holds[actor] for actor in two) / 2)
    features["most held"] = math.tanh(max(evidence.is_held[actor] for actor in two) / 2)
    if "US" in two:
        features["US, written for it"] = math.tanh(evidence.briefed / 6)
    halves = sum(evidence.holds[actor] + evidence.is_held[actor] for actor in two)
    features["half signs"] = halves / totals.halves
    features |= {f"with {_sort(actor)}": 1.0 for actor in two}
    features["one within the other"] = float(_contains(*two))
    owns = [totals.owned[actor] for actor in two]
    features |= {"assets apart": abs(owns[0] - owns[1]), "assets most": max(owns)}
    return features


def gather(reading: Reading) -> Evidence:
    """Returns the evidence of an article, once through its passages."""
    briefed = sum(any(family == "congress" for _, family in passage.families) for passage in reading.passages)
    places = ("title", "heading", "opening", "all", "telling")
    evidence = Evidence({place: Counter() for place in places}, briefed)
    seen = 0
    for passage in reading.passages:
        seen += passage.is_prose
        if passage.kind == "title":
            evidence.titled.update(mention.actor for mention in passage.mentions)
        named = _standing_for(passage)
        for place in _places(passage, seen):
            evidence.mentions[place].update(named)
        if passage.is_prose and passage.mentions:
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
    for state, number in places_in(passage.sentence.text).items():
        counts[state] += _PLACE * number  # type: ignore[assignment]
    return counts


def _add_signs(passage: Passage, evidence: Evidence) -> None:
    actors = sorted({mention.actor for mention in passage.mentions})[:8]
    both = [(one, other) for at, one in enumerate(actors) for other in actors[at + 1 :]]
    evidence.together.update(both)
    signal = min(3, len({family for _, family in passage.families} & _TELLING))
    evidence.telling.update(dict.fromkeys(both, signal))
    evidence.mentions["telling"].update(dict.fromkeys(actors, signal))
    evidence.spoken.update(spoken_of(passage.tokens))
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
    return "small" if size_of(actor) < 1 else "some actor"


def _contains(one: str, other: str) -> bool:
    return one in circles(other) or other in circles(one)


def is_group_in_group(one: str, other: str) -> bool:
    """Whether both are unions and one is part of the other; a member state and its union can well be a pair."""
    return _contains(one, other) and {one, other} <= _groups()


def is_nearly(one: str, other: str) -> bool:
    """Whether one is a union that makes up most of the other, as the EU of Europe: texts use both names for it."""
    sizes = sorted([size_of(one), size_of(other)])
    return is_group_in_group(one, other) and sizes[1] <= 2 * sizes[0]


@cache
def wider(actor: str) -> frozenset[str]:
    """Returns whom the name of an actor may stand for: its groups, and the union that is nearly the same."""
    return frozenset([*circles(actor), *(group for group in _groups() if is_nearly(group, actor))])


@cache
def _groups() -> frozenset[str]:
    return frozenset(group for entry in known_actors().values() for group in entry.get("in", ()))


def size_of(actor: str) -> float:
    """Returns the size of an actor's economy, in units of about 100 billion dollars; 1 where it is not known."""
    return float(known_actors().get(actor, {}).get("size", 1.0))
