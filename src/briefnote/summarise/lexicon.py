"""Families of words, found in the tokens of a sentence: phrases looked up by their first word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache

from briefnote.summarise.data import read_data

Phrase = tuple[tuple[str, ...], str]  # the words after the first, the family
Following = tuple[dict[str, list[Phrase]], list[Phrase]]  # phrases by their second word; those that fit any


def find_families(tokens: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Returns where a family's phrase starts (number of the token) and which, in order, each place and family once."""
    found: dict[tuple[int, str], None] = {}
    for at, (token, following) in enumerate(zip(tokens, (*tokens[1:], ""), strict=False)):
        by_second, others = _starting(token)
        for rest, family in by_second.get(following, others):
            if not rest or _follows(rest, tokens, at + 1):
                found[at, family] = None
    return tuple(found)


def _follows(rest: tuple[str, ...], tokens: Sequence[str], at: int) -> bool:
    if at + len(rest) > len(tokens):
        return False
    for word in rest:
        token = tokens[at]
        if word not in (token, "_") and not (word[-1] == "*" and token.startswith(word[:-1])):
            return False
        at += 1
    return True


@lru_cache(maxsize=20_000)
def _starting(token: str) -> Following:
    """Returns the phrases that can start with the token: before each of their second words, and before any other.

    Bounded, since texts hold any number of words.
    """
    stems = _stems()
    phrases = list(_whole().get(token, ()))
    for length in range(2, len(token) + 1):
        phrases += stems.get(token[:length], ())
    seconds = filter(None, (_second(rest) for rest, _ in phrases))
    return {word: _before(word, phrases) for word in seconds}, _before(None, phrases)


def _before(word: str | None, phrases: list[Phrase]) -> list[Phrase]:
    """Returns the phrases that may go on with a word, in order; None is a word with which none of them must."""
    return [(rest, family) for rest, family in phrases if _second(rest) in (None, word)]


def _second(rest: tuple[str, ...]) -> str | None:
    """Returns the second word of a phrase, None where it has none or any of several may be."""
    return rest[0] if rest and rest[0] != "_" and not rest[0].endswith("*") else None


@cache
def _phrases() -> tuple[tuple[str, Phrase], ...]:
    families = read_data("lexicon.yaml")["families"]
    split = [(words.split(), name) for name, family in families.items() for words in family["words"]]
    return tuple((words[0], (tuple(words[1:]), name)) for words, name in split)


@cache
def _whole() -> dict[str, list[Phrase]]:
    grouped: dict[str, list[Phrase]] = defaultdict(list)
    for first, phrase in _phrases():
        if not first.endswith("*"):
            grouped[first].append(phrase)
    return grouped


@cache
def _stems() -> dict[str, list[Phrase]]:
    grouped: dict[str, list[Phrase]] = defaultdict(list)
    for first, phrase in _phrases():
        if first.endswith("*"):
            grouped[first[:-1]].append(phrase)
    return grouped
