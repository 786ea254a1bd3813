"""Pieces of pages → paragraphs: by leading, indents, sizes and what a sentence is; across columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefnote.ingest.hyphens import Vocabulary
from briefnote.ingest.passages import Passage, Run
from briefnote.ingest.pdf.lines import PdfPage, Stretch
from briefnote.ingest.plain.lines import MARKER
from briefnote.model.article import BlockKind

_ENDED = re.compile(r"[.!?:…]['\"’”»)\]\d]*\s*\Z")
_ENDS = frozenset(".!?:…")
_DIVIDED = re.compile("[-\u00ad\x02\ufffe]\n")  # the first is what is printed, the others how pdfium says it
_BULLET = re.compile(r"\s*[•●◦▪‣■·\uf0a7\uf0b7\uf0d8\uf076]\s*(?=\S)")
_NOTE = re.compile(r"\s*(?:\d{1,3}|[*†‡])[.)]?\s*\S")
_LONGEST_HEADING = 220


@dataclass(frozen=True)
class Measures:
    """What is usual in a document: the size of its body, the distance of its lines."""

    size: float
    leading: float

    @classmethod
    def of(cls, pages: Sequence[PdfPage]) -> Measures:
        """Returns the measures, weighted by how much is set so."""
        sizes: Counter[float] = Counter()
        leadings: Counter[float] = Counter()
        for page in pages:
            for piece in page.stretches:
                sizes[piece.size] += len(piece.text)
                if piece.top > piece.bottom:
                    step = round((piece.top - piece.bottom) / piece.text.count("\n"), 0)
                    leadings[step] += len(piece.text)
        size = sizes.most_common(1)[0][0] if sizes else 11.0
        return cls(size, leadings.most_common(1)[0][0] if leadings else 1.2 * size)


class _Document:
    """The pages by number, and the words of all of them, which are needed only where a line ends with a hyphen."""

    def __init__(self, pages: Sequence[PdfPage]) -> None:
        self.texts: Mapping[int, str] = {page.number: page.text for page in pages}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the document."""
        return Vocabulary("\n".join(self.texts.values()))


def passages_of(pages: Sequence[PdfPage]) -> list[Passage]:
    """Returns the passages in reading order, each with the page it begins on; notes at the foot come last."""
    measures, document = Measures.of(pages), _Document(pages)
    feet = {(piece.page, piece.at) for page in pages for piece in _feet(page, measures)}
    pieces = [piece for page in pages for piece in page.stretches]
    body = list(_grouped([piece for piece in pieces if (piece.page, piece.at) not in feet], measures))
    notes = list(_grouped([piece for piece in pieces if (piece.page, piece.at) in feet], measures)) if feet else []
    title = _title(body, measures)
    found = []
    for number, group in enumerate(body):
        kind, level = ("title", 0) if number == title else _kind(group, measures)
        found.append(Passage(kind, tuple(_runs(group, document)), level, group[0].page))  # type: ignore[arg-type]
    return found + [Passage("note", tuple(_runs(group, document)), 0, group[0].page) for group in notes]


def _feet(page: PdfPage, measures: Measures) -> tuple[Stretch, ...]:
    """Returns the footnotes of a page: small lines at its end or in its lower half, from one that a mark opens on."""
    pieces, small = page.stretches, 0.93 * measures.size
    for number, piece in enumerate(pieces):
        if piece.size <= small and _NOTE.match(piece.text):
            later = range(number, len(pieces))
            end = next((other for other in later if pieces[other].size > small), len(pieces))
            if end == len(pieces) or piece.top < 0.45 * page.height:
                return pieces[number:end]
    return ()


def _grouped(pieces: Sequence[Stretch], measures: Measures) -> Iterator[list[Stretch]]:
    group: list[Stretch] = []
    for piece in pieces:
        if group and _parts(group, piece, measures):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _parts(group: list[Stretch], piece: Stretch, measures: Measures) -> bool:
    """Says whether a new paragraph begins with the piece."""
    last = group[-1]
    is_same_row = piece.page == last.page and abs(last.bottom - piece.top) < 0.4 * max(last.size, piece.size)
    if not is_same_row:
        if abs(piece.size - last.size) > 0.08 * last.size + 0.2:
            return True
        if piece.is_bold != last.is_bold and (len(last.text) < 120 or len(piece.text) < 80):
            return True
    is_ended = last.text[-1] in _ENDS or _ENDED.search(last.text, max(0, len(last.text) - 12)) is not None
    if _opens_item(piece) and (is_ended or _opens_item(group[0])):
        return True
    step = last.bottom - piece.top
    if piece.page != last.page or step < -0.5 * piece.size:  # another column or page
        return is_ended and not piece.text.lstrip()[:1].islower()
    if step > 1.3 * max(measures.leading * piece.size / measures.size, 1.0) + 0.5:
        return True
    if not is_ended or is_same_row:
        return False
    lines = last.text.split("\n")
    if len(lines[-1]) < 0.7 * max(len(piece.text.split("\n", 1)[0]), *map(len, group[0].text.split("\n"))):
        return True  # the last line was not full
    if _opens_item(group[0]):
        return False
    return 4 < piece.left - min(member.left for member in group if member.page == piece.page) < 60


def _opens_item(piece: Stretch) -> bool:
    """Says whether it begins with the mark of an item, and with no letter."""
    return not piece.text[:1].isalpha() and MARKER.match(piece.text.lstrip()) is not None


def _kind(group: list[Stretch], measures: Measures) -> tuple[BlockKind, int]:
    first = group[0]
    length = sum(len(piece.text) for piece in group)
    if length < _LONGEST_HEADING:
        is_bold = first.is_bold and first.size >= 0.98 * measures.size and _is_line(group)
        if first.size >= 1.12 * measures.size or is_bold:
            return (
                "heading",
                1 if first.size >= 1.45 * measures.size else 2 if first.size >= 1.12 * measures.size else 3,
            )
    return ("item", 1) if _opens_item(first) else ("paragraph", 0)


def _is_line(group: list[Stretch]) -> bool:
    """Says whether it is bold and short all through, and ends no sentence."""
    length = sum(len(piece.text) for piece in group)
    return length < 140 and not group[-1].text.endswith((".", ",", ";")) and all(piece.is_bold for piece in group)


def _title(groups: Sequence[list[Stretch]], measures: Measures) -> int | None:
    """Returns the number of the group that is the title: the largest heading of the first page."""
    first = [
        (group[0].size, -number)
        for number, group in enumerate(groups[:15])
        if group[0].page == 1
        and 3 < sum(len(piece.text) for piece in group) < _LONGEST_HEADING
        and _may_title(group[0].text)
    ]
    size, number = max(first, default=(0.0, 0))
    return -number if size >= 1.12 * measures.size else None


def _may_title(text: str) -> bool:
    """Says whether it is no address and no numbered heading."""
    return "://" not in text and "@" not in text and not text[:1].isdigit()


def _runs(group: list[Stretch], document: _Document) -> Iterator[Run]:
    """Yields the words: as the page has them, from the first piece to the last one that follows it there."""
    start, number = group[0], 0
    bullet = _BULLET.match(start.text)
    at = start.at + (bullet.end() if bullet else 0)
    if len(group) == 1 and not _DIVIDED.search(start.text):
        yield Run(document.texts[start.page][at : start.end], f"page {start.page}", at)
        return
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
