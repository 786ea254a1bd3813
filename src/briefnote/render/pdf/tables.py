"""Tables: how wide the columns are, and rows as slices."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from briefnote.model.edition import Theme
from briefnote.render.pdf.layout import Block, Fill, Item, Run, Slice, Text
from briefnote.render.pdf.lines import Line, break_lines, minimal_width, natural_width
from briefnote.render.pdf.styles import POINTS_PER_MM, Style

_GUTTER = 10.0  # between the texts of two columns
_PAD = 3.4  # above and below the text of a row
_HAIRLINE = 0.5
_HEAD_RULE = 1.0
_HIGHEST_ROW = 0.3  # share of the page's height at which a row is cut: its notes must fit below it
_STEPS = 60  # in which the width of a table is shared out
_SLACK = 0.5  # rounding must not break a line that was measured to fit


@dataclass(frozen=True)
class Cell:
    """The runs of a cell and how they are aligned: "left", "right", "center" or ""."""

    runs: tuple[Run, ...]
    alignment: str = ""


Row = tuple[Cell, ...]


def table(head: Sequence[Row], body: Sequence[Row], left: float, width: float, looks: Looks) -> Block:
    """Returns the table as one block: its head, kept with the first row, and a slice for each row.

    A row that is too high for a page is cut between its lines, as nothing else can be done.
    """
    columns = column_widths([*head, *body], width)
    edges = [left, *accumulate(columns, initial=left)][1:]
    heads = [piece for row in head for piece in _row(row, edges, columns, looks, is_head=True)]
    rows = [piece for row in body for piece in _row(row, edges, columns, looks, is_head=False)]
    top = tuple(replace(piece, keeps_next=True) for piece in heads)
    return Block((*top, *rows), before=4.0, after=11.0, head=top)


@dataclass(frozen=True)
class Looks:
    """What a table looks like."""

    head: Style
    body: Style
    theme: Theme


def column_widths(rows: Sequence[Row], width: float) -> list[float]:
    """Returns the width of each column, gutters included; together they are `width`.

    Where all fits on one line, what is left over is shared evenly. Otherwise each column starts at its widest
    word (or an even share, whichever is less), and the rest goes, step by step, where it makes the table lowest.
    """
    count = max((len(row) for row in rows), default=1)
    needs = [[natural_width(cell.runs) + _GUTTER + _SLACK for cell in row] for row in rows]
    columns = [[row[index].runs for row in rows if index < len(row)] for index in range(count)]
    natural = [max(need[index] for need in needs if index < len(need)) for index in range(count)]
    if sum(natural) <= width:
        spare = (width - sum(natural)) / count
        return [need + spare for need in natural]
    words = [max(map(minimal_width, column)) + _GUTTER + _SLACK for column in columns]
    return _lowest(needs, [min(word, width / count) for word in words], width)


def _lowest(needs: Sequence[Sequence[float]], widths: list[float], width: float) -> list[float]:
    """Widens, from the given widths, the column that most lowers the table, until the width is used up."""
    step = max((width - sum(widths)) / _STEPS, 0.0)
    widths, rows = [*widths], [row for row in needs if row]
    lines = [[max(need / held, 1.0) for need, held in zip(row, widths, strict=False)] for row in rows]
    for _ in range(_STEPS):
        best = min(range(len(widths)), key=lambda column: _height(rows, lines, column, widths[column] + step))
        widths[best] += step
        for row, held in zip(rows, lines, strict=True):
            held[best : best + 1] = [max(need / widths[best], 1.0) for need in row[best : best + 1]]
    return widths


def _height(rows: Sequence[Sequence[float]], lines: list[list[float]], column: int, width: float) -> float:
    """Returns about how many lines the rows take with one column at a width, the others as in `lines`.

    Among equals, the more cells fit on one line the better.
    """
    height = 0.0
    for row, held in zip(rows, lines, strict=True):
        tried = held
        if column < len(row):
            tried = [*held[:column], max(row[column] / width, 1.0), *held[column + 1 :]]
        height += max(tried) + 0.2 * sum(map(math.ceil, tried))
    return height


def _row(row: Row, edges: Sequence[float], columns: Sequence[float], looks: Looks, is_head: bool) -> Iterator[Slice]:
    """Yields the row as one slice, or as several where it is higher than a page takes."""
    style = looks.head if is_head else looks.body
    cells = [break_lines(cell.runs, columns[index] - _GUTTER) for index, cell in enumerate(row)]
    most = max((len(lines) for lines in cells), default=0) or 1
    at_once = max(int(_HIGHEST_ROW * looks.theme.page_height * POINTS_PER_MM / style.leading), 1)
    for part in range(math.ceil(most / at_once)):
        window = slice(part * at_once, (part + 1) * at_once)
        shown = [lines[window] for lines in cells]
        height = max(len(lines) for lines in shown) * style.leading if any(shown) else style.leading
        items = _frame(edges[0], sum(columns), height + 2 * _PAD, looks, is_head)
        for index, lines in enumerate(shown):
            space = columns[index] - _GUTTER
            items += _lines(lines, edges[index], space, row[index].alignment, style)
        notes = tuple(run.note for lines in shown for line in lines for run in line.runs if run.note)
        yield Slice(height + 2 * _PAD, tuple(items), notes)


def _frame(left: float, width: float, height: float, looks: Looks, is_head: bool) -> list[Item]:
    """Returns the tint of a head row and the rule below a row."""
    theme = looks.theme
    if is_head:
        return [
            Fill(left, 0, width, height, theme.tint),
            Fill(left, height - _HEAD_RULE, width, _HEAD_RULE, theme.accent),
        ]
    return [Fill(left, height - _HAIRLINE, width, _HAIRLINE, theme.rule)]


def _lines(lines: Sequence[Line], left: float, space: float, alignment: str, style: Style) -> list[Item]:
    indent = {"right": 1.0, "center": 0.5}.get(alignment, 0.0)
    return [
        Text(
            left + _GUTTER / 2 + indent * max(space - line.width, 0.0),
            _PAD + number * style.leading + style.baseline,
            line.runs,
        )
        for number, line in enumerate(lines)
    ]
