"""The numbers of a chart as a small workbook that Excel opens (ECMA-376 18): one sheet, no formats, no formulas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from briefnote.render.word.opc import Package, Part, kind
from briefnote.render.word.wordml import NAMESPACES, escape, tag

_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml."
TYPE = f"{_SHEETS}sheet"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_MOMENT = datetime(1980, 1, 1)


def workbook(head: Sequence[str], rows: Sequence[Sequence[str | float]]) -> bytes:
    """Returns the workbook of a table: a row of headings, then the rows. The same table gives the same bytes."""
    package = Package()
    book = package.add(Part("xl/workbook.xml", f"{_SHEETS}sheet.main+xml"))
    package.root.relate(kind("officeDocument"), book.name)
    cells = "".join(_row(number, row) for number, row in enumerate([head, *rows], 1))
    content = f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    sheet = package.add(Part("xl/worksheets/sheet1.xml", f"{_SHEETS}worksheet+xml", content))
    named = tag("sheet", name="Sheet1", sheetId=1, r_id=book.relate(kind("worksheet"), sheet.name))
    book.write(f'<workbook xmlns="{_MAIN}" xmlns:r="{NAMESPACES["r"]}"><sheets>{named}</sheets></workbook>')
    return package.packed(_MOMENT)


def _row(number: int, values: Sequence[str | float]) -> str:
    cells = "".join(_cell(f"{chr(ord('A') + column)}{number}", value) for column, value in enumerate(values))
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, value: str | float) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value:.12g}</v></c>'
