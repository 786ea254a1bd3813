"""Bar charts: the label on the left, the bar, the value at its end; no axis and no legend to misread.

`layout` says what stands where; the PDF paints that itself, `svg` and `png` are for HTML and Word. The bars
are one dark colour and each has its number beside it: nothing is lost in grey.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from briefnote.model.brief import Bar, Chart
from briefnote.model.edition import Theme
from briefnote.render.typeface import Face, Typesetter, width

_SIZE = 8.7
_LEADING = 11.0
_BAR = 13.0  # height of a bar
_GAP = 9.0  # between rows
_LABELS = 0.38  # share of the width that labels may take
_SPACE = 8.0  # between label and bar, bar and value

_LABEL = Face("Sans")
_VALUE = Face("Sans", is_bold=True)


@dataclass(frozen=True)
class Box:
    """A bar: left, top, width and height in points, from the top left corner of the chart."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True)
class Words:
    """A line of text: where it begins, its baseline, and whether it is bold."""

    x: float
    baseline: float
    text: str
    is_bold: bool
    colour: str
    size: float = _SIZE

    @property
    def face(self) -> Face:
        """Returns the font of the text."""
        return _VALUE if self.is_bold else _LABEL


@dataclass(frozen=True)
class Layout:
    """A chart with its measures in points."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    words: tuple[Words, ...]


def layout(chart: Chart, theme: Theme, width_mm: float) -> Layout:
    """Returns where the bars, labels and values of a chart stand.

    A bar of `chart.maximum` would fill the space between the widest label and the widest value; a value
    below zero has no bar, one above the maximum a full one.
    """
    total = width_mm * 72 / 25.4
    labels = [_wrapped(bar.label, total * _LABELS) for bar in chart.bars]
    left = max((_measure(line, _LABEL) for lines in labels for line in lines), default=0.0) + _SPACE
    values = max((_measure(bar.text, _VALUE) for bar in chart.bars), default=0.0)
    room = max(total - left - min(values, total * _LABELS) - _SPACE, 0.0)
    boxes: list[Box] = []
    words: list[Words] = []
    y = 2.0
    for bar, lines in zip(chart.bars, labels, strict=True):
        height = max(_BAR, len(lines) * _LEADING)
        length = room * _share(bar, chart)
        boxes.append(Box(left, y + (height - _BAR) / 2, max(length, 0.75), _BAR, theme.accent))
        first = y + (height - len(lines) * _LEADING) / 2 + _LEADING / 2 + _SIZE * 0.33
        words += [Words(0.0, first + n * _LEADING, line, False, theme.text) for n, line in enumerate(lines)]
        baseline = y + height / 2 + _SIZE * 0.33
        words.append(Words(left + length + _SPACE * 0.75, baseline, bar.text, True, theme.text))
        y += height + _GAP
    return Layout(total, max(y - _GAP, 0.0) + 2.0, tuple(boxes), tuple(words))


def svg(chart: Chart, theme: Theme, width_mm: float = 160.0) -> str:
    """Returns the chart as SVG with real text; nothing outside it is referred to.

    The parts have the classes `chart-bar`, `chart-label` and `chart-value`, so that a page can recolour them.
    """
    drawn = layout(chart, theme, width_mm)
    size = f"{_number(drawn.width)} {_number(drawn.height)}"
    bars = [
        f'<rect class="chart-bar" x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" '
        f'height="{_number(box.height)}" fill="#{box.colour}"/>'
        for box in drawn.boxes
    ]
    words = [
        f'<text class="{"chart-value" if word.is_bold else "chart-label"}" x="{_number(word.x)}" '
        f'y="{_number(word.baseline)}" fill="#{word.colour}" font-weight="{700 if word.is_bold else 400}">'
        f"{escape(word.text)}</text>"
        for word in drawn.words
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{_number(drawn.width)}pt" '
        f'height="{_number(drawn.height)}pt" role="img" aria-label={quoteattr(chart.alt or chart.title)} '
        f"font-family=\"'Source Sans 3','Source Sans Pro',Calibri,Arial,sans-serif\" "
        f'font-size="{_number(_SIZE)}">{"".join(bars)}{"".join(words)}</svg>'
    )


def png(chart: Chart, theme: Theme, scale: float = 3.0, width_mm: float = 160.0) -> bytes:
    """Returns the chart as a PNG on white, 72 × `scale` dots an inch; the same chart gives the same bytes."""
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(_one_page(layout(chart, theme, width_mm)))
    image = document[0].render(scale=scale).to_pil().convert("L" if _is_grey(theme) else "RGB")
    out = BytesIO()
    image.save(out, "PNG", dpi=(72 * scale, 72 * scale), optimize=False)
    document.close()
    return out.getvalue()


def _one_page(drawn: Layout) -> bytes:
    """Returns a PDF that is the chart and nothing else."""
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(drawn.width, drawn.height), invariant=1)
    for box in drawn.boxes:
        canvas.setFillColor(f"#{box.colour}")
        canvas.rect(box.x, drawn.height - box.y - box.height, box.width, box.height, stroke=0, fill=1)
    typesetter = Typesetter()
    for word in drawn.words:
        canvas.setFillColor(f"#{word.colour}")
        text = canvas.beginText(word.x, drawn.height - word.baseline)
        for font, part in typesetter.runs(word.text, word.face):
            text.setFont(font, word.size)
            text.textOut(part)
        canvas.drawText(text)
    canvas.save()
    return out.getvalue()


def _share(bar: Bar, chart: Chart) -> float:
    return min(max(bar.value / chart.maximum, 0.0), 1.0) if chart.maximum > 0 else 0.0


def _wrapped(label: str, limit: float) -> list[str]:
    """Returns the label on as many lines as it needs, words that are wider than a line cut to pieces."""
    lines: list[str] = []
    for word in label.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _measure(joined, _LABEL) <= limit:
            lines[-1] = joined
        else:
            lines += _pieces(word, limit)
    return lines or [""]


def _pieces(word: str, limit: float) -> list[str]:
    cuts = [0]
    for end in range(1, len(word) + 1):
        if _measure(word[cuts[-1] : end], _LABEL) > limit and end - 1 > cuts[-1]:
            cuts.append(end - 1)
    return [word[first:last] for first, last in pairwise([*cuts, len(word)])]


def _measure(text: str, face: Face) -> float:
    return sum(width(part, font, _SIZE) for font, part in Typesetter().runs(text, face))


def _is_grey(theme: Theme) -> bool:
    return all(colour[:2] == colour[2:4] == colour[4:] for colour in (theme.text, theme.accent))


def _number(value: float) -> str:
    """Returns the number with at most two decimals: enough for print, the same on every platform."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
