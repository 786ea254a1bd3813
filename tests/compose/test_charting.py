"""What the findings of the section "charts" draw."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from briefnote.compose.charting import charts
from briefnote.errors import BriefnoteError
from briefnote.inputs import check
from briefnote.model.brief import Bar, Chart, Point, Range, Series
from briefnote.pipeline import Request, build
from briefnote.store.folder import open_folder
from support import judged

SHARES = """
sections: {charts: 9}
rules:
  - id: bars
    section: charts
    match: {f: {figure: trade_share, subject: $subject}}
    let: {bar1: f.value}
    score: f.value
    say: "{{ subject }}: {{ f | range }}."
    cells: {title: Shares, bar1: "{{ subject }}", text1: "{{ f | range }}"}
  - id: lines
    section: charts
    match:
      a: {figure: trade_share, subject: $subject, year: $one}
      b: {figure: trade_share, subject: $subject, year: $two}
    where: one < two
    let: {point1: a.value, at1: one, point2: b.value, at2: two}
    say: "{{ subject }}: {{ a | range }}, then {{ b | range }}."
    cells:
      title: Over time
      line: "{{ subject }}"
      point1: "{{ a | range }}"
      when1: "{{ a | when }}"
      point2: "{{ b | range }}"
      when2: "{{ b | when }}"
