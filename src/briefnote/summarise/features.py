"""What the linear model weighs: features of a passage with the actors replaced by their roles.

A feature is a readable name ("depends-on:fwd", "coercion<H") with a value: signs that were thought of weigh more from
the start than words. Roles are H (the article's holder), O (the one it is held over), A (the audience in question) and
X (any other), so that what is learned holds for any pair.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from briefnote.summarise.data import read_data
from briefnote.summarise.pair import Pair
from briefnote.summarise.reading import Passage, Reading

Features = dict[str, float]
RoleOf = Callable[[str], str]

_OPENING, _ENDING = 4, 4
_STEM = 6
_NUMBER = "0"  # the stem of all numbers


def passage_features(reading: Reading, pair: Pair, number: int, role: RoleOf | None = None) -> Features:
    """Returns the features of a passage by name; `role` names the role of an actor, by default that in the pair."""
    passage = reading.passages[number]
    role = role or pair.role
    roles = tuple(role(mention.actor) for mention in passage.mentions)
    stems = _stems(passage, roles)
    features: Features = {}
    for value, names in (
        (2.0, _words(stems)),
        (1.0, _word_pairs(stems)),
        (2.0, _families(passage)),
        (0.5, _families_by_role(passage, roles)),
        (2.0, _frames(passage, role)),
        (1.0, _roles(roles)),
        (1.0, _place(reading, number)),
        (1.0, _headed(reading, passage, role)),
    ):
        features.update(dict.fromkeys(names, value))
    features["length"] = math.log1p(len(passage.tokens)) / 4
    features["numbers"] = min(3, stems.count(_NUMBER)) / 3
    return features


def _stems(passage: Passage, roles: tuple[str, ...]) -> list[str]:
    """Returns the tokens cut to stems, an actor as its role, a number as 0."""
    return [roles[ord(token) - 0xE000] if "\ue000" <= token <= "\uf8ff" else _stem(token) for token in passage.tokens]


@lru_cache(maxsize=20_000)
def _stem(token: str) -> str:
    return _NUMBER if token[0].isdigit() else token[:_STEM]


def _words(stems: list[str]) -> list[str]:
    """Words that carry meaning, and the word that the sentence starts with."""
    plain = _plain()
    return [f"w:{stem}" for stem in stems if stem not in plain] + [f"starts:{stem}" for stem in stems[:1]]


def _word_pairs(stems: list[str]) -> list[str]:
    plain = _plain()
    return [f"w:{one} {other}" for one, other in pairwise(stems) if one not in plain or other not in plain]


@cache
def _plain() -> frozenset[str]:
    """Returns the words that say nothing alone: function words, roles, numbers."""
    return frozenset([*read_data("lexicon.yaml")["function_words"], _NUMBER, "H", "O", "A", "X"])


def _families(passage: Passage) -> Iterator[str]:
    seen: set[str] = set()
    for _, family in passage.families:
        yield f"fam2:{family}" if family in seen else f"fam:{family}"
        seen.add(family)


def _families_by_role(passage: Passage, roles: tuple[str, ...]) -> Iterator[str]:
    """Families with the role of the nearest actor before (family<role) and after it (family>role)."""
    places = [at for at, token in enumerate(passage.tokens) if "\ue000" <= token <= "\uf8ff"]
    named = ["-", *(roles[ord(passage.tokens[at]) - 0xE000] for at in places), "-"]
    for at, family in passage.families:
        yield f"{family}<{named[bisect_left(places, at)]}"
        yield f"{family}>{named[bisect_right(places, at) + 1]}"


def _frames(passage: Passage, role: RoleOf) -> Iterator[str]:
    for hit in passage.hits:
        yield f"frame:{hit.frame.id}"
        turn = _turn(hit.holder and role(hit.holder), hit.over and role(hit.over))
        yield f"frame:{hit.frame.id}:{turn}"
        yield f"frames:{hit.frame.kind}:{turn}"


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
    yield f"kind:{passage.kind}"
    if number - reading.first_prose < _OPENING:
        yield "opening"
    if passage.place == 0:
        yield "first in paragraph"
    if passage.place == passage.of - 1:
        yield "last in paragraph"
    yield part_of(reading, number)
    if passage.sentence.text.rstrip().endswith("?"):
        yield "question"


def part_of(reading: Reading, number: int) -> str:
    """Returns the name of the feature that says in which fifth of the article a passage stands."""
    return f"part:{5 * number // max(1, len(reading.passages))}"


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
