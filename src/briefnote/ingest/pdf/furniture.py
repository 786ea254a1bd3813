"""Running heads, running feet and page numbers: what stands at the edge of pages and repeats, or only counts."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence

from briefnote.ingest.pdf.lines import PdfPage, Stretch

_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|pagina|página)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/|von|de|sur)\s*\d{1,4})?\W*", re.I
)
_NO_WORD = dict.fromkeys(map(ord, string.digits + string.punctuation), " ")
_EDGE = 0.12  # of the height of a page, above and below
_LONGEST, _LONGEST_NUMBER = 200, 60  # characters of a head or a foot, of a number of a page


def without_furniture(pages: Sequence[PdfPage]) -> list[PdfPage]:
    """Returns the pages without running heads, feet and page numbers; the words of the body are never touched."""
    edges = [[(piece, _key(piece.text)) for piece in _edge_pieces(page)] for page in pages]
    seen = Counter(key for pieces in edges for key in {key for _, key in pieces})
    fewest = 2 if len(pages) < 6 else 3
    repeated = {key for key, count in seen.items() if count >= fewest and any(map(str.isalpha, key))}
    return [_without(page, pieces, repeated) for page, pieces in zip(pages, edges, strict=True)]


def _edge_pieces(page: PdfPage) -> list[Stretch]:
    """Returns the short pieces of a page that lie in its upper or lower margin."""
    low, high = _EDGE * page.height, (1 - _EDGE) * page.height
    return [piece for piece in page.stretches if not low < piece.top < high and len(piece.text) < _LONGEST]


def _without(page: PdfPage, edges: Sequence[tuple[Stretch, str]], repeated: set[str]) -> PdfPage:
    gone = {piece.at for piece, key in edges if key in repeated or _is_number(piece.text)}
    if not gone:
        return page
    return page._replace(stretches=tuple(piece for piece in page.stretches if piece.at not in gone))


def _key(text: str) -> str:
    """Returns what a piece says without its numbers: "12 | The Ferry" and "The Ferry | 13" are one."""
    return " ".join(text.translate(_NO_WORD).lower().split())


def _is_number(text: str) -> bool:
    """Says whether it is the number of a page and nothing else."""
    return len(text) < _LONGEST_NUMBER and _NUMBER.fullmatch(text.strip()) is not None
