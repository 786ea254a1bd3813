"""Listing, showing, looking again, removing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from briefnote.collecting.drift import look_again, version_diff
from briefnote.collecting.listing import Filter, list_sources
from briefnote.collecting.outcome import Collected
from briefnote.collecting.removal import remove_sources
from briefnote.collecting.showing import record_json, record_lines
from briefnote.errors import BriefnoteError
from briefnote.ingest.fetching import Fetcher
from briefnote.store.articles import article_ids, read_article, sources_folder
from briefnote.store.folder import Folder
from stories import page, paragraphs, plain
from web_server import MANNERS, Page, Site, Slept

Adding = Callable[..., Collected]
FERRY, BRIDGE, SHORT = "2026-03-05-the-ferry", "2026-03-05-the-bridge", "2026-03-05-a-note"


@pytest.fixture
def shelf(folder: Folder, tmp_path: Path, adding: Adding) -> Folder:
    """Two articles, one of them with a reviewed summary, one that is too short, and a summary without its article."""
    texts = {"ferry": plain("The ferry", 1), "bridge": plain("The bridge", 2), "note": plain("A note", 3, count=1)}
    for name, data in texts.items():
        (tmp_path / f"{name}.txt").write_bytes(data)
    adding(*(tmp_path / f"{name}.txt" for name in texts))
    sources = sources_folder(folder)
    (sources / f"{FERRY}.yaml").write_text(f"source:\n  id: {FERRY}\nreviewed: true\n")
    (sources / "by-hand.yaml").write_text("source:\n  id: by-hand\n  title: By hand\n  publisher: The Desk\n")
    return folder


def listed(folder: Folder, wanted: Filter) -> list[str]:
    return [source.id for source in list_sources(folder, wanted)[0]]


# ---- list -------------------------------------------------------------------------------------------------------


def test_the_list_says_what_is_to_be_done(shelf: Folder) -> None:
    """Each source with its state, articles and summaries alike."""
    assert {source.id: source.state for source in list_sources(shelf)[0]} == {
        SHORT: "gated: too-short",
        BRIDGE: "to summarise",
        FERRY: "reviewed",
        "by-hand": "to review",
    }


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(unsummarised=True), [BRIDGE]),
        (Filter(unreviewed=True), [SHORT, BRIDGE, "by-hand"]),
        (Filter(gated=True), [SHORT]),
        (Filter(since="2026-11-21"), [SHORT, BRIDGE, FERRY]),
        (Filter(since="2026-11-22"), []),
        (Filter(publisher="desk"), ["by-hand"]),
        (Filter(words="BRIDGE"), [BRIDGE]),
        (Filter(drifted=True), []),
        (Filter(copies=True), []),
    ],
)
def test_filters_narrow_the_list(shelf: Folder, wanted: Filter, found: list[str]) -> None:
    """By what is to be done, day of adding, publisher and title."""
    assert listed(shelf, wanted) == found


def test_a_record_that_cannot_be_read_does_not_hide_the_others(shelf: Folder) -> None:
    """It is a problem beside the list."""
    (sources_folder(shelf) / f"{BRIDGE}.article.json").write_text("{")
    found, problems = list_sources(shelf)
    assert [source.id for source in found] == [SHORT, FERRY, "by-hand"]
    assert [problem.file for problem in problems] == [f"sources/{BRIDGE}.article.json"]


# ---- show -------------------------------------------------------------------------------------------------------


def test_show_says_where_each_piece_was_found(shelf: Folder) -> None:
    """Value, place, certainty; a dash where the article says nothing."""
    lines = record_lines(shelf, FERRY)
    assert "  title: The ferry  (first line, 80% sure)" in lines
    assert "  publisher: –" in lines
    assert json.loads(record_json(shelf, FERRY))["article"]["metadata"]["title"]["value"] == "The ferry"


def test_an_unknown_source_is_a_message(shelf: Folder) -> None:
    """With the nearest name."""
    with pytest.raises(BriefnoteError, match=f"Did you mean '{FERRY}'"):
        record_lines(shelf, "2026-03-05-the-fery")


# ---- drift ------------------------------------------------------------------------------------------------------


def issue(folder: Folder, brief: str, period: str, source: str) -> None:
    """Puts an issue into the folder with a judgement that rests on a source, and a bullet that rests on it too."""
    common = {"rule": "r", "bindings": {}, "evidence": [{"source": source}]}
    sentence = {**common, "id": "judgements.1", "text": "It holds.", "is_judgement": True}
    bullet = {**common, "id": "leverage.1", "text": "It runs.", "is_judgement": False}
    sections = [
        {"id": "judgements", "blocks": [{"sentences": [sentence]}]},
        {"id": "leverage", "blocks": [{"sentences": [bullet]}]},
    ]
    path = folder.root / "briefs" / brief / period / f"{brief}-{period}.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"sections": sections, "rules": {"r": {}}, "sources": []}))
    (folder.root / "briefs" / brief / "brief.yaml").write_text("title: x")


def drift(folder: Folder, *only: str) -> tuple[list[str], list[str], int]:
    with Fetcher(MANNERS, sleep=Slept()) as fetcher:
        drifted, asked = look_again(folder, only, fetcher, lambda *_: None)
    return [str(one.item) for one in drifted], [str(resting) for one in drifted for resting in one.resting], asked


def test_what_changed_or_vanished_is_listed_with_the_judgements_on_it(
    folder: Folder, site: Site, adding: Adding
) -> None:
    """Only the latest issue of a brief counts, and of it the judgements."""
    body = paragraphs(1)
    changed = page("The ferry", body=[*body[:-1], "It stopped."])
    site.pages["/ferry"] = [Page(page("The ferry", body=body)), Page(changed)]
    site.pages["/bridge"] = [Page(page("The bridge", 2)), Page(status=410)]
    site.pages["/same"] = Page(page("The same", 3))
    adding(f"{site.url}/ferry", f"{site.url}/bridge", f"{site.url}/same")
    issue(folder, "weekly", "2026-W46", BRIDGE)
    issue(folder, "weekly", "2026-W47", FERRY)
    assert drift(folder) == (
        [
            f"failed  sources/{BRIDGE}: the server answers 410; the version kept stays in use",
            f"changed sources/{FERRY}: version 2, 1 line gone, 1 new; the former is kept",
        ],
        ["weekly 2026-W47, judgements.1: It holds."],
        3,
    )
    assert listed(folder, Filter(drifted=True)) == [BRIDGE, FERRY]


def test_one_source_can_be_asked_alone(folder: Folder, site: Site, adding: Adding) -> None:
    """By its id."""
    site.pages["/ferry"], site.pages["/bridge"] = Page(page("The ferry")), Page(page("The bridge", 2))
    adding(f"{site.url}/ferry", f"{site.url}/bridge")
    site.asked.clear()
    assert drift(folder, FERRY) == ([], [], 1)
    assert site.paths() == ["/ferry"]


def test_versions_are_compared_line_by_line(folder: Folder, site: Site, adding: Adding) -> None:
    """As a unified diff from the former to the latest."""
    body = paragraphs(1)
    site.pages["/ferry"] = [
        Page(page("The ferry", body=body)),
        Page(page("The ferry", body=[*body[:-1], "It stopped."])),
    ]
    adding(f"{site.url}/ferry", f"{site.url}/ferry")
    lines = version_diff(folder, FERRY)
    assert lines[:2] == [f"--- {FERRY}.v1.txt\t2026-11-21", f"+++ {FERRY}.txt"]
    assert [line for line in lines[2:] if line[:1] in "+-"] == [f"-{body[-1]}", "+It stopped."]


def test_one_version_has_no_diff(shelf: Folder) -> None:
    """It says so."""
    with pytest.raises(BriefnoteError, match="has one version only"):
        version_diff(shelf, FERRY)


# ---- rm ---------------------------------------------------------------------------------------------------------


def test_removed_is_moved_to_the_trash(shelf: Folder) -> None:
    """With its summary; other sources whose name begins alike stay."""
    (sources_folder(shelf) / f"{FERRY}-2.txt").write_text("x")
    (moved,) = remove_sources(shelf, [FERRY])
    assert sorted(path.name for path in moved.iterdir()) == [
        f"{FERRY}.article.json",
        f"{FERRY}.snapshot.txt",
        f"{FERRY}.txt",
        f"{FERRY}.yaml",
        "marks.json",
    ]
    assert FERRY not in article_ids(shelf)
    assert f"{FERRY}-2" in article_ids(shelf)


def test_what_a_judgement_rests_on_is_kept(shelf: Folder) -> None:
    """Unless forced; and where one of several is kept, all are."""
    issue(shelf, "weekly", "2026-W47", FERRY)
    with pytest.raises(BriefnoteError, match=r"weekly 2026-W47, judgements.1: It holds. rests on it"):
        remove_sources(shelf, [BRIDGE, FERRY])
    assert {FERRY, BRIDGE} <= set(article_ids(shelf))
    remove_sources(shelf, [FERRY], force=True)
    assert FERRY not in article_ids(shelf)


def test_the_copies_of_what_is_removed_keep_an_origin(folder: Folder, tmp_path: Path, adding: Adding) -> None:
    """The earliest copy becomes the original of the others."""
    body = paragraphs(1, 8)
    for day, changed in ((5, 0), (6, 1), (7, 2)):
        text = [f"Told {day}", f"{day} March 2026", *body[:changed], "Another paragraph here.", *body[changed + 1 :]]
        (tmp_path / f"{day}.txt").write_text("\n\n".join(text))
    adding(*(tmp_path / f"{day}.txt" for day in (5, 6, 7)))
    remove_sources(folder, ["2026-03-05-told-5"])
    assert {name: read_article(folder, name).origin for name in article_ids(folder)} == {
        "2026-03-06-told-6": None,
        "2026-03-07-told-7": "2026-03-06-told-6",
    }
