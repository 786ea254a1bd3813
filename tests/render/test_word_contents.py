"""The contents list: filled in when it is written, right on opening, and asking nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2  # type: ignore[import-untyped]
import pytest
from edition_tools import document
from word_lint import lint

from briefnote.model.edition import Theme
from briefnote.render.word import render

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LONG = Theme(contents_from_pages=2)
SENTENCE = "A sentence of some words that is said so often that it fills a page in the end. "


def chapters(count: int, length: int = 12) -> str:
    """Returns a title and chapters of growing length, with a subsection and a note each."""
    parts = ["# The title"]
    for number in range(1, count + 1):
        parts += [f"## Chapter {number}", f"{SENTENCE * (length + number)}[^{number}]"]
        parts += [f"### Part {number}", *[f"- {SENTENCE * 2}"] * (number % 4)]
    return "\n\n".join([*parts, *(f"[^{number}]: A note." for number in range(1, count + 1))])


def listed(data: bytes) -> list[tuple[str, str, str]]:
    """Returns style, text and page of each line of the contents list."""
    lines = docx.Document(BytesIO(data)).element.body.iter(f"{W}sdt")
    found = []
    for line in next(iter(lines)).iter(f"{W}p"):
        style = line.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        texts = [text.text or "" for text in line.iter(f"{W}t")]
        found.append((str(style), texts[0], texts[-1] if len(texts) > 1 else ""))
    return found


def test_a_long_document_lists_its_sections_before_the_first() -> None:
    """Two levels, without the title, each with its page."""
    data = render(document(chapters(6)), LONG)
    assert lint(data) == []
    assert [(style, text) for style, text, _ in listed(data)][:5] == [
        ("TOCHeading", "Contents"),
        ("TOC1", "Chapter 1"),
        ("TOC2", "Part 1"),
        ("TOC1", "Chapter 2"),
        ("TOC2", "Part 2"),
    ]
    pages = [int(page) for _, _, page in listed(data)[1:]]
    assert pages == sorted(pages)
    assert pages[0] == 1
    assert pages[-1] > 2


def test_a_short_document_has_no_contents_list() -> None:
    """From so many pages on as the theme says."""
    assert list(docx.Document(BytesIO(render(document(chapters(6)), Theme()))).element.body.iter(f"{W}sdt")) == []


def test_a_document_without_sections_has_no_contents_list() -> None:
    """However long it is."""
    data = render(document("# T\n\n" + SENTENCE * 900), Theme(contents_from_pages=1))
    assert b"w:sdt" not in data
    assert list(docx.Document(BytesIO(data)).element.body.iter(f"{W}sdt")) == []


def test_the_list_is_a_field_of_word_that_asks_nothing() -> None:
    """F9 makes it anew; opening the file changes and asks nothing (the lint looks for what would)."""
    data = render(document(chapters(6)), LONG)
    codes = [code.text for code in docx.Document(BytesIO(data)).element.body.iter(f"{W}instrText")]
    assert codes[0] == ' TOC \\o "1-2" \\h \\z \\u '
    assert all(re.fullmatch(r" PAGEREF _Toc[0-9a-f]{16} \\h ", code or "") for code in codes[1:])
    assert lint(data) == []


def headings_of(pdf: Path) -> Iterator[tuple[str, int]]:
    """Yields each chapter and part with the last page that says it, which is where it stands."""
    file = pypdfium2.PdfDocument(pdf)
    for number in range(len(file)):
        text = file[number].get_textpage().get_text_range()
        for name in re.findall(r"^((?:Chapter|Part) \d+)\s*$", text, re.MULTILINE):
            yield name, number + 1


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("length", [7, 19, 33])
def test_the_pages_are_those_on_which_libreoffice_sets_the_headings(length: int, tmp_path: Path) -> None:
    """Reckoned, not laid out: most numbers are exact, a heading at the edge of a page may be one off."""
    data = render(document(chapters(14, length)), LONG)
    (tmp_path / "brief.docx").write_bytes(data)
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "brief.docx")], check=True, capture_output=True)
    standing = dict(headings_of(tmp_path / "brief.pdf"))
    off = [abs(int(page) - standing[text]) for _, text, page in listed(data)[1:]]
    assert max(off) <= 1
    assert off.count(0) >= 0.8 * len(off)
