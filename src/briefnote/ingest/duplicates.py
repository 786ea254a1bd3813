"""The same story twice: texts that share most of their runs of three words, found among ten thousand at once.

Of each text one run in eight is kept, chosen by its checksum, so that two texts keep the same ones (sampling modulo,
Broder 1997). What shares enough of those is a candidate, and candidates are compared in full.
"""

from __future__ import annotations

import zlib
from array import array
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable

from briefnote.text import OVERLAP, sense_words, word_runs

_ONE_IN = 8
_LIKELY = 0.3  # of the sample of the shorter text: far below OVERLAP, since a sample is small
_COMMON = 200  # texts: a run that so many share is a footer


def sketch(text: str) -> str:
    """Returns the sample of a text, as letters that a file can hold."""
    words = sense_words(text)
    codes = {zlib.crc32(" ".join(run).encode()) for run in zip(words, words[1:], words[2:], strict=False)}
    return b64encode(array("I", sorted(code for code in codes if code % _ONE_IN == 0)).tobytes()).decode("ascii")


def _codes(drawn: str) -> array[int]:
    return array("I", b64decode(drawn))


def overlap(one: str, other: str) -> float:
    """Returns the share of the shorter text's runs of three words that stand in both, 0 where it has none."""
    runs, others = word_runs(one), word_runs(other)
    shorter = min(len(runs), len(others))
    return len(runs & others) / shorter if shorter else 0.0


def are_one_text(one: str, other: str) -> bool:
    """Says whether two texts are one story, by the measure that also counts independent voices."""
    return overlap(one, other) >= OVERLAP


class Sketches:
    """The samples of many texts, by the runs that they hold. Nearly every run is in one text only."""

    def __init__(self, known: Iterable[tuple[str, str]] = ()) -> None:
        self._first: dict[int, str] = {}
        self._all: dict[int, list[str]] = {}  # of the runs that are in several
        self._sizes: dict[str, int] = {}
        for name, drawn in known:
            self.add(name, drawn)

    def add(self, name: str, drawn: str) -> None:
        """Adds the sketch of a text."""
        codes, first = _codes(drawn), self._first
        self._sizes[name] = len(codes)
        for code in codes:
            if first.setdefault(code, name) != name:
                self._all.setdefault(code, [first[code]]).append(name)

    def candidates(self, drawn: str) -> list[str]:
        """Returns the names of texts that may be the same story, the likeliest first."""
        codes = _codes(drawn)
        shared: Counter[str] = Counter()
        for code in codes:
            if code in self._first:
                holders = self._all.get(code) or [self._first[code]]
                if len(holders) <= _COMMON:
                    shared.update(holders)
        size, sizes = len(codes), self._sizes
        likely = [
            (-count / min(size, sizes[name]), name)
            for name, count in shared.items()
            if count >= _LIKELY * size or count >= _LIKELY * sizes[name]
        ]
        return [name for _, name in sorted(likely)]
