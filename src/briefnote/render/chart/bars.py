"""Bars: the label on the left, the bar, the value at its end; no axis and no legend to misread."""

from __future__ import annotations

from collections.abc import Sequence

from briefnote.model.brief import Bar
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
    widest,
    wrapped,
)

_BAR = 13.0  # height of a bar
_GAP = 9.0  # between rows


def bars(rows: Sequence[Bar], maximum: float, theme: Theme, total: float) -> Layout:
    """Returns where the bars, labels and values stand in a chart `total` wide.

    A bar of the maximum would fill the space between the widest label and the widest value; a value below zero has
    no bar, one above the maximum a full one.
    """
    labels = [wrapped(bar.label, total * LABELS) for bar in rows]
    values = [wrapped(bar.text, total * LABELS, VALUE) for bar in rows]
    left = widest([line for lines in labels for line in lines], LABEL) + SPACE
    room = max(total - left - widest([line for lines in values for line in lines], VALUE) - SPACE, 0.0)
    boxes: list[Box] = []
    words: list[Words] = []
    y = 2.0
    for bar, label, value in zip(rows, labels, values, strict=True):
        height = max(_BAR, len(label) * LEADING, len(value) * LEADING)
        middle = y + height / 2
        length = room * _share(bar, maximum)
        boxes.append(Box(left, middle - _BAR / 2, max(length, 0.75), _BAR, theme.accent))
        words += column(label, 0.0, middle, theme.text)
        words += column(value, left + length + SPACE * 0.75, middle, theme.text, is_bold=True)
        y += height + _GAP
    return Layout(total, max(y - _GAP, 0.0) + 2.0, tuple(boxes), tuple(words))


def _share(bar: Bar, maximum: float) -> float:
    return min(max(bar.value / maximum, 0.0), 1.0) if maximum > 0 else 0.0
