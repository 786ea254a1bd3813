"""Towns, provinces and ports: an article that names them is about the state that they lie in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache

from briefnote.summarise.data import read_data

_CAPITALISED = re.compile(r"(?<!\w)([^\W\d_a-z]\w*)[\w.]*")  # letters beyond a-z count: the dictionary decides


def places_in(text: str) -> Counter[str]:
    """Returns how often places of each state are named; a state or its people are no places."""
    counts: Counter[str] = Counter()
    end = 0
    starting = _starting()
    for match in _CAPITALISED.finditer(text):
        for name, state in starting.get(match[1], ()):
            if match.start() >= end and _stands(name, text, match.start()):
                counts[state] += 1
                end = match.start() + len(name)
    return counts


def _stands(name: str, text: str, at: int) -> bool:
    return text.startswith(name, at) and not text[at + len(name) : at + len(name) + 1].isalnum()


@cache
def _starting() -> dict[str, tuple[tuple[str, str], ...]]:
    """Returns the names of places by their first word, the longest first, each with its state."""
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for state, places in read_data("places.yaml")["places"].items():
        for place in places:
            names[re.split(r"[ .'-]", place)[0]].append((place, state))
    return {first: tuple(sorted(those, key=lambda one: (-len(one[0]), one[0]))) for first, those in names.items()}
