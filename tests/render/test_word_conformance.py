"""The Word edition passes inspection, whatever is written in it: 300 generated documents and the shipped briefs."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from generated import make
from house_files import letterhead
from word_lint import lint, notes_of, text_of

from briefnote.editions import set_as_document
from briefnote.inputs import read_inputs
from briefnote.model.edition import Document, HouseFile, Theme
from briefnote.pipeline import compose_brief
from briefnote.render.tokens import parse
from briefnote.render.word import render
from briefnote.store.folder import open_folder
from briefnote.store.issue import Issue
from briefnote.text import clean

ROOT = Path(__file__).parents[2]
BRIEFS = ("china-russia", "us-partners")
GROUPS = 20
EACH = 15
NATIVE = Theme(native_charts=True, contents_from_pages=1)


@functools.cache
def house() -> HouseFile:
    """A letterhead with cover and back page."""
    return HouseFile("templates/house.docx", letterhead())


def shipped(name: str) -> Document:
    """Returns a shipped brief, set as Markdown."""
    folder = open_folder(ROOT)
    inputs = read_inputs(folder, name)
    brief = compose_brief(inputs, Issue(ROOT, name, "2026-W47"), date(2026, 11, 21))
    return set_as_document(brief, inputs.template)


def audited(data: bytes) -> set[str]:
    """Returns the errors that openxml-audit finds, without their places."""
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(data)
        file.flush()
        return {
            f"{error.part_uri}: {error.description}" for error in audit.OpenXmlValidator().validate(file.name).errors
        }


def check(data: bytes, words: Sequence[str] = (), calls: dict[str, str] | None = None) -> None:
    """Fails where the file has an error, lost a word, or has a note that is not that of its call."""
    assert lint(data) == []
    assert audited(data) == set()
    said = squeezed(text_of(data))
    assert [word for word in words if squeezed(word) not in said] == []
    notes = {squeezed(before): squeezed(note) for before, note in notes_of(data)}
    for call, first in (calls or {}).items():
        paired = next(note for before, note in notes.items() if before.endswith(squeezed(call)))
        assert paired.startswith(squeezed(first))


def squeezed(text: str) -> str:
    """Returns the text as an edition carries it, without white space."""
    return "".join(clean(text).split())


@pytest.mark.slow
@pytest.mark.parametrize("group", range(GROUPS))
def test_a_generated_document_has_no_error_and_loses_nothing(group: int) -> None:
    """All block kinds, nested, four scripts, hostile strings: no error, every word, each note with its call."""
    for seed in range(group * EACH, group * EACH + EACH):
        made = make(seed)
        theme = NATIVE if seed % 3 == 0 else Theme()
        document = replace(made.document, house=house()) if seed % 5 == 0 else made.document
        parse(document.markdown)
        check(render(document, theme), made.words, made.calls)


@pytest.mark.parametrize("brief", BRIEFS)
@pytest.mark.parametrize("theme", [Theme(), NATIVE], ids=["pictures", "native"])
def test_a_shipped_brief_has_no_error(brief: str, theme: Theme) -> None:
    """As it is, and with contents list and native charts."""
    check(render(shipped(brief), theme))


@pytest.mark.parametrize("brief", BRIEFS)
def test_a_shipped_brief_in_the_style_of_a_house_has_no_error(brief: str) -> None:
    """With cover and back page."""
    data = render(replace(shipped(brief), house=house(), period="2026-W47"), Theme())
    check(data)
    assert docx.Document(BytesIO(data)).paragraphs[-1].text == "Imprint: 21 November 2026"
