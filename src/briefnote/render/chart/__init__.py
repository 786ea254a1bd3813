"""Charts: shares as bars, figures over time as lines, disagreements as ranges; every number stands beside its mark.

`layout` says what stands where; the PDF paints that itself, `svg` and `png` are for HTML and Word. All marks are of
one dark colour and none needs a legend: nothing is lost in grey.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape

from briefnote.model.brief import Chart, Range, Series
from briefnote.model.edition import Theme
from briefnote.render.chart.bars import bars
from briefnote.render.chart.drawing import SIZE, Box, Layout, Shape, Words
from briefnote.render.chart.over_time import over_time
from briefnote.render.chart.ranges import ranges
from briefnote.text import one_line

__all__ = ["Box", "Layout", "Shape", "Words", "layout", "png", "svg"]


def layout(chart: Chart, theme: Theme, width_mm: float) -> Layout:
    """Returns where the marks, labels and values of a chart stand."""
    total = width_mm * 72 / 25.4
    chart = _clean(chart)
    match chart.kind:
        case "bars":
            return bars(chart.bars, chart.maximum, theme, total)
        case "time":
            return over_time(chart.series, theme, total)
        case "ranges":
            return ranges(chart.ranges, chart.maximum, theme, total)


def svg(chart: Chart, theme: Theme, width_mm: float = 160.0) -> str:
    """Returns the chart as SVG with real text; nothing outside it is referred to.

    The parts have the classes `chart-bar`, `chart-rule`, `chart-label` and `chart-value`, so that a page can recolour
    them.
    """
    drawn = layout(chart, theme, width_mm)
    size = f"{_number(drawn.width)} {_number(drawn.height)}"
    boxes = [
        f'<rect class="{"chart-rule" if box.is_rule else "chart-bar"}" x="{_number(box.x)}" y="{_number(box.y)}" '
        f'width="{_number(box.width)}" height="{_number(box.height)}" fill="#{box.colour}"/>'
        for box in drawn.boxes
    ]
    shapes = [
        f'<polygon class="chart-bar" points="{" ".join(f"{_number(x)},{_number(y)}" for x, y in shape.corners)}" '
        f'fill="#{shape.colour}"/>'
        for shape in drawn.shapes
    ]
    words = [
        f'<text class="{"chart-value" if word.is_bold else "chart-label"}" x="{_number(word.x)}" '
        f'y="{_number(word.baseline)}" fill="#{word.colour}" font-weight="{700 if word.is_bold else 400}">'
        f"{escape(word.text, quote=False)}</text>"
        for word in drawn.words
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{_number(drawn.width)}pt" '
        f'height="{_number(drawn.height)}pt" role="img" aria-label="{escape(one_line(chart.alt or chart.title))}" '
        f"font-family=\"'Source Sans 3','Source Sans Pro',Calibri,Arial,sans-serif\" "
        f'font-size="{_number(SIZE)}">{"".join([*boxes, *shapes, *words])}</svg>'
    )


def png(chart: Chart, theme: Theme, scale: float = 3.0, width_mm: float = 160.0) -> bytes:
    """Returns the chart as a PNG on white, 72 × `scale` dots an inch; the same chart gives the same bytes."""
    from briefnote.render.chart.raster import raster

    return raster(layout(chart, theme, width_mm), theme, scale)


def _clean(chart: Chart) -> Chart:
    """Returns the chart with texts that every font and format can carry."""
    return replace(
        chart,
        bars=tuple(replace(bar, label=one_line(bar.label), text=one_line(bar.text)) for bar in chart.bars),
        series=tuple(
            Series(
                one_line(row.label),
                tuple(replace(point, when=one_line(point.when), text=one_line(point.text)) for point in row.points),
            )
            for row in chart.series
        ),
        ranges=tuple(
            Range(one_line(row.label), row.low, row.high, one_line(row.low_text), one_line(row.high_text))
            for row in chart.ranges
        ),
    )


def _number(value: float) -> str:
    """Returns the number with at most two decimals: enough for print, the same on every platform."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
