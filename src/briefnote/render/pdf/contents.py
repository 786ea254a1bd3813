"""The contents list of a long document, with the page of each section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefnote.model.edition import Theme
from briefnote.render.pdf.inlines import Inlines, look
from briefnote.render.pdf.layout import Block, Bookmark, Item, Leader, Page, Slice, Text
from briefnote.render.pdf.lines import break_lines, natural_width
from briefnote.render.pdf.paragraphs import paragraph, with_bookmark
from briefnote.render.pdf.structure import Element
from briefnote.render.pdf.styles import POINTS_PER_MM, Style, styles
from briefnote.render.typeface import Typesetter

_TITLE = "Contents"
_NAME = "contents list"  # no id of the Markdown dialect holds a space
_INDENT = 14.0  # of what is below a section
_GAP = 6.0  # between title and leader, leader and page number
_WIDEST_NUMBER = "0000"


@dataclass(frozen=True)
class Heading:
    """A heading of the text: how deep it is (from 1), where it stands in the tree, and its place."""

    depth: int
    element: Element
    bookmark: Bookmark


def listed(headings: Sequence[Heading]) -> list[Heading]:
    """Returns the headings that a contents list names: two levels, without those in lists and quotations.

    A single heading of the first level is the title of the document, which nobody looks up.
    """
    top = [heading for heading in headings if heading.element.parent and heading.element.parent.parent is None]
    if sum(heading.depth == 1 for heading in top) == 1:
        top = [heading for heading in top if heading.depth > 1]
    highest = min((heading.depth for heading in top), default=1)
    return [heading for heading in top if heading.depth < highest + 2]


class Contents:
    """The contents list of some headings. It is as high with page numbers as without."""

    def __init__(self, headings: Sequence[Heading], theme: Theme, typesetter: Typesetter) -> None:
        self._headings = headings
        self._inlines = Inlines(typesetter, theme)
        self._styles = styles(theme)
        self._width = (theme.page_width - theme.margin_left - theme.margin_right) * POINTS_PER_MM
        first = headings[0]
        self._highest = min(heading.depth for heading in headings)
        self._title = Element(f"H{self._highest}")
        self._tree = Element("TOC")
        for element in (self._title, self._tree):
            element.stand_before(first.element)
        self._links = self._grow()

    def inserted(self, blocks: Sequence[Block], pages: Mapping[str, int]) -> list[Block]:
        """Returns the blocks with the list before the first section. `pages` maps a bookmark's name to its page."""
        first = self._headings[0].bookmark
        place = next(index for index, block in enumerate(blocks) if first in block.slices[0].items)
        return [*blocks[:place], self._heading(), self._list(pages), *blocks[place:]]

    def _grow(self) -> list[Element]:
        """Makes an item of the structure tree for each heading, those below a section in a list of their own."""
        links: list[Element] = []
        inner: Element | None = None
        for heading in self._headings:
            is_section = heading.depth == self._highest
            inner = None if is_section else inner or Element("TOC", self._tree)
            item = Element("TOCI", inner or self._tree)
            links.append(Element("Link", Element("Reference", item)))
        return links

    def _heading(self) -> Block:
        style = self._styles["h2"]
        runs = list(self._inlines.plain(_TITLE, look(style, self._title)))
        bookmark = Bookmark(_NAME, _TITLE, self._highest - 1)
        return with_bookmark(paragraph(runs, style, 0.0, self._width), bookmark)

    def _list(self, pages: Mapping[str, int]) -> Block:
        rows = [
            self._row(heading, link, pages.get(heading.bookmark.name, 0))
            for heading, link in zip(self._headings, self._links, strict=True)
        ]
        # The list does not begin at the foot of a page with one line of it.
        return Block((replace(rows[0], keeps_next=len(rows) > 1), *rows[1:]), after=8.0)

    def _row(self, heading: Heading, link: Element, page: int) -> Slice:
        """Returns the title, a leader from its end to the margin, and the page."""
        style = self._style(heading)
        left = 0.0 if heading.depth == self._highest else _INDENT
        shown = look(style, link)._replace(href=f"#{heading.bookmark.name}")
        room = natural_width(self._inlines.plain(_WIDEST_NUMBER, shown))
        lines = break_lines(
            self._inlines.plain(f"{heading.bookmark.title} ", shown), self._width - left - room - 4 * _GAP
        )
        items: list[Item] = [
            Text(left, number * style.leading + style.baseline, line.runs) for number, line in enumerate(lines)
        ]
        baseline = (len(lines) - 1) * style.leading + style.baseline
        number = tuple(self._inlines.plain(str(page), shown))
        edge = self._width - natural_width(number)
        start = left + lines[-1].width + _GAP
        items += [Leader(start, baseline, edge - _GAP - start, style.colour), Text(edge, baseline, number)]
        return Slice(len(lines) * style.leading, tuple(items))

    def _style(self, heading: Heading) -> Style:
        is_section = heading.depth == self._highest
        return self._styles["contents" if is_section else "contents-below"]


def page_numbers(pages: Sequence[Page]) -> dict[str, int]:
    """Returns on which page, from 1, each bookmark of the text stands."""
    return {
        item.name: number
        for number, page in enumerate(pages, 1)
        for placed in page.body
        for item in placed.slice.items
        if isinstance(item, Bookmark)
    }
