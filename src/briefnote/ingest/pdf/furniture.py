"""Running heads, running feet and page numbers: what stands at the edge of pages and repeats, or only counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from briefnote.ingest.pdf.lines import PdfLine, PdfPage

_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|pagina|página)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/|von|de|sur)\s*\d{1,4})?\W*", re.I
)
_EDGE = 0.12  # of the height of a page, above and below
_AT_EDGE = 3  # lines, at most, of a head or a foot


def without_furniture(pages: Sequence[PdfPage]) -> list[PdfPage]:
    """Returns the pages without running heads, feet and page numbers; the words of the body are never touched."""
    edges = [edge_lines(page) for page in pages]
    seen = Counter(key for lines in edges for key in {_key(line) for line in lines})
    fewest = 2 if len(pages) < 6 else max(3, len(pages) // 4)
    repeated = {key for key, count in seen.items() if count >= fewest and key}
    return [_without(page, lines, repeated) for page, lines in zip(pages, edges, strict=True)]


def edge_lines(page: PdfPage) -> list[PdfLine]:
    """Returns the first and last lines of a page that lie in its upper or lower margin."""
    by_height = sorted(page.lines, key=lambda line: -line.bottom)
    top = [line for line in by_height[:_AT_EDGE] if line.bottom > (1 - _EDGE) * page.height]
    bottom = [line for line in by_height[-_AT_EDGE:] if line.bottom < _EDGE * page.height]
    return top + bottom


def _without(page: PdfPage, edges: Iterable[PdfLine], repeated: set[str]) -> PdfPage:
    gone = {line.at for line in edges if _key(line) in repeated or _NUMBER.fullmatch(line.text.strip())}
    return PdfPage(page.number, page.height, page.text, tuple(line for line in page.lines if line.at not in gone))


def _key(line: PdfLine) -> str:
    """Returns what the line says without its numbers: "12 | The Ferry" and "13 | The Ferry" are one."""
    return re.sub(r"[\W\d]+", " ", line.text).strip().lower()
