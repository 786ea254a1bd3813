"""The text of a Word file as slices: lines and table rows, each with its height and what it drags along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from briefnote.render.word.paging.cascade import Letters, Setting, Styles, W
from briefnote.render.word.paging.measure import breaks_anywhere, line_height, width
from briefnote.render.word.wordml import NAMESPACES

_WP = f"{{{NAMESPACES['wp']}}}"
_EMU = 635  # a twip
_POINT = 20  # twips
_WORD = re.compile("[^ \\-–—]+(?:[-–—]* +|[-–—]+)?|[-–—]* +|[-–—]+")
_SIDES = 160.0  # twips of a cell's left and right margins
_ROW = 108.0  # twips of its upper and lower margins and its line


@dataclass
class Slice:
    """A line or a row, in twips: `gap` above it, which the top of a page swallows, and its height.

    `notes` is the height of the notes called in it, `marks` are the bookmarks that begin in it, `head` is the height of
    the header row that is repeated where a page begins with it.
    """

    height: float
    gap: float = 0.0
    notes: float = 0.0
    keeps_next: bool = False
    breaks_page: bool = False
    marks: tuple[str, ...] = ()
    head: float = 0.0


@dataclass
class _Line:
    """What has been set of a line: how wide, how high, which notes it calls and which bookmarks begin in it."""

    room: float
    used: float = 0.0
    height: float = 0.0
    notes: float = 0.0
    marks: list[str] = field(default_factory=list)


class Cutter:
    """Cuts blocks into slices; `notes` are the footnotes by id, their width is that of the page."""

    def __init__(self, styles: Styles, notes: dict[str, Element], width: float) -> None:
        self._styles = styles
        self._notes = notes
        self._width = width
        self._note_heights: dict[str, float] = {}

    def blocks(self, elements: Iterator[Element] | list[Element], room: float) -> Iterator[Slice]:
        """Yields the slices of paragraphs and tables set one below the other in some room."""
        former: tuple[str, Setting] | None = None
        for element in elements:
            if element.tag == f"{W}p":
                properties = element.find(f"{W}pPr")
                setting = self._styles.paragraph(properties)
                name = properties.find(f"{W}pStyle").get(f"{W}val", "") if _has_style(properties) else ""  # type: ignore[union-attr]
                gap = max(former[1].after if former else 0.0, setting.before)  # as HTML does, since Word 2013
                if former and former[0] == name and setting.joins_alike:
                    gap = 0.0
                yield from self._paragraph(element, setting, room, gap)
                former = (name, setting)
            elif element.tag == f"{W}tbl":
                yield from self._table(element, former[1].after if former else 0.0)
                former = None
            elif element.tag == f"{W}sdt":
                content = element.find(f"{W}sdtContent")
                yield from self.blocks(list(content) if content is not None else [], room)

    def height(self, elements: list[Element], room: float) -> float:
        """Returns how high blocks are together, with the space after the last."""
        last = elements[-1].find(f"{W}pPr") if elements else None
        after = self._styles.paragraph(last).after if last is not None else 0.0
        return sum(piece.height + piece.gap for piece in self.blocks(elements, room)) + after

    def _paragraph(self, element: Element, setting: Setting, room: float, gap: float) -> Iterator[Slice]:
        lines = self._lines(element, setting, room - setting.left - setting.right)
        last = len(lines) - 1
        for number, line in enumerate(lines):
            # Two lines stay together at either end (widow and orphan control), all where the paragraph says so.
            glued = number < last and (setting.keeps_lines or number == 0 or number == last - 1)
            yield Slice(
                _leading(line, setting),
                gap if number == 0 else 0.0,
                line.notes,
                glued or (number == last and setting.keeps_next),
                number == 0 and setting.breaks_page,
                tuple(line.marks),
            )

    def _lines(self, element: Element, setting: Setting, room: float) -> list[_Line]:
        least = setting.letters.size * line_height(setting.letters.font) * _POINT
        lines = [_Line(room - max(setting.first, 0.0), height=least)]
        for node, letters in self._nodes(element, setting.letters):
            line = lines[-1]
            if node.tag == f"{W}t":
                self._set(lines, node.text or "", letters, room, least)
            elif node.tag == f"{W}br":
                lines.append(_Line(room, height=least))
            elif node.tag == f"{W}tab":
                line.used += 360
            elif node.tag == f"{W}footnoteReference":
                line.notes += self._note_height(node.get(f"{W}id", ""))
            elif node.tag == f"{W}bookmarkStart":
                line.marks.append(node.get(f"{W}name", ""))
            elif node.tag == f"{_WP}extent":
                self._set_picture(lines, node, room, least)
        return lines

    def _nodes(self, element: Element, letters: Letters) -> Iterator[tuple[Element, Letters]]:
        """Yields what stands in a line, with the look of its run; text boxes float and are passed over."""
        for child in element:
            if child.tag == f"{W}r":
                inner = self._styles.run(letters, child.find(f"{W}rPr"))
                for node in child:
                    inline = node.find(f"{_WP}inline/{_WP}extent") if node.tag == f"{W}drawing" else None
                    yield (inline if inline is not None else node), inner
            elif child.tag == f"{W}bookmarkStart":
                yield child, letters
            elif child.tag in {
                f"{W}hyperlink",
                f"{W}fldSimple",
                f"{W}ins",
                f"{W}smartTag",
                f"{W}sdt",
                f"{W}sdtContent",
            }:
                yield from self._nodes(child, letters)

    def _set(self, lines: list[_Line], text: str, letters: Letters, room: float, least: float) -> None:
        """Sets words on lines; a word wider than a line is broken."""
        height = letters.size * line_height(letters.font) * _POINT
        scale = letters.size * _POINT
        for word in _words(text):
            wide = width(word, letters.font, letters.is_bold) * scale
            bare = width(word.rstrip(" "), letters.font, letters.is_bold) * scale
            if lines[-1].used and lines[-1].used + bare > lines[-1].room:
                lines.append(_Line(room, height=least))
            line = lines[-1]
            while line.used + bare > line.room > 0 and bare > line.room:
                wide, bare = wide - line.room, bare - line.room
                line.used = line.room
                line.height = max(line.height, height)
                lines.append(_Line(room, height=least))
                line = lines[-1]
            line.used += wide
            line.height = max(line.height, height)

    def _set_picture(self, lines: list[_Line], extent: Element, room: float, least: float) -> None:
        wide, high = (whole(extent.get(side), 0) / _EMU for side in ("cx", "cy"))
        if lines[-1].used and lines[-1].used + wide > lines[-1].room:
            lines.append(_Line(room, height=least))
        lines[-1].used += wide
        lines[-1].height = max(lines[-1].height, high)

    def _note_height(self, identifier: str) -> float:
        if identifier not in self._note_heights and identifier in self._notes:
            self._note_heights[identifier] = 0.0  # a note that calls itself
            self._note_heights[identifier] = self.height(list(self._notes[identifier]), self._width)
        return self._note_heights.get(identifier, 0.0)

    def _table(self, element: Element, gap: float) -> Iterator[Slice]:
        grid = [float(whole(column.get(f"{W}w"), 0)) for column in element.iterfind(f"{W}tblGrid/{W}gridCol")]
        head = 0.0
        for number, row in enumerate(element.iterfind(f"{W}tr")):
            piece = self._row(row, grid)
            piece.gap = gap if number == 0 else 0.0
            if row.find(f"{W}trPr/{W}tblHeader") is not None:
                head += piece.height
                yield replace(piece, keeps_next=True)
            else:
                yield replace(piece, head=head)

    def _row(self, row: Element, grid: list[float]) -> Slice:
        """Returns the row: as high as its highest cell, its notes and bookmarks together."""
        made = Slice(0.0)
        column = 0
        for cell in row.iterfind(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            count = whole(span.get(f"{W}val"), 1) if span is not None else 1
            room = sum(grid[column : column + count]) or self._width / max(len(row), 1)
            column += count
            pieces = list(self.blocks([one for one in cell if one.tag != f"{W}tcPr"], max(room - _SIDES, 200.0)))
            made.height = max(made.height, sum(piece.height + piece.gap for piece in pieces) + _ROW)
            made.notes += sum(piece.notes for piece in pieces)
            made.marks += tuple(mark for piece in pieces for mark in piece.marks)
            made.keeps_next = made.keeps_next or (bool(pieces) and pieces[-1].keeps_next)
        return made


def _has_style(properties: Element | None) -> bool:
    return properties is not None and properties.find(f"{W}pStyle") is not None


def _leading(line: _Line, setting: Setting) -> float:
    if setting.exact and not setting.is_least:
        return setting.exact
    return max(line.height * (1.0 if setting.exact else setting.line), setting.exact)


def _words(text: str) -> Iterator[str]:
    """Yields what may not be broken: a word with the spaces after it; a hyphen and a character of Han end one."""
    if text.isascii() or not any(map(breaks_anywhere, text)):
        yield from _WORD.findall(text)
        return
    for word in _WORD.findall(text):
        start = 0
        for place, character in enumerate(word, 1):
            if breaks_anywhere(character):
                yield word[start:place]
                start = place
        if start < len(word):
            yield word[start:]


def whole(text: str | None, otherwise: int) -> int:
    """Returns the whole number that a file says, or another where it says none."""
    try:
        return int(text or "")
    except ValueError:
        return otherwise
