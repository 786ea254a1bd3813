"""What the linear model weighs: features of a passage with the actors replaced by their roles.

A feature is a readable name ("depends-on:fwd", "coercion<H") with a value. Roles are H (the article's holder), O (the one
it is held over), A (the audience in question) and X (any other), so that what is learned holds for any pair.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise

from briefnote.summarise.pair import Pair
from briefnote.summarise.reading import Passage, Reading

Features = dict[str, float]
RoleOf = Callable[[str], str]

_OPENING, _ENDING = 4, 4
_STEM = 6


def passage_features(reading: Reading, pair: Pair, number: int, role: RoleOf | None = None) -> Features:
    """Returns the features of a passage by name; `role` names the role of an actor, by default that in the pair."""
    passage = reading.passages[number]
    role = role or pair.role
    roles = tuple(role(mention.actor) for mention in passage.mentions)
    features: Features = {}
    for name in (
        *_words(passage, roles),
        *_families(passage, roles),
        *_frames(passage, role),
        *_roles(roles),
        *_place(reading, number),
        *_headed(reading, passage, role),
    ):
        features[name] = 1.0
    features["length"] = math.log1p(len(passage.tokens)) / 4
    features["numbers"] = min(3, sum(token[0].isdigit() for token in passage.tokens)) / 3
    return features


def _words(passage: Passage, roles: tuple[str, ...]) -> Iterator[str]:
    stems = [roles[ord(token) - 0xE000] if "\ue000" <= token <= "\uf8ff" else token[:_STEM] for token in passage.tokens]
    stems = ["0" if stem[0].isdigit() else stem for stem in stems]
    for stem in stems:
        yield f"w:{stem}"
    for one, other in pairwise(stems):
        yield f"w:{one} {other}"
    for word in stems[:1]:
        yield f"starts:{word}"


def _families(passage: Passage, roles: tuple[str, ...]) -> Iterator[str]:
    """Families, and with the role of the nearest actor before (family<role) and after it (family>role)."""
    places = [
        (at, roles[ord(token) - 0xE000]) for at, token in enumerate(passage.tokens) if "\ue000" <= token <= "\uf8ff"
    ]
    seen: set[str] = set()
    for at, family in passage.families:
        if family in seen:
            yield f"fam2:{family}"
        seen.add(family)
        yield f"fam:{family}"
        yield f"{family}<{next((name for place, name in reversed(places) if place < at), '-')}"
        yield f"{family}>{next((name for place, name in places if place > at), '-')}"


def _frames(passage: Passage, role: RoleOf) -> Iterator[str]:
    for hit in passage.hits:
        yield f"frame:{hit.frame.id}"
        yield f"frame:{hit.frame.id}:{_turn(hit.holder and role(hit.holder), hit.over and role(hit.over))}"
        yield f"frames:{hit.frame.kind}"


def _turn(holder: str | None, over: str | None) -> str:
    """How a frame's roles lie to those of the article: "fwd" with them, "rev" against them, "oth" for other actors."""
    if holder == "O" or over == "H":
        return "rev"
    if holder == "H" or over == "O":
        return "fwd"
    return "none" if holder is None and over is None else "oth"


def _roles(roles: tuple[str, ...]) -> Iterator[str]:
    present = set(roles)
    yield f"has:{''.join(sorted(present)) or '-'}"
    yield f"first:{roles[0] if roles else '-'}"
    yield from (f"with:{name}" for name in sorted(present))


def _place(reading: Reading, number: int) -> Iterator[str]:
    passage = reading.passages[number]
    prose = [at for at, other in enumerate(reading.passages) if other.is_prose][:1] or [0]
    yield f"kind:{passage.kind}"
    if number - prose[0] < _OPENING:
        yield "opening"
    if passage.place == 0:
        yield "first in paragraph"
    if passage.place == passage.of - 1:
        yield "last in paragraph"
    yield f"part:{5 * number // max(1, len(reading.passages))}"
    if passage.sentence.text.rstrip().endswith("?"):
        yield "question"


def _headed(reading: Reading, passage: Passage, role: RoleOf) -> Iterator[str]:
    for what, at in (("head", passage.heading), ("intro", passage.intro)):
        if at is None:
            yield f"no {what}"
            continue
        over = reading.passages[at]
        yield from (f"{what}:{family}" for _, family in over.families)
        yield from (f"{what}:{role(mention.actor)}" for mention in over.mentions)
        if over.kind != "title":
            yield from (f"{what}w:{token[:_STEM]}" for token in over.tokens if token.isalpha())
