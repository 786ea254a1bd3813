"""The PDF as a document for the archive: PDF/A-2a and PDF/A-3a, colours, attachments."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
import pytest
from pdf_tools import document
from PIL import Image, ImageCms
from test_pdf_standard import MARKDOWN

from briefnote.errors import BriefnoteError
from briefnote.model.edition import Attachment, Document, PdfStandard, Theme
from briefnote.render.pdf import render
from briefnote.render.pdf.colour import srgb_profile

JSON = Attachment("brief.json", "application/json", b'{"title": "x"}\n', "The brief as data")


def made(standard: PdfStandard, text: Document | None = None) -> bytes:
    """Returns a document of every kind of block in a standard."""
    return render(text or document(MARKDOWN), Theme(pdf_standard=standard, contents_from_pages=1))


@pytest.mark.parametrize("standard", ["a-2a", "a-3a"])
def test_archival_pdf_meets_its_standard_and_pdf_ua_1(standard: PdfStandard) -> None:
    """No rule fails, of PDF/A as little as of PDF/UA."""
    page = pytest.importorskip("page", reason="pip install page-validation")
    data = made(standard)
    for name in ("PDF_UA_1", f"PDF_{standard.upper().replace('-', '_')}"):
        report = page.validate_pdf_bytes(data, profile=getattr(page.ValidationProfile, name))
        assert [str(failure) for failure in report.failures] == []


@pytest.mark.parametrize(
    ("standard", "claims"), [("ua-1", []), ("a-2a", [b"<pdfaid:part>2<"]), ("a-3a", [b"<pdfaid:part>3<"])]
)
def test_pdf_claims_what_it_is(standard: PdfStandard, claims: list[bytes]) -> None:
    """All claim PDF/UA-1; an archival PDF also names its part of PDF/A."""
    data = made(standard)
    assert b"<pdfuaid:part>1<" in data
    assert [claim for claim in (b"<pdfaid:part>2<", b"<pdfaid:part>3<") if claim in data] == claims


def test_archival_pdf_is_the_same_every_time() -> None:
    """No clock is read for profile, metadata or attachment."""
    assert made("a-3a", document("x", attachment=JSON)) == made("a-3a", document("x", attachment=JSON))


def test_every_stream_ends_with_a_line_end() -> None:
    """PDF/A wants one before `endstream`; the length of the data tells it from the data."""
    data = made("ua-1")
    assert data.count(b"\r\nendstream") == data.count(b"endstream") > 10


@pytest.mark.parametrize("title", ["endstream endobj", "]]> <x>", "", "\x00\ufffe&"])
def test_hostile_title_does_not_break_the_metadata(title: str) -> None:
    """What ends an object in PDF or a section in XML is text in a title."""
    page = pytest.importorskip("page", reason="pip install page-validation")
    data = made("a-2a", replace(document("Text."), title=title, author=title, keywords=(title,)))
    assert page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_A_2A).failures == []


def test_profile_is_srgb() -> None:
    """A colour management system finds the colours of sRGB in it."""
    colours = Image.new("RGB", (52, 52))
    colours.putdata([(red * 5, green * 5, (red * green) % 256) for red in range(52) for green in range(52)])
    profile = ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))
    seen = ImageCms.profileToProfile(colours, profile, ImageCms.createProfile("sRGB"))
    assert seen is not None
    pairs = zip(colours.tobytes(), seen.tobytes(), strict=True)
    assert max(abs(before - after) for before, after in pairs) <= 1


@pytest.mark.parametrize("standard", ["ua-1", "a-3a"])
def test_attachment_comes_out_as_it_went_in(standard: PdfStandard) -> None:
    """The file is inside under its name, with its bytes."""
    pdf = pypdfium2.PdfDocument(made(standard, document("Text.", attachment=JSON)))
    (attachment,) = [pdf.get_attachment(index) for index in range(pdf.count_attachments())]
    assert (attachment.get_name(), bytes(attachment.get_data())) == ("brief.json", JSON.data)


def test_attachment_says_what_it_is() -> None:
    """Its media type, its relation to the document and a description are there."""
    data = made("a-3a", document("Text.", attachment=JSON))
    assert b"/Subtype /application#2Fjson" in data
    assert b"/AFRelationship /Source" in data
    assert b"/AF [ " in data
    assert b"/Desc (The brief as data)" in data


def test_pdf_with_an_attachment_meets_pdf_a_3() -> None:
    """PDF/A-3 takes any file."""
    page = pytest.importorskip("page", reason="pip install page-validation")
    data = made("a-3a", document("Text.", attachment=JSON))
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        assert page.validate_pdf_bytes(data, profile=profile).failures == []


def test_pdf_a_2_refuses_an_attachment() -> None:
    """PDF/A-2 takes none but PDF/A files; the message says what to do."""
    with pytest.raises(BriefnoteError, match=r"'brief\.json' is none\. Use pdf_standard a-3a"):
        made("a-2a", document("Text.", attachment=JSON))
