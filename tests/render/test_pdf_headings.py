"""Headings in the PDF: their levels, their bookmarks, and what stays below them."""

from __future__ import annotations

import pypdfium2  # type: ignore[import-untyped]
from pdf_tools import page_texts, pdf, tags


def test_heading_levels_have_no_gaps() -> None:
    """A template that skips a level still gives H1, H2, H2, H1."""
    data = pdf("## a\n\n#### b\n\n#### c\n\n## d")
    assert [tag.type for tag in tags(data) if tag.type.startswith("H")] == ["H1", "H2", "H2", "H1"]


def test_heading_without_text_has_no_level() -> None:
    """An empty heading is nothing to read out, and makes no gap in the levels below it."""
    data = pdf("#\n\n## a\n\n##\n\n### b")
    assert [tag.type for tag in tags(data) if tag.type.startswith("H")] == ["H1", "H2"]


def test_outline_holds_all_headings() -> None:
    """The bookmarks are the headings, nested as they are."""
    outline = pypdfium2.PdfDocument(pdf("# Title\n\n## Part & parcel\n\n### Deep")).get_toc()
    assert [(entry.level, entry.get_title()) for entry in outline] == [
        (0, "Title"),
        (1, "Part & parcel"),
        (2, "Deep"),
    ]


def test_heading_never_ends_a_page() -> None:
    """A heading moves to the next page with the paragraph below it."""
    for lines in range(30, 50):
        body = "\n\n".join(["Line."] * lines)
        pages = page_texts(pdf(f"{body}\n\n## Heading\n\nBelow."))
        assert [("Heading" in page) == ("Below." in page) for page in pages] == [True] * len(pages)
