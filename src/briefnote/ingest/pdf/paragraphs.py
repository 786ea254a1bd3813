"""Pieces of pages → paragraphs: by leading, indents, sizes and what a sentence is; across columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple

from briefnote.ingest.hyphens import Vocabulary
from briefnote.ingest.passages import Passage, Run
from briefnote.ingest.pdf.lines import HYPHENS, PdfPage, Stretch
from briefnote.ingest.plain.lines import MARKER
from briefnote.model.article import BlockKind

_ENDED = re.compile(r"[.!?:…]['\"’”»)\]\d]*\s*\Z")
_ENDS, _CLOSES = frozenset(".!?:…"), frozenset("'\"’”»)]")
_DIVIDED = re.compile(f"[{HYPHENS}]\n")
_BULLET = re.compile(r"\s*[•●◦▪‣■·\uf0a7\uf0b7\uf0d8\uf076]\s*(?=\S)")
_NOTE = re.compile(r"\s*(?:\d{1,3}|[*†‡])[.)]?\s*\S")
_LONGEST_HEADING = 220
_TITLE_WITHIN = 15  # paragraphs
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


class _Document:
    """The pages by number, and the words of all of them, which are needed only where a line ends with a hyphen."""

    def __init__(self, pages: Sequence[PdfPage]) -> None:
        self.texts: Mapping[int, str] = {page.number: page.text for page in pages}
        self.divided = {page.number for page in pages if page.is_divided}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the document."""
        return Vocabulary("\n".join(self.texts.values()))


def passages_of(pages: Sequence[PdfPage]) -> list[Passage]:
    """Returns the passages in reading order, each with the page it begins on; notes at the foot come last."""
    measures, document = Measures.of(pages), _Document(pages)
    feet: list[Stretch] = []
    pieces: list[Stretch] = []
    for page in pages:
        start, end = _feet(page, measures)
        feet += page.stretches[start:end]
        pieces += page.stretches[:start] + page.stretches[end:]
    groups = _grouped(pieces, measures)
    first = list(islice(groups, _TITLE_WITHIN))
    title = _title(first, measures)
    found = []
    for number, group in enumerate(chain(first, groups)):
        kind, level = ("title", 0) if number == title else _kind(group, measures)
        found.append(Passage(kind, _runs(group, document), level, group[0].page))  # type: ignore[arg-type]
    return found + [Passage("note", _runs(group, document), 0, group[0].page) for group in _grouped(feet, measures)]


def _feet(page: PdfPage, measures: Measures) -> tuple[int, int]:
    """Returns which pieces of a page are footnotes: small lines at its end or in its lower half, from a mark on."""
    pieces, small = page.stretches, 0.93 * measures.size
    for number, piece in enumerate(pieces):
        if piece.size <= small and _NOTE.match(piece.text):
            later = range(number, len(pieces))
            end = next((other for other in later if pieces[other].size > small), len(pieces))
            if end == len(pieces) or piece.top < 0.45 * page.height:
                return number, end
    return len(pieces), len(pieces)


class _Opening(NamedTuple):
    """What the first piece of a paragraph says of it: whether it is an item, how long its longest line is."""

    is_item: bool
    longest: int


def _grouped(pieces: Sequence[Stretch], measures: Measures) -> Iterator[list[Stretch]]:
    group: list[Stretch] = []
    opening = _Opening(False, 0)
    for piece in pieces:
        text = piece.text
        opens_item = _opens_item(text)
        if group and _parts(group, opening, piece, opens_item, measures):
            yield group
            group = []
        if not group:
            opening = _Opening(opens_item, max(map(len, text.split("\n"))) if "\n" in text else len(text))
        group.append(piece)
    if group:
        yield group


def _parts(group: list[Stretch], opening: _Opening, piece: Stretch, opens_item: bool, measures: Measures) -> bool:
    """Says whether a new paragraph begins with the piece."""
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
    if opens_item and (is_ended or opening.is_item):
        return True
    if page != last_page or step < -0.5 * size:  # another column or page
        return is_ended and not text.lstrip()[:1].islower()
    if step > measures.gap(size):
        return True
    if not is_ended or is_same_row:
        return False
    if len(last_text) - last_text.rfind("\n") - 1 < 0.7 * max(_first_line(text), opening.longest):
        return True  # the last line was not full
    if opening.is_item:
        return False
    first = group[0]
    margin = min(first.left, last.left) if first.page == page else last.left
    return 4 < left - margin < 60


