"""Puts pages on a canvas."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from briefnote.model.edition import Document, Theme
from briefnote.render import furniture
from briefnote.render.pdf.layout import Bookmark, Extent, Fill, Item, Leader, Page, Placed, Polygon, Run, Text, targets
from briefnote.render.pdf.pages import NOTE_GAP
from briefnote.render.pdf.pen import Pen
from briefnote.render.pdf.structure import Element
from briefnote.render.pdf.styles import POINTS_PER_MM, styles
from briefnote.render.pdf.tagging import TaggedCanvas
from briefnote.render.typeface import Face, Typesetter, width

_DOT = 0.8
_DOT_STEP = 4.0
_NOTE_RULE = 42 * POINTS_PER_MM
_MARKING = 12.0  # TLP 2.0: 12 points or more, on black, right-justified, in header and footer
_MARKING_FACE = Face("Sans", is_bold=True)


class Painter:
    """Paints page after page of one document."""

    def __init__(self, canvas: TaggedCanvas, document: Document, theme: Theme, typesetter: Typesetter) -> None:
        self._tagged = canvas
        self._canvas = canvas.canvas
        self._document = document
        self._theme = theme
        self._style = styles(theme)["furniture"]
        self._typesetter = typesetter
        self._left = theme.margin_left * POINTS_PER_MM
        self._right = (theme.page_width - theme.margin_right) * POINTS_PER_MM
        self._top = (theme.page_height - theme.margin_top) * POINTS_PER_MM
        self._targets: frozenset[str] = frozenset()
        self._anchors: set[str] = set()  # those painted so far
        self._pen = Pen(canvas.canvas)

    def paint(self, pages: Sequence[Page]) -> None:
        """Paints the pages, each with its header and footer."""
        self._targets = frozenset(f"#{name}" for page in pages for name in targets(page))
        for number, page in enumerate(pages, 1):
            self._placed(page.body)
            if page.notes:
                self._fill(Fill(0, page.notes[0].y - NOTE_GAP / 2, _NOTE_RULE, 0.5, self._theme.rule), self._top)
            self._placed(page.notes)
            self._header()
            self._footer(f"Page {number} of {len(pages)}")
            self._tagged.end_page()
            self._pen.begin_page()

    def _placed(self, slices: Iterable[Placed]) -> None:
        for placed in slices:
            items = _unread(placed.slice.items) if placed.is_repeated else placed.slice.items
            for item in items:
                self._item(item, self._top - placed.y)

    def _item(self, item: Item, top: float) -> None:
        match item:
            case Text():
                self._text(item, top)
            case Fill():
                self._fill(item, top)
            case Polygon():
                self._polygon(item, top)
            case Leader():
                self._leader(item, top)
            case Extent():
                self._extent(item, top)
            case Bookmark():
                self._bookmark(item, top)

    def _fill(self, fill: Fill, top: float) -> None:
        self._tagged.enter(fill.element)
        bottom = top - fill.y - fill.height
        self._pen.rectangle(self._left + fill.x, bottom, fill.width, fill.height, fill.colour)

    def _polygon(self, polygon: Polygon, top: float) -> None:
        self._tagged.enter(polygon.element)
        self._pen.polygon([(self._left + x, top - y) for x, y in polygon.corners], polygon.colour)

    def _leader(self, leader: Leader, top: float) -> None:
        """Paints dots, of which each stands below one of the next line; they are no text to be read out."""
        first = math.ceil((self._left + leader.x) / _DOT_STEP) * _DOT_STEP
        end = self._left + leader.x + leader.width
        if first < end:
            self._tagged.enter("Layout")
            self._pen.dots(first, end, top - leader.baseline + _DOT / 2, _DOT_STEP, _DOT, leader.colour)

    def _extent(self, extent: Extent, top: float) -> None:
        x, y = self._left + extent.x, top - extent.y
        box = (x, y - extent.height, x + extent.width, y)
        edges = " ".join(f"{edge:.2f}" for edge in box)
        extent.element.attributes["Layout"] = f"/Placement /Block /BBox [{edges}]"

    def _bookmark(self, bookmark: Bookmark, top: float) -> None:
        self._anchor(bookmark.name, self._left, top + 4)
        if bookmark.title:
            self._canvas.addOutlineEntry(bookmark.title, bookmark.name, bookmark.level)

    def _anchor(self, name: str, x: float, y: float) -> None:
        if name and name not in self._anchors:
            self._anchors.add(name)
            self._canvas.bookmarkHorizontal(name, x, y)

    def _text(self, text: Text, top: float) -> None:
        x, y = self._left + text.x, top - text.baseline
        for element, group in groupby(text.runs, key=lambda run: run.element):
            runs = list(group)
            for run in runs:
                self._anchor(run.anchor, self._left, y + run.size * 1.4)
            if any(run.text for run in runs):
                self._tagged.enter(element)
                self._pen.write(runs, x, y)
            end = x + sum(width(run.text, run.font, run.size) for run in runs)
            if isinstance(element, Element) and self._leads_somewhere(runs[0].href):
                self._link(element, runs, x, y)
            x = end

    def _link(self, element: Element, runs: Sequence[Run], x: float, y: float) -> None:
        says = "".join(run.text for run in runs).strip()
        shown = [*runs[:-1], runs[-1]._replace(text=runs[-1].text.rstrip())]
        end = x + sum(width(run.text, run.font, run.size) for run in shown)
        low = min(y + run.rise - run.size * 0.25 for run in runs)
        high = max(y + run.rise + run.size * 0.85 for run in runs)
        if says:
            href = runs[0].href
            is_note = any(run.rise for run in runs)
            self._tagged.link(element, href, f"Note {says}" if is_note else says, (x, low, end, high))

    def _leads_somewhere(self, href: str) -> bool:
        """Whether there is a place to go to: what is not printed, such as an id in alt text, is none."""
        return href in self._targets if href.startswith("#") else bool(href)

    def _header(self) -> None:
        self._marking((self._theme.page_height - 13) * POINTS_PER_MM)

    def _footer(self, page: str) -> None:
        baseline = 12 * POINTS_PER_MM
        self._marking(baseline)
        style = self._style
        words = [furniture.short_title(self._document), furniture.date(self._document), page]
        while len(words) > 1 and self._measure(_joined(words), style.face, style.size) > self._free_width():
            del words[0]
        self._tagged.enter("Pagination")
        runs = self._unread_runs(_joined(words), style.face, style.size, style.colour)
        self._pen.write(runs, self._left, baseline)

    def _free_width(self) -> float:
        """Returns how much room the marking leaves beside it."""
        marking = self._measure(furniture.marking(self._document), _MARKING_FACE, _MARKING)
        return self._right - self._left - marking - 20

    def _marking(self, baseline: float) -> None:
        """Paints the marking right-justified, in the colour of its label on black."""
        marking = furniture.marking(self._document)
        if not marking:
            return
        length = self._measure(marking, _MARKING_FACE, _MARKING)
        left = self._right - length - 10
        self._tagged.enter("Pagination")
        self._pen.rectangle(left, baseline - 4.5, length + 10, 17.5, "000000")
        colour = furniture.marking_colour(self._document)
        self._pen.write(self._unread_runs(marking, _MARKING_FACE, _MARKING, colour), left + 5, baseline)

    def _unread_runs(self, words: str, face: Face, size: float, colour: str) -> list[Run]:
        parts = self._typesetter.runs(words, face)
        return [Run(part, font, size, colour, "Pagination") for font, part in parts]

    def _measure(self, words: str, face: Face, size: float) -> float:
        return sum(width(part, font, size) for font, part in self._typesetter.runs(words, face))


def _joined(words: Iterable[str]) -> str:
    return "  ·  ".join(word for word in words if word)


def _unread(items: Iterable[Item]) -> Iterator[Item]:
    """Yields the items as artifacts, without links: a table head that was read on an earlier page."""
    for item in items:
        if isinstance(item, Fill):
            yield replace(item, element="Layout")
        elif isinstance(item, Text):
            runs = (run._replace(element="Layout", href="", anchor="") for run in item.runs)
            yield replace(item, runs=tuple(runs))
