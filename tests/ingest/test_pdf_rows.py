"""Tables on PDF pages: one line for each row, numbers beside their label."""

from __future__ import annotations

import io

from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from briefnote.ingest.pdf.lines import cut, is_row
from briefnote.ingest.reading import read

BODY = getSampleStyleSheet()["Normal"]
TEXT = "The harbour office says that dredging costs have doubled since 2019, which its own accounts do not show. " * 2
# Rows without space between them lie as close as the lines of a paragraph do.
TIGHT = TableStyle(
    [("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0), ("LEADING", (0, 0), (-1, -1), 12)]
)


def lines(rows: list[list[str]], style: TableStyle | None) -> list[str]:
    """Returns the blocks that a table between two paragraphs is read as."""
    out = io.BytesIO()
    cells: list[list[object]] = [[Paragraph(row[0], BODY), *row[1:]] for row in rows]
    table = Table(cells, [110, 60, 60, 60], style=style)
    SimpleDocTemplate(out, invariant=1).build([Paragraph(TEXT, BODY), table, Paragraph(TEXT, BODY)])
    article = read(out.getvalue(), "trade.pdf")
    return [article.text[block.start : block.end] for block in article.blocks][1:-1]


def test_each_row_is_a_line_of_its_own() -> None:
    """Also where rows lie as close as lines; the row of years, too."""
    rows = [["Country", "2022", "2023", "2024"], ["Arland", "1,204", "1,310", "+9%"], ["Borland", "88", "97", "-10.5%"]]
    said = ["Country 2022 2023 2024", "Arland 1,204 1,310 +9%", "Borland 88 97 -10.5%"]
    assert lines(rows, TIGHT) == said
    assert lines(rows, None) == said


def test_a_label_of_several_lines_keeps_its_numbers() -> None:
    """The words of a label that is broken stand before the numbers of its row."""
    rows = [["Arland", "12", "13", "14"], ["Borland without the free zones of its southern ports", "88", "97", "99"]]
    assert lines(rows, TIGHT) == ["Arland 12 13 14", "Borland without the free zones of its southern ports 88 97 99"]


def test_rows_as_long_as_lines_of_text_are_not_joined() -> None:
    """A page of nothing but a table has full lines, none of which goes on in the next."""
    rows = [f"{name}, all goods and services 1,{n}37 2,{n}74 3,{n}11" for n, name in enumerate(("Arland", "Borland"))]
    text, pieces, _ = cut("\r\n".join(rows))
    assert [text[start:end] for start, end, *_ in pieces] == rows


def test_numbers_in_running_text_are_no_row() -> None:
    """A row ends with two numbers or more, and nothing stands between them."""
    assert is_row("Arland 1,204 $1,310.5 +9%")
    assert is_row("Borland 12 –3")
    assert not is_row("as the council said in its resolution 2231 (2015)")
    assert not is_row("which happened in 2019, 2020")
    assert not is_row("The share rose to 14%")
