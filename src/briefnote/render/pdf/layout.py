"""What a page is made of: values that say what stands where, in points.

Within a slice, x counts from the left edge of the text area and y downwards from the top of the slice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from briefnote.render.pdf.structure import Artifact, Element


class Run(NamedTuple):
    """Text in one font. `element` is where it stands in the structure tree; `href` makes it a link.

    `rise` lifts it above the line; `anchor` names it as a target of links; `note` is the number of the
    footnote that is to be printed on the page of this text, 0 for none. A tuple, as there are thousands of them.
    """

    text: str
    font: str
    size: float
    colour: str
    element: Element | Artifact
    rise: float = 0.0
    href: str = ""
    anchor: str = ""
    note: int = 0
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text: where it begins, and its runs one after the other."""

    x: float
    baseline: float
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle. With an element, it is part of a figure; without, it decorates."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    element: Element | Artifact = "Layout"


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled polygon, part of a figure: its corners, as (x, y)."""

    corners: tuple[tuple[float, float], ...]
    colour: str
    element: Element


@dataclass(frozen=True, slots=True)
class Leader:
    """Dots that lead the eye from one text to another on the same line."""

    x: float
    baseline: float
    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a figure stands: PDF/UA wants to know its bounding box. Nothing is painted."""

    x: float
    y: float
    width: float
    height: float
    element: Element


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A target of links at the top of a slice; with a title, an entry of the outline too (level from 0)."""

    name: str
    title: str = ""
    level: int = 0


Item = Text | Fill | Polygon | Leader | Extent | Bookmark


@dataclass(frozen=True, slots=True)
class Slice:
    """What a page break does not cut. `keeps_next`: it does not end a page either, if that can be helped."""

    height: float
    items: tuple[Item, ...]
    notes: tuple[int, ...] = ()
    keeps_next: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Slices one below the other. `head` is repeated above them on each further page, as in a table."""

    slices: tuple[Slice, ...]
    before: float = 0.0
    after: float = 0.0
    head: tuple[Slice, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A slice and how far its top is below the top of the text area. A repeated one is not read out again."""

    slice: Slice
    y: float
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The slices of a page: its text, and the notes at its foot."""

    body: tuple[Placed, ...]
    notes: tuple[Placed, ...]


def targets(page: Page) -> Iterator[str]:
    """Yields the names of all places on the page that a link can lead to."""
    for placed in (*page.body, *page.notes):
        for item in placed.slice.items:
            if isinstance(item, Bookmark):
                yield item.name
            elif isinstance(item, Text):
                yield from (run.anchor for run in item.runs if run.anchor)
