"""The article of a page as passages: what trafilatura keeps, its headings, lists, quotes and tables told apart."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefnote.ingest.html.page import Page
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
_BREAK = "\x1e"
_FURNITURE = re.compile(
    r"(?:advertisement|advertisements?\s*[-–:].*|sponsored(?: content)?|story continues below.*|article continues.*|"
    r"(?:read|see|watch|listen|related|also read|read also|more)(?: (?:more|also|next|this|stories|"
    r"articles|reading))?\s*:.*|"
    r"related(?: (?:articles|stories|content|posts|topics|reading|news))?|most (?:read|popular).*|you "
    r"(?:may|might) also.*|"
    r"recommended(?: (?:for you|reading|stories))?|trending(?: now)?|"
    r"share(?: this)?(?: (?:article|story|post|page|on|via|with).*)?|follow us.*|(?:like|find) us on.*|"
    r"tweet|print|email|"
    r"(?:sign up|subscribe|register)\b.{0,160}\b(?:newsletters?|inbox|updates|alerts|e-?mails?|briefing|"
    r"channel|today|here)"
    r".{0,40}|get .{0,60}\b(?:newsletter|in your inbox)\b.*|"
    r"(?:photo|image|picture|illustration|video)s?(?: credits?)?(?: by)?\s*:.{0,120}|"
    r"©.{0,160}|copyright\b.{0,160}|all rights reserved.{0,60}|"
    r"(?:click|tap) here\b.{0,80}|leave a (?:comment|reply).*|\d+ comments?|comments?(?: are closed)?\.?|"
    r"(?:tags|topics|filed under|keywords|categories)\s*:?(?:\s.{0,200})?|\d+ min(?:ute)?s?(?: read)?|loading\W*|"
    r"skip to (?:main )?content|back to top|copy link|link copied.*|table of contents|listen to this article.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Piece:
    """A block of the page: its kind, its words, the level of a heading or an item."""

    kind: BlockKind
    text: str
    level: int = 0


def pieces_of(page: Page, title: str | None) -> list[Piece]:
    """Returns the article of a page in order; [] where there is none. Titles said once more are left out."""
    body = _extracted(page, favor_precision=True)
    found = [] if body is None else list(_pieces(body))
    if _size(found) < _FEWEST:
        other = _extracted(page, favor_precision=False)
        wider = [] if other is None else list(_pieces(other))
        found = wider if _size(wider) > 2 * _size(found) else found
    return _trimmed([piece for piece in found if not _is_furniture(piece)], title)


_FEWEST = 600  # characters: below it the precise extraction may have missed the article


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
                words.append(_BREAK if child.tag == "lb" else "".join(child.itertext()))
            words.append(child.tail or "")
        yield from _piece(kind, words, level)


def _piece(kind: BlockKind, words: list[str], level: int) -> Iterator[Piece]:
    """Yields the words as blocks: an empty line between two breaks parts paragraphs."""
    for part in re.split(rf"{_BREAK}\s*{_BREAK}", "".join(words)):
        text = " ".join(part.replace(_BREAK, " ").split())
        if any(character.isalnum() for character in text):
            yield Piece(kind, text, level)


def _heading_level(element: Any) -> int:
    digits = "".join(character for character in element.get("rend") or "" if character.isdigit())
    return int(digits) if digits else 2


def _of_table(table: Any) -> Iterator[Piece]:
    """Yields a table, rows on lines and cells after tabs; one that only lays out the page as its paragraphs."""
    rows = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.iter("row")]
    if max((sum(map(bool, row)) for row in rows), default=0) > 1:
        yield Piece("table", "\n".join("\t".join(row) for row in rows if any(row)))
    else:
        for cell in table.iter("cell"):
            yield from _of_block(cell, "paragraph", 0)


def _is_furniture(piece: Piece) -> bool:
    return piece.kind != "table" and len(piece.text) < 240 and _FURNITURE.fullmatch(piece.text) is not None


def _trimmed(pieces: list[Piece], title: str | None) -> list[Piece]:
    """Returns the pieces without the title at their head and without a heading at their end."""
    folded = _folded(title or "")
    found = [
        piece for number, piece in enumerate(pieces) if not (number < 4 and folded and _folded(piece.text) == folded)
    ]
    while found and found[-1].kind == "heading":
        found.pop()
    return found


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()
