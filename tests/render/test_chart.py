"""Bar charts."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET

from pdf_tools import CHART
from PIL import Image

from briefnote.model.brief import Bar
from briefnote.model.edition import Theme
from briefnote.render.chart import layout, png, svg

THEME = Theme()


def test_bars_are_in_proportion() -> None:
    """34 is eight and a half times as long as 4."""
    first, second = layout(CHART, THEME, 160).boxes
    assert round(first.width / second.width, 6) == 8.5


def test_nothing_is_wider_than_the_chart() -> None:
    """Labels and bars stay within the width, whatever the values."""
    wild = replace(CHART, bars=(Bar("x" * 300, 900.0, "900"), Bar("a b " * 80, -5.0, "−5"), Bar("", 0.0, "")))
    drawn = layout(wild, THEME, 160)
    assert max(box.x + box.width for box in drawn.boxes) < drawn.width
    assert all(word.baseline < drawn.height for word in drawn.words)


def test_chart_without_a_maximum_has_no_long_bars() -> None:
    """A chart whose values are all zero is drawn."""
    flat = replace(CHART, maximum=0.0)
    assert all(box.width < 1 for box in layout(flat, THEME, 160).boxes)


def test_svg_holds_real_text() -> None:
    """Labels and values are text, markup in them is escaped."""
    hostile = replace(CHART, bars=(Bar("<b>&\"'", 1.0, "1 < 2"),), alt='says "so" & more')
    root = ET.fromstring(svg(hostile, THEME))  # noqa: S314
    assert [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")] == ["<b>&\"'", "1 < 2"]
    assert root.get("aria-label") == 'says "so" & more'


def test_svg_refers_to_nothing() -> None:
    """No script, style sheet, image or font from elsewhere."""
    assert "href" not in svg(CHART, THEME)
    assert svg(CHART, THEME).count("http") == 1  # the name of the SVG namespace


def test_png_is_the_same_every_time_and_as_large_as_asked() -> None:
    """160 mm at twice 72 dots an inch."""
    image = png(CHART, THEME, scale=2.0)
    assert image == png(CHART, THEME, scale=2.0)
    assert Image.open(BytesIO(image)).width in {907, 908}


def test_png_shows_the_bars() -> None:
    """The accent colour is there, on white."""
    colours = Image.open(BytesIO(png(CHART, THEME))).convert("RGB").getcolors(1 << 20)
    assert colours is not None
    assert {(0x17, 0x36, 0x5D), (255, 255, 255)} <= {colour for _, colour in colours}
