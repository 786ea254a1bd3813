"""The text of every edition, as a parser of that format reads it, folded so that editions can be compared."""

from __future__ import annotations

import ctypes
import re
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pypdfium2  # type: ignore[import-untyped]
from lxml import etree, html
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from pypdfium2 import raw

_BLOCKS = set("p h1 h2 h3 h4 h5 h6 li td th tr table figcaption pre blockquote section div header footer ol ul".split())
_NOT_SAID = {"head", "nav", "details", "sup", "svg", "style"}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def folded(text: str) -> str:
    """Returns the text without citations, on one line, words that were cut at a hyphen joined again."""
    text = re.sub(
        r"\s*\[\d+\]", "", re.sub("[\u00ad\ufffe\x02]", "", text)
    )  # how pdfium marks a hyphen at a line's end
    return re.sub(r"(?<=[-–—/])\s+", "", " ".join(text.split()))


def html_text(page: str) -> str:
    """Returns what an HTML page says: neither its furniture, nor what is closed, nor the marks of notes."""
    root = html.document_fromstring(page)
    body: Any = root.find("body")
    return folded("".join(_said(body)))


def _said(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _NOT_SAID or _is_furniture(element):
        return
    if element.get("role") == "img":
        yield element.get("aria-label")
        return
    is_block = element.tag in _BLOCKS
    yield "\n" if is_block else ""
    yield element.text or ""
    for child in element:
        yield from _said(child)
        yield child.tail or ""
    yield "\n" if is_block else ""


def _is_furniture(element: Any) -> bool:
    if element.tag == "h2" and element.text_content() == "Notes":  # where notes stand at the foot, none is needed
        return True
    return element.get("class") in {"edge", "footnotes-sep", "footnote-backref"} or element.get("role") in {
        "doc-backlink",
        "region",
    }


def markdown_text(markdown: str) -> str:
    """Returns what Markdown says to a reader of CommonMark with tables and footnotes."""
    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin)
    return html_text(f"<html><body>{parser.render(markdown)}</body></html>")


def word_text(data: bytes) -> str:
    """Returns what the body of a Word file says, then what its notes say."""
    with ZipFile(BytesIO(data)) as package:
        trees = [etree.fromstring(package.read(f"word/{name}.xml")) for name in ("document", "footnotes")]
    paragraphs = [paragraph for tree in trees for paragraph in tree.iter(f"{_W}p") if not _is_of_contents(paragraph)]
    return folded("\n".join("".join(_run_texts(paragraph)) for paragraph in paragraphs))


def _is_of_contents(paragraph: Any) -> bool:
    return any(style.get(f"{_W}val", "").startswith("TOC") for style in paragraph.iter(f"{_W}pStyle"))


def _run_texts(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            text = element.text or ""
            yield "" if text.strip() == "↑" else text  # the way back from a source to the text
        elif element.tag in {f"{_W}br", f"{_W}tab"}:
            yield " "
        elif isinstance(element.tag, str) and element.tag.endswith("}docPr"):
            yield element.get("descr", "")


# ---- PDF: in the order of the structure tree, which no page break interrupts ------------------------------------

_CONTENTS = "\0"


def pdf_text(data: bytes) -> str:
    """Returns what a tagged PDF says, then what its notes say; running heads and feet are artifacts."""
    body: list[str] = []
    notes: list[str] = []
    file = pypdfium2.PdfDocument(data)
    for page in file:
        texts = _marked_texts(page)
        tree = raw.FPDF_StructTree_GetForPage(page)
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            _walk(raw.FPDF_StructTree_GetChildAtIndex(tree, index), texts, body, notes)
    text = re.sub(f"[^\n]*\n{_CONTENTS}", "", "".join(body))  # the list of contents, with its heading
    return folded("".join([text, "\n", *notes]))


def _walk(element: Any, texts: dict[int, str], into: list[str], notes: list[str]) -> None:
    kind = _read(raw.FPDF_StructElement_GetType, element)
    if kind == "TOC":
        into.append(_CONTENTS)
    if kind in {"TOC", "Lbl"} or (kind == "Reference" and _is_call_of_note(element, texts)):
        return
    if kind == "Figure":
        into.append(f"\n{_read(raw.FPDF_StructElement_GetAltText, element)}\n")
        return
    into = notes if kind == "Note" else into
    is_inline = kind in {"Span", "Link", "Reference", "Code", "Em", "Strong"}
    into.append("" if is_inline else "\n")
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            _walk(child, texts, into, notes)
        else:
            into.append(texts.get(raw.FPDF_StructElement_GetChildMarkedContentID(element, index), ""))
    into.append("" if is_inline else "\n")


def _is_call_of_note(element: Any, texts: dict[int, str]) -> bool:
    said: list[str] = []
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            _walk(child, texts, said, said)
        else:
            said.append(texts.get(raw.FPDF_StructElement_GetChildMarkedContentID(element, index), ""))
    return "".join(said).strip().isdigit()


def _marked_texts(page: Any) -> dict[int, str]:
    """Returns the text of each marked piece of content of a page."""
    found: dict[int, str] = defaultdict(str)
    text_page = page.get_textpage()
    for item in page.get_objects():
        number = raw.FPDFPageObj_GetMarkedContentID(item.raw)
        if item.type == raw.FPDF_PAGEOBJ_TEXT and number >= 0:
            found[number] += _read_text(item.raw, text_page.raw)
    return found


def _read_text(item: Any, text_page: Any) -> str:
    length = raw.FPDFTextObj_GetText(item, text_page, None, 0)
    buffer = (ctypes.c_ushort * (length // 2))()
    raw.FPDFTextObj_GetText(item, text_page, buffer, length)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def _read(function: Any, element: Any) -> str:
    length = function(element, None, 0)
    buffer = ctypes.create_string_buffer(length)
    function(element, buffer, length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le")
