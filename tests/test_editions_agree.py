"""Every edition says the same: the editions of both shipped briefs, taken apart and compared sentence by sentence."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefnote.editions import set_as_document
from briefnote.inputs import read_inputs
from briefnote.pipeline import Request, build
from briefnote.render.context import day_in_words
from briefnote.render.mail import mail_html, mail_text
from briefnote.store.folder import open_folder
from edition_texts import folded, html_text, markdown_text, pdf_text, word_text

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 21)
BRIEFS = ["china-russia", "us-partners"]

Texts = Mapping[str, str]


@pytest.fixture(scope="module", params=BRIEFS)
def issue(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Texts]:
    """The JSON edition of a brief, and the text of each of the others by its ending."""
    root = tmp_path_factory.mktemp("desk")
    for part in ("sources", "briefs", "templates"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("20??-W*"))
    folder = open_folder(root)
    built = build(folder, Request(request.param, day=DAY, formats=("docx", "pdf", "html", "md", "json")))
    data = {ending: (built.folder / f"{request.param}-2026-W47.{ending}").read_bytes() for ending in READERS}
    inputs = read_inputs(folder, request.param)
    document = set_as_document(built.brief, inputs.template)
    edition = json.loads((built.folder / f"{request.param}-2026-W47.json").read_bytes())
    return edition, {
        **{ending: READERS[ending](data[ending]) for ending in READERS},
        "mail": html_text(mail_html(document, inputs.theme)),
        "text": folded(re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", "", mail_text(document))),
    }


READERS: Mapping[str, Any] = {
    "html": lambda data: html_text(data.decode()),
    "md": lambda data: markdown_text(data.decode()),
    "docx": word_text,
    "pdf": pdf_text,
}


def said_in(edition: dict[str, Any]) -> Iterator[str]:
    """Yields what a brief says, in order: title, handles, sentences, cells, confidence, sources, and then the notes."""
    yield from (edition["title"], edition["subtitle"], edition["basis"])
    for section in edition["sections"][1:]:
        yield from (section["title"], section["nothing_found"], *section["columns"])
        for block in section["blocks"]:
            yield from of_block(block)
        if section["id"] == "key-figures":
            for chart in edition["charts"]:
                yield from (chart["alt"], chart["title"])
    yield edition["changes_summary"]
    for source in edition["sources"]:
        yield from of_source(source)
    for left_out in edition["omitted"]:
        yield from (left_out["title"], left_out["reason"], left_out["id"])
    for section in edition["sections"][1:]:
        yield from [section["note"]] if section["note"] else [block["note"] for block in section["blocks"]]


def of_block(block: dict[str, Any]) -> Iterator[str]:
    if block["cells"]:
        yield from ("".join(part["text"] for part in cell) for cell in block["cells"])
        return
    yield "" if block["number"] else block["handle"]
    yield from (sentence["text"] for sentence in block["sentences"])
    if block["confidence"]:
        yield f"Confidence: {block['confidence']['statement']}."
        yield "".join(part["text"] for part in block["confidence"]["reason"])


def of_source(source: dict[str, Any]) -> Iterator[str]:
    yield from (source["title"], *source["authors"], source["publisher"] or "")
    yield day_in_words(source["published"]) if source["published"] else "undated"
    yield from (source["url"] or "", f"{source['reliability']}, {source['reliability_text']}:")
    yield from (source["reliability_reason"], source["kind"], source["id"])


def squeezed(text: str) -> str:
    """Returns the text without spaces and hyphens: pdfium drops both where a line of a PDF ends."""
    return re.sub(r"[\s-]", "", text)


@pytest.mark.parametrize("ending", ["html", "md", "docx", "pdf", "mail", "text"])
def test_an_edition_says_all_of_the_brief_in_order(ending: str, issue: tuple[dict[str, Any], Texts]) -> None:
    """Each sentence, cell, handle, confidence, source and note of the JSON edition stands in every other edition."""
    edition, texts = issue
    text, place, missing = squeezed(texts[ending]), 0, []
    statements = [squeezed(folded(statement)) for statement in said_in(edition)]
    for statement in statements:
        found = text.find(statement, place)
        if found < 0:
            missing.append(statement)
        else:
            place = found + len(statement)
    assert len(statements) > 200
    assert missing == []


@pytest.mark.parametrize("ending", ["md", "docx"])
def test_editions_say_nothing_else(ending: str, issue: tuple[dict[str, Any], Texts]) -> None:
    """Word and Markdown say, word for word, what HTML says."""
    _, texts = issue
    assert texts[ending] == texts["html"]


def test_the_pdf_says_nothing_else(issue: tuple[dict[str, Any], Texts]) -> None:
    """In the order of its structure tree, and but for the contents, the PDF says what HTML says."""
    _, texts = issue
    assert squeezed(texts["pdf"]) == squeezed(texts["html"])


def test_the_mail_says_nothing_else(issue: tuple[dict[str, Any], Texts]) -> None:
    """Between the markings, a mail says what HTML says, and what the foot of a page says."""
    edition, texts = issue
    marking = edition["marking"]
    title = edition["title"].split(": ")[0]
    assert texts["mail"] == f"{marking} {texts['html']} {title} · 21 November 2026 {marking}"
