"""Every block of a page with its links, as it lies there: for newsletters, whose tables no extractor sees through."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from briefnote.model.article import BlockKind

_BLOCKS = set(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table tbody td tfoot th thead tr ul br".split()
)
_SKIPPED = set("script style head template noscript title svg button select option textarea iframe object".split())
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0|font-size\s*:\s*[01](?:px)?\s*(?:;|$)", re.I
)
_DEEPEST = 300


@dataclass(frozen=True)
class Piece:
    """A block of the page: its kind, its words, the level of a heading or an item."""

    kind: BlockKind
    text: str
    level: int = 0


@dataclass
class BlockText:
    """A block: its words, the element it stands in, the links in it with their words."""

    tag: str
    words: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    is_bold: bool = True

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join("".join(self.words).split())


def blocks_of(tree: Any) -> list[BlockText]:
    """Returns the blocks that hold words, in order; what is hidden (a preheader) is left out."""
    body = tree.find("body")
    found = [BlockText("body")]
    _walk(tree if body is None else body, found, "body", "", False, 0)
    return [block for block in found if any(character.isalnum() for character in block.text)]


def _walk(element: Any, found: list[BlockText], tag: str, link: str, is_bold: bool, depth: int) -> None:
    """Adds the words of an element to the last block, or opens one for it; `link` is the address they lead to."""
    _add(found[-1], element.text, link, is_bold)
    for child in element if depth < _DEEPEST else ():
        name = child.tag if isinstance(child.tag, str) else ""
        if name and name not in _SKIPPED and not _HIDDEN.search(child.get("style") or ""):
            is_block = name in _BLOCKS
            inner = name if is_block and name not in {"br", "tr", "tbody"} else tag
            if is_block:
                found.append(BlockText(inner))
            bold = is_bold or name in {"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"} or _is_set_bold(child)
            address = child.get("href") or "" if name == "a" else link
            _walk(child, found, inner, address, bold, depth + 1)
            if is_block:
                found.append(BlockText(tag))
        _add(found[-1], child.tail, link, is_bold)


def _is_set_bold(element: Any) -> bool:
    return re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", element.get("style") or "", re.IGNORECASE) is not None


def _add(block: BlockText, words: str | None, link: str, is_bold: bool) -> None:
    if not words:
        return
    block.words.append(words)
    if words.strip():
        block.is_bold = block.is_bold and is_bold
        if link.startswith(("http://", "https://")):
            block.links.append((link, " ".join(words.split())))
