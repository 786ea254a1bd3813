"""A Markdown tree as blocks, with the structure tree that a screen reader reads: one method a node type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefnote.model.edition import Document, Theme
from briefnote.render import tokens
from briefnote.render.pdf import tables
from briefnote.render.pdf.contents import Heading
from briefnote.render.pdf.figures import figure
from briefnote.render.pdf.inlines import Inlines, look, note_anchor, reference_anchor
from briefnote.render.pdf.layout import Block, Bookmark, Fill, Run, Slice, Text
from briefnote.render.pdf.paragraphs import blank, labelled, marked, paragraph, with_bookmark, with_gaps
from briefnote.render.pdf.structure import Element
from briefnote.render.pdf.styles import POINTS_PER_MM, Style, styles
from briefnote.render.typeface import Typesetter

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_INDENT = 17.0  # of a list item's text, and of a quotation
_NOTE_INDENT = 10.0
_PARAGRAPHS = frozenset({"subtitle", "basis", "lead", "caption", "empty", "changes"})
_LISTS = frozenset({"judgements", "sources", "findings", "watch"})


@dataclass(frozen=True)
class Place:
    """Where blocks go: their parent in the structure tree, their left edge and width, and their style."""

    element: Element
    left: float
    width: float
    style: str = "body"


@dataclass(frozen=True)
class Story:
    """All there is to print: the text, the lines of each footnote, the root of the structure tree, the headings."""

    blocks: tuple[Block, ...]
    notes: Mapping[int, Sequence[Slice]]
    root: Element
    headings: tuple[Heading, ...]


def tell(document: Document, theme: Theme, typesetter: Typesetter) -> Story:
    """Returns the document's Markdown as a story; raises BriefnoteError on what cannot be printed."""
    tree = tokens.parse(document.markdown, theme)
    teller = _Teller(document, theme, typesetter, tokens.notes(tree))
    root = Element("Document")
    width = (theme.page_width - theme.margin_left - theme.margin_right) * POINTS_PER_MM
    blocks = teller.blocks(tree.children, Place(root, 0.0, width))
    return Story(tuple(blocks), teller.notes, root, tuple(teller.headings))


