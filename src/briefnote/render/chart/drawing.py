"""What a chart is drawn with: rectangles, polygons and words, in points from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from briefnote.render.typeface import Face, extent

SIZE = 8.7
LEADING = 11.0
SPACE = 8.0  # between label and mark, mark and value
LABELS = 0.38  # share of the width that labels may take

LABEL = Face("Sans")
VALUE = Face("Sans", is_bold=True)


@dataclass(frozen=True)
class Box:
    """A filled rectangle: left, top, width and height. A rule only guides the eye; other boxes are marks."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    is_rule: bool = False


@dataclass(frozen=True)
class Shape:
    """A filled polygon: its corners, as (x, y)."""

    corners: tuple[tuple[float, float], ...]
    colour: str


@dataclass(frozen=True)
class Words:
    """A line of text: where it begins, its baseline, and whether it is bold."""

    x: float
    baseline: float
    text: str
    is_bold: bool
    colour: str
    size: float = SIZE

    @property
    def face(self) -> Face:
        """Returns the font of the text."""
        return VALUE if self.is_bold else LABEL


@dataclass(frozen=True)
class Layout:
    """A chart with its measures."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    words: tuple[Words, ...]
    shapes: tuple[Shape, ...] = ()


def wrapped(text: str, limit: float, face: Face = LABEL) -> list[str]:
    """Returns the text on as many lines as it needs, words that are wider than a line cut to pieces."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and measure(joined, face) <= limit:
            lines[-1] = joined
        else:
            lines += _pieces(word, limit, face)
    return lines or [""]


def widest(texts: list[str], face: Face) -> float:
    """Returns the width of the widest of some lines, 0 where there are none."""
    return max((measure(text, face) for text in texts), default=0.0)


def measure(text: str, face: Face) -> float:
    """Returns how wide a line is."""
    return extent(text, face, SIZE)


def column(lines: list[str], x: float, middle: float, colour: str, *, is_bold: bool = False) -> list[Words]:
    """Returns lines one below the other, from x, the middle of them at a height."""
    first = middle - len(lines) * LEADING / 2 + LEADING / 2 + SIZE * 0.33
    return [Words(x, first + number * LEADING, line, is_bold, colour) for number, line in enumerate(lines)]


def _pieces(word: str, limit: float, face: Face) -> list[str]:
    cuts = [0]
    for end in range(1, len(word) + 1):
        if measure(word[cuts[-1] : end], face) > limit and end - 1 > cuts[-1]:
            cuts.append(end - 1)
    return [word[first:last] for first, last in pairwise([*cuts, len(word)])]
