"""How wide the columns of a table are."""

from __future__ import annotations

from briefnote.render.pdf.layout import Run
from briefnote.render.pdf.structure import Element
from briefnote.render.pdf.tables import Cell, column_widths

ELEMENT = Element("TD")


def row(*texts: str) -> tuple[Cell, ...]:
    """Returns a row of texts in 9-point sans."""
    return tuple(Cell((Run(text, "Sans-Regular", 9.0, "000000", ELEMENT),)) for text in texts)


def widths(*rows: tuple[Cell, ...], total: float = 450.0) -> list[int]:
    """Returns the widths of the columns in whole points."""
    return [round(width) for width in column_widths(rows, total)]


def test_columns_fill_the_width() -> None:
    """Whatever the cells hold, the columns together are as wide as the text."""
    for texts in (("a", "b"), ("a " * 200, "b"), ("x" * 500, "y" * 500, "z"), ("", "", "", "")):
        assert (
            sum(column_widths([row(*texts)], 450.0)) == 450.0
            or abs(sum(column_widths([row(*texts)], 450.0)) - 450.0) < 0.01
        )


def test_short_columns_stay_narrow() -> None:
    """A column of dates gets what it needs on one line; the text gets the rest."""
    narrow, wide = widths(row("When", "What"), row("mid-2024", "a long description " * 12))
    assert narrow < 60
    assert narrow + wide == 450


def test_one_long_cell_does_not_narrow_a_full_column() -> None:
    """The column that holds more in all is the wider one."""
    first, second = widths(
        *(row("Share of exports that go to one buyer alone", "34%") for _ in range(8)),
        row("Two-way trade", "from about 147 billion at the start of the period to 245 billion at its end"),
        total=300.0,
    )
    assert first > second


def test_no_column_is_narrower_than_its_widest_word() -> None:
    """A long word is not cut for the sake of another column's text."""
    first, _ = widths(row("incomprehensibilities", "word " * 300))
    assert first > 80
