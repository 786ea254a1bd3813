"""Pieces of pages → passages: titles, headings, items, footnotes; words whole again across lines and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice

from briefnote.ingest.hyphens import Vocabulary
from briefnote.ingest.passages import Passage, Run
from briefnote.ingest.pdf.grouping import Measures, grouped, opens_item
from briefnote.ingest.pdf.lines import HYPHENS, PdfPage, Stretch
from briefnote.model.article import BlockKind

_DIVIDED = re.compile(f"[{HYPHENS}]\n")
_BULLET = re.compile(r"\s*[•●◦▪‣■·\uf0a7\uf0b7\uf0d8\uf076]\s*(?=\S)")
_NOTE = re.compile(r"\s*(?:\d{1,3}|[*†‡])[.)]?\s*\S")
_LONGEST_HEADING = 220
_TITLE_WITHIN = 15  # paragraphs


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
    groups = grouped(pieces, measures)
    first = list(islice(groups, _TITLE_WITHIN))
    title = _title(first, measures)
    found = []
    for number, group in enumerate(chain(first, groups)):
        kind, level = ("title", 0) if number == title else _kind(group, measures)
        found.append(Passage(kind, _runs(group, document), level, group[0].page))  # type: ignore[arg-type]
    return found + [Passage("note", _runs(group, document), 0, group[0].page) for group in grouped(feet, measures)]


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


def _kind(group: list[Stretch], measures: Measures) -> tuple[BlockKind, int]:
    first = group[0]
    is_large = first.size >= 1.12 * measures.size
    may_head = is_large or (first.is_bold and first.size >= 0.98 * measures.size and _is_line(group))
    if may_head and _length(group) < _LONGEST_HEADING:
        return "heading", 3 if not is_large else 1 if first.size >= 1.45 * measures.size else 2
    return ("item", 1) if opens_item(first.text) else ("paragraph", 0)


def _length(group: list[Stretch]) -> int:
    return sum([len(piece.text) for piece in group])


def _is_line(group: list[Stretch]) -> bool:
    """Says whether it is bold and short all through, and ends no sentence."""
    is_short = _length(group) < 140
    return is_short and not group[-1].text.endswith((".", ",", ";")) and all(piece.is_bold for piece in group)


def _title(groups: Sequence[list[Stretch]], measures: Measures) -> int | None:
    """Returns the number of the group that is the title: the largest heading of the first page."""
    first = [
        (group[0].size, -number)
        for number, group in enumerate(groups)
        if group[0].page == 1 and 3 < _length(group) < _LONGEST_HEADING and _may_title(group[0].text)
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
