"""A chart as a block: the same drawing as in HTML and Word, painted as lines of text and filled shapes."""

from __future__ import annotations

from briefnote.model.brief import Chart
from briefnote.model.edition import Theme
from briefnote.render import chart as charts
from briefnote.render.pdf.layout import Block, Extent, Fill, Polygon, Run, Slice, Text
from briefnote.render.pdf.structure import Element
from briefnote.render.pdf.styles import POINTS_PER_MM
from briefnote.render.typeface import Typesetter


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
    boxes = [Fill(left + box.x, box.y, box.width, box.height, box.colour, element) for box in drawn.boxes]
    shapes = [Polygon(tuple((left + x, y) for x, y in shape.corners), shape.colour, element) for shape in drawn.shapes]
    words = [Text(left + word.x, word.baseline, _runs(word, typesetter, element)) for word in drawn.words]
    extent = Extent(left, 0, drawn.width, drawn.height, element)
    whole = Slice(drawn.height, (extent, *boxes, *shapes, *words), keeps_next=keeps_next)
    return Block((whole,), before=8.0, after=5.0)


def _runs(word: charts.Words, typesetter: Typesetter, element: Element) -> tuple[Run, ...]:
    parts = typesetter.runs(word.text, word.face)
    return tuple(Run(part, font, word.size, word.colour, element) for font, part in parts)
