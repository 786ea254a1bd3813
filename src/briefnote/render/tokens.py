"""Markdown as a tree that every edition walks: one parser, one dialect, one set of rules on links and images.

The dialect (docs/templates.md) is CommonMark with tables, strikethrough, footnotes and attributes:
`{#id .class}` on the line before a block, `[text]{#id}` within one. Raw HTML is off. What the tree holds is
safe to render as it stands: a link is either internal, to an id that exists, or to an address with an allowed
scheme; an image is a chart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from briefnote.errors import BriefnoteError, Problem, did_you_mean
from briefnote.render.dialect import CHART, columns_of, parser
from briefnote.text import clean

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

    from briefnote.model.brief import Chart
    from briefnote.model.edition import Theme

_BREAKS = {"softbreak": " ", "hardbreak": " "}


def parse(markdown: str, page: Theme | None = None) -> SyntaxTreeNode:
    """Returns the tree of the Markdown.

    Raises BriefnoteError, with all the problems there are, on images that are no charts, ids used twice, and tables of
    more columns than a page takes, where one is given.
    """
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(parser().parse(clean(markdown), {"columns": columns_of(page)} if page else {}))


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
    identifier = unquote(_attribute(image, "src").removeprefix(CHART))
    if identifier not in charts:
        message = f"There is no chart '{identifier}'.{did_you_mean(identifier, charts)}"
        raise BriefnoteError([Problem(file="markdown", field=f"chart:{identifier}", message=message)])
    return charts[identifier]


def unknown_type(node: SyntaxTreeNode, edition: str) -> BriefnoteError:
    """Returns the error for a node that an edition has no method for."""
    return BriefnoteError(f"The {edition} edition cannot print Markdown of type '{node.type}'.")


def _is_above_table(node: SyntaxTreeNode) -> bool:
    return node.next_sibling is not None and node.next_sibling.type == "table"


def _attribute(node: SyntaxTreeNode, name: str) -> str:
    return "" if node.is_root else str(node.attrs.get(name, ""))
