"""Figures over time: a line for each, from the zero line up, with every value and its time as text at its point."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefnote.model.brief import Bar, Point, Series
from briefnote.model.edition import Theme
from briefnote.render.chart.bars import bars
from briefnote.render.chart.drawing import (
    LABEL,
    LABELS,
    LEADING,
    SIZE,
    SPACE,
    VALUE,
    Box,
    Layout,
    Shape,
    Words,
    column,
    measure,
    widest,
    wrapped,
)

_PLOT = 34.0  # height of a line's space
_LIFT = 5.0  # of a value above its mark
_LINE = 1.5
_MARK = 5.0
_GAP = 12.0  # between the lines of two figures


def over_time(rows: Sequence[Series], theme: Theme, total: float) -> Layout:
    """Returns where lines, labels and values stand in a chart `total` wide.

    All figures share the axis of time; each is drawn against a scale of its own, as they may have different units.
    Points too close in time for the text at them stand evenly apart; those that do not fit even so become bars.
    """
    labels = [wrapped(row.label, total * LABELS) for row in rows]
    left = widest([line for lines in labels for line in lines], LABEL) + SPACE
    places = _places(rows, left, total)
    if places is None:
        return _as_bars(rows, theme, total)
    parts: list[Layout] = []
    words: list[Words] = []
    y = 2.0
    for row, label in zip(rows, labels, strict=True):
        height = max(_PLOT + 2 * LEADING + _LIFT, len(label) * LEADING)
        frame = _Frame(y + LEADING + _LIFT, left, total, theme)
        parts.append(frame.drawn(row.points, places))
        words += column(label, 0.0, y + LEADING + _LIFT + _PLOT / 2, theme.text)
        y += height + _GAP
    return Layout(
        total,
        max(y - _GAP, 0.0) + 2.0,
        tuple(box for part in parts for box in part.boxes),
        (*words, *(word for part in parts for word in part.words)),
        tuple(shape for part in parts for shape in part.shapes),
    )


@dataclass(frozen=True)
class _Frame:
    """The space of one figure: its top and its ends."""

    top: float
    left: float
    right: float
    theme: Theme

    def drawn(self, points: Sequence[Point], places: Mapping[float, float]) -> Layout:
        """Returns the line with its marks and texts."""
        values = [point.value for point in points]
        low, high = min([0.0, *values]), max([0.0, *values])
        span = high - low or 1.0
        spots = [(places[point.at], self.top + _PLOT * ((high - point.value) / span)) for point in points]
        zero = Box(
            self.left, self.top + _PLOT * (high / span), self.right - self.left, 0.5, self.theme.rule, is_rule=True
        )
        marks = [Box(x - _MARK / 2, y - _MARK / 2, _MARK, _MARK, self.theme.accent) for x, y in spots]
        lines = tuple(Shape(_thick(first, last), self.theme.accent) for first, last in pairwise(spots))
        return Layout(self.right, _PLOT, (zero, *marks), tuple(self._words(points, spots)), lines)

    def _words(self, points: Sequence[Point], spots: Sequence[tuple[float, float]]) -> Iterator[Words]:
        """Yields each value above its mark, and above the line where that rises beside it; below all, the time."""
        for number, (point, (x, y)) in enumerate(zip(points, spots, strict=True)):
            length = measure(point.text, VALUE)
            near = spots[max(number - 1, 0) : number + 2]
            highest = min([y, *(_height(pair, edge) for pair in pairwise(near) for edge in _ends(x, length, pair))])
            yield Words(x - length / 2, highest - _LIFT, point.text, True, self.theme.text)
            length = measure(point.when, LABEL)
            yield Words(x - length / 2, self.top + _PLOT + SIZE + 2.0, point.when, False, self.theme.muted)


_Spot = tuple[float, float]


def _ends(x: float, length: float, pair: tuple[_Spot, _Spot]) -> Iterator[float]:
    """Yields the ends of a text around x that stand between two spots."""
    for edge in (x - length / 2, x + length / 2):
        if pair[0][0] <= edge <= pair[1][0]:
            yield edge


def _height(pair: tuple[_Spot, _Spot], x: float) -> float:
    """Returns how high the line between two spots is at x."""
    (first, start), (last, end) = pair
    return start + (end - start) * (x - first) / (last - first)


def _thick(first: _Spot, last: _Spot) -> tuple[_Spot, ...]:
    """Returns the corners of a line of some thickness."""
    along, up = last[0] - first[0], last[1] - first[1]
    length = math.hypot(along, up) or 1.0
    aside, down = -up / length * _LINE / 2, along / length * _LINE / 2
    return (
        (first[0] + aside, first[1] + down),
        (last[0] + aside, last[1] + down),
        (last[0] - aside, last[1] - down),
        (first[0] - aside, first[1] - down),
    )


def _places(rows: Sequence[Series], left: float, total: float) -> dict[float, float] | None:
    """Returns where each time stands, in proportion or evenly apart; None where the texts would touch."""
    times = sorted({point.at for row in rows for point in row.points})
    if not times:
        return None
    edge = max(_room(point) for row in rows for point in row.points) / 2
    first, last = left + edge, total - edge
    span = times[-1] - times[0] or 1.0
    in_proportion = {at: first + (last - first) * (at - times[0]) / span for at in times}
    evenly = {at: first + (last - first) * number / max(len(times) - 1, 1) for number, at in enumerate(times)}
    return next((places for places in (in_proportion, evenly) if _is_clear(rows, places, first, last)), None)


def _is_clear(rows: Sequence[Series], places: Mapping[float, float], first: float, last: float) -> bool:
    """Whether no text touches its neighbour."""
    return first <= last and all(
        places[after.at] - places[before.at] >= (_room(before) + _room(after)) / 2 + SPACE
        for row in rows
        for before, after in pairwise(row.points)
    )


def _room(point: Point) -> float:
    return max(measure(point.text, VALUE), measure(point.when, LABEL), _MARK)


def _as_bars(rows: Sequence[Series], theme: Theme, total: float) -> Layout:
    """Returns a bar for each value, in per cent of the largest of its figure."""
    shares = [
        Bar(f"{row.label}, {point.when}", 100 * point.value / largest, point.text)
        for row in rows
        for largest in [max((abs(other.value) for other in row.points), default=0.0) or 1.0]
        for point in row.points
    ]
    return bars(shares, 100.0, theme, total)