class _Teller:
    """Sets block nodes. The methods named after node types each return blocks."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        typesetter: Typesetter,
        sources: Mapping[int, Sequence[SyntaxTreeNode]],
    ) -> None:
        self.notes: dict[int, list[Slice]] = {}
        self.headings: list[Heading] = []
        self._document = document
        self._theme = theme
        self._typesetter = typesetter
        self._sources = sources
        self._styles = styles(theme)
        self._inlines = Inlines(typesetter, theme)
        self._levels: list[int] = []  # of the headings we are under
        self._captioned: Element | None = None  # a table whose caption has been set

    def blocks(self, nodes: Iterable[SyntaxTreeNode], place: Place) -> list[Block]:
        """Returns the blocks of the nodes in order."""
        blocks: list[Block] = []
        for node in nodes:
            method: Callable[[SyntaxTreeNode, Place], list[Block]] | None = getattr(self, node.type, None)
            if method is None:
                raise tokens.unknown_type(node, "PDF")
            blocks += marked(node, method(node, place))
        return blocks

    def heading(self, node: SyntaxTreeNode, place: Place) -> list[Block]:
        """PDF/UA-1 wants levels without gaps, whatever the template does: the depth counts, not the level.

        A heading without text is none, and has no level.
        """
        level = tokens.heading_level(node)
        style = self._styles[f"h{min(level, 4)}"]
        element = Element("P", place.element)
        runs = self._runs(node, style, element, place)
        block = paragraph(runs, style, place.left, place.width)
        name = tokens.anchor(node) or f"heading {len(self.headings) + 1}"
        if not any(run.text for run in runs):
            return [with_bookmark(block, Bookmark(name))]
        self._levels = [*(above for above in self._levels if above < level), level]
        depth = len(self._levels)
        element.tag = f"H{depth}"
        bookmark = Bookmark(name, tokens.plain_text(node).strip() or "–", depth - 1)
        self.headings.append(Heading(depth, element, bookmark))
        return [with_bookmark(block, bookmark)]

    def paragraph(self, node: SyntaxTreeNode, place: Place) -> list[Block]:
        image = tokens.figure(node)
        if image is not None:
            return [self._figure(image, place, keeps_next=tokens.is_caption(node.next_sibling))]
        if tokens.is_caption(node) and node.next_sibling is not None and node.next_sibling.type == "table":
            return [self._table_caption(node, place)]
        kind = tokens.css_class(node)
        style = self._styles[kind if kind in _PARAGRAPHS else place.style]
        runs = self._runs(node, style, Element("P", place.element), place)
        return [paragraph(runs, style, place.left, place.width)]

    def bullet_list(self, node: SyntaxTreeNode, place: Place) -> list[Block]:
        return self._list(node, place, ["•"] * len(node.children), "Disc")

    def ordered_list(self, node: SyntaxTreeNode, place: Place) -> list[Block]:
        start = int(node.attrs.get("start", 1))
        form = "[{}]" if tokens.css_class(node) == "sources" else "{}."  # as the text cites them
        labels = [form.format(start + index) for index in range(len(node.children))]
        return self._list(node, place, labels, "Decimal")

    def blockquote(self, node: SyntaxTreeNode, place: Place) -> list[Block]:
        element = Element("BlockQuote", place.element)
        inner = Place(element, place.left + _INDENT, place.width - 2 * _INDENT, "quote")
        return self.blocks(node.children, inner)

    def hr(self, _node: SyntaxTreeNode, place: Place) -> list[Block]:
        rule = Fill(place.left, 0, place.width, 0.5, self._theme.rule)
        return [Block((Slice(0.5, (rule,)),), before=8.0, after=8.0)]

    def code_block(self, node: SyntaxTreeNode, place: Place) -> list[Block]:
        """Keeps line ends and indents; lines that are too long go on on the next."""
        style = self._styles["code"]
        text = node.content.rstrip("\n").replace("\t", "    ").replace(" ", "\xa0")
        element = Element("Code", Element("P", place.element))
        runs = list(self._inlines.plain(text, look(style, element)))
        return [paragraph(runs, style, place.left + _INDENT, place.width - _INDENT)]

    fence = code_block

    def table(self, node: SyntaxTreeNode, place: Place) -> list[Block]:
        element = self._captioned or Element("Table", place.element)
        self._captioned = None
        head: list[tables.Row] = []
        body: list[tables.Row] = []
        for part in node.children:
            rows = [self._table_row(row, Element("TR", element), place) for row in part.children]
            (head if part.type == "thead" else body).extend(rows)
        looks = tables.Looks(self._styles["head"], self._styles["cell"], self._theme)
        return [tables.table(head, body, place.left, place.width, looks)]

    def footnote_block(self, _node: SyntaxTreeNode, _place: Place) -> list[Block]:
        return []  # each note is printed with the text that calls it

    def _runs(self, node: SyntaxTreeNode, style: Style, element: Element, place: Place) -> list[Run]:
        """Returns the runs of a node and sets the notes they call, which come after it in the tree."""
        runs = self._inlines.runs(node, look(style, element))
        for run in runs:
            if run.note and run.note not in self.notes:
                self._note(run.note, place.element)
        return runs

    def _note(self, number: int, parent: Element) -> None:
        """Sets a note; the number before it leads back to the text."""
        self.notes[number] = []  # before its text is set, so that notes that call one another end
        style = self._styles["note"]
        element = Element("Note", parent, id=note_anchor(number))
        link = Element("Link", Element("Lbl", element))
        label = self._inlines.note_number(number, look(style, link), f"#{reference_anchor(number)}")
        width = (self._theme.page_width - self._theme.margin_left - self._theme.margin_right) * POINTS_PER_MM
        place = Place(element, _NOTE_INDENT, width - _NOTE_INDENT, "note")
        first, *rest = self.blocks(self._sources.get(number, ()), place) or [blank(style)]
        labelled_first = labelled(first, Text(0.0, style.baseline, tuple(label)))
        blocks = [with_bookmark(labelled_first, Bookmark(note_anchor(number))), *rest]
        slices = [piece for block in blocks for piece in with_gaps(block)]
        self.notes[number] = slices

    def _figure(self, image: SyntaxTreeNode, place: Place, keeps_next: bool) -> Block:
        chart = tokens.chart_of(image, self._document.charts)
        alt = tokens.plain_text(image).strip() or chart.alt or chart.title
        element = Element("Figure", place.element, alt=alt)
        return figure(
            chart,
            self._theme,
            self._typesetter,
            element=element,
            left=place.left,
            width=place.width,
            keeps_next=keeps_next,
        )

    def _table_caption(self, node: SyntaxTreeNode, place: Place) -> Block:
        self._captioned = Element("Table", place.element)
        style = replace(self._styles["caption"], keeps_next=True)
        runs = self._runs(node, style, Element("Caption", self._captioned), place)
        return paragraph(runs, style, place.left, place.width)

    def _table_row(self, row: SyntaxTreeNode, element: Element, place: Place) -> tables.Row:
        return tuple(self._table_cell(cell, element, place) for cell in row.children)

    def _table_cell(self, cell: SyntaxTreeNode, row: Element, place: Place) -> tables.Cell:
        is_head = cell.type == "th"
        scope = {"Table": "/Scope /Column"} if is_head else {}
        box = Element("TH" if is_head else "TD", row, attributes=scope)
        style = self._styles["head" if is_head else "cell"]
        runs = self._runs(cell, style, Element("P", box), replace(place, element=box))
        return tables.Cell(tuple(runs), tokens.alignment(cell))

    def _list(self, node: SyntaxTreeNode, place: Place, labels: Sequence[str], numbering: str) -> list[Block]:
        kind = tokens.css_class(node)
        is_tight = any(child.hidden for item in node.children for child in item.children)
        plain = "tight" if is_tight and place.style == "body" else place.style
        style = kind if kind in _LISTS else plain
        whole = Element("L", place.element, attributes={"List": f"/ListNumbering /{numbering}"})
        blocks: list[Block] = []
        for item, label in zip(node.children, labels, strict=True):
            entry = Element("LI", whole)
            mark = self._label(label, Element("Lbl", entry), place, style)
            inner = Place(Element("LBody", entry), place.left + _INDENT, place.width - _INDENT, style)
            first, *rest = self.blocks(item.children, inner) or [blank(self._styles[style])]
            blocks += [labelled(first, mark), *rest]
        after = max(blocks[-1].after, self._styles["body"].after)
        return [*blocks[:-1], replace(blocks[-1], after=after)]

    def _label(self, label: str, element: Element, place: Place, kind: str) -> Text:
        """Returns the bullet or number of a list item; the number of a judgement stands out."""
        style = self._styles[kind]
        if kind == "judgements":
            style = replace(style, family="Sans", is_bold=True, colour=self._theme.accent)
        left = place.left + (4.0 if label == "•" else 0.0)
        return Text(left, style.baseline, tuple(self._inlines.plain(f"{label} ", look(style, element))))
