"""The pair an article is about: who holds leverage over whom, as far as the whole article says."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from briefnote.model.value import Value
from briefnote.summarise.actors import circles, known_actors
from briefnote.summarise.reading import Passage, Reading

Two = tuple[str, str]

# What a place of a mention counts, and what a sign of leverage counts beside a mere mention together.
_IN_TITLE, _IN_HEADING, _IN_OPENING = 6.0, 2.0, 2.0
_TOGETHER, _FRAME, _HALF_FRAME = 1.0, 2.5, 0.6
_AUDIENCES = {"US", "EU", "Europe", "NATO", "the West", "UK"}
_MEMBER = 0.3  # what the mention of a member counts for its group
_OUTSIDER = 0.6  # an audience is named in passing more often than it is one of the pair
_ABSTRACT = {"UN", "IMF", "World Bank", "NATO", "the West", "OPEC", "BRICS", "Asia"}


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


def main_pair(reading: Reading) -> Pair:
    """Returns the pair with the most signs of leverage and mentions together; None for a role that nobody takes."""
    counts = _counts(reading)
    scores = _together(reading)
    votes = Counter(dict(_votes(reading)))
    for (holder, over), vote in votes.items():
        scores[_two(holder, over)] += vote
    ranked = sorted(scores, key=lambda two: (-scores[two] * _standing(two, counts), two))
    others = sorted(counts, key=lambda actor: (-counts[actor], actor))
    if not ranked:
        return Pair(None, None, tuple(others))
    holder, over = _directed(ranked[0], votes, reading)
    return Pair(holder, over, tuple(actor for actor in others if actor not in {holder, over}))


def _counts(reading: Reading) -> Counter[str]:
    """Returns how often each actor is named, places weighed; a member of a group counts half for its group."""
    counts: Counter[str] = Counter()
    for number, passage in enumerate(reading.passages):
        weight = _place_weight(number, passage)
        for mention in passage.mentions:
            for actor, share in _standing_for(mention.actor):
                counts[actor] += weight * share  # type: ignore[assignment]
    return counts


def _standing_for(actor: str) -> list[tuple[str, float]]:
    """Returns the actor and, each with a share, the groups it belongs to."""
    return [(actor, 1.0), *((group, _MEMBER) for group in circles(actor))]


def _place_weight(number: int, passage: Passage) -> float:
    if passage.kind == "title" or number == 0:
        return _IN_TITLE
    if passage.kind == "heading":
        return _IN_HEADING
    if not passage.is_prose:
        return 0.0
    return _IN_OPENING if number < 8 else 1.0


def _standing(two: Two, counts: Counter[str]) -> float:
    """A pair stands as high as the less named of its two does."""
    most = max(counts.values(), default=1) or 1
    standing = math.sqrt(min(counts[actor] for actor in two) / most)
    return standing * math.prod(_OUTSIDER if actor in _AUDIENCES else 1.0 for actor in two)


def _together(reading: Reading) -> Counter[Two]:
    scores: Counter[Two] = Counter()
    for number, passage in enumerate(reading.passages):
        actors = sorted({mention.actor for mention in passage.mentions} - _ABSTRACT)[:8]
        weight = _place_weight(number, passage) * _TOGETHER
        for at, one in enumerate(actors):
            for other in actors[at + 1 :]:
                scores[one, other] += weight  # type: ignore[assignment]
    return scores


def _votes(reading: Reading) -> Iterator[tuple[Two, float]]:
    """Yields each directed pair with what the frames say for it, once a pair."""
    votes: Counter[Two] = Counter()
    for passage in reading.passages:
        for hit in passage.hits:
            if hit.frame.kind == "leverage" and hit.holder and hit.over:
                votes[hit.holder, hit.over] += _FRAME  # type: ignore[assignment]
    yield from sorted(votes.items())


def _directed(two: Two, votes: Counter[Two], reading: Reading) -> Two:
    """The direction that more frames say; where none or as many do, the larger economy holds."""
    one, other = two
    balance = votes[one, other] - votes[other, one] + _halves(one, other, reading) - _halves(other, one, reading)
    balance += 4.0 * math.tanh(math.log(_size(one) / _size(other)) / 3)
    return (one, other) if balance >= 0 else (other, one)


def _halves(holder: str, over: str, reading: Reading) -> float:
    """What frames with one role say: that the one holds leverage, or that the other is under it."""
    hits = [hit for passage in reading.passages for hit in passage.hits if hit.frame.kind == "leverage"]
    said = sum((hit.holder == holder and not hit.over) + (hit.over == over and not hit.holder) for hit in hits)
    return _HALF_FRAME * said


def _size(actor: str) -> float:
    return float(known_actors().get(actor, {}).get("size", 1.0))


def _two(one: str, other: str) -> Two:
    return (one, other) if one < other else (other, one)