"""
FIGURES = """
figure:
  - {id: s1#f1, subject: Elbonia, value: 10, year: 2014}
  - {id: s1#f2, subject: Elbonia, value: 18, year: 2021}
  - {id: s1#f3, subject: Elbonia, value: 35, year: 2024}
"""


def drawn(*wanted: str, rules: str = SHARES) -> tuple[Chart, ...]:
    """Returns the charts of the figures."""
    return charts(judged(rules, FIGURES), wanted)


def test_the_rule_found_first_draws_the_chart() -> None:
    """A brief that asks for nothing gets one chart: that of the best finding."""
    (chart,) = drawn()
    assert (chart.id, chart.kind, chart.title, chart.maximum) == ("bars", "bars", "Shares", 100.0)
    assert chart.bars[0] == Bar("Elbonia", 35.0, "35%")


def test_a_brief_gets_the_charts_it_asks_for() -> None:
    """In its order; a rule that found nothing draws nothing."""
    assert [chart.id for chart in drawn("lines", "nothing", "bars")] == ["lines", "bars"]


def test_findings_of_one_figure_are_one_line() -> None:
    """Each finding adds two points; each time has one, and they stand in the order of time."""
    (chart,) = drawn("lines")
    points = (Point(2014, 10, "2014", "10%"), Point(2021, 18, "2021", "18%"), Point(2024, 35, "2024", "35%"))
    assert chart.series == (Series("Elbonia", points),)


def test_a_chart_says_all_its_numbers_in_words() -> None:
    """What the rule says is the alternative text, after the kind of the chart."""
    (chart,) = drawn("bars")
    assert chart.alt == "Bar chart. Elbonia: 35%. Elbonia: 18%. Elbonia: 10%."


def many(count: int) -> str:
    """Returns so many figures, the largest last."""
    row = "  - {{id: s1#f{0}, subject: Elbonia {0}, value: {0}, year: 2024}}\n"
    return "figure:\n" + "".join(row.format(number) for number in range(1, count + 1))


def test_a_chart_holds_what_a_page_takes() -> None:
    """The best 24 of 30 bars are drawn; the title says so, and the words leave out what is not drawn."""
    (chart,) = charts(judged(SHARES.replace("charts: 9", "charts: 99"), many(30)), ("bars",))
    assert [bar.label for bar in chart.bars] == [f"Elbonia {number}" for number in range(30, 6, -1)]
    assert (chart.title, chart.undrawn) == ("Shares (24 of 30)", 6)
    assert "Elbonia 7: 7%" in chart.alt
    assert "Elbonia 6: 6%" not in chart.alt


def test_bars_of_one_finding_are_cut_too() -> None:
    """However a rule says them."""
    lets = ", ".join(f"bar{number}: f.value" for number in range(1, 41))
    cells = ", ".join(f"bar{number}: B{number}, text{number}: T" for number in range(1, 41))
    rules = SHARES.replace("let: {bar1: f.value}", f"let: {{{lets}}}").replace(
        'bar1: "{{ subject }}", text1: "{{ f | range }}"', cells
    )
    (chart,) = drawn("bars", rules=rules)
    assert (len(chart.bars), chart.undrawn) == (24, 96)


def test_a_chart_over_time_holds_eight_lines_with_their_latest_points() -> None:
    """A line of 30 years has the latest 24; what is cut is counted."""
    one = "  - {{id: s{1}#f{0}, subject: Elbonia {1}, value: {0}, year: {0}}}\n"
    figures = "figure:\n" + "".join(one.format(year, line) for line in range(1, 11) for year in range(1990, 2020))
    rules = SHARES.replace("charts: 9", "charts: 9999").replace("one < two", "one = 1990")
    (chart,) = charts(judged(rules, figures), ("lines",))
    assert [len(row.points) for row in chart.series] == [24] * 8
    assert chart.series[0].points[0].at == 1996
    assert (chart.title, chart.undrawn) == ("Over time (192 of 300)", 108)


@pytest.mark.parametrize(
    ("taken", "missing"),
    [
        ("let: {bar1: f.value}", "let.bar1"),
        ('text1: "{{ f | range }}"', "cells.text1"),
        ("title: Shares,", "cells.title"),
    ],
)
def test_a_rule_without_what_its_chart_needs_is_refused(taken: str, missing: str) -> None:
    """The message names the rule and what it lacks."""
    with pytest.raises(BriefnoteError, match=rf"rule 'bars': a chart drawn so needs {missing}"):
        drawn("bars", rules=SHARES.replace(taken, ""))


def desk(root: Path, **config: object) -> None:
    """Makes a folder with two sources that differ on a figure, and a brief about it."""
    (root / "sources").mkdir()
    (root / "briefs/example").mkdir(parents=True)
    about = {"title": "T", "author": "A", "about": [{"holder": "Ruritania", "over": "Elbonia"}], "use": ["leverage"]}
    (root / "briefs/example/brief.yaml").write_text(json.dumps(about | config), encoding="utf-8")
    for name, value in (("one", 5.9), ("two", 7.1)):
        source = {"id": name, "title": name, "kind": "analysis", "reliability": "C", "reliability_reason": "Invented."}
        figure = {"id": "f1", "metric": "trade_share", "subject": "Elbonia", "counterpart": "Ruritania", "value": value}
        figure |= {"unit": "%", "year": 2024, "period": "2024"}
        summary = {"source": source, "summary": "Invented.", "claims": [], "figures": [figure]}
        (root / f"sources/{name}.yaml").write_text(json.dumps(summary), encoding="utf-8")


def test_sources_that_differ_on_a_figure_are_a_range(tmp_path: Path) -> None:
    """The leverage pack draws the least and the most that two sources say of the same."""
    desk(tmp_path, charts=["chart-disagreement"])
    built = build(open_folder(tmp_path), Request("example", day=date(2026, 11, 21), formats=("json",)))
    (chart,) = built.brief.charts
    assert chart.ranges == (Range("Ruritania’s share of Elbonia’s trade (2024)", 5.9, 7.1, "5.9%", "7.1%"),)
    assert chart.alt == (
        "Chart of ranges. Ruritania’s share of Elbonia’s trade (2024): 5.9% by one source, 7.1% by another."
    )


def test_a_chart_that_no_rule_draws_is_refused(tmp_path: Path) -> None:
    """A misspelt name is found before anything runs."""
    desk(tmp_path, charts=["chart-disagrement"])
    messages = [str(problem) for problem in check(open_folder(tmp_path), ("example",))]
    assert messages == [
        "briefs/example/brief.yaml: charts: no rule 'chart-disagrement' draws a chart. "
        "Did you mean 'chart-disagreement'?"
    ]
