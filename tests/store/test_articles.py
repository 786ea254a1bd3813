"""Articles on disk: whole or absent, never overwritten, older versions kept."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from briefnote.errors import BriefnoteError
from briefnote.model.archive import ArticleRecord, Drift, Fetch
from briefnote.model.article import Article, Block, Metadata, Place, Stated
from briefnote.store import articles
from briefnote.store.articles import (
    article_ids,
    free_id,
    read_article,
    read_snapshot,
    save_article,
    save_version,
    text_read,
)
from briefnote.store.folder import Folder
from briefnote.store.naming import id_of

TEXT = "The ferry\n\nIt runs. “Twice a day.”"
ARTICLE = Article(
    TEXT,
    (Block("title", 0, 9), Block("paragraph", 11, 35, page=2)),
    (Place(0, 35, "page 2", 4),),
    Metadata(title=Stated("The ferry", "<title>", 0.9), published=Stated("2025-05-08", "meta date", 1)),
    "text/html",
    "f" * 64,
)


def record(source: str = "2025-05-08-ferry", **about: object) -> ArticleRecord:
    return replace(ArticleRecord(source, ARTICLE, "", added="2026-11-21", came_from="https://a.example/ferry"), **about)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "sources").mkdir()
    return Folder(tmp_path)


def names(folder: Folder) -> list[str]:
    return sorted(path.name for path in (folder.root / "sources").iterdir())


def test_saved_then_read_is_the_same(folder: Folder) -> None:
    """What is saved is read again: text, structure, places, metadata, fetch and drift."""
    fetch = Fetch("https://a.example/ferry", "https://a.example/f", "2026-11-21", '"e1"', None)
    saved = save_article(folder, record(fetch=fetch, drift=Drift("vanished", "2026-11-21", "404")), b"<p>The ferry")
    assert read_article(folder, "2025-05-08-ferry") == saved
    assert read_snapshot(folder, saved) == b"<p>The ferry"


def test_the_files_of_a_source_lie_side_by_side(folder: Folder) -> None:
    """Text, record and snapshot share the id; nothing else is left in sources/."""
    save_article(folder, record(), b"<p>")
    assert names(folder) == [f"2025-05-08-ferry.{end}" for end in ("article.json", "snapshot.html", "txt")]


def test_a_text_put_there_by_hand_is_an_article(folder: Folder) -> None:
    """It has no structure and no metadata, and its line ends stay as they are, since quotes are counted in it."""
    (folder.root / "sources" / "memo.txt").write_bytes("One.\r\nTwo é.".encode())
    assert read_article(folder, "memo").article == Article("One.\r\nTwo é.", ())
    assert article_ids(folder) == ("memo",)


def test_nothing_is_overwritten(folder: Folder) -> None:
    """A second article of the same name is refused; the next free name is at hand."""
    save_article(folder, record(), b"1")
    with pytest.raises(BriefnoteError, match="is there already and is not overwritten"):
        save_article(folder, record(), b"2")
    assert free_id(folder, "2025-05-08-ferry") == "2025-05-08-ferry-2"


def test_an_article_joins_the_summary_that_a_person_wrote(folder: Folder) -> None:
    """A summary without its article is no reason to refuse the article."""
    (folder.root / "sources" / "2025-05-08-ferry.yaml").write_text("source: {}")
    save_article(folder, record(), b"1")
    assert article_ids(folder) == ("2025-05-08-ferry",)
    assert [file.name for file in folder.summary_files] == ["sources/2025-05-08-ferry.yaml"]


def test_a_changed_article_is_a_new_version(folder: Folder) -> None:
    """The former text, record and bytes stay as v1; the record knows until when they held."""
    first = save_article(folder, record(), b"old")
    changed = replace(
        first, article=replace(ARTICLE, text="Other.", blocks=(), places=(), media_type="application/pdf")
    )
    second = save_version(folder, changed, b"new", "2026-12-01")
    assert second.version == 2
    assert [(v.number, v.until, v.text) for v in second.versions] == [(1, "2026-12-01", first.text_sha256)]
    assert read_article(folder, "2025-05-08-ferry") == second
    assert (folder.root / "sources" / "2025-05-08-ferry.v1.txt").read_text() == TEXT
    assert (folder.root / "sources" / "2025-05-08-ferry.v1.snapshot.html").read_bytes() == b"old"
    assert article_ids(folder) == ("2025-05-08-ferry",)
    assert not (folder.root / "sources" / "2025-05-08-ferry.snapshot.html").exists()


def test_the_text_that_a_summary_was_made_of_is_found(folder: Folder) -> None:
    """By its digest, in whichever version; where there is none of that digest, the latest."""
    first = save_article(folder, record(), b"old")
    save_version(
        folder, replace(first, article=replace(ARTICLE, text="Other.", blocks=(), places=())), b"2", "2026-12-01"
    )
    assert text_read(folder, "2025-05-08-ferry", first.text_sha256) == TEXT
    assert text_read(folder, "2025-05-08-ferry", None) == "Other."


def test_a_text_edited_by_hand_is_known(folder: Folder) -> None:
    """The text is what the file says; blocks that no longer fit are not given, and the record keeps them."""
    save_article(folder, record(), b"1")
    (folder.root / "sources" / "2025-05-08-ferry.txt").write_text("The ferry ran.")
    read = read_article(folder, "2025-05-08-ferry")
    assert (read.is_edited, read.article.text, read.article.blocks) == (True, "The ferry ran.", ())
    articles.update_record(folder, "2025-05-08-ferry", lambda known: replace(known, origin="other"))
    (folder.root / "sources" / "2025-05-08-ferry.txt").write_text(TEXT)
    assert read_article(folder, "2025-05-08-ferry").article == ARTICLE
    assert read_article(folder, "2025-05-08-ferry").origin == "other"


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (lambda _: "[]", "it has no article"),
        (lambda _: "{", "is no record of an article"),
        (lambda plain: json.dumps({**plain, "origin": 7}), "origin: found 7, expected str"),
        (lambda plain: json.dumps({**plain, "versions": [{"number": "1"}]}), r"versions\[1\].number: found '1'"),
    ],
)
def test_a_broken_record_is_named(folder: Folder, break_it: object, message: str) -> None:
    """A record that was edited into something else is a message with its file and field."""
    save_article(folder, record(), b"1")
    path = folder.root / "sources" / "2025-05-08-ferry.article.json"
    path.write_text(break_it(json.loads(path.read_text())))  # type: ignore[operator]
    with pytest.raises(BriefnoteError, match=message):
        read_article(folder, "2025-05-08-ferry")


@pytest.mark.parametrize("name", ["../outside", "a/b", "..", ".hidden", "none"])
def test_an_id_cannot_leave_the_folder(folder: Folder, name: str) -> None:
    """What is no name of an article is a message."""
    (folder.root / "outside.txt").write_text("secret")
    with pytest.raises(BriefnoteError, match="has no article here"):
        read_article(folder, name)


# ---- crashes ----------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """Stands for the process dying: no handler of ours may catch it."""


def test_a_source_is_whole_or_absent_wherever_it_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped at each call that touches the disk, what is found afterwards is the whole former or the whole new state.

    After the stop nothing of the process runs, not even what it would clean up.
    """
    outcomes = set()
    for stop in range(1, 60):
        folder = Folder(tmp_path / str(stop))
        (folder.root / "sources").mkdir(parents=True)
        first = save_article(folder, record(), b"old")
        changed = replace(first, article=replace(ARTICLE, text="New.", blocks=(), places=()))
        survived = _stopped_after(
            stop, monkeypatch, lambda f=folder, c=changed: save_version(f, c, b"new", "2026-12-01")
        )
        read = read_article(folder, "2025-05-08-ferry")
        assert not read.is_edited
        assert (read.article.text, read_snapshot(folder, read), read.version) in [
            (TEXT, b"old", 1),
            ("New.", b"new", 2),
        ]
        assert article_ids(folder) == ("2025-05-08-ferry",)
        assert [name for name in names(folder) if name.startswith(".")] == []
        outcomes.add(read.version)
        if survived:
            break
    else:
        raise AssertionError("never came to its end")
    assert outcomes == {1, 2}


