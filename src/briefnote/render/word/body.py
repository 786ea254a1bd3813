"""The text of the brief: one method per block type of the Markdown tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count

from docx.document import Document as Package
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml.etree import _Element
from markdown_it.tree import SyntaxTreeNode

from briefnote.model.edition import Document, Theme
from briefnote.render import tokens
from briefnote.render.word import numbering, tables
from briefnote.render.word.edges import text_width
from briefnote.render.word.footnotes import Footnotes, note_mark
from briefnote.render.word.inlines import Inlines
from briefnote.render.word.styles import heading_style
from briefnote.render.word.wordml import Look, break_run, element, paragraph, text_run

_STYLES = {
    "basis": "Basis",
    "caption": "Caption",
    "changes": "Changes",
    "empty": "NothingFound",
    "lead": "BottomLine",
    "subtitle": "Subtitle",
}
_PLAIN = Look()


@dataclass(frozen=True)
class _Place:
    """Where blocks go: into which element, in what style, and how deep in lists.

    `number` is the list whose next item the next paragraph opens, None where no item is to be opened.
    `is_kept` keeps a paragraph on the page of the next; `is_after_table` gives it the space a table lacks.
    """

    into: BaseOxmlElement
    inlines: Inlines
    style: str = "Normal"
    depth: int = -1
    number: int | None = None
    is_kept: bool = False
    is_after_table: bool = False

    @property
    def indent(self) -> int:
        """Returns how far, in twips, a paragraph that opens no item is set in."""
        in_list = numbering.indent(self.depth) if self.depth >= 0 else 0
        return in_list + numbering.STEP if in_list and self.style == "Quote" else in_list


class Body:
    """Writes a Markdown tree into the body of a package, and its notes into the footnotes part."""

    def __init__(self, package: Package, document: Document, theme: Theme) -> None:
        self._package = package
        self._document = document
        self._theme = theme
        self._bookmarks = count(1)
        self._footnotes = Footnotes.of(package)

    def write(self, tree: SyntaxTreeNode) -> None:
        """Writes all blocks in order, then the notes that they called."""
        called: list[int] = []
        body = self._package.element.body
        section = body[-1]
        body.remove(section)
        inlines = Inlines(
            self._package.part,
            self._document,
            self._theme,
            bookmarks=lambda: next(self._bookmarks),
            call_note=called.append,
            repeated_notes=frozenset(tokens.repeated_notes(tree)),
        )
        self._blocks(tree.children, _Place(body, inlines))
        _close_table(body)
        body.append(section)
        self._write_notes(tokens.notes(tree), called)

    def heading(self, node: SyntaxTreeNode, place: _Place) -> None:
        self._paragraph(node, replace(place, style=heading_style(tokens.heading_level(node))))

    def paragraph(self, node: SyntaxTreeNode, place: _Place) -> None:
        style = _STYLES.get(tokens.css_class(node), place.style)
        following = node.next_sibling
        if tokens.figure(node):
            place = replace(place, style="Figure", is_kept=bool(tokens.captions(node)))
        elif style == "Caption" and following is not None and following.type == "table":
            place = replace(place, style=style, is_kept=True)
        else:
            place = replace(place, style=style)
        self._paragraph(node, place)

    def bullet_list(self, node: SyntaxTreeNode, place: _Place) -> None:
        self._list(node, place)

    def ordered_list(self, node: SyntaxTreeNode, place: _Place) -> None:
        self._list(node, place)

    def blockquote(self, node: SyntaxTreeNode, place: _Place) -> None:
        self._blocks(node.children, replace(place, style="Quote"))

    def code_block(self, node: SyntaxTreeNode, place: _Place) -> None:
        made = self._open(replace(place, style="CodeBlock"))
        for number, line in enumerate(node.content.rstrip("\n").expandtabs(4).split("\n")):
            if number:
                made.append(break_run(_PLAIN))
            made.append(text_run(line, _PLAIN))

    def fence(self, node: SyntaxTreeNode, place: _Place) -> None:
        self.code_block(node, place)

    def hr(self, _: SyntaxTreeNode, place: _Place) -> None:
        self._open(replace(place, style="Rule"))

    def table(self, node: SyntaxTreeNode, place: _Place) -> None:
        rows = [row for part in node.children for row in part.children]
        texts = [[tokens.plain_text(cell) for cell in row.children] for row in rows]
        widths = tables.column_widths(texts, text_width(self._theme) - place.indent)
        caption = "".join(tokens.plain_text(above) for above in tokens.captions(node))
        _close_table(place.into)
        made = tables.table(widths, caption, place.indent)
        place.into.append(made)
        for index, row in enumerate(rows):
            lines = tables.line_count(texts[index], widths)
            line = tables.row(is_header=index == 0, lines=lines)
            made.append(line)
            self._cells(row, line, widths, place, tables.is_kept_with_next(index, len(rows)))

    def footnote_block(self, node: SyntaxTreeNode, place: _Place) -> None:
        """Writes nothing here: the notes go where Word keeps them."""

    def _blocks(self, nodes: Iterable[SyntaxTreeNode], place: _Place) -> None:
        for node in nodes:
            method = getattr(self, node.type, None)
            if method is None:
                raise tokens.unknown_type(node, "Word")
            is_after_table = len(place.into) > 0 and place.into[-1].tag == qn("w:tbl")
            method(node, replace(place, is_after_table=is_after_table))
            place = replace(place, number=None)

    def _paragraph(self, node: SyntaxTreeNode, place: _Place) -> None:
        place.inlines.children(node, self._open(place), Look(language=tokens.language(node)))

    def _open(self, place: _Place) -> BaseOxmlElement:
        """Returns a new paragraph at the place; in a list it opens an item or is set in as one."""
        made = paragraph(place.style, *_properties(place))
        place.into.append(made)
        return made

    def _list(self, node: SyntaxTreeNode, place: _Place) -> None:
        is_ordered = node.type == "ordered_list"
        depth = min(place.depth + 1, 8)
        kind = numbering.kind_of(tokens.css_class(node), is_ordered, depth)
        if place.number is not None:  # "- 1. text": the outer item has nothing but this list
            self._open(place)
        number = numbering.new_list(self._package, kind, int(node.attrs.get("start", 1)), depth)
        for item in node.children:
            inside = replace(place, style=kind.style, depth=depth, number=number)
            if not item.children or item.children[0].type not in {"paragraph", "heading"}:
                self._open(inside)
                inside = replace(inside, number=None)
            self._blocks(item.children, inside)

    def _cells(
        self, row: SyntaxTreeNode, into: BaseOxmlElement, widths: list[int], place: _Place, is_kept: bool
    ) -> None:
        for cell, width in zip(row.children, widths, strict=True):
            align = tokens.alignment(cell)
            properties = [element("w:keepNext")] if is_kept else []
            properties += [element("w:jc", w_val=align)] if align in {"right", "center"} else []
            line = paragraph("TableHeading" if cell.type == "th" else "TableText", *properties)
            place.inlines.children(cell, line, _PLAIN)
            box = tables.cell(width)
            box.append(line)
            into.append(box)

    def _write_notes(self, notes: dict[int, tuple[SyntaxTreeNode, ...]], called: list[int]) -> None:
        inlines = Inlines(self._footnotes, self._document, self._theme, bookmarks=lambda: next(self._bookmarks))
        for number in called:
            note = self._footnotes.add(number)
            self._blocks(notes[number], _Place(note, inlines, style="FootnoteText"))
            _close_table(note)
            if len(note) == 0 or note[0].tag != qn("w:p"):
                note.insert(0, paragraph("FootnoteText"))
            _mark_note(note[0])


def _properties(place: _Place) -> list[BaseOxmlElement]:
    """Returns what a paragraph at the place needs beyond its style, in the order of the schema."""
    made = [element("w:keepNext")] if place.is_kept else []
    if place.number is not None:
        level = element("w:ilvl", w_val=place.depth)
        made.append(element("w:numPr", level, element("w:numId", w_val=place.number)))
    if place.is_after_table and place.style not in {"Heading1", "Heading2"}:
        made.append(element("w:spacing", w_before=200))
    if place.number is None and place.indent:
        made.append(element("w:ind", w_left=place.indent))
    return made


def _close_table(into: BaseOxmlElement) -> None:
    """Parts a table from what would merge with it, or from the end, where Word must have a paragraph."""
    if len(into) and into[-1].tag == qn("w:tbl"):
        spacing = element("w:spacing", w_before=0, w_after=0, w_line=120, w_lineRule="exact")
        into.append(paragraph("Normal", spacing))


def _mark_note(first: _Element) -> None:
    """Sets the number of the note before what its first paragraph says."""
    properties = first.find(qn("w:pPr"))
    position = 0 if properties is None else 1
    for offset, run in enumerate(note_mark()):
        first.insert(position + offset, run)
