"""Charts in Word: pictures that fit, and Word's own charts with their numbers to be edited."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

from edition_tools import CHART, document
from lxml import etree
from word_lint import lint

from briefnote.model.brief import Bar, Chart, Point, Range, Series
from briefnote.model.edition import Theme
from briefnote.render.word import render

NATIVE = Theme(native_charts=True)
RANGES = Chart("shares", "T", "alt", (), 20.0, kind="ranges", ranges=(Range("Oil & gas", 3, 9, "3%", "9%"),))
TIME = Chart("shares", "T", "a", (), 0.0, kind="time", series=(Series("S", (Point(2024, 1, "2024", "1"),)),))


def files(chart: Chart, theme: Theme = NATIVE, markdown: str = "![Says so](chart:shares)") -> dict[str, bytes]:
    """Returns the members of a Word file with a chart."""
    data = render(document(markdown, charts={"shares": chart}), theme)
    assert lint(data) == []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(data: bytes) -> Any:
    """Returns XML, parsed."""
    return etree.fromstring(data)


def test_a_native_chart_has_its_numbers_and_its_texts() -> None:
    """The bars are as long as the numbers say; beside them stands what the brief prints."""
    chart = tree(files(CHART)["word/charts/chart1.xml"])
    assert chart.xpath("//*[local-name()='val']//*[local-name()='v']/text()") == ["34", "4"]
    assert chart.xpath("//*[local-name()='cat']//*[local-name()='v']/text()") == [bar.label for bar in CHART.bars]
    assert chart.xpath("//*[local-name()='dLbl']//*[local-name()='t']/text()") == ["34%", "about 4%"]


def test_its_numbers_can_be_edited() -> None:
    """A workbook in the file holds them, and the chart refers to its cells."""
    made = files(CHART)
    with zipfile.ZipFile(BytesIO(made["word/embeddings/Numbers1.xlsx"])) as archive:
        sheet = tree(archive.read("xl/worksheets/sheet1.xml"))
    rows = ["|".join(cell.xpath("string()") for cell in row) for row in sheet.iter("{*}row")]
    assert rows == ["|Value", "A's share of B's trade|34", "B's share of A's trade|4"]
    assert b"Sheet1!$B$2:$B$3" in made["word/charts/chart1.xml"]


def test_ranges_are_bars_that_begin_where_the_range_does() -> None:
    """The first series is not painted; the ends are said beside the label."""
    chart = tree(files(RANGES)["word/charts/chart1.xml"])
    assert chart.xpath("//*[local-name()='val']//*[local-name()='v']/text()") == ["3", "6"]
    assert chart.xpath("(//*[local-name()='cat'])[1]//*[local-name()='v']/text()") == ["Oil & gas: 3% – 9%"]


def test_what_word_cannot_draw_alike_stays_a_picture() -> None:
    """Figures over time stand each against a scale of their own, which a chart of Word's has not."""
    assert [name for name in files(TIME) if "chart" in name] == ["word/media/chart1.png", "word/media/chart1.svg"]


def test_a_native_chart_has_alternative_text_and_stable_bytes() -> None:
    """The words of the template describe it, as they do a picture."""
    (properties,) = tree(files(CHART)["word/document.xml"]).iter("{*}docPr")
    assert properties.get("descr") == "Says so"
    assert files(CHART) == files(CHART)


def test_a_chart_used_twice_is_in_the_file_once() -> None:
    """As a picture."""
    names = files(CHART, Theme(), "![a](chart:shares)\n\n![b](chart:shares)")
    assert [name for name in names if name.endswith(".svg")] == ["word/media/chart1.svg"]


def test_a_chart_is_never_higher_than_a_page() -> None:
    """Word would cut it off."""
    tall = replace(CHART, bars=tuple(Bar(f"Bar {number}", 1.0, "1") for number in range(80)))
    for theme in (Theme(), NATIVE):
        (extent,) = tree(files(tall, theme)["word/document.xml"]).iter("{*}extent")
        assert int(extent.get("cy")) < 297 * 36000 * 0.85


def test_a_chart_in_a_cell_is_as_wide_as_the_cell() -> None:
    """It does not hang over."""
    cell = "| a | b |\n|--|--|\n| ![x](chart:shares) | long words that make a wide column of this one |\n"
    (extent,) = tree(files(CHART, Theme(), cell)["word/document.xml"]).iter("{*}extent")
    assert int(extent.get("cx")) < 40 * 36000