def _first_line(text: str) -> int:
    """Returns how long the first line is."""
    end = text.find("\n")
    return end if end >= 0 else len(text)


def _is_ended(text: str) -> bool:
    """Says whether it ends a sentence."""
    final = text[-1]
    return final in _ENDS or ((final in _CLOSES or final.isdigit()) and _ENDED.search(text[-12:]) is not None)


def _opens_item(text: str) -> bool:
    """Says whether it begins with the mark of an item, and with no letter."""
    return not text[0].isalpha() and MARKER.match(text.lstrip()) is not None


def _kind(group: list[Stretch], measures: Measures) -> tuple[BlockKind, int]:
    first = group[0]
    is_large = first.size >= 1.12 * measures.size
    may_head = is_large or (first.is_bold and first.size >= 0.98 * measures.size and _is_line(group))
    if may_head and _length(group) < _LONGEST_HEADING:
        return "heading", 3 if not is_large else 1 if first.size >= 1.45 * measures.size else 2
    return ("item", 1) if _opens_item(first.text) else ("paragraph", 0)


def _length(group: list[Stretch]) -> int:
    return sum(len(piece.text) for piece in group)


def _is_line(group: list[Stretch]) -> bool:
    """Says whether it is bold and short all through, and ends no sentence."""
    length = sum(len(piece.text) for piece in group)
    return length < 140 and not group[-1].text.endswith((".", ",", ";")) and all(piece.is_bold for piece in group)


def _title(groups: Sequence[list[Stretch]], measures: Measures) -> int | None:
    """Returns the number of the group that is the title: the largest heading of the first page."""
    first = [
        (group[0].size, -number)
        for number, group in enumerate(groups)
        if group[0].page == 1
        and 3 < sum(len(piece.text) for piece in group) < _LONGEST_HEADING
        and _may_title(group[0].text)
    ]
    size, number = max(first, default=(0.0, 0))
    return -number if size >= 1.12 * measures.size else None


def _may_title(text: str) -> bool:
    """Says whether it is no address and no numbered heading."""
    return "://" not in text and "@" not in text and not text[:1].isdigit()


def _runs(group: list[Stretch], document: _Document) -> tuple[Run, ...]:
    """Returns the words: as the page has them, from the first piece to the last one that follows it there."""
    first, last = group[0], group[-1]
    at, page = first.at, first.page
    if not first.text[0].isalpha() and (bullet := _BULLET.match(first.text)):
        at += bullet.end()
    if len(group) == 1 or (last.page == page and _length(group) + len(group) - 1 == last.end - first.at):
        words = document.texts[page][at : last.end]
        if page not in document.divided or not _DIVIDED.search(words):
            return (Run(words, f"page {page}", at),)
    return tuple(_apart(group, at, document))


def _apart(group: list[Stretch], at: int, document: _Document) -> Iterator[Run]:
    """Yields the words, from `at` on, of pieces that need not follow one another, with words divided among them."""
    number = 0
    while number < len(group):
        end = number
        while (
            end + 1 < len(group) and group[end + 1].page == group[end].page and group[end + 1].at == group[end].end + 1
        ):
            end += 1
        page = group[number].page
        if number:
            yield Run(" ")
            at = group[number].at
        yield from _joined(document.texts[page][at : group[end].end], f"page {page}", at, document)
        number = end + 1


def _joined(text: str, part: str, at: int, document: _Document) -> Iterator[Run]:
    """Yields a text, the words whole that were divided at the end of a line where the document shows them whole."""
    done = 0
    for division in _DIVIDED.finditer(text):
        line = text[done : division.start()] + "-"
        joined = document.vocabulary.joined(line, text[division.end() : division.end() + 60])
        if joined is None:
            continue
        yield Run(text[done : division.start()], part, at + done)
        if joined.endswith("-"):
            yield Run("-", part, at + division.start()) if division[0][0] == "-" else Run("-")
        done = division.end()
    yield Run(text[done:], part, at + done)
