"""What an article is about that states have and others depend on: gas, headwaters, loans, troops; and who has it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from briefnote.summarise.data import read_data

_SHORTEST = 3  # letters of a stem


def spoken_of(tokens: Iterable[str]) -> Counter[str]:
    """Returns how often the tokens of a text name each asset."""
    return Counter(asset for token in tokens for asset in _meant(token))


def owned(actor: str, spoken: Mapping[str, int]) -> float:
    """Returns the part (0 to 1) of what a text says of assets that is said of those which the actor is known for."""
    total = sum(spoken.values())
    return sum(count for asset, count in spoken.items() if actor in _owners()[asset]) / total if total else 0.0


@lru_cache(maxsize=20_000)
def _meant(token: str) -> tuple[str, ...]:
    """Returns the assets that a token names. Bounded, since texts hold any number of words."""
    words = _words()
    stems = (f"{token[:length]}*" for length in range(_SHORTEST, len(token) + 1))
    return tuple(dict.fromkeys([*words.get(token, ()), *(asset for stem in stems for asset in words.get(stem, ()))]))


@cache
def _words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = defaultdict(list)
    for name, asset in read_data("assets.yaml")["assets"].items():
        for word in asset["words"]:
            words[word].append(name)
    return dict(words)


@cache
def _owners() -> dict[str, frozenset[str]]:
    return {name: frozenset(asset["of"]) for name, asset in read_data("assets.yaml")["assets"].items()}
