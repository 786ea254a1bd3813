"""The lines of a PDF page: their words, where they stand on the page and in its text, how large they are set."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of a page (from 1); `at` counts characters of the page's text. Lengths are points, `bottom` from below."""

    text: str
    at: int
    page: int
    left: float
    right: float
    bottom: float
    size: float
    is_bold: bool


@dataclass(frozen=True)
class PdfPage:
    """A page: its number from 1, its height, its whole text as pdfium has it, its lines in reading order."""

    number: int
    height: float
    text: str
    lines: tuple[PdfLine, ...]


def read_page(page: Any, number: int) -> PdfPage:
    """Returns a page of pypdfium2. What it holds besides text is not looked at."""
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range(errors="replace") if textpage.count_chars() else ""
        return PdfPage(number, page.get_height(), text, tuple(_lines(textpage, text, number)))
    finally:
        textpage.close()


def _lines(textpage: Any, text: str, number: int) -> Iterator[PdfLine]:
    """Yields the lines; only the first and last character of each is measured, which costs a tenth of measuring all."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    wide = any(character > "\uffff" for character in text)
    edges = tuple(ctypes.c_double() for _ in range(4))
    for match in _LINE.finditer(text):
        bare = match[0].strip()
        if not bare:
            continue
        start = match.start() + match[0].index(bare[0])
        units = (start, start + len(bare) - 1)
        if wide:  # pdfium counts UTF-16 units
            units = (len(text[:start].encode("utf-16-le")) // 2, len(text[: units[1]].encode("utf-16-le")) // 2)
        first, last = (pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, unit) for unit in units)
        left, bottom = _edge(pdfium, textpage, first, edges, 0), edges[2].value
        right = _edge(pdfium, textpage, last, edges, 1)
        size = float(pdfium.FPDFText_GetFontSize(textpage, first)) * _scale(pdfium, textpage, first)
        weight = pdfium.FPDFText_GetFontWeight(textpage, first)
        is_bold = weight >= 600 or _is_bold(pdfium, textpage, first)
        yield PdfLine(match[0], match.start(), number, left, right, bottom, round(size, 1), is_bold)


def _edge(pdfium: Any, textpage: Any, index: int, edges: tuple[Any, ...], which: int) -> float:
    """Returns the left (0) or right (1) edge of a character; 0 where pdfium has none."""
    left, right, bottom, top = edges
    if index < 0 or not pdfium.FPDFText_GetCharBox(textpage, index, left, right, bottom, top):
        return 0.0
    edge = left if which == 0 else right
    return float(edge.value)


def _scale(pdfium: Any, textpage: Any, index: int) -> float:
    """Returns by how much the text matrix enlarges a font set at size 1."""
    matrix = pdfium.FS_MATRIX()
    if index < 0 or not pdfium.FPDFText_GetMatrix(textpage, index, matrix):
        return 1.0
    return max(0.01, math.hypot(matrix.c, matrix.d))


def _is_bold(pdfium: Any, textpage: Any, index: int) -> bool:
    """Says whether the name of the font does ("Helvetica-Bold"); the weight is often not in the file."""
    name = ctypes.create_string_buffer(80)
    flags = ctypes.c_int()
    size = pdfium.FPDFText_GetFontInfo(textpage, index, name, 80, flags) if index >= 0 else 0
    return 0 < size <= 80 and re.search(rb"bold|black|heavy|semibold|demi", name.value, re.IGNORECASE) is not None
