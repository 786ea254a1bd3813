"""The text of a PDF page, cut where a paragraph could begin, and where those pieces stand on the page.

Measuring a line costs more than pdfium needs to read it. So a piece is as many lines as the text alone shows to belong
together: full lines that end no sentence. Only its first and its last line are measured.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

_ENDS = frozenset(".!?:…\"'”’»)")
_OPENS = re.compile(
    r"\s*(?:[•●◦▪‣■·\uf0a7\uf0b7\uf0d8\uf076*+o–—†‡-]\s|\(?\d{1,3}[.)]?\s|\[\d|\(?[a-z]\)\s|[ivx]{1,5}\)\s)"
)
_BOLD = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
_SHORT_BOLD = 200  # characters: a longer piece is no heading, bold or not


class Stretch(NamedTuple):
    """Lines of a page (from 1), `page.text[at:end]`. Lengths are points; bottoms are of its first and last line.

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


def read_page(page: Any, number: int) -> PdfPage:
    """Returns a page of pypdfium2. What it holds besides text is not looked at."""
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range(errors="replace").replace("\r\n", "\n") if textpage.count_chars() else ""
        return PdfPage(number, page.get_height(), text, tuple(_measured(textpage, text, number)))
    finally:
        textpage.close()


def cut(text: str) -> list[tuple[int, int]]:
    """Returns where each piece of a text begins and ends: lines that could be the first of a paragraph begin one."""
    lines = text.split("\n")
    typical = sorted(map(len, lines))[int(0.75 * (len(lines) - 1))]
    full, half = 0.75 * typical, 0.6 * typical
    found = []
    start = at = 0
    last = ""
    for line in lines:
        is_full = len(last) >= full and last.rstrip()[-1:] not in _ENDS
        if last and not (is_full and (line[:1].islower() or (len(line) >= half and not _OPENS.match(line)))):
            found.append((start, at - 1))
            start = at
        last = line or " "
        at += len(line) + 1
    found.append((start, at - 1))
    return found


def _measured(textpage: Any, text: str, number: int) -> Iterator[Stretch]:
    """Yields the pieces that hold words, with the places of their first and last line."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    box = pdfium.FS_RECTF()
    index_of = _indices(pdfium, textpage, text)
    for start, end in cut(text):
        words = text[start:end]
        bare = words.strip()
        if not bare:
            continue
        index = index_of(start + words.index(bare[0]))
        if index < 0 or not pdfium.FPDFText_GetLooseCharBox(textpage, index, box):
            box.left = box.bottom = box.top = 0.0
        left, top, size = box.left, box.bottom, box.top - box.bottom
        bottom = top
        if (inner := words.rfind("\n")) >= 0:
            last = index_of(start + inner + 1)
            if last >= 0 and pdfium.FPDFText_GetLooseCharBox(textpage, last, box):
                bottom = box.bottom
        may_head = len(words) < _SHORT_BOLD and bare[-1] not in ".,;" and index >= 0
        is_bold = may_head and _is_bold(pdfium, textpage, index)
        yield Stretch(number, start, end, words, left, top, bottom, round(size, 1), is_bold)


def _indices(pdfium: Any, textpage: Any, text: str) -> Callable[[int], int]:
    """Returns what gives pdfium's index of a character of the text; it counts UTF-16 units, and line ends as two."""
    is_wide = not text.isascii() and any(character > "\uffff" for character in text)
    is_same = not is_wide and len(text) + text.count("\n") == textpage.count_chars()

    def index_of(at: int) -> int:
        units = at + text.count("\n", 0, at)
        if is_wide:
            units += sum(1 for character in text[:at] if character > "\uffff")
        return units if is_same else int(pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, units))

    return index_of


def _is_bold(pdfium: Any, textpage: Any, index: int) -> bool:
    """Says whether the weight or the name of the font does ("Helvetica-Bold")."""
    if pdfium.FPDFText_GetFontWeight(textpage, index) >= 600:
        return True
    name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
    size = pdfium.FPDFText_GetFontInfo(textpage, index, name, 80, flags)
    return 0 < size <= 80 and _BOLD.search(name.value) is not None
