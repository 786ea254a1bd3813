"""The text of the brief: one method per block type of the Markdown tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markdown_it.tree import SyntaxTreeNode

from briefnote.model.value import Value
from briefnote.render import tokens
from briefnote.render.word import numbering, tables
from briefnote.render.word.footnotes import note, note_mark
from briefnote.render.word.frame import Frame, Text
from briefnote.render.word.inlines import Inlines, Links
from briefnote.render.word.styles import heading_style
from briefnote.render.word.wordml import PLAIN, Look, break_run, link, paragraph, text_run

_STYLES = {
    "basis": "Basis",
    "caption": "Caption",
    "changes": "Changes",
    "empty": "NothingFound",
    "lead": "BottomLine",
    "subtitle": "Subtitle",
}
_NONE: Mapping[int, str] = {}
_BACK = Look(style="Citation")
_UP = "\u00a0↑"  # a sign that Calibri and Cambria have


class _Column:
    """Where blocks are written one below the other: the body or a note.

    `mark` is what the first paragraph opens with, `anchors` the bookmarks that the next one opens with.
    """

    def __init__(self, mark: str = "") -> None:
        self.blocks: list[str] = []
        self.mark = mark
        self.anchors = ""
        self.ends_in_table = False

    def opening(self) -> str:
        """Returns what the next paragraph opens with, once."""
        made, self.mark, self.anchors = self.mark + self.anchors, "", ""
        return made

    def add(self, block: str, *, is_table: bool = False) -> None:
        """Adds a paragraph or a table."""
        self.blocks.append(block)
        self.ends_in_table = is_table

    def close_table(self) -> None:
        """Parts a table from what would merge with it, or from the end, where Word must have a paragraph."""
        if self.ends_in_table:
            self.add(paragraph("Normal", "", '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>'))


class _Place(Value):
    """Where a block goes: into which column, in what style, and how deep in lists.

    `number` is the list whose next item the next paragraph opens, None where no item is to be opened; `ending` is what
    that paragraph ends with. `is_kept` keeps a paragraph on the page of the next.
    """

    column: _Column
    inlines: Inlines
    style: str = "Normal"
    depth: int = -1
    number: int | None = None
    ending: str = ""
    is_kept: bool = False

    @property
    def indent(self) -> int:
        """Returns how far, in twips, a paragraph that opens no item is set in."""
        in_list = numbering.indent(self.depth) if self.depth >= 0 else 0
        return in_list + numbering.STEP if in_list and self.style == "Quote" else in_list


class Additions(Value):
    """What the text has beyond its Markdown.

    `before` maps a heading (by `id` of its node) to blocks that stand before it, `marks` to the bookmark around it;
    headings of `on_new_page` begin a page. `ways_back` maps an item of the sources to the bookmark it leads back to.
    """

    before: Mapping[int, str] = _NONE
    marks: Mapping[int, str] = _NONE
    on_new_page: frozenset[int] = frozenset()
    ways_back: Mapping[int, str] = _NONE


class Body:
    """Writes a Markdown tree as the body and the footnotes of a frame."""

    def __init__(self, frame: Frame, links: Links, additions: Additions) -> None:
        self._frame = frame
        self._links = links
        self._additions = additions

    def text(self, tree: SyntaxTreeNode, body: Inlines, notes: Inlines, called: list[int]) -> Text:
        """Returns all blocks in order, and the notes that they called: `body` adds their numbers to `called`."""
        column = _Column()
        self._blocks(tree.children, _Place(column, body))
        column.close_table()
        found = tokens.notes(tree)
        return Text("".join(column.blocks), "".join(self._note(number, found[number], notes) for number in called))

    def heading(self, node: SyntaxTreeNode, place: _Place) -> None:
        before = self._additions.before.get(id(node))
        if before:
            place.column.close_table()
            place.column.add(before)
        is_first = ("<w:pageBreakBefore/>",) if id(node) in self._additions.on_new_page else ()
        style = heading_style(tokens.heading_level(node))
        self._paragraph(node, place.changed(style=style), self._additions.marks.get(id(node)), *is_first)

    def paragraph(self, node: SyntaxTreeNode, place: _Place) -> None:
        style = _STYLES.get(tokens.css_class(node), place.style)
        following = node.next_sibling
        if tokens.figure(node):
            place = place.changed(style="Figure", is_kept=bool(tokens.captions(node)))
        elif style == "Caption" and following is not None and following.type == "table":
            place = place.changed(style=style, is_kept=True)
        else:
            place = place.changed(style=style)
        self._paragraph(node, place)

    def bullet_list(self, node: SyntaxTreeNode, place: _Place) -> None:
        self._list(node, place)

    def ordered_list(self, node: SyntaxTreeNode, place: _Place) -> None:
        self._list(node, place)

    def blockquote(self, node: SyntaxTreeNode, place: _Place) -> None:
        self._blocks(node.children, place.changed(style="Quote"))

    def code_block(self, node: SyntaxTreeNode, place: _Place) -> None:
        lines = node.content.rstrip("\n").expandtabs(4).split("\n")
        self._open(place.changed(style="CodeBlock"), break_run().join(text_run(line) for line in lines))

    def fence(self, node: SyntaxTreeNode, place: _Place) -> None:
        self.code_block(node, place)

    def hr(self, _: SyntaxTreeNode, place: _Place) -> None:
        self._open(place.changed(style="Rule"))

    def table(self, node: SyntaxTreeNode, place: _Place) -> None:
        column = place.column
        if column.mark:  # a note that begins with a table: its number stands before it
            self._open(place.changed(number=None))
        rows = [row for part in node.children for row in part.children]
        texts = [[tokens.plain_text(cell) for cell in row.children] for row in rows]
        widths = tables.column_widths(texts, self._frame.width - place.indent)
        caption = "".join(tokens.plain_text(above) for above in tokens.captions(node))
        column.close_table()
        written = [
            tables.row(
                self._cells(row, widths, place, is_kept=tables.is_kept_with_next(index, len(rows))),
                is_header=index == 0,
                lines=tables.line_count(texts[index], widths),
            )
            for index, row in enumerate(rows)
        ]
        column.add(tables.table("".join(written), widths, caption, place.indent), is_table=True)

    def footnote_block(self, node: SyntaxTreeNode, place: _Place) -> None:
        """Writes nothing here: the notes go where Word keeps them."""

    def _blocks(self, nodes: Iterable[SyntaxTreeNode], place: _Place) -> None:
        for node in nodes:
            method = getattr(self, node.type, None)
            if method is None:
                raise tokens.unknown_type(node, "Word")
            if identifier := tokens.anchor(node):
                place.column.anchors += self._links.bookmarks.around(self._links.bookmarks.name(identifier))
            method(node, place)
            place = place.changed(number=None, ending="")

    def _paragraph(self, node: SyntaxTreeNode, place: _Place, mark: str | None = None, *properties: str) -> None:
        look = Look(language=tokens.language(node))
        content = place.inlines.written(node, look, self._frame.width - place.indent)
        self._open(place, self._links.bookmarks.around(mark, content) if mark else content, *properties)

    def _open(self, place: _Place, content: str = "", *properties: str) -> None:
        """Adds a paragraph at the place; in a list it opens an item or is set in as one."""
        column = place.column
        found = _properties(place, properties)
        column.add(paragraph(place.style, column.opening() + content + place.ending, *found))

    def _list(self, node: SyntaxTreeNode, place: _Place) -> None:
        is_ordered = node.type == "ordered_list"
        depth = min(place.depth + 1, 8)
        kind = numbering.kind_of(tokens.css_class(node), is_ordered, depth)
        if place.number is not None:  # "- 1. text": the outer item has nothing but this list
            self._open(place)
        number = self._frame.lists.new(kind, int(node.attrs.get("start", 1)), depth)
        for item in node.children:
            inside = place.changed(
                style=kind.style, depth=depth, number=number, ending=self._way_back(item), is_kept=False
            )
            if not item.children or item.children[0].type not in {"paragraph", "heading"}:
                self._open(inside)
                inside = inside.changed(number=None, ending="")
            self._blocks(item.children, inside)

    def _way_back(self, item: SyntaxTreeNode) -> str:
        """Returns the link from a source to where it is cited first."""
        name = self._additions.ways_back.get(id(item))
        return link(name, text_run(_UP, _BACK), is_internal=True, tip="To the first citation") if name else ""

    def _cells(self, row: SyntaxTreeNode, widths: list[int], place: _Place, *, is_kept: bool) -> str:
        kept = ("<w:keepNext/>",) if is_kept else ()
        cells = []
        for cell, width in zip(row.children, widths, strict=True):
            align = tokens.alignment(cell)
            aligned = (f'<w:jc w:val="{align}"/>',) if align in {"right", "center"} else ()
            content = place.column.opening() + place.inlines.written(cell, PLAIN, max(width - 160, 400))
            style = "TableHeading" if cell.type == "th" else "TableText"
            cells.append(tables.cell(paragraph(style, content, *kept, *aligned), width))
        return "".join(cells)

    def _note(self, number: int, blocks: tuple[SyntaxTreeNode, ...], inlines: Inlines) -> str:
        column = _Column(mark=note_mark())
        place = _Place(column, inlines, style="FootnoteText")
        self._blocks(blocks, place)
        column.close_table()
        if column.mark:
            self._open(place)
        return note(number, "".join(column.blocks))


def _properties(place: _Place, more: tuple[str, ...]) -> list[str]:
    """Returns what a paragraph at the place needs beyond its style, in the order of the schema."""
    made = ["<w:keepNext/>"] if place.is_kept else []
    made += more
    if place.number is not None:
        made.append(f'<w:numPr><w:ilvl w:val="{place.depth}"/><w:numId w:val="{place.number}"/></w:numPr>')
    if place.column.ends_in_table and place.style not in {"Heading1", "Heading2"}:
        made.append('<w:spacing w:before="200"/>')
    if place.number is None and place.indent:
        made.append(f'<w:ind w:left="{place.indent}"/>')
    return made
