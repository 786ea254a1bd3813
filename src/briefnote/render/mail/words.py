"""The plain text of a mail, for those who read mail as text and for programs that show no HTML."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from markdown_it.tree import SyntaxTreeNode

from briefnote.model.edition import Document
from briefnote.render import tokens
from briefnote.render.furniture import date, marking, short_title
from briefnote.text import one_line

_WIDTH = 76  # characters: mail is quoted with "> " and still fits on 80
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNDERLINES = {1: "=", 2: "-"}


def mail_text(document: Document, above: Sequence[str] = ()) -> str:
    """Returns the brief as text in lines of at most 76 characters; a longer word, such as an address, is not broken.

    `above` are paragraphs that stand before the brief, below its marking. Below the headings of a table, its rows are
    set one after the other, each value after its column's heading; notes stand at the end.
    """
    tree = tokens.parse(document.markdown)
    writer = _TextWriter(document)
    notes = [f"{number}. {_indented(writer.blocks(nodes, 4), 4)}" for number, nodes in tokens.notes(tree).items()]
    label = [marking(document)] if marking(document) else []
    foot = f"{short_title(document)} · {date(document)}"
    headed = [_headed("Notes", 2), "\n".join(notes)] if notes else []
    opening = [*(_fill(one_line(paragraph), 0) for paragraph in above), *(["* * *"] if above else [])]
    return "\n\n".join([*label, *opening, *writer.each(tree.children, 0), *headed, foot, *label]) + "\n"


class _TextWriter:
    """Writes nodes as text. Blocks are given how many characters they will be indented by."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def each(self, nodes: Iterable[SyntaxTreeNode], indent: int) -> list[str]:
        """Returns the blocks that say anything, each as lines."""
        return [text for text in (self._block(node, indent) for node in nodes) if text]

    def blocks(self, nodes: Iterable[SyntaxTreeNode], indent: int) -> str:
        """Returns the blocks with an empty line between them."""
        return "\n\n".join(self.each(nodes, indent))

    def _block(self, node: SyntaxTreeNode, indent: int) -> str:
        match node.type:
            case "heading":
                return _headed(self._filled(node, indent), tokens.heading_level(node))
            case "paragraph":
                return "" if _is_moved(node) else self._filled(node, indent)
            case "bullet_list" | "ordered_list":
                return self._list(node, indent)
            case "blockquote":
                return textwrap.indent(self.blocks(node.children, indent + 2), "> ", lambda _: True)
            case "code_block" | "fence":
                return textwrap.indent(node.content.rstrip("\n"), "    ")
            case "hr":
                return "* * *"
            case "table":
                return self._table(node, indent)
            case "footnote_block":
                return ""
        raise tokens.unknown_type(node, "text")

    def _list(self, node: SyntaxTreeNode, indent: int) -> str:
        items = []
        for number, item in enumerate(node.children, int(node.attrs.get("start", 1))):
            mark = _mark(node, number)
            items.append(mark + _indented(self.blocks(item.children, indent + len(mark)), len(mark)))
        return "\n".join(item.rstrip() for item in items)

    def _table(self, node: SyntaxTreeNode, indent: int) -> str:
        head, *bodies = node.children
        headings = [self.inline(cell) for cell in head.children[0].children]
        rows = [row.children for body in bodies for row in body.children]
        captions = [self._filled(caption, indent) for caption in tokens.captions(node)]
        lines = [self._row(headings, row, indent) for row in rows]
        return "\n\n".join([*captions, _fill(" | ".join(headings), indent), *lines])

    def _row(self, headings: Sequence[str], cells: Sequence[SyntaxTreeNode], indent: int) -> str:
        """Returns the first cell on a line, and each other that says anything below it."""
        said = [self.inline(cell) for cell in cells]
        below = [f"{heading}: {text}" for heading, text in zip(headings[1:], said[1:], strict=True) if text.strip()]
        return "\n".join([_fill(said[0], indent), *(_indented(f"  {_fill(line, indent + 4)}", 4) for line in below)])

    def _filled(self, node: SyntaxTreeNode, indent: int) -> str:
        return _fill(self.inline(node), indent)

    def inline(self, node: SyntaxTreeNode) -> str:
        """Returns what stands within a block, a line feed where a line must end."""
        match node.type:
            case "text":
                return tokens.set_text(node)
            case "code_inline":
                return node.content
            case "softbreak":
                return " "
            case "hardbreak":
                return "\n"
            case "footnote_ref":
                return str(tokens.note_number(node)).translate(_RAISED)
            case "image":
                return tokens.plain_text(node) or tokens.chart_of(node, self._document.charts).alt
        said = "".join(self.inline(child) for child in node.children)
        return _with_address(said, tokens.href(node)) if node.type == "link" else said


def _with_address(said: str, address: str) -> str:
    """Returns the words of a link and where it leads; one within the text leads nowhere in a mail."""
    shown = address.removeprefix("mailto:")
    return said if address.startswith("#") or said in {address, shown} else f"{said} <{shown}>"


def _is_moved(node: SyntaxTreeNode) -> bool:
    """Whether a paragraph is the caption of a table, which is written with it."""
    below = node.next_sibling
    return below is not None and below.type == "table" and node in tokens.captions(below)


def _mark(node: SyntaxTreeNode, number: int) -> str:
    if node.type == "bullet_list":
        return "- "
    return f"[{number}] " if tokens.css_class(node) == "sources" else f"{number}. "


def _headed(text: str, level: int) -> str:
    longest = max(map(len, text.split("\n")))
    return f"{text}\n{longest * _UNDERLINES[level]}" if level in _UNDERLINES else text


def _indented(text: str, by: int) -> str:
    """Returns the text with all lines but the first indented."""
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"{by * ' '}{line}" if line else "" for line in rest)])


def _fill(text: str, indent: int) -> str:
    width = max(_WIDTH - indent, 20)
    lines = [textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n")]
    return "\n".join(line for wrapped in lines for line in wrapped)
