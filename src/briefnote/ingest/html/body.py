"""The article of a page as passages: what trafilatura keeps, its headings, lists, quotes and tables told apart."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from briefnote.ingest.html.blocks import Piece
from briefnote.ingest.html.furniture import without_furniture
from briefnote.ingest.html.page import Page
from briefnote.ingest.html.places import SourceMap
from briefnote.ingest.html.recovery import recovered
from briefnote.ingest.html.typedlists import BULLETS, mark_typed_lists, without_bullet
from briefnote.model.article import BlockKind

_BLOCKS = {
    "head",
    "p",
    "list",
    "item",
    "quote",
    "table",
    "code",
    "ab",
    "div",
    "body",
    "main",
    "section",
    "dl",
    "dd",
    "dt",
}
_WORDS = re.compile(r"\w")
_BREAK = "\x1e"
_APART = re.compile(rf"{_BREAK}\s*{_BREAK}|{_BREAK}\s*(?=[{BULLETS}])")


_LAYOUT = 600  # characters of a cell that is no cell of data
_FEWEST = 600  # characters: below it the precise extraction may have missed the article
_FEW, _SHARE = 1_500, 0.15  # the same for what is that short and no more of the page


def pieces_of(page: Page, title: str | None, where: SourceMap, stated: str) -> list[Piece]:
    """Returns the article of a page in order; [] where there is none. Titles said once more are left out.

    Where the precise extraction finds little of what the page shows, or of what its metadata hold of the article
    (`stated`, "" where they do not), the less precise one is asked, and at last the metadata.
    """
    mark_typed_lists(page.tree)
    found = _kept(page, favor_precision=True)
    size = _size(found)
    if size < _FEWEST or (size < _FEW and size < _SHARE * where.size) or size < 0.5 * len(stated):
        wider = _kept(page, favor_precision=False)
        found = wider if _size(wider) > 1.5 * size else found
    if _size(found) < 0.5 * len(stated):
        found = [Piece("paragraph", " ".join(line.split())) for line in stated.splitlines() if line.strip()]
    return recovered(without_furniture(found, title), page.tree, where)


def _kept(page: Page, favor_precision: bool) -> list[Piece]:
    body = _extracted(page, favor_precision)
    return [] if body is None else list(_pieces(body))


def _size(pieces: list[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _extracted(page: Page, favor_precision: bool) -> Any:
    """Returns trafilatura's tree of the article, None where it finds none."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is ours to say
    try:
        found: Any = bare_extraction(
            page.tree, url=page.url, favor_precision=favor_precision, include_comments=False, output_format="xml"
        )
    except RecursionError:
        return None
    return None if found is None else found.body


def _pieces(body: Any) -> Iterator[Piece]:
    """Yields the blocks of the tree in order, each with the words that are not in a block of its own within it."""
    for element in body:
        yield from _of_block(element, "paragraph", 0)


def _of_block(element: Any, within: BlockKind, depth: int) -> Iterator[Piece]:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag == "table":
        yield from _of_table(element)
    elif tag == "list":
        for item in element:
            yield from _of_block(item, "item", depth + 1)
    else:
        kind: BlockKind = {"head": "heading", "quote": "quote", "item": "item"}.get(tag, within)  # type: ignore[assignment]
        level = _heading_level(element) if kind == "heading" else depth if kind == "item" else 0
        words = [element.text or ""]
        for child in element:
            if child.tag in _BLOCKS:
                yield from _piece(kind, words, level)
                words = []
                yield from _of_block(child, kind, depth)
            else:
                words.append(_inline(child))
            words.append(child.tail or "")
        yield from _piece(kind, words, level)


def _inline(element: Any) -> str:
    """Returns the words of an element within a block; a break parts them."""
    inner = "".join(_inline(child) + (child.tail or "") for child in element)
    return _BREAK if element.tag == "lb" else (element.text or "") + inner


def _piece(kind: BlockKind, words: list[str], level: int) -> Iterator[Piece]:
    """Yields the words as blocks: two breaks part paragraphs, a break and a bullet part items."""
    for part in _APART.split("".join(words)):
        text = " ".join(part.replace(_BREAK, " ").split())
        if _WORDS.search(text):
            is_typed = kind in {"paragraph", "item"} and text[0] in BULLETS
            yield Piece("item", without_bullet(text), max(level, 1)) if is_typed else Piece(kind, text, level)


def _heading_level(element: Any) -> int:
    digits = "".join(character for character in element.get("rend") or "" if character.isdigit())
    return int(digits) if digits else 2


def _of_table(table: Any) -> Iterator[Piece]:
    """Yields a table, rows on lines and cells after tabs; of one that lays out a page, its long cells."""
    rows = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.iter("row")]
    cells = [cell for cell in table.iter("cell") if len("".join(cell.itertext())) > _LAYOUT]
    if cells:
        for cell in cells:
            yield from _of_block(cell, "paragraph", 0)
    elif max((sum(map(bool, row)) for row in rows), default=0) > 1:
        yield Piece("table", "\n".join("\t".join(row) for row in rows if any(row)))
    else:
        for cell in table.iter("cell"):
            yield from _of_block(cell, "paragraph", 0)
