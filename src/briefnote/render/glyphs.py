"""What a TrueType font has: which characters, and how wide they are.

Read from the file's own tables (OpenType 1.9: cmap, head, hhea, hmtx): a chart wants the width of a few labels, and to
load a font for embedding takes twenty times as long.
"""

from __future__ import annotations

import os
import struct
from bisect import bisect_left
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
_COLLECTION = b"ttcf"


@cache
def glyphs(name: str) -> Glyphs:
    """Returns the glyphs of the font of that name: "Sans-Bold", or the path of a file."""
    return Glyphs(data(name))


def data(name: str) -> bytes:
    """Returns the file of a font."""
    if os.sep in name:
        return Path(name).read_bytes()
    return (resources.files("briefnote.render.fonts") / f"Briefnote{name}.ttf").read_bytes()


class _Range(NamedTuple):
    """Characters that follow one another: the last and the first code, and how to find their glyphs."""

    last: int
    first: int
    delta: int
    place: int  # in the file, of the glyph of `first`; 0 where a glyph is the code plus `delta`


class Glyphs:
    """The characters of a font. Raises ValueError where the data is no font with TrueType outlines."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            tables = self._tables()
            self._em = self._number(tables["head"] + 18)
            self._count = self._number(tables["hhea"] + 34)
            self._advances = tables["hmtx"]
            self._ranges = self._read_cmap(tables["cmap"])
        except (KeyError, struct.error):
            raise ValueError("no TrueType font") from None

    def has(self, character: str) -> bool:
        """Whether the font has a glyph for the character."""
        return self._glyph(ord(character)) > 0

    def advance(self, character: str) -> float:
        """Returns the width of a character as a share of the font's size; that of the missing glyph without one."""
        glyph = min(self._glyph(ord(character)), self._count - 1)
        return self._number(self._advances + 4 * glyph) / self._em

    def _number(self, place: int, form: str = ">H") -> int:
        found: int = struct.unpack_from(form, self._data, place)[0]
        return found

    def _tables(self) -> dict[str, int]:
        """Returns where each table begins, in a collection those of its first font."""
        start = self._number(12, ">L") if self._data[:4] == _COLLECTION else 0
        if self._data[start : start + 4] not in _TRUETYPE:
            raise KeyError("glyf")
        entries = (start + 12 + 16 * number for number in range(self._number(start + 4)))
        return {self._data[place : place + 4].decode("latin-1"): self._number(place + 8, ">L") for place in entries}

    def _read_cmap(self, table: int) -> list[_Range]:
        """Returns the ranges of the subtable with most characters: format 12 before format 4."""
        entries = (table + 4 + 8 * number for number in range(self._number(table + 2)))
        subtables = {self._number(place): place for place in (table + self._number(at + 4, ">L") for at in entries)}
        if 12 in subtables:
            return self._read_groups(subtables[12])
        return self._read_segments(subtables[4])

    def _read_groups(self, table: int) -> list[_Range]:
        count = self._number(table + 12, ">L")
        groups = struct.iter_unpack(">LLL", self._data[table + 16 : table + 16 + 12 * count])
        return [_Range(last, first, glyph - first, 0) for first, last, glyph in groups]

    def _read_segments(self, table: int) -> list[_Range]:
        size = self._number(table + 6)
        lasts, firsts = table + 14, table + 16 + size
        found = []
        for step in range(0, size, 2):
            last, first = self._number(lasts + step), self._number(firsts + step)
            delta = self._number(firsts + size + step)
            offset_at = firsts + 2 * size + step
            offset = self._number(offset_at)
            found.append(_Range(last, first, delta, offset_at + offset if offset else 0))
        return found

    def _glyph(self, code: int) -> int:
        place = bisect_left(self._ranges, (code,))
        if place == len(self._ranges) or code < self._ranges[place].first:
            return 0
        found = self._ranges[place]
        if not found.place:
            return (code + found.delta) & 0xFFFF
        glyph = self._number(found.place + 2 * (code - found.first))
        return (glyph + found.delta) & 0xFFFF if glyph else 0