def test_what_a_process_of_our_own_number_left_is_cleared_away(folder: Folder) -> None:
    """In a container every start has the same number: half a source of the one before is no obstacle."""
    left = folder.root / "sources" / f".2025-05-08-ferry.new-{os.getpid()}"
    left.mkdir()
    (left / "2025-05-08-ferry.txt").write_text("half")
    save_article(folder, record(), b"1")
    assert read_article(folder, "2025-05-08-ferry").article == ARTICLE
    assert not left.exists()


def _stopped_after(calls: int, monkeypatch: pytest.MonkeyPatch, work: object) -> bool:
    """Runs the work with every disk call from the given one on failing, and says whether it came to its end."""
    left = calls

    def guarded(real: object) -> object:
        def call(*args: object, **kwargs: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                raise Killed
            return real(*args, **kwargs)  # type: ignore[operator]

        return call

    with monkeypatch.context() as patch:
        for owner, name in [(Path, "replace"), (Path, "rename"), (Path, "mkdir"), (os, "fsync"), (Path, "unlink")]:
            patch.setattr(owner, name, guarded(getattr(owner, name)))
        patch.setattr(shutil, "rmtree", guarded(shutil.rmtree))
        patch.setattr(os, "getpid", lambda: 2**22 + 1)  # no process has this number
        try:
            work()  # type: ignore[operator]
        except Killed:
            return False
    return True


# ---- names ------------------------------------------------------------------------------------------------------


def about(title: str | None, publisher: str | None = None, day: str | None = None, text: str = "") -> Article:
    def stated(value: str | None) -> Stated | None:
        return Stated(value, "test", 1) if value is not None else None

    return Article(text, (), (), Metadata(title=stated(title), publisher=stated(publisher), published=stated(day)))


@pytest.mark.parametrize(
    ("article", "name"),
    [
        (about("Asymmetry’s price", "The Elbe Institute", "2025-05-08"), "2025-05-08-elbe-institute-asymmetrys-price"),
        (about("The U.S. lead. A plan", None, None), "undated-the-us-lead-a-plan"),
        (about("Über die Größe", None, None), "undated-uber-die-grosse"),
        (about("../../etc/passwd\n", None, "2025-05-08"), "2025-05-08-etc-passwd"),
        (about("Title", None, "../2025"), "undated-title"),
        (about("北京", None, "2025-05-08"), "2025-05-08-0123456789"),
        (
            about(None, None, None, "First words of it, and so on until the end"),
            "undated-first-words-of-it-and-so-on-until",
        ),
        (about("w" * 400), "undated-" + "w" * 72),
        (about("word " * 100), "undated" + "-word" * 14),
    ],
)
def test_sources_are_named_by_day_publisher_and_title(article: Article, name: str) -> None:
    """Names have small ASCII letters, digits and hyphens, and at most 80 of them, whatever the title is."""
    assert id_of(article, "0123456789abcdef") == name
