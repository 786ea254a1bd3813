"""What the PDF edition uses of reportlab's inside; a release without it must fail here, not at a reader's."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase import pdfdoc, ttfonts
from reportlab.pdfgen.canvas import Canvas

from briefnote.render.typeface import load


@pytest.fixture
def canvas() -> Any:
    """Returns a canvas with some text on it."""
    load("Sans-Regular")
    made: Any = Canvas(BytesIO(), initialFontName="Sans-Regular")  # type: ignore[arg-type]
    made.drawString(10, 10, "text")
    return made


def test_page_can_be_found_under_its_name(canvas: Any) -> None:
    """The page that `showPage` finishes is in the table of objects under the name it was announced by."""
    name = canvas._doc.thisPageName()
    canvas.showPage()
    assert isinstance(canvas._doc.idToObject[name], pdfdoc.PDFPage)


def test_page_prints_the_attributes_that_are_added(canvas: Any) -> None:
    """`__NoDefault__` says which attributes of a page are written."""
    canvas.showPage()
    page = canvas._doc.idToObject["Page1"]
    page.__NoDefault__ = [*page.__NoDefault__, "Tabs"]
    page.Tabs = pdfdoc.PDFName("S")
    canvas.save()
    assert b"/Tabs /S" in canvas._filename.getvalue()


@pytest.mark.parametrize("entry", ["StructTreeRoot", "MarkInfo", "Metadata", "ViewerPreferences"])
def test_catalog_writes_the_entry(entry: str) -> None:
    """The catalog of the file takes the entries of a tagged PDF."""
    assert entry in pdfdoc.PDFCatalog.__NoDefault__


@pytest.mark.parametrize("method", ["_addAnnotation", "_bookmarkReference", "addLiteral", "absolutePosition"])
def test_canvas_has_the_method(method: str) -> None:
    """The methods for annotations and raw operators are there."""
    assert callable(getattr(Canvas, method))


def test_time_stamp_can_be_set(canvas: Any) -> None:
    """The document's time stamp is a `TimeStamp` with these fields."""
    assert isinstance(canvas._doc._timeStamp, TimeStamp)
    assert {"t", "YMDhms", "dhh", "dmm"} <= set(vars(canvas._doc._timeStamp))


def test_font_keeps_its_subsets_and_names_its_table(canvas: Any) -> None:
    """A font has its subsets until it is written, and registers the table that is replaced."""
    font: Any = load("Sans-Regular")
    assert [len(font.state[canvas._doc].subsets)] == [1]
    canvas.save()
    name = (ttfonts.SUBSETN(0) + b"+" + font.face.name + font.face.subfontNameX).decode("ascii")
    assert "begincmap" in canvas._doc.idToObject[f"toUnicodeCMap:{name}"].content


def test_objects_have_numbers_before_they_are_written(canvas: Any) -> None:
    """An object that writes itself can name others by number."""
    canvas._doc.Reference(pdfdoc.PDFDictionary({}), "Mine")
    number, version = canvas._doc.idToObjectNumberAndVersion["Mine"]
    assert (number > 0, version) == (True, 0)
    canvas.save()
    assert f"\n{number} {version} obj".encode() in canvas._filename.getvalue()


def test_streams_pass_reference_before_they_are_written(canvas: Any) -> None:
    """Where a stream is registered, its class and filters can be changed."""
    seen: list[str] = []

    class Watching(pdfdoc.PDFDocument):
        def Reference(self, obj: Any, name: Any = None) -> Any:  # noqa: N802 -- reportlab's name
            seen.append(type(obj).__name__)
            base: Any = super()
            return base.Reference(obj, name)

    canvas._doc.__class__ = Watching
    canvas.save()
    data = canvas._filename.getvalue()
    assert seen.count("PDFStream") >= data.count(b"endstream") > 0


def test_stream_ends_without_a_line_end(canvas: Any) -> None:
    """reportlab writes `endstream` right after the data: should that change, the line end of ours is one too many."""
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary({}), b"data")
    assert stream.format(canvas._doc).endswith(b"\nstream\ndataendstream\n")


def test_font_tells_the_glyphs_of_a_text(canvas: Any) -> None:
    """Text comes as parts of one subset each, whose name in the file the font knows."""
    font: Any = load("Sans-Regular")
    ((subset, glyphs),) = font.splitString("text", canvas._doc)
    assert (len(glyphs), font.getSubsetInternalName(subset, canvas._doc)[:1]) == (4, "/")
