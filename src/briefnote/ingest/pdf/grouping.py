"""Which pieces of pages are one paragraph: by leading, indents, sizes and what a sentence is."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from briefnote.ingest.pdf.lines import PdfPage, Stretch, is_row
from briefnote.ingest.plain.lines import MARKER

_ENDED = re.compile(r"[.!?:…]['\"’”»)\]\d]*\s*\Z")
_ENDS, _CLOSES = frozenset(".!?:…"), frozenset("'\"’”»)]")
_NO_FIGURES = frozenset(string.ascii_letters + string.punctuation) - {"%"}  # what ends most lines, but no row
_PAGES_MEASURED = 20  # of a long document, at even distances: what is usual is so on most of them


@dataclass(frozen=True)
class Measures:
    """What is usual in a document: the size of its body, the distance of its lines."""

    size: float
    leading: float

    @classmethod
    def of(cls, pages: Sequence[PdfPage]) -> Measures:
        """Returns the measures, weighted by how much is set so; of a long document some pages tell them."""
        sizes: Counter[float] = Counter()
        leadings: Counter[int] = Counter()
        for page in pages[:: 1 + len(pages) // _PAGES_MEASURED]:
            for _, start, end, text, _, top, bottom, size, _ in page.stretches:
                sizes[size] += end - start
                if top > bottom:
                    leadings[round((top - bottom) / text.count("\n"))] += end - start
        size = sizes.most_common(1)[0][0] if sizes else 11.0
        return cls(size, leadings.most_common(1)[0][0] if leadings else 1.2 * size)

    def gap(self, size: float) -> float:
        """Returns the distance of base lines of a size from which on a paragraph ends."""
        return 1.3 * max(self.leading * size / self.size, 1.0) + 0.5


class _Opening(NamedTuple):
    """What the first piece of a paragraph says of it: whether it is an item, how long its longest line is."""

    is_item: bool
    longest: int


def grouped(pieces: Sequence[Stretch], measures: Measures) -> Iterator[list[Stretch]]:
    """Yields the paragraphs in order, each as the pieces it is made of."""
    group: list[Stretch] = []
    opening = _Opening(False, 0)
    size = gap = 0.0
    for piece in pieces:
        text = piece.text
        is_opening = opens_item(text)
        if piece.size != size:
            size, gap = piece.size, measures.gap(piece.size)
        if group and _parts(group, opening, piece, is_opening, gap):
            yield group
            group = []
        if not group:
            opening = _Opening(is_opening, max(map(len, text.split("\n"))) if "\n" in text else len(text))
        group.append(piece)
    if group:
        yield group


def _parts(group: list[Stretch], opening: _Opening, piece: Stretch, is_opening: bool, gap: float) -> bool:
    """Says whether a new paragraph begins with the piece; a distance of more than the gap ends one."""
    last = group[-1]
    page, _, _, text, left, top, _, size, is_bold = piece
    last_page, _, _, last_text, _, _, last_bottom, last_size, was_bold = last
    step = last_bottom - top
    is_same_row = page == last_page and abs(step) < 0.4 * (size if size > last_size else last_size)
    if (size != last_size or is_bold != was_bold) and not is_same_row:
        if abs(size - last_size) > 0.08 * last_size + 0.2:
            return True
        if is_bold != was_bold and (len(last_text) < 120 or len(text) < 80):
            return True
    is_ended = _is_ended(last_text)
    if is_opening and (is_ended or opening.is_item):
        return True
    if page != last_page or step < -0.5 * size:  # another column or page
        return is_ended and not text.lstrip()[:1].islower()
    first_line = end if (end := text.find("\n")) >= 0 else len(text)
    if step > gap or _parts_rows(last_text, text, first_line):
        return True
    if not is_ended or is_same_row:
        return False
    if len(last_text) - last_text.rfind("\n") - 1 < 0.7 * max(first_line, opening.longest):
        return True  # the last line was not full
    if opening.is_item:
        return False
    first = group[0]
    margin = min(first.left, last.left) if first.page == page else last.left
    return 4 < left - margin < 60


def _parts_rows(before: str, text: str, first_line: int) -> bool:
    """Says whether a row of a table ends or, after a line with a number, begins: a label of several lines is whole.

    `first_line` is how long the first line of the text is.
    """
    if text[0].islower() or _NO_FIGURES.issuperset((before[-1], text[first_line - 1])):
        return False
    last = before[before.rfind("\n") + 1 :]
    return is_row(last) or (is_row(text[:first_line]) and any(map(str.isdigit, last)))


def _is_ended(text: str) -> bool:
    """Says whether it ends a sentence."""
    final = text[-1]
    return final in _ENDS or ((final in _CLOSES or final.isdigit()) and _ENDED.search(text[-12:]) is not None)


def opens_item(text: str) -> bool:
    """Says whether it begins with the mark of an item, and with no letter."""
    return not text[0].isalpha() and MARKER.match(text.lstrip()) is not None
