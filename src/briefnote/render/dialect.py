"""The dialect of Markdown, and what is refused in it: images that are no charts, ids used twice, tables too wide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from briefnote.errors import BriefnoteError, Problem

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from briefnote.model.edition import Theme

# An allow-list, because no block-list keeps up: markdown-it itself lets search-ms:, ms-word: and smb: pass.
# A host is a name without user and password: those serve to disguise, and Word rejects a file for a bad host.
_ALLOWED_LINK = re.compile(r"https?://[\w.-]+(:\d{1,5})?([/?#]\S*)?|mailto:[^@\s]+@\S+|#\S+", re.IGNORECASE)
_LONGEST_LINK = 2048  # characters; what Word and common viewers take
CHART = "chart:"
_NARROWEST = 6.0  # millimetres: two characters and the space between columns
_FEWEST = 12  # columns that every page takes
_ATTRIBUTES = ("id", "class", "lang")


def is_allowed_link(href: str) -> bool:
    """Whether an address may be a link: https, http, mailto or #fragment. All others are printed as text."""
    return len(href) <= _LONGEST_LINK and _ALLOWED_LINK.fullmatch(href) is not None


def columns_of(page: Theme) -> int:
    """Returns how many columns of a table a page takes."""
    return max(int((page.page_width - page.margin_left - page.margin_right) / _NARROWEST), _FEWEST)


@cache
def parser() -> MarkdownIt:
    """Returns the parser of the dialect, with its checks."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False)
    parser.use(attrs_plugin, spans=True, allowed=_ATTRIBUTES)
    parser.use(attrs_block_plugin, allowed=_ATTRIBUTES)
    parser.validateLink = _is_address  # type: ignore[method-assign]
    parser.core.ruler.push("check", _check)
    return parser


def _is_address(url: str) -> bool:
    """Lets all addresses pass, so that `_check` can tell a link (kept as text) from an image (an error)."""
    return bool(url)


def _check(state: StateCore) -> None:
    """Raises on forbidden images and repeated ids; takes the link marks off text that may not be a link."""
    # Where a note leads back to its call is for each edition to say (Word and PDF readers know how).
    state.tokens = [token for token in state.tokens if token.type != "footnote_anchor"]
    blocks = [token for token in state.tokens if token.children is not None]
    problems = [problem for block in blocks for problem in _forbidden_images(block)]
    ids = Counter(_ids(state.tokens))
    problems += _wide_tables(state)
    problems += [
        Problem(file="markdown", field=f"#{name}", message=f"The id '{name}' is used {count} times; use it once.")
        for name, count in ids.items()
        if count > 1
    ]
    if problems:
        raise BriefnoteError(problems)
    targets = {f"#{name}" for name in ids}
    for block in blocks:
        block.children = list(_without_dead_links(block.children or [], targets))


def _forbidden_images(block: Token) -> Iterator[Problem]:
    """Yields a problem for each image that is no `chart:ID`: nothing is fetched and no file is embedded."""
    line = block.map[0] + 1 if block.map else 0
    for token in block.children or []:
        source = str(token.attrs.get("src", ""))
        if token.type == "image" and not source.startswith(CHART):
            message = f"'{source}' cannot be shown. An image is a chart of the brief: ![what it says](chart:ID)."
            yield Problem(file="markdown", line=line, message=message)


def _wide_tables(state: StateCore) -> Iterator[Problem]:
    """Yields a problem for each table that nobody could read: its columns would be narrower than a word."""
    most, line, columns = state.env.get("columns"), 0, 0
    for token in state.tokens:
        if token.type == "table_open":
            line, columns = (token.map[0] + 1 if token.map else 0), 0
        columns += token.type == "th_open"
        if token.type == "thead_close" and most is not None and columns > most:
            message = f"This table has {columns} columns, and the page takes {most}; turn it round, or divide it."
            yield Problem(file="markdown", line=line, message=message)


def _ids(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.attrs.get("id"):
            yield str(token.attrs["id"])
        yield from _ids(token.children or [])


def _without_dead_links(tokens: list[Token], targets: set[str]) -> Iterator[Token]:
    """Yields the tokens, less the link marks around what may not be a link or leads nowhere."""
    is_dropped = False  # links do not nest, so that one flag pairs an opening mark with its closing one
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            is_dropped = not is_allowed_link(address) or (address.startswith("#") and address not in targets)
        if token.type in {"link_open", "link_close"} and is_dropped:
            continue
        yield token
