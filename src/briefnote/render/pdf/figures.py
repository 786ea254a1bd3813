"""A chart as a block: the same drawing as in HTML and Word, painted as lines of text and filled shapes."""

from __future__ import annotations

from briefnote.model.brief import Chart
from briefnote.model.edition import Theme
from briefnote.render import chart as charts
from briefnote.render.pdf.layout import Block, Extent, Fill, Polygon, Run, Slice, Text
from briefnote.render.pdf.structure import Element
from briefnote.render.pdf.styles import POINTS_PER_MM
from briefnote.render.typeface import Typesetter

_SHARE = 0.85  # of the page; its caption stands below


def figure(
    chart: Chart,
    theme: Theme,
    typesetter: Typesetter,
    *,
    element: Element,
    left: float,
    width: float,
    keeps_next: bool,
) -> Block:
    """Returns the chart as one slice; with `keeps_next` a caption below it stays on its page."""
    drawn = charts.layout(chart, theme, width / POINTS_PER_MM)
    scale = min(1.0, _highest(theme) / drawn.height)
    boxes = [
        Fill(left + box.x * scale, box.y * scale, box.width * scale, box.height * scale, box.colour, element)
        for box in drawn.boxes
    ]
    shapes = [
        Polygon(tuple((left + x * scale, y * scale) for x, y in shape.corners), shape.colour, element)
        for shape in drawn.shapes
    ]
    words = [
        Text(left + word.x * scale, word.baseline * scale, _runs(word, typesetter, element, scale))
        for word in drawn.words
    ]
    extent = Extent(left, 0, drawn.width * scale, drawn.height * scale, element)
    whole = Slice(drawn.height * scale, (extent, *boxes, *shapes, *words), keeps_next=keeps_next)
    return Block((whole,), before=8.0, after=5.0)


def _highest(theme: Theme) -> float:
    """Returns how high a chart may be: a higher one is drawn smaller, as it cannot go on on the next page."""
    return _SHARE * (theme.page_height - theme.margin_top - theme.margin_bottom) * POINTS_PER_MM


def _runs(word: charts.Words, typesetter: Typesetter, element: Element, scale: float) -> tuple[Run, ...]:
    parts = typesetter.runs(word.text, word.face)
    return tuple(Run(part, font, word.size * scale, word.colour, element) for font, part in parts)
