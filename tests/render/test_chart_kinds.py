"""Figures over time and ranges of disagreement, for all editions."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_tools import document, page_texts, tags

from briefnote.model.brief import Chart, Point, Range, Series
from briefnote.model.edition import Theme
from briefnote.render.chart import Layout, layout, png, svg
from briefnote.render.chart.drawing import measure
from briefnote.render.pdf import render

THEME = Theme()
SHARE = Series(
    "Share of trade", (Point(2014, 10, "2014", "10%"), Point(2021, 18, "2021", "18%"), Point(2024, 35, "2024", "35%"))
)
TRADE = Series("Trade", (Point(2022, 147, "2022", "$147 billion"), Point(2024, 245, "2024", "$245 billion")))
TIME = Chart("time", "Over time", "Share: 10%, 18%, 35%.", (), 0.0, "time", (SHARE, TRADE))
SPENDING = Range("Spending", 5.0, 10.0, "5%", "10%")
RANGES = Chart("ranges", "Ranges", "Spending: 5% or 10%.", (), 20.0, "ranges", (), (SPENDING,))
SVG = "{http://www.w3.org/2000/svg}"


def said(drawn: Layout) -> list[str]:
    """Returns the texts of a chart."""
    return [word.text for word in drawn.words]


def test_each_figure_stands_with_its_values_and_times() -> None:
    """The numbers are text beside their marks: no axis has to be read."""
    words = ["Share of trade", "Trade", "10%", "2014", "18%", "2021", "35%", "2024"]
    assert said(layout(TIME, THEME, 160)) == [*words, "$147 billion", "2022", "$245 billion", "2024"]


def test_time_runs_from_left_to_right_in_proportion() -> None:
    """From 2014 to 2021 is seven tenths of the way to 2024, and 2024 stands at one place for all figures."""
    marks = [box.x for box in layout(TIME, THEME, 160).boxes if not box.is_rule]
    assert round((marks[1] - marks[0]) / (marks[2] - marks[0]), 6) == 0.7
    assert marks[2] == marks[4]


def test_values_are_drawn_from_zero() -> None:
    """A value twice as large stands twice as high above the zero line, below which a loss stands."""
    one = Series("One", (Point(2020, -5, "2020", "−5"), Point(2022, 10, "2022", "10"), Point(2024, 20, "2024", "20")))
    zero, loss, ten, twenty = layout(replace(TIME, series=(one,)), THEME, 160).boxes
    assert zero.is_rule
    heights = [zero.y - (mark.y + mark.height / 2) for mark in (loss, ten, twenty)]
    assert round(heights[2] / heights[1], 6) == 2.0
    assert round(heights[0] / heights[1], 6) == -0.5


def test_lines_join_the_points_of_a_figure() -> None:
    """Three points have two lines between them, two have one."""
    assert len(layout(TIME, THEME, 160).shapes) == 3


def test_times_too_close_for_their_texts_stand_apart() -> None:
    """Where the texts would touch, the points are set evenly."""
    close = Series("Close", tuple(Point(at, 10, str(at), "$100 billion") for at in (2000, 2023, 2024)))
    marks = [box.x for box in layout(replace(TIME, series=(close,)), THEME, 160).boxes if not box.is_rule]
    assert round(marks[1] - marks[0], 6) == round(marks[2] - marks[1], 6)


def test_too_many_points_become_bars() -> None:
    """Nothing overlaps: what does not fit beside one another stands one below the other."""
    many = Series("Many", tuple(Point(2000 + n, n, f"in {2000 + n}", f"{n} billion") for n in range(20)))
    drawn = layout(replace(TIME, series=(many,)), THEME, 160)
    assert said(drawn)[:2] == ["Many, in 2000", "0 billion"]
    assert len(drawn.boxes) == 20


def test_range_goes_from_the_least_to_the_most() -> None:
    """A range of 5 to 10 on a scale of 20 begins at a quarter and ends at half."""
    drawn = layout(RANGES, THEME, 160)
    zero, first, last, line = drawn.boxes
    assert [word.text for word in drawn.words] == ["Spending", "5%", "10%"]
    assert round((line.x + line.width - zero.x) / (line.x - zero.x), 6) == 2.0
    assert (first.x < line.x < last.x, zero.is_rule) == (True, True)


def test_ends_of_a_range_stand_on_either_side() -> None:
    """The least is said before the range, the most after it."""
    drawn = layout(RANGES, THEME, 160)
    line = drawn.boxes[3]
    _, low, high = drawn.words
    assert low.x + measure(low.text, low.face) < line.x < line.x + line.width < high.x


def test_ranges_without_a_common_scale_have_their_own() -> None:
    """Per cent and dollars do not share a scale: both end at the same place."""
    pair = replace(RANGES, maximum=0.0, ranges=(SPENDING, Range("Trade", 2e9, 4e9, "$2 bn", "$4 bn")))
    lines = [box for box in layout(pair, THEME, 160).boxes if box.height == 5.0]
    assert [round(box.x + box.width, 6) for box in lines] == [round(lines[0].x + lines[0].width, 6)] * 2


def test_range_of_one_value_says_it_once() -> None:
    """Where least and most are the same there is one tick and one text."""
    drawn = layout(replace(RANGES, ranges=(Range("One", 3, 3, "3", "3"),)), THEME, 160)
    assert (said(drawn), len(drawn.boxes)) == (["One", "3"], 2)


NUMBER = st.floats(-1e12, 1e12, allow_nan=False)
TEXT = st.text(max_size=60)
POINT = st.builds(Point, st.integers(1900, 2030).map(float), NUMBER, TEXT, TEXT)
SERIES = st.builds(
    Series,
    TEXT,
    st.lists(POINT, max_size=8, unique_by=lambda point: point.at).map(
        lambda points: tuple(sorted(points, key=lambda point: point.at))
    ),
)
RANGE = st.builds(Range, TEXT, NUMBER, NUMBER, TEXT, TEXT)


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(["time", "ranges"]),
    st.lists(SERIES, max_size=4),
    st.lists(RANGE, max_size=4),
    st.sampled_from([0.0, 100.0]),
)
def test_nothing_leaves_the_chart(kind: str, series: list[Series], ranges: list[Range], maximum: float) -> None:
    """Whatever the values and texts, every mark and every text stands within the chart."""
    chart = Chart("c", "C", "", (), maximum, kind, tuple(series), tuple(ranges))  # type: ignore[arg-type]
    drawn = layout(chart, THEME, 160)
    for box in drawn.boxes:
        assert -0.8 <= box.x <= box.x + box.width <= drawn.width + 0.8
    for word in drawn.words:
        assert -0.01 <= word.x <= word.x + measure(word.text, word.face) <= drawn.width + 0.01
        assert 0 < word.baseline < drawn.height


@settings(max_examples=120, deadline=None)
@given(st.lists(SERIES, min_size=1, max_size=3))
def test_texts_of_a_figure_do_not_overlap(series: list[Series]) -> None:
    """No two texts on a line touch one another."""
    drawn = layout(replace(TIME, series=tuple(series)), THEME, 160)
    for one, other in combinations([word for word in drawn.words if word.text], 2):
        if abs(one.baseline - other.baseline) < 8:
            first, second = sorted((one, other), key=lambda word: word.x)
            assert first.x + measure(first.text, first.face) <= second.x + 0.01


@pytest.mark.parametrize("chart", [TIME, RANGES], ids=["time", "ranges"])
def test_svg_holds_the_numbers_as_text(chart: Chart) -> None:
    """All that is drawn is in the SVG, its texts as text."""
    root = ET.fromstring(svg(chart, THEME))  # noqa: S314
    drawn = layout(chart, THEME, 160)
    assert [node.text for node in root.iter(f"{SVG}text")] == said(drawn)
    assert len(list(root.iter(f"{SVG}polygon"))) == len(drawn.shapes)
    assert root.get("aria-label") == chart.alt


@pytest.mark.parametrize("chart", [TIME, RANGES], ids=["time", "ranges"])
def test_png_is_the_same_every_time(chart: Chart) -> None:
    """Word gets the same picture on every build."""
    assert png(chart, THEME, scale=1.0) == png(chart, THEME, scale=1.0)


@pytest.mark.parametrize("chart", [TIME, RANGES], ids=["time", "ranges"])
def test_pdf_draws_the_chart_as_a_figure(chart: Chart) -> None:
    """The PDF has its texts, and the alternative text for those who cannot see it."""
    data = render(document("![](chart:c)", charts={"c": chart}), THEME)
    (text,) = page_texts(data)
    assert [word for word in said(layout(chart, THEME, 160)) if word not in text] == []
    assert [tag.alt for tag in tags(data) if tag.type == "Figure"] == [chart.alt]


def test_chart_higher_than_a_page_is_drawn_smaller() -> None:
    """Nothing of it is lost below the edge of the page."""
    many = Series("Many", tuple(Point(1900 + n, n, f"in {1900 + n}", f"{n} billion") for n in range(90)))
    data = render(document("![](chart:c)", charts={"c": replace(TIME, series=(many,))}), THEME)
    (text,) = page_texts(data)
    assert "Many, in 1989" in text


def test_hostile_texts_are_cleaned() -> None:
    """Control characters and overrides of direction are left out, as everywhere."""
    chart = replace(TIME, series=(Series("a\x00b\u202ec", (Point(2020, 1, "\x07x", "y\ufffe"),)),))
    assert said(layout(chart, THEME, 160)) == ["abc", "y", "x"]
