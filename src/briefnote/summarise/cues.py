"""Which patterns a text can hold at all, by the words of which one must stand in it, looked up word by word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

_KEPT = 20_000  # words looked up before: texts hold any number of them


class Cues:
    """The cues of patterns that are numbered from 0: words, parts of words or phrases.

    A word that was met before costs one look-up, however many patterns there are.
    """

    def __init__(self, cues: Sequence[Collection[str]]) -> None:
        calls: dict[str, list[int]] = defaultdict(list)
        for number, those in enumerate(cues):
            for cue in those:
                calls[cue].append(number)
        # By how the longest word of a cue starts: a text without that word is without the cue.
        self._starting: dict[str, list[tuple[str, str, list[int]]]] = defaultdict(list)
        for cue, numbers in calls.items():
            key = max(cue.split(" "), key=len)
            self._starting[key[:2]].append((key, cue, numbers))
        self._in_word = lru_cache(_KEPT)(self._look_up)

    def called_for(self, text: str) -> list[int]:
        """Returns the numbers of the patterns of which a cue stands in the text, in order."""
        return sorted(set(self._called(text)))

    def _called(self, text: str) -> Iterator[int]:
        for word in set(text.split(" ")):
            for number, phrase in self._in_word(word):
                if phrase is None or phrase in text:
                    yield number

    def _look_up(self, word: str) -> tuple[tuple[int, str | None], ...]:
        """Returns the patterns that a word calls for, each with the phrase that the text must have, None for none."""
        found: dict[tuple[int, str | None], None] = {}
        for at in range(len(word)):
            for start in (word[at], word[at : at + 2]):
                for key, cue, numbers in self._starting.get(start, ()):
                    if word.startswith(key, at):
                        found |= {(number, None if cue == key else cue): None for number in numbers}
        return tuple(found)
