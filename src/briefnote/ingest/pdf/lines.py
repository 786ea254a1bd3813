"""The text of a PDF page, cut where a paragraph could begin, and where those pieces stand on the page.

Measuring a line costs more than pdfium needs to read it. So a piece is as many lines as the text alone shows to belong
together: full lines that end no sentence. Only its first and its last line are measured.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

_ENDS = frozenset(".!?:…\"'”’»)")
_OPENS = re.compile(
    r"\s*(?:[•●◦▪‣■·\uf0a7\uf0b7\uf0d8\uf076*+o–—†‡-]\s|\(?\d{1,3}[.)]?\s|\[\d|\(?[a-z]\)\s|[ivx]{1,5}\)\s)"
)
_BOLD = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
_UNSCALED = 4  # points: smaller fonts are set at size 1 and enlarged by the matrix of the text
_NARROWEST = 30  # characters of a full line
_SHORT_BOLD = 200  # characters: a longer piece is no heading, bold or not


class Stretch(NamedTuple):
    """Lines of a page (from 1), `page.text[at:end]`. Lengths are points, `top` and `bottom` are the base lines of its
    first and last line.

    A tuple and no dataclass: a page has some thirty of them, and a millisecond is what pdfium takes for all of it.
    """

    page: int
    at: int
    end: int
    text: str
    left: float
    top: float
    bottom: float
    size: float
    is_bold: bool


class PdfPage(NamedTuple):
    """A page: its number from 1, its height, its text (line ends are one character), its pieces in reading order."""

    number: int
    height: float
    text: str
    stretches: tuple[Stretch, ...]


class Cut(NamedTuple):
    """A piece of a page, `text[start:end]`; where its first and its last line begin in the text as pdfium has it."""

    start: int
    end: int
    first: int
    last: int


def read_page(page: Any, number: int) -> PdfPage:
    """Returns a page of pypdfium2. What it holds besides text is not looked at."""
    textpage = page.get_textpage()
    try:
        raw = textpage.get_text_range(errors="replace") if textpage.count_chars() else ""
        text, pieces = cut(raw)
        return PdfPage(number, page.get_height(), text, tuple(_measured(textpage, raw, text, pieces, number)))
    finally:
        textpage.close()


def cut(raw: str) -> tuple[str, list[Cut]]:
    """Returns a text without white space at the ends of its lines, and its pieces; no piece is empty.

    A line that could be the first of a paragraph begins one.
    """
    ending = "\r\n" if "\r\n" in raw else "\n"
    lines = raw.split(ending)
    bare = [line.rstrip() for line in lines]
    typical = sorted(map(len, bare))[int(0.75 * (len(bare) - 1))]
    full, half = max(_NARROWEST, 0.75 * typical), 0.6 * typical
    found: list[Cut] = []
    start = at = first = last = raw_at = 0
    before = ""
    for line, whole in zip(bare, lines, strict=True):
        is_full = len(before) >= full and before[-1:] not in _ENDS
        if before and not (is_full and (line[:1].islower() or (len(line) >= half and not _OPENS.match(line)))):
            found.append(Cut(start, at - 1, first, last))
            before = ""
        if not before:
            start, first = at, raw_at
        last = raw_at
        before = line
        at += len(line) + 1
        raw_at += len(whole) + len(ending)
    if before:
        found.append(Cut(start, at - 1, first, last))
    return "\n".join(bare), found


def _measured(textpage: Any, raw: str, text: str, pieces: list[Cut], number: int) -> Iterator[Stretch]:
    """Yields the pieces with the places of their first and last line."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    index_of = _indices(pdfium, textpage, raw)
    for start, end, first, last in pieces:
        words = text[start:end]
        index = index_of(first if words[0] != " " else first + len(words) - len(words.lstrip()))
        if index < 0 or not pdfium.FPDFText_GetCharOrigin(textpage, index, x, y):
            x.value = y.value = 0.0
        left, top, size = x.value, y.value, 10.0
        if index >= 0:
            size = pdfium.FPDFText_GetFontSize(textpage, index)
            if size < _UNSCALED and pdfium.FPDFText_GetMatrix(textpage, index, matrix):
                size *= math.hypot(matrix.c, matrix.d)
        if last > first and (inner := index_of(last)) >= 0:
            pdfium.FPDFText_GetCharOrigin(textpage, inner, x, y)
        may_head = len(words) < _SHORT_BOLD and words[-1] not in ".,;" and index >= 0
        is_bold = may_head and _is_bold(pdfium, textpage, index)
        yield Stretch(number, start, end, words, left, top, y.value, round(size, 1), is_bold)


def _indices(pdfium: Any, textpage: Any, raw: str) -> Callable[[int], int]:
    """Returns what gives pdfium's index of a character of its text; it counts UTF-16 units, and may leave some out."""
    is_wide = not raw.isascii() and max(raw) > "\uffff"
    if not is_wide and len(raw) == textpage.count_chars():
        return int

    def index_of(at: int) -> int:
        units = at + (sum(1 for character in raw[:at] if character > "\uffff") if is_wide else 0)
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, units))

    return index_of


def _is_bold(pdfium: Any, textpage: Any, index: int) -> bool:
    """Says whether the weight or the name of the font does ("Helvetica-Bold")."""
    if pdfium.FPDFText_GetFontWeight(textpage, index) >= 600:
        return True
    name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
    size = pdfium.FPDFText_GetFontInfo(textpage, index, name, 80, flags)
    return 0 < size <= 80 and _BOLD.search(name.value) is not None
