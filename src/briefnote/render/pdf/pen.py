"""What is painted on a page, written as operators (ISO 32000-1, 8.5 and 9.4) at once.

reportlab's own text object and its reader of colours took a third of the time of a brief; what is left to reportlab is
the choice of the glyphs, in which its fonts are subset.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from briefnote.render.pdf.layout import Run
from briefnote.render.typeface import load, width

_STRIKE, _STRIKE_AT = 0.06, 0.24  # how thick the line through struck text is, and how high, in sizes


class Pen:
    """Writes on the page that a reportlab canvas is at; x counts from its left edge and y from its foot, in points."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._colour = ""

    def begin_page(self) -> None:
        """A new page knows nothing of the colour before it."""
        self._colour = ""

    def rectangle(self, x: float, y: float, across: float, up: float, colour: str) -> None:
        """Fills a rectangle from its left lower corner."""
        self._write(f"{self._dipped(colour)}{_number(x)} {_number(y)} {_number(across)} {_number(up)} re f")

    def polygon(self, corners: Sequence[tuple[float, float]], colour: str) -> None:
        """Fills the area between the corners."""
        (first, *others) = [f"{_number(x)} {_number(y)}" for x, y in corners]
        lines = "".join(f"{corner} l " for corner in others)
        self._write(f"{self._dipped(colour)}{first} m {lines}h f")

    def dots(self, x: float, end: float, y: float, step: float, size: float, colour: str) -> None:
        """Paints a row of dots: dashes without length have round ends."""
        ends = f"{_number(x)} {_number(y)} m {_number(end)} {_number(y)} l"
        self._write(f"q {_operands(colour)} RG {_number(size)} w 1 J [0 {_number(step)}] 0 d {ends} S Q")

    def write(self, runs: Sequence[Run], x: float, y: float) -> None:
        """Writes runs one after the other, the first at x on a baseline."""
        parts = [f"{self._dipped(runs[0].colour)}BT 1 0 0 1 {_number(x)} {_number(y)} Tm"]
        rise = 0.0
        for run in runs:
            if run.rise != rise:
                rise = run.rise
                parts.append(f"{_number(rise)} Ts")
            parts.append(f"{self._dipped(run.colour)}{self._shown(run)}")
        self._write(" ".join([*parts, "0 Ts ET" if rise else "ET"]))
        self._strike(runs, x, y)

    def _shown(self, run: Run) -> str:
        """Returns the text as glyphs of its font's subsets, in hexadecimal digits: nothing in it needs an escape."""
        font: Any = load(run.font)
        document = self._canvas._doc
        size = _number(run.size)
        return " ".join(
            f"{font.getSubsetInternalName(subset, document)} {size} Tf <{glyphs.hex()}> Tj"
            for subset, glyphs in font.splitString(run.text, document)
        )

    def _strike(self, runs: Iterable[Run], x: float, y: float) -> None:
        for run in runs:
            length = width(run.text, run.font, run.size)
            if run.is_struck:
                self.rectangle(x, y + run.size * _STRIKE_AT, length, run.size * _STRIKE, run.colour)
            x += length

    def _dipped(self, colour: str) -> str:
        """Returns what changes the colour of fills and text, "" where it is that colour already."""
        if colour == self._colour:
            return ""
        self._colour = colour
        return f"{_operands(colour)} rg "

    def _write(self, operators: str) -> None:
        self._canvas.addLiteral(operators)


@cache
def _operands(colour: str) -> str:
    """Returns red, green and blue from 0 to 1."""
    return " ".join(_number(part / 255, 4) for part in bytes.fromhex(colour))


def _number(value: float, digits: int = 2) -> str:
    """Returns a number without an exponent, which PDF does not know."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") or "0"
