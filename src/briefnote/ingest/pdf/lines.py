"""The text of a PDF page, cut where a paragraph could begin, and where those pieces stand on the page.

Measuring a line costs more than pdfium needs to read it. So a piece is as many lines as the text alone shows to belong
together: full lines that end no sentence. Only its first and its last line are measured.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_ENDS = frozenset(".!?:…\"'”’»)")
_OPENS = re.compile(
    r"\s*(?:[•●◦▪‣■·\uf0a7\uf0b7\uf0d8\uf076*+o–—†‡-]\s|\(?\d{1,3}[.)]?\s|\[\d|\(?[a-z]\)\s|[ivx]{1,5}\)\s)"
)
_ROW = re.compile(r"(?:(?:^|\s)[-+−–]?[$€£¥]?\d+(?:[.,]\d+)*%?){2,}\Z")
HYPHENS = "-\u00ad\x02\ufffe"  # the first is what is printed, the others how pdfium says it
_DIVIDING = frozenset(HYPHENS)
_NARROWEST = 30  # characters of a full line


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
    """A page: its number from 1, its height, its text (line ends are one character), its pieces in reading order.

    `is_divided` where a line ends with a hyphen, as it is printed or as pdfium says it.
    """

    number: int
    height: float
    text: str
    stretches: tuple[Stretch, ...]
    is_divided: bool


# A piece of a page, `text[start:end]`; where its first and its last line begin in the text as pdfium has it.
Cut = tuple[int, int, int, int]


class Lines(NamedTuple):
    """A text without white space at the ends of its lines, its pieces, whether a line ends with a hyphen."""

    text: str
    pieces: list[Cut]
    is_divided: bool


def cut(raw: str) -> Lines:
    """Returns a text cut to pieces, none of them empty. A line that could be the first of a paragraph begins one."""
    ending = "\r\n" if "\r\n" in raw else "\n"
    lines = raw.split(ending)
    bare = [line.rstrip() for line in lines]
    lengths = sorted(map(len, bare))
    typical = lengths[int(0.75 * (len(lengths) - 1))]
    full, half = max(_NARROWEST, 0.75 * typical), max(1, 0.6 * typical)
    found: list[Cut] = []
    start = at = first = last = raw_at = 0
    before = ""
    for line, whole in zip(bare, lines, strict=True):
        if not before:
            start, first = at, raw_at
        elif (
            len(before) < full
            or before[-1] in _ENDS
            or not (line[:1].islower() or (len(line) >= half and not _opens(line) and not is_row(before)))
        ):
            found.append((start, at - 1, first, last))
            start, first = at, raw_at
        last = raw_at
        before = line
        at += len(line) + 1
        raw_at += len(whole) + len(ending)
    if before:
        found.append((start, at - 1, first, last))
    return Lines("\n".join(bare), found, not _DIVIDING.isdisjoint([line[-1:] for line in bare]))


def _opens(line: str) -> bool:
    """Says whether it begins with the mark of an item, none of which is a capital."""
    return not line[0].isupper() and _OPENS.match(line) is not None


def is_row(line: str) -> bool:
    """Says whether it is the row of a table: two numbers or more at its end, with nothing between them."""
    return (line[-1].isdigit() or line[-1] == "%") and _ROW.search(line) is not None
