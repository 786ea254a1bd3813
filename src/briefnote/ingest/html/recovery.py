"""What the extractor left out between paragraphs that it kept, and what it kept far from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from briefnote.ingest.html.blocks import Piece
from briefnote.ingest.html.places import SourceMap
from briefnote.ingest.html.stated import is_elsewhere
from briefnote.ingest.html.typedlists import without_bullet

_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_LONGEST = 3_000  # visible characters between two paragraphs: beyond, something else stands there
_LONGEST_HEADING = 200
_ISLAND = 20  # visible characters between two pieces: less is a time or a mark, more is other matter
_FAR = 300
_SMALL = 120  # characters of a teaser

Span = tuple[int, int] | None


@dataclass(frozen=True)
class _Unit:
    """A heading or a list of the page: where it stands among the visible characters, the pieces that it is."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


def recovered(pieces: Sequence[Piece], tree: Any, where: SourceMap) -> list[Piece]:
    """Returns the pieces with the headings that stand right before one of them, and lists that fill a gap between two.

    A gap is only filled where headings and lists without links are all that it holds. Teasers that stand alone, far
    from the article, are left out.
    """
    near = _near(list(zip(pieces, where.spans([piece.text for piece in pieces]), strict=True)))
    units = list(_units(tree, where))
    found: list[Piece] = []
    end: int | None = None
    for piece, span in near:
        if end is not None and span is not None and 0 < span[0] - end < _LONGEST:
            found.extend(_filling(end, span[0], units))
        found.append(piece)
        end = span[1] if span else None
    return found


def _filling(start: int, end: int, units: Sequence[_Unit]) -> list[Piece]:
    """Returns the pieces of the units that make up a gap, or of the heading at its end, or nothing."""
    inside = [unit for unit in units if start <= unit.start and unit.end <= end]
    if sum(unit.end - unit.start for unit in inside) == end - start:
        return [piece for unit in inside for piece in unit.pieces]
    last = inside[-1] if inside else None
    return list(last.pieces) if last and last.end == end and last.pieces[0].kind == "heading" else []


def _units(tree: Any, where: SourceMap) -> Iterator[_Unit]:
    """Yields the headings and lists of the page that no menu, side column or other story holds, in order."""
    elements = [element for element in tree.iter(*_HEADINGS, "ul", "ol") if _is_eligible(element)]
    texts = [" ".join(element.text_content().split()) for element in elements]
    for element, text, span in zip(elements, texts, where.spans(texts), strict=True):
        if span is None or len(text) > _LONGEST or _is_linked(element, text) or is_elsewhere(element):
            continue
        if element.tag in _HEADINGS:
            if len(text) < _LONGEST_HEADING:
                yield _Unit(*span, (Piece("heading", text, int(element.tag[1])),))
        elif items := tuple(
            Piece("item", without_bullet(" ".join(item.text_content().split())), 1) for item in element.iter("li")
        ):
            yield _Unit(*span, items)


def _is_eligible(element: Any) -> bool:
    """Says whether it is a heading, or an outermost list in which not every item is a link."""
    if next(element.iterancestors("ul", "ol"), None) is not None:
        return False
    return element.tag in _HEADINGS or sum(1 for _ in element.iter("a")) < sum(1 for _ in element.iter("li"))


def _is_linked(element: Any, text: str) -> bool:
    """Says whether most of its words are links, as in menus and lists of other stories."""
    linked = sum(len(" ".join(link.text_content().split())) for link in element.iter("a"))
    return element.tag not in _HEADINGS and linked > 0.4 * len(text)


def _near(placed: list[tuple[Piece, Span]]) -> list[tuple[Piece, Span]]:
    """Returns the pieces without the teasers at either end: short ones that stand far from the article, or before it
    though they come after it in the page.
    """
    anchor = next((number for number, one in enumerate(placed) if not _is_teaser(one) and one[1]), 0)
    placed = [one for one in placed[:anchor] if not _is_astray(one, placed[anchor])] + placed[anchor:]
    tail = 0
    while (
        tail < len(placed) - 1
        and _is_teaser(placed[-1 - tail])
        and _gap(placed[-2 - tail], placed[-1 - tail]) > _ISLAND
    ):
        tail += 1
    if tail > 1 or (tail == 1 and _gap(placed[-2], placed[-1]) > _FAR):
        placed = placed[:-tail]
    return placed


def _is_teaser(placed: tuple[Piece, Span]) -> bool:
    return len(placed[0].text) < _SMALL and placed[0].kind in {"paragraph", "heading"}


def _is_astray(teaser: tuple[Piece, Span], anchor: tuple[Piece, Span]) -> bool:
    """Says whether what the extractor put before the first paragraph stands after it, or far before."""
    if teaser[1] is None or anchor[1] is None:
        return False
    return teaser[1][0] > anchor[1][0] or _gap(teaser, anchor) > _FAR


def _gap(first: tuple[Piece, Span], second: tuple[Piece, Span]) -> int:
    """Returns how many visible characters stand between two pieces, 0 where that is not known."""
    return second[1][0] - first[1][1] if first[1] and second[1] else 0
