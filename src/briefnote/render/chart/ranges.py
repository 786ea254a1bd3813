"""Ranges: how far apart sources are on a figure, from the least to the most that any of them says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefnote.model.brief import Range
from briefnote.model.edition import Theme
from briefnote.render.chart.drawing import (
    LABEL,
    LABELS,
    LEADING,
    SPACE,
    VALUE,
    Box,
    Layout,
    Words,
    column,
    measure,
    widest,
    wrapped,
)

_VALUES = 0.17  # share of the width that the texts on either side of a range may take
_TICK = 13.0
_LINE = 5.0
_GAP = 9.0


def ranges(rows: Sequence[Range], maximum: float, theme: Theme, total: float) -> Layout:
    """Returns where the ranges, labels and values stand in a chart `total` wide.

    A hairline marks zero, so that the length to a range is its size. The least is said on the left of a range, the
    most on its right; a range of one value is a tick with that value on its right.
    """
    labels = [wrapped(row.label, total * LABELS) for row in rows]
    lows = [wrapped(row.low_text, total * _VALUES, VALUE) if row.low < row.high else [] for row in rows]
    highs = [wrapped(row.high_text, total * _VALUES, VALUE) for row in rows]
    left = widest([line for lines in labels for line in lines], LABEL) + SPACE
    start = left + widest([line for lines in lows for line in lines], VALUE) + SPACE
    room = max(total - start - widest([line for lines in highs for line in lines], VALUE) - SPACE, 0.0)
    least = min([0.0, *(row.low for row in rows)]) if maximum else 0.0
    boxes: list[Box] = []
    words: list[Words] = []
    y = 2.0
    for row, label, low, high in zip(rows, labels, lows, highs, strict=True):
        height = max(_TICK, *(len(lines) * LEADING for lines in (label, low, high)))
        middle = y + height / 2
        bottom, top = min(least, row.low), max(maximum or row.high, 0.0)
        span = top - bottom or 1.0
        none, first, last = (start + room * min(max(end - bottom, 0.0) / span, 1.0) for end in (0.0, row.low, row.high))
        boxes.append(Box(none, y - _GAP / 2, 0.5, height + _GAP, theme.rule, is_rule=True))
        boxes += _mark(first, last, middle, theme)
        words += column(label, 0.0, middle, theme.text)
        words += _before(low, first - SPACE * 0.75, middle, theme)
        words += column(high, last + SPACE * 0.75, middle, theme.text, is_bold=True)
        y += height + _GAP
    return Layout(total, max(y - _GAP, 0.0) + 2.0, tuple(boxes), tuple(words))


def _mark(first: float, last: float, middle: float, theme: Theme) -> Iterator[Box]:
    """Yields a tick at either end and a line between them."""
    for end in dict.fromkeys((first, last)):
        yield Box(end - 0.75, middle - _TICK / 2, 1.5, _TICK, theme.accent)
    if last > first:
        yield Box(first, middle - _LINE / 2, last - first, _LINE, theme.accent)


def _before(lines: list[str], end: float, middle: float, theme: Theme) -> Iterator[Words]:
    """Yields the lines set against their right end."""
    for word in column(lines, 0.0, middle, theme.text, is_bold=True):
        yield Words(end - measure(word.text, VALUE), word.baseline, word.text, True, word.colour)
