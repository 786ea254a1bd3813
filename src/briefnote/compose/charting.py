"""The charts: what the findings of the section "charts" draw.

What a rule's cells are called says which kind of chart it draws. A finding adds

- bars: cells `bar1` (the label) and `text1` (the value as printed), let `bar1`; then `bar2`, `text2` …
- a line over time: cells `line` (the label), `point1` (the value as printed) and `when1`, lets `point1` and `at1`
  (the year); then `point2` …; findings with the same label are one line
- ranges: cells `range1` (the label), `low1` and `high1` (the ends as printed), lets `low1` and `high1`; then `range2` …

and each has a cell `title`, of which the first finding's is printed.

A chart higher than a page would be shrunk until nobody can read it: the best findings are drawn, as many as fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefnote.errors import BriefnoteError, Problem
from briefnote.model.brief import Bar, Chart, ChartKind, Point, Range, Series
from briefnote.model.finding import Finding, Judged, RuleRecord, plain
from briefnote.text import typographic

SECTION = "charts"
_ROWS = 24  # bars or ranges that fit a page at the size of its text
_LINES = 8
_POINTS = 24  # of one line: the latest
_SAID: dict[ChartKind, str] = {"bars": "Bar chart", "time": "Chart of figures over time", "ranges": "Chart of ranges"}


def charts(judged: Judged, wanted: Sequence[str] = ()) -> tuple[Chart, ...]:
    """Returns a chart for each wanted rule that found anything, in that order; for the rule found first if none is.

    Raises BriefnoteError where a rule lacks what its chart needs.
    """
    by_rule: dict[str, list[Finding]] = {}
    for finding in judged.findings:
        if finding.section == SECTION:
            by_rule.setdefault(finding.rule, []).append(finding)
    names = [name for name in wanted if name in by_rule] if wanted else list(by_rule)[:1]
    return tuple(_Drawing(judged.rules[name], by_rule[name]).chart() for name in names)


class _Drawing:
    """Reads one chart off the findings of one rule."""

    def __init__(self, rule: RuleRecord, findings: Sequence[Finding]) -> None:
        self._rule = rule
        self._findings = findings

    def chart(self) -> Chart:
        first = self._findings[0]
        kind: ChartKind = "time" if "line" in first.cells else "ranges" if "range1" in first.cells else "bars"
        bars = [bar for finding in self._findings for bar in self._bars(finding)] if kind == "bars" else []
        ranges = [row for finding in self._findings for row in self._ranges(finding)] if kind == "ranges" else []
        lines = self._series() if kind == "time" else ()
        series = tuple(replace(line, points=line.points[-_POINTS:]) for line in lines[:_LINES])
        drawn, found = _marks(bars[:_ROWS], ranges[:_ROWS], series), _marks(bars, ranges, lines)
        return Chart(
            id=self._rule.id,
            title=typographic(self._words(first, "title") + (f" ({drawn} of {found})" if drawn < found else "")),
            alt=typographic(f"{_SAID[kind]}. {self._said()}"),
            bars=tuple(bars[:_ROWS]),
            maximum=_maximum(bars[:_ROWS]),
            kind=kind,
            series=series,
            ranges=tuple(ranges[:_ROWS]),
            undrawn=found - drawn,
        )

    def _said(self) -> str:
        """What the findings say, those that are not drawn left out; what has one mark at least is told whole."""
        return " ".join(plain(finding.text) for finding in self._findings[:_ROWS])

    def _bars(self, finding: Finding) -> Iterator[Bar]:
        for name in _numbered(finding, "bar"):
            label = self._words(finding, name)
            yield Bar(_label(label), self._number(finding, name), self._words(finding, name.replace("bar", "text")))

    def _ranges(self, finding: Finding) -> Iterator[Range]:
        for name in _numbered(finding, "range"):
            low, high = name.replace("range", "low"), name.replace("range", "high")
            yield Range(
                label=_label(self._words(finding, name)),
                low=self._number(finding, low),
                high=self._number(finding, high),
                low_text=self._words(finding, low),
                high_text=self._words(finding, high),
            )

    def _series(self) -> tuple[Series, ...]:
        """Returns the lines in the order found, the points of each in the order of time, one for each time."""
        lines: dict[str, dict[float, Point]] = {}
        for finding in self._findings:
            points = lines.setdefault(_label(self._words(finding, "line")), {})
            for name in _numbered(finding, "point"):
                at = self._number(finding, name.replace("point", "at"))
                when = self._words(finding, name.replace("point", "when"))
                points.setdefault(at, Point(at, self._number(finding, name), when, self._words(finding, name)))
        return tuple(
            Series(label, tuple(sorted(points.values(), key=lambda point: point.at))) for label, points in lines.items()
        )

    def _words(self, finding: Finding, cell: str) -> str:
        if cell not in finding.cells:
            raise self._lacks(f"cells.{cell}")
        return plain(finding.cells[cell])

    def _number(self, finding: Finding, name: str) -> float:
        value = finding.bindings.get(name)
        if value is None and name in finding.bindings:
            return 0.0
        if not isinstance(value, int | float):
            raise self._lacks(f"let.{name}")
        return float(value)

    def _lacks(self, what: str) -> BriefnoteError:
        message = f"a chart drawn so needs {what}; the parts of a chart are in docs/rules.md, under Charts"
        return BriefnoteError([Problem(self._rule.file, self._rule.line, f"rule '{self._rule.id}'", message)])


def _marks(bars: Sequence[Bar], ranges: Sequence[Range], series: Sequence[Series]) -> int:
    return len(bars) + len(ranges) + sum(len(line.points) for line in series)


def _numbered(finding: Finding, name: str) -> list[str]:
    """Returns the cells "bar1", "bar2" … as far as they go."""
    cells = [f"{name}{number}" for number in range(1, len(finding.cells) + 1)]
    return [cell for cell in cells if cell in finding.cells]


def _label(words: str) -> str:
    return typographic(words[:1].upper() + words[1:])


def _maximum(bars: Sequence[Bar]) -> float:
    """Returns what the bars are drawn against: shares against the whole they are shares of, others the largest."""
    if not bars:
        return 0.0
    return max([100.0 if all("%" in bar.text for bar in bars) else 0.0, *(bar.value for bar in bars)])
