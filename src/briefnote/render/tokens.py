"""Markdown as a tree that every edition walks: one parser, one dialect, one set of rules on links and images.

The dialect (docs/templates.md) is CommonMark with tables, strikethrough, footnotes and attributes:
`{#id .class}` on the line before a block, `[text]{#id}` within one. Raw HTML is off. What the tree holds is
safe to render as it stands: a link is either internal, to an id that exists, or to an address with an allowed
scheme; an image is a chart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from briefnote.errors import BriefnoteError, Problem, did_you_mean
from briefnote.text import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

    from briefnote.model.brief import Chart

# An allow-list, because no block-list keeps up: markdown-it itself lets search-ms:, ms-word: and smb: pass.
# A host is a name without user and password: those serve to disguise, and Word rejects a file for a bad host.
_ALLOWED_LINK = re.compile(r"https?://[\w.-]+(:\d{1,5})?([/?#]\S*)?|mailto:[^@\s]+@\S+|#\S+", re.IGNORECASE)
_LONGEST_LINK = 2048  # characters; what Word and common viewers take
_CHART = "chart:"
_ATTRIBUTES = ("id", "class", "lang")
_BREAKS = {"softbreak": " ", "hardbreak": " "}


def parse(markdown: str) -> SyntaxTreeNode:
    """Returns the tree of the Markdown.

    Raises BriefnoteError, with all the problems there are, on images that are no charts and ids used twice.
    """
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(_parser().parse(clean(markdown)))


def is_allowed_link(href: str) -> bool:
    """Whether an address may be a link: https, http, mailto or #fragment. All others are printed as text."""
    return len(href) <= _LONGEST_LINK and _ALLOWED_LINK.fullmatch(href) is not None


def plain_text(node: SyntaxTreeNode) -> str:
    """Returns what the node says without marks: breaks are spaces, images their alt text, notes nothing."""
    if node.type in {"text", "code_inline", "code_block", "fence"}:
        return node.content
    return _BREAKS.get(node.type) or "".join(plain_text(child) for child in node.children)


def set_text(node: SyntaxTreeNode) -> str:
    """Returns the content of a `text` node on one line; a space before a citation does not break."""
    text, following = node.content.replace("\t", " "), node.next_sibling
    if text.endswith(" ") and following is not None and href(following).startswith("#"):
        return f"{text[:-1]}\u00a0"
    return text


def css_class(node: SyntaxTreeNode) -> str:
    """Returns the first class of the node, "" where it has none."""
    classes = _attribute(node, "class").split()
    return classes[0] if classes else ""


def anchor(node: SyntaxTreeNode) -> str:
    """Returns the id of the node, "" where it has none."""
    return _attribute(node, "id")


def sentences(node: SyntaxTreeNode) -> list[str]:
    """Returns the ids of the sentences that stand in the node: `[…]{#id .said}`."""
    return [anchor(span) for span in node.walk() if span.type == "span" and css_class(span) == "said" and anchor(span)]


def language(node: SyntaxTreeNode) -> str:
    """Returns the language of the node (`{lang=el}`), "" where it is that of the document."""
    return _attribute(node, "lang")


def href(node: SyntaxTreeNode) -> str:
    """Returns where a link goes: "#id" or an address of an allowed scheme."""
    return _attribute(node, "href")


def alignment(cell: SyntaxTreeNode) -> str:
    """Returns "left", "right" or "center" for a cell of a table, "" where the column does not say."""
    return _attribute(cell, "style").removeprefix("text-align:")


def heading_level(node: SyntaxTreeNode) -> int:
    """Returns 1 to 6 for a heading."""
    return int(node.tag[1])


def note_number(node: SyntaxTreeNode) -> int:
    """Returns the number, from 1, that a `footnote_ref` or `footnote` is printed with."""
    return int(node.meta["id"]) + 1


def is_repeated_reference(node: SyntaxTreeNode) -> bool:
    """Whether a `footnote_ref` points at a note that an earlier one has called already."""
    return bool(node.meta["subId"])


def notes(tree: SyntaxTreeNode) -> dict[int, tuple[SyntaxTreeNode, ...]]:
    """Returns, for the number of each footnote, the blocks it holds."""
    blocks = [block for block in tree.children if block.type == "footnote_block"]
    return {note_number(note): tuple(note.children) for block in blocks for note in block.children}


def repeated_notes(tree: SyntaxTreeNode) -> set[int]:
    """Returns the numbers of the footnotes that are called more than once."""
    calls = (node for node in tree.walk() if node.type == "footnote_ref")
    return {note_number(call) for call in calls if is_repeated_reference(call)}


def figure(node: SyntaxTreeNode) -> SyntaxTreeNode | None:
    """Returns the image of a paragraph that holds an image and nothing else, None for any other node."""
    if node.type != "paragraph":
        return None
    inlines = [node for node in node.children[0].children if node.type != "text" or node.content.strip()]
    return inlines[0] if len(inlines) == 1 and inlines[0].type == "image" else None


def is_caption(node: SyntaxTreeNode | None) -> bool:
    """Whether the node is a paragraph with class `caption`: above a table or below a figure."""
    return node is not None and node.type == "paragraph" and css_class(node) == "caption"


def captions(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    """Returns the caption of a table (above it) or a figure (below it), in a list that is empty without one.

    Between a figure and a table, a caption is the table's.
    """
    if node.type == "table":
        beside = node.previous_sibling
    elif figure(node) and not (node.next_sibling and _is_above_table(node.next_sibling)):
        beside = node.next_sibling
    else:
        beside = None
    return [beside] if beside is not None and is_caption(beside) else []


def chart_of(image: SyntaxTreeNode, charts: Mapping[str, Chart]) -> Chart:
    """Returns the chart an image names; raises BriefnoteError where the document has none of that id."""
    identifier = unquote(_attribute(image, "src").removeprefix(_CHART))
    if identifier not in charts:
        message = f"There is no chart '{identifier}'.{did_you_mean(identifier, charts)}"
        raise BriefnoteError([Problem(file="markdown", field=f"chart:{identifier}", message=message)])
    return charts[identifier]


def unknown_type(node: SyntaxTreeNode, edition: str) -> BriefnoteError:
    """Returns the error for a node that an edition has no method for."""
    return BriefnoteError(f"The {edition} edition cannot print Markdown of type '{node.type}'.")


@cache
def _parser() -> MarkdownIt:
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
        if token.type == "image" and not source.startswith(_CHART):
            message = f"'{source}' cannot be shown. An image is a chart of the brief: ![what it says](chart:ID)."
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


def _is_above_table(node: SyntaxTreeNode) -> bool:
    return node.next_sibling is not None and node.next_sibling.type == "table"


def _attribute(node: SyntaxTreeNode, name: str) -> str:
    return "" if node.is_root else str(node.attrs.get(name, ""))
