"""What the PDF tests share: a document around some Markdown, and a PDF as a real parser reads it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

from briefnote.model.brief import Bar, Chart
from briefnote.model.edition import Document, Theme
from briefnote.render.pdf import render

CHART = Chart(
    id="shares",
    title="Lopsided shares",
    alt="A is 34 percent of B's trade; B is 4 percent of A's.",
    bars=(Bar("A's share of B's trade", 34.0, "34%"), Bar("B's share of A's trade", 4.0, "about 4%")),
    maximum=40.0,
)


def document(markdown: str, **changes: Any) -> Document:
    """Returns the Markdown as a document of 21 November 2026 with one chart, `shares`."""
    values: dict[str, Any] = {
        "markdown": markdown,
        "title": "Leverage: large and unspent",
        "subtitle": "Issue 2026-W47",
        "author": "Analysis desk",
        "language": "en",
        "marking": "TLP:CLEAR",
        "keywords": ("trade", "leverage"),
        "moment": datetime(2026, 11, 21, tzinfo=UTC),
        "charts": {"shares": CHART},
    }
    return Document(**values | changes)


def pdf(markdown: str, **changes: Any) -> bytes:
    """Returns the Markdown as a PDF in the default theme."""
    return render(document(markdown, **changes), Theme())


def page_texts(data: bytes) -> list[str]:
    """Returns the text of each page as pdfium extracts it, white space folded."""
    file = pypdfium2.PdfDocument(data)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in file]


@dataclass(frozen=True)
class Tag:
    """An element of a page's structure tree: how deep, which type, which alternative text."""

    depth: int
    type: str
    alt: str


def tags(data: bytes, page: int = 0) -> list[Tag]:
    """Returns the structure tree of a page in reading order, as pdfium reads it."""
    tree = raw.FPDF_StructTree_GetForPage(pypdfium2.PdfDocument(data)[page])
    count = raw.FPDF_StructTree_CountChildren(tree)
    return [tag for index in range(count) for tag in _walk(raw.FPDF_StructTree_GetChildAtIndex(tree, index), 0)]


def _walk(element: Any, depth: int) -> Iterator[Tag]:
    yield Tag(
        depth,
        _read(raw.FPDF_StructElement_GetType, element),
        _read(raw.FPDF_StructElement_GetAltText, element),
    )
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            yield from _walk(child, depth + 1)


def _read(function: Any, element: Any) -> str:
    length = function(element, None, 0)
    buffer = ctypes.create_string_buffer(length)
    function(element, buffer, length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le")
