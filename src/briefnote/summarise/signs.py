"""Whether a sentence can hold a quantity at all: nine in ten hold none, and a look at its words is soon done."""

from __future__ import annotations

import re
from functools import cache

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
    words = frozenset(text.lower().translate(_BREAKS).split())
    if not words.isdisjoint(_ALWAYS):
        return True
    numbers = words & NUMBER_WORDS
    if _DIGIT.search(text):
        return bool(_GLUED.search(text)) or not words.isdisjoint(_unit_words()) or bool(numbers)
    return bool(numbers) and (len(numbers) > 1 or not words.isdisjoint(_unit_words()))
