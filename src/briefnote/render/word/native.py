"""Charts as Word's own (DrawingML charts, ECMA-376 21.2): a reader can restyle them and edit their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from briefnote.model.brief import Chart, Range
from briefnote.model.edition import Theme
from briefnote.model.value import Value
from briefnote.render.word.opc import Package, Part, kind
from briefnote.render.word.styles import SANS
from briefnote.render.word.wordml import declarations, escape, tag
from briefnote.render.word.workbook import TYPE as WORKBOOK_TYPE
from briefnote.render.word.workbook import workbook
from briefnote.text import one_line

_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_ROW = 480  # twips a bar with its share of the gaps
_SIZE = 900  # hundredths of a point
_SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="{}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


class Native(Value):
    """A chart in the package: the relationship of the text to it, and its height in twips."""

    relationship: str
    height: int


class _Series(Value):
    """Numbers of one kind for all rows, and what stands beside each bar."""

    name: str
    numbers: tuple[float, ...]
    texts: tuple[str, ...] = ()
    is_painted: bool = True


def can_be_native(chart: Chart) -> bool:
    """Whether Word can draw the chart so that it says the same: bars, and ranges of one unit."""
    return bool(chart.bars) if chart.kind == "bars" else chart.kind == "ranges" and chart.maximum > 0


def native_chart(package: Package, chart: Chart, theme: Theme, part: Part) -> Native:
    """Puts the chart, with its numbers as a workbook, into the package, related to the part it is shown in."""
    labels, series = _table(chart)
    sheet = package.add(
        Part(
            package.free_name("word/embeddings/Numbers{}.xlsx"),
            WORKBOOK_TYPE,
            workbook(
                ["", *(one.name for one in series)], list(zip(labels, *(one.numbers for one in series), strict=True))
            ),
        )
    )
    made = package.add(Part(package.free_name("word/charts/chart{}.xml"), _TYPE))
    numbers = made.relate(kind("package"), sheet.name)
    made.write(_chart_xml(chart, labels, series, theme, numbers))
    return Native(part.relate(kind("chart"), made.name), _ROW * len(labels) + 160)


def _table(chart: Chart) -> tuple[list[str], list[_Series]]:
    """Returns the labels of the rows and the series: of a range its start, which is not painted, and its length."""
    if chart.kind == "bars":
        bars = chart.bars
        return [one_line(bar.label) for bar in bars], [
            _Series("Value", tuple(bar.value for bar in bars), tuple(one_line(bar.text) for bar in bars))
        ]
    labels = [f"{one_line(of.label)}: {_span(of)}" for of in chart.ranges]
    return labels, [
        _Series("At least", tuple(of.low for of in chart.ranges), is_painted=False),
        _Series("More, at most", tuple(of.high - of.low for of in chart.ranges)),
    ]


def _span(of: Range) -> str:
    """Returns the ends of a range as the brief prints them; beside a bar that floats, not every reader finds room."""
    return one_line(f"{of.low_text} – {of.high_text}" if of.low < of.high else of.high_text)


def _chart_xml(chart: Chart, labels: Sequence[str], series: Sequence[_Series], theme: Theme, numbers: str) -> str:
    grouping = "clustered" if len(series) == 1 else "stacked"
    bars = "".join(_series_xml(index, one, labels, theme) for index, one in enumerate(series))
    overlap = '<c:overlap val="100"/>' if grouping == "stacked" else ""
    maximum = f'<c:max val="{chart.maximum * 1.25:g}"/>' if chart.maximum > 0 else ""  # room for the last label
    plot = (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{bars}'
        f'<c:gapWidth val="60"/>{overlap}<c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>'
        f'<a:ln w="6350">{_fill(theme.rule)}</a:ln></c:spPr>'
        f'{_text_properties(theme.text)}<c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>{maximum}</c:scaling>'
        f'<c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx>'
    )
    return (
        f'<c:chartSpace {declarations("c", "a", "r")}><c:roundedCorners val="0"/><c:chart>'
        f'<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plot}</c:plotArea><c:plotVisOnly val="1"/>'
        f'<c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:externalData r:id="{numbers}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _series_xml(index: int, series: _Series, labels: Sequence[str], theme: Theme) -> str:
    column, rows = chr(ord("B") + index), len(labels)
    look = _fill(theme.accent) if series.is_painted else "<a:noFill/>"
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>'
        f"<c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f>{_cache('str', [series.name])}</c:strRef></c:tx>"
        f'<c:spPr>{look}</c:spPr><c:invertIfNegative val="0"/>{_labels(series, theme)}'
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${rows + 1}</c:f>{_cache('str', labels)}</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${rows + 1}</c:f>"
        f"{_cache('num', [f'{number:.12g}' for number in series.numbers])}</c:numRef></c:val></c:ser>"
    )


def _labels(series: _Series, theme: Theme) -> str:
    """Returns the texts beside the bars: the values as the brief prints them."""
    if not series.texts:
        return f"<c:dLbls>{_SHOWN.format(0)}</c:dLbls>"
    look = f'<a:rPr lang="en" sz="{_SIZE}" b="1">{_fill(theme.text)}<a:latin typeface="{SANS}"/></a:rPr>'
    made = "".join(
        f'<c:dLbl><c:idx val="{index}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:p><a:r>{look}'
        f"<a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx>"
        f'<c:dLblPos val="outEnd"/>{_SHOWN.format(1)}</c:dLbl>'
        for index, text in enumerate(series.texts)
    )
    return f"<c:dLbls>{made}{_SHOWN.format(1)}</c:dLbls>"


def _cache(form: str, values: Sequence[str]) -> str:
    """Returns the values as the chart shows them until its numbers are edited."""
    number = "<c:formatCode>General</c:formatCode>" if form == "num" else ""
    points = "".join(tag("c:pt", f"<c:v>{escape(value)}</c:v>", idx=index) for index, value in enumerate(values))
    return f'<c:{form}Cache>{number}<c:ptCount val="{len(values)}"/>{points}</c:{form}Cache>'


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _text_properties(colour: str) -> str:
    look = f'<a:defRPr sz="{_SIZE}">{_fill(colour)}<a:latin typeface="{SANS}"/></a:defRPr>'
    return f'<c:txPr><a:bodyPr/><a:p><a:pPr>{look}</a:pPr><a:endParaRPr lang="en"/></a:p></c:txPr>'
