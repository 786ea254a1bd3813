"""Lines of pages → paragraphs: by leading, indents, sizes and what a sentence is; across columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefnote.ingest.frontlines import is_caption
from briefnote.ingest.hyphens import Vocabulary
from briefnote.ingest.passages import Passage, Run
from briefnote.ingest.pdf.lines import PdfLine, PdfPage
from briefnote.ingest.plain.lines import MARKER
from briefnote.model.article import BlockKind

_ENDED = re.compile(r"[.!?:…]['\"’”»)\]\d]*\s*$")
_HYPHENS = "\u00ad\x02\ufffe"  # how pdfium writes a hyphen at the end of a line
_BULLET = re.compile(r"\s*[•●◦▪‣■·\uf0a7\uf0b7\uf0d8\uf076]\s*")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡])[.)]?\s*\S")


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
            for last, line in zip(page.lines, page.lines[1:], strict=False):
                sizes[line.size] += len(line.text)
                if 0 < last.bottom - line.bottom < 3 * line.size and last.size == line.size:
                    leadings[round(last.bottom - line.bottom, 0)] += len(line.text)
        size = sizes.most_common(1)[0][0] if sizes else 11.0
        return cls(size, leadings.most_common(1)[0][0] if leadings else 1.25 * size)


def passages_of(pages: Sequence[PdfPage]) -> list[Passage]:
    """Returns the passages in reading order, each with the page it begins on; notes at the foot come last."""
    measures = Measures.of(pages)
    vocabulary = Vocabulary("\n".join(page.text for page in pages))
    lines = [line for page in pages for line in page.lines]
    body: list[Passage] = []
    notes: list[Passage] = []
    feet = {id(line) for page in pages for line in _feet(page, measures)}
    for is_foot, kept in ((False, body), (True, notes)):
        chosen = [line for line in lines if (id(line) in feet) == is_foot]
        for group in _grouped(chosen, measures):
            kind, level = _kind(group, measures)
            passage = Passage(kind, tuple(_runs(group, vocabulary)), level, group[0].page)
            kept.append(replace(passage, kind="note", level=0) if is_foot else passage)
    return _with_title(body, lines, measures) + notes


def _feet(page: PdfPage, measures: Measures) -> list[PdfLine]:
    """Returns the footnotes of a page: small lines below its body, from one that begins with a mark on."""
    small = [line.size <= 0.88 * measures.size for line in page.lines]
    for number, line in enumerate(page.lines):
        if small[number] and _NOTE.match(line.text.strip()):
            end = next((later for later in range(number, len(small)) if not small[later]), len(small))
            if end == len(small) or line.bottom < 0.45 * page.height:
                return list(page.lines[number:end])
    return []


def _grouped(lines: Sequence[PdfLine], measures: Measures) -> Iterator[list[PdfLine]]:
    group: list[PdfLine] = []
    for line in lines:
        if group and _parts(group, line, measures):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _parts(group: list[PdfLine], line: PdfLine, measures: Measures) -> bool:
    """Says whether a new paragraph begins with the line."""
    last = group[-1]
    if abs(line.size - last.size) > 0.08 * last.size + 0.2 and not _same_row(last, line):
        return True
    if line.is_bold != last.is_bold and _is_short(group, line) and not _same_row(last, line):
        return True
    if MARKER.match(line.text.strip()) and (_ENDED.search(last.text) or MARKER.match(group[0].text.strip())):
        return True
    step = last.bottom - line.bottom
    if line.page != last.page or step < -0.5 * line.size:  # another column or page
        return _ENDED.search(last.text) is not None and not line.text.strip()[:1].islower()
    usual = max(measures.leading * line.size / measures.size, 1.0)
    if step > 1.3 * usual + 0.5:
        return True
    indent = line.left - min(member.left for member in group if member.page == line.page)
    is_hanging = MARKER.match(group[0].text.strip()) is not None
    is_indented = 4 < indent < 60 and not is_hanging and not _same_row(last, line)
    return is_indented and _ENDED.search(last.text) is not None


def _same_row(last: PdfLine, line: PdfLine) -> bool:
    return last.page == line.page and abs(last.bottom - line.bottom) < 0.4 * max(last.size, line.size)


def _is_short(group: list[PdfLine], line: PdfLine) -> bool:
    """Says whether what stood before is a heading by its length, or the line is by its own."""
    return sum(len(member.text) for member in group) < 120 or len(line.text) < 80


def _kind(group: list[PdfLine], measures: Measures) -> tuple[BlockKind, int]:
    text = " ".join(line.text.strip() for line in group)
    size, is_bold = group[0].size, all(line.is_bold for line in group)
    if is_caption(text):
        return "caption", 0
    is_large = size >= 1.12 * measures.size
    if (len(text) < 220 and is_large) or (is_bold and size >= 0.98 * measures.size and _is_line(text)):
        return "heading", 1 if size >= 1.45 * measures.size else 2 if size >= 1.12 * measures.size else 3
    if MARKER.match(text):
        return "item", 1
    return "paragraph", 0


def _is_line(text: str) -> bool:
    return len(text) < 140 and not text.endswith((".", ",", ";"))


def _runs(group: list[PdfLine], vocabulary: Vocabulary) -> Iterator[Run]:
    """Yields the lines, joined by a space or, where a word was divided, by nothing."""
    mark = _BULLET.match(group[0].text)
    if mark and len(mark[0]) < len(group[0].text):
        first = replace(group[0], text=group[0].text[mark.end() :], at=group[0].at + mark.end())
        group = [first, *group[1:]]
    for line, following in zip(group, [*group[1:], None], strict=True):
        text = line.text.rstrip()
        part = f"page {line.page}"
        if following is None:
            yield Run(text.rstrip(_HYPHENS), part, line.at)
        elif text[-1:] and text[-1] in _HYPHENS:
            joined = vocabulary.joined(text[:-1] + "-", following.text)
            is_whole = joined is None or not joined.endswith("-")
            yield Run(text[:-1], part, line.at)
            if not is_whole:
                yield Run("-")
        else:
            joined = vocabulary.joined(text, following.text)
            yield Run(text if joined is None else joined, part, line.at)
            if joined is None:
                yield Run(" ", part, line.at + len(text)) if len(text) < len(line.text) else Run(" ")


def _with_title(passages: list[Passage], lines: list[PdfLine], measures: Measures) -> list[Passage]:
    """Returns the passages, the largest heading of the first page as the title."""
    sizes = {(line.page, line.at): line.size for line in lines}
    first = [
        (sizes.get((1, passage.runs[0].at or 0), 0.0), -number)
        for number, passage in enumerate(passages[:15])
        if passage.kind == "heading" and passage.page == 1 and len(passage.text) > 8
    ]
    if not first or max(first)[0] < 1.12 * measures.size:
        return passages
    chosen = -max(first)[1]
    title = passages[chosen]
    return [*passages[:chosen], Passage("title", title.runs, 0, title.page), *passages[chosen + 1 :]]
