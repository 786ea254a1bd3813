"""Which patterns a text can hold at all, by the words of which one must stand in it, looked up word by word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from briefnote.summarise.literals import literals_of

Called = tuple[tuple[int, ...], tuple[tuple[str, list[int]], ...]]  # by the word alone; by phrases that have it

_KEPT = 20_000  # words looked up before: texts hold any number of them


class Cues:
    """The cues of patterns that are numbered from 0: words, parts of words or phrases. One without is always called.

    A word that was met before costs one look-up, however many patterns there are.
    """

    def __init__(self, cues: Sequence[Collection[str]]) -> None:
        calls: dict[str, list[int]] = defaultdict(list)
        for number, those in enumerate(cues):
            for cue in those or ("",):
                calls[cue].append(number)
        # By how the longest word of a cue starts: a text without that word is without the cue.
        self._starting: dict[str, list[tuple[str, str, list[int]]]] = defaultdict(list)
        for cue, numbers in calls.items():
            key = max(cue.split(" "), key=len)
            self._starting[key[:2]].append((key, cue, numbers))
        self._always = frozenset(number for _, _, numbers in self._starting.pop("", ()) for number in numbers)
        self._in_word = lru_cache(_KEPT)(self._look_up)

    def called_for(self, text: str) -> list[int]:
        """Returns the numbers of the patterns of which a cue stands in the text, in order."""
        called = set(self._always)
        for numbers, phrases in filter(None, map(self._in_word, set(text.split(" ")))):
            called.update(numbers)
            for phrase, others in phrases:
                if phrase in text:
                    called.update(others)
        return sorted(called)

    def _look_up(self, word: str) -> Called | None:
        """Returns the patterns that a word calls for, and those whose phrase the text must have; None for none."""
        called: set[int] = set()
        phrases: dict[str, list[int]] = {}
        for at in range(len(word)):
            for start in (word[at], word[at : at + 2]):
                for key, cue, numbers in self._starting.get(start, ()):
                    if word.startswith(key, at):
                        if cue == key:
                            called.update(numbers)
                        else:
                            phrases[cue] = numbers
        return (tuple(called), tuple(phrases.items())) if called or phrases else None


class Signs:
    """Regular expressions by group, searched for only in texts that have what every match has."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._signs = [
            (group, number, pattern) for group, patterns in groups.items() for number, pattern in enumerate(patterns)
        ]
        self._compiled = [re.compile(pattern) for _, _, pattern in self._signs]
        self._cues = Cues([literals_of(pattern) for _, _, pattern in self._signs])
        self._by_group = lru_cache(512)(self._called_for)  # kept for the next group, and the next pass over an article

    def that_may_match(self, group: str, text: str) -> Sequence[tuple[int, re.Pattern[str]]]:
        """Returns those of a group that the text can hold, each with its number in the group."""
        return self._by_group(text).get(group, ())

    def _called_for(self, text: str) -> dict[str, list[tuple[int, re.Pattern[str]]]]:
        called: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
        for at in self._cues.called_for(text):
            group, number, _ = self._signs[at]
            called.setdefault(group, []).append((number, self._compiled[at]))
        return called
