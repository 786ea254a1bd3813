"""The next issue says which sources are no longer what was read, and which judgements rest on them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from briefnote.model.archive import ArticleRecord, Drift
from briefnote.model.article import Article
from briefnote.pipeline import Request, build
from briefnote.starter import start_folder
from briefnote.store.articles import save_article, update_record
from briefnote.store.folder import Folder, open_folder

SOURCE = "2026-01-20-ruritanian-review"
CHANGED = Drift("changed", "2026-11-20", "1 line gone, 2 new")
HEADING = "Not all of the sources are what they were"


@pytest.fixture
def desk(november: None, tmp_path: Path) -> Folder:
    """The example folder, with the article of one of its sources."""
    start_folder(tmp_path / "desk")
    folder = open_folder(tmp_path / "desk")
    save_article(folder, ArticleRecord(SOURCE, Article("It runs.", ()), ""), None)
    return folder


def markdown(folder: Folder) -> str:
    built = build(folder, Request("example", formats=("md",)))
    return (built.folder / "example-2026-W47.md").read_text()


def drifted(folder: Folder, drift: Drift | None) -> str:
    update_record(folder, SOURCE, lambda known: replace(known, drift=drift))
    return markdown(folder)


def test_a_changed_source_is_said_with_the_judgements_on_it(desk: Folder) -> None:
    """Number and title of the source, what became of it, and the numbers of the key judgements."""
    said = drifted(desk, CHANGED)
    assert HEADING in said
    assert re.search(
        r"- \*\*Source \d, Why Ruritania will not squeeze Elbonia,\*\* has changed since it was read "
        r"\(1 line gone, 2 new; seen on 2026-11-20\)\. Key judgements that rest on it: [\d, ]+\.",
        said.replace("\\", ""),
    )


def test_an_unchanged_source_is_not_mentioned(desk: Folder) -> None:
    """A record without drift changes nothing, not even which files went in."""
    assert HEADING not in drifted(desk, None)


def test_a_vanished_source_is_said(desk: Folder) -> None:
    """With what the server answered."""
    said = drifted(desk, Drift("vanished", "2026-11-20", "the server answers 410")).replace("\\", "")
    assert "is no longer where it was read (the server answers 410; seen on 2026-11-20)." in said


def test_a_summary_of_the_new_text_ends_it(desk: Folder) -> None:
    """Once the summary's sha256 is that of the text that is there, the change has been read."""
    path = desk.root / "sources" / f"{SOURCE}.yaml"
    digest = hashlib.sha256(b"It runs.").hexdigest()
    text = re.sub(r"\n  sha256:.*", "", path.read_text())
    path.write_text(text.replace(f"  id: {SOURCE}\n", f"  id: {SOURCE}\n  sha256: {digest}\n"))
    assert HEADING not in drifted(desk, CHANGED)


def test_a_damaged_record_does_not_stop_a_brief(desk: Folder) -> None:
    """A brief is made of summaries; `sources list` says what is wrong with a record."""
    (desk.root / "sources" / f"{SOURCE}.article.json").write_text('{"drift": [1]')
    assert HEADING not in markdown(desk)
