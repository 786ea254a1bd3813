"""Reads PDF files: columns in order, lines joined, running heads and page numbers left out, pages kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefnote.ingest.frontlines import with_front_lines
from briefnote.ingest.office.properties import Properties, stated
from briefnote.ingest.passages import assemble
from briefnote.ingest.pdf.furniture import without_furniture
from briefnote.ingest.pdf.lines import PdfPage, Stretch, cut
from briefnote.ingest.pdf.pages import Pages, UnreadableError
from briefnote.ingest.pdf.paragraphs import passages_of
from briefnote.ingest.snapshot import Snapshot
from briefnote.model.article import Article, Gate

MOST_PAGES = 1_000
_FEWEST = 25  # characters a page, on average, below which its pages are pictures


def read(snapshot: Snapshot) -> Article:
    """Returns the article.

    Places name the page ("page 3") and count the characters of its text as pdfium has it, without white space at the
    ends of lines.

    A file of pictures is read by tesseract where that and the extra [ocr] are installed; else it has a gate.
    """
    document = _opened(snapshot)
    try:
        if len(document) > MOST_PAGES:
            snapshot.refuse(f"has {len(document):,} pages, more than {MOST_PAGES:,}; save the part you need")
        pages = list(_pages(document, snapshot))
        gates: tuple[Gate, ...] = ()
        if sum(len(page.text) for page in pages) < _FEWEST * len(pages):
            pages, gates = _recognised(document, pages)
        properties = Properties(*map(document.get_metadata_value, ("Title", "Author", "CreationDate", "ModDate")))
    finally:
        document.close()
    passages = with_front_lines(passages_of(without_furniture(pages)))
    body = assemble(passages)
    metadata = stated(passages, body.text, properties, snapshot.url)
    return Article(body.text, body.blocks, body.places, metadata, gates=gates)


def _opened(snapshot: Snapshot) -> Any:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        return pypdfium2.PdfDocument(snapshot.data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            snapshot.refuse("is encrypted; save a copy without the password")
        return snapshot.refuse("is no readable PDF (broken or cut off); get it again, or print it to a new PDF")


def _pages(document: Any, snapshot: Snapshot) -> Iterator[PdfPage]:
    pages = Pages(document)
    for number in range(1, len(document) + 1):
        try:
            yield pages.read(number)
        except UnreadableError:
            snapshot.refuse(f"has a page that cannot be read ({number}); get it again, or print it to a new PDF")


def _recognised(document: Any, pages: list[PdfPage]) -> tuple[list[PdfPage], tuple[Gate, ...]]:
    """Returns the pages as tesseract reads them; as they are, with the gate, where it is not there."""
    from briefnote.ingest.pdf.recognition import recognise

    texts = recognise(document)
    if texts is None:
        reason = "the PDF has no text layer; install tesseract and `pip install briefnote[ocr]`, or save it with text"
        return pages, (Gate("no-text-layer", reason, f"{len(pages)} pages without text"),)
    return [_from_text(page, text) for page, text in zip(pages, texts, strict=True)], ()


def _from_text(page: PdfPage, text: str) -> PdfPage:
    """Returns a page of recognised text: all lines in one size, one a step below the other."""
    text, pieces, is_divided = cut(text.replace("\f", ""))
    found = []
    for start, end, *_ in pieces:
        top = page.height - 12.0 * text.count("\n", 0, start)
        bottom = top - 12.0 * text.count("\n", start, end)
        found.append(Stretch(page.number, start, end, text[start:end], 72.0, top, bottom, 10.0, False))
    return PdfPage(page.number, page.height, text, tuple(found), is_divided)
