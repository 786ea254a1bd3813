"""Whether a sentence can hold a quantity at all: nine in ten hold none, and a look at its words is soon done."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from briefnote.summarise.data import read_data
from briefnote.summarise.numbers import NUMBER_WORDS, PART_WORDS

_DIGIT = re.compile(r"\d")
_GLUED = re.compile(r"[%$€£¥₽₹₩₺½¼¾]|\d[a-zA-Z]")
_BREAKS = str.maketrans(dict.fromkeys("-–—‑/,.;:!?()[]\"'“”‘’", " "))
_ALWAYS = PART_WORDS | {"percent", "cent", "percentage"}


@cache
def _unit_words() -> frozenset[str]:
    """Returns the last word of each way to write a unit, lower case."""
    written = [
        way
        for kind in ("before", "after", "things")
        for unit in read_data("units.yaml")[kind]
        for way in unit["written"]
    ]
    words = {way.lower().translate(_BREAKS).split()[-1] for way in written if way.lower().translate(_BREAKS).split()}
    return frozenset(words)


def may_hold(text: str) -> bool:
    """Whether there are a number and a unit, or a fraction; True may be wrong, False never is."""
    held = frozenset[str]().union(*filter(None, map(_held_by, text.split())))
    if not held or "a share" in held:
        return bool(held)
    numbers = len(held & NUMBER_WORDS)
    if "a digit" in held:
        return "glued" in held or "a unit" in held or numbers > 0
    return numbers > 1 or (numbers > 0 and "a unit" in held)


@lru_cache(maxsize=20_000)
def _held_by(word: str) -> frozenset[str]:
    """Returns what a word, or several with hyphens between them, has of a quantity, number words themselves."""
    words = frozenset(word.lower().translate(_BREAKS).split())
    signs = {
        "a share": not words.isdisjoint(_ALWAYS),
        "a unit": not words.isdisjoint(_unit_words()),
        "a digit": _DIGIT.search(word),
        "glued": _GLUED.search(word),
    }
    return words & NUMBER_WORDS | {sign for sign, is_there in signs.items() if is_there}
