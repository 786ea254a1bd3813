"""How each kind of paragraph looks, derived from the theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefnote.model.edition import Theme
from briefnote.render.typeface import Face, Family

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Style:
    """Sizes and distances in points, colour as RRGGBB. `keeps_next`: stays on the page of what follows.

    With a `tint`, the text stands in a box of that colour with a `bar` of another at its left edge.
    """

    family: Family
    size: float
    leading: float
    colour: str
    is_bold: bool = False
    is_italic: bool = False
    before: float = 0.0
    after: float = 0.0
    keeps_next: bool = False
    tint: str = ""
    bar: str = ""

    @property
    def face(self) -> Face:
        """Returns the font of plain text in this style."""
        return Face(self.family, self.is_bold, self.is_italic)

    @property
    def baseline(self) -> float:
        """Returns how far the first baseline is below the top of the first line."""
        return (self.leading - self.size) / 2 + self.size * 0.79


def styles(theme: Theme) -> Mapping[str, Style]:
    """Returns the styles by name: the classes of the Markdown dialect, and the blocks that need none.

    All sizes follow `theme.body_size`, but for notes, which have one of their own.
    """
    scale = theme.body_size / 10
    text, accent, muted = theme.text, theme.accent, theme.muted

    def style(family: Family, size: float, leading: float, colour: str = text, **more: bool | float | str) -> Style:
        return Style(family, size * scale, leading * scale, colour, **more)  # type: ignore[arg-type]

    note = theme.note_size / scale
    return {
        "h1": style("Sans", 22, 26, accent, is_bold=True, after=5, keeps_next=True),
        "h2": style("Sans", 13, 17, accent, is_bold=True, before=17, after=5, keeps_next=True),
        "h3": style("Sans", 11, 15, accent, is_bold=True, before=12, after=3, keeps_next=True),
        "h4": style("Sans", 10, 14, muted, is_bold=True, before=9, after=2, keeps_next=True),
        "body": style("Serif", 10, 14.4, after=6),
        "subtitle": style("Sans", 10.5, 14.5, muted, after=7),
        "basis": style("Serif", 9, 12.6, muted, is_italic=True, after=8),
        "changes": style("Serif", 10, 14.4, after=6),
        "lead": style("Serif", 11, 16, before=2, after=12, tint=theme.tint, bar=accent),
        "empty": style("Serif", 10, 14.4, muted, is_italic=True, after=6),
        "caption": style("Sans", 8.5, 11.6, muted, before=5, after=5),
        "quote": style("Serif", 10, 14.4, muted, after=6),
        "tight": style("Serif", 10, 14.4, after=2.5),
        "judgements": style("Serif", 10, 14.4, after=6.5),
        "findings": style("Serif", 10, 14.4, after=4.5),
        "watch": style("Serif", 10, 14.4, after=4.5),
        "sources": style("Serif", 9, 12.4, after=4),
        "contents": style("Sans", 10, 15),
        "contents-below": style("Sans", 9, 13, muted),
        "cell": style("Sans", 8.7, 11.6),
        "head": style("Sans", 8.7, 11.6, accent, is_bold=True),
        "code": style("Sans", 8.5, 12, before=2, after=6),
        "note": style("Serif", note, note * 1.3),
        "furniture": style("Sans", 8, 10, muted),
    }
