"""An issue on disk: whole or not at all, and nothing a person wrote is overwritten."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.errors import BriefnoteError
from briefnote.store.issue import Issue, Published, digest, periods, publish, read_edition

FORMER = {"a-2026-W47.md": b"former", "a-2026-W47.json": b'{"sections": []}'}
NEXT = {"a-2026-W47.md": b"next", "a-2026-W47.json": b'{"sections": [1]}'}


@pytest.fixture
def issue(tmp_path: Path) -> Issue:
    """The issue of 2026-W47 of a brief called a, not built yet."""
    return Issue(tmp_path / "a", "a", "2026-W47")


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too, without manifests."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(found)}


def test_issue_is_its_editions_and_a_manifest(issue: Issue) -> None:
    """The folder is named by the period; the manifest has what it was given, and the SHA-256 of every edition."""
    assert publish(issue, FORMER, {"brief": "a"}) == Published(issue.path)
    assert files(issue.folder) == {f"2026-W47/{name}": data for name, data in FORMER.items()}
    manifest = json.loads((issue.path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest == {"brief": "a", "outputs": {name: digest(data) for name, data in sorted(FORMER.items())}}


def test_issue_replaces_the_former_one(issue: Issue) -> None:
    """A second build of the period replaces its editions; one that is not made any more is gone, and named."""
    publish(issue, {**FORMER, "a-2026-W47.pdf": b"%PDF"}, {})
    assert publish(issue, NEXT, {}) == Published(issue.path, gone=("a-2026-W47.pdf",))
    assert files(issue.path) == NEXT


ONE_MORE = {"a-2026-W47.json": FORMER["a-2026-W47.json"], "a-2026-W47.pdf": b"%PDF"}


def test_an_edition_more_of_the_same_state_joins_the_others(issue: Issue) -> None:
    """Where the inputs are the same, and what was made of them, the others stay; the manifest lists all."""
    publish(issue, FORMER, {"inputs": {"a": "1"}})
    assert publish(issue, ONE_MORE, {"inputs": {"a": "1"}}) == Published(issue.path, kept=("a-2026-W47.md",))
    assert files(issue.path) == {**FORMER, **ONE_MORE}
    manifest = json.loads((issue.path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["outputs"] == {name: digest(data) for name, data in sorted({**FORMER, **ONE_MORE}.items())}


@pytest.mark.parametrize("manifest", [{"inputs": {"a": "2"}}, {"inputs": {"a": "1"}, "date": "2026-11-22"}])
def test_editions_of_an_older_state_do_not_stay_beside_newer_ones(issue: Issue, manifest: dict[str, object]) -> None:
    """Other inputs, or another day: what was made of the former ones would say something else."""
    publish(issue, FORMER, {"inputs": {"a": "1"}})
    assert publish(issue, ONE_MORE, manifest) == Published(issue.path, gone=("a-2026-W47.md",))
    assert files(issue.path) == ONE_MORE


def test_a_manifest_takes_away_no_file_of_another_name(issue: Issue) -> None:
    """What is no edition is a person's, even where the manifest lists it with its right digest."""
    publish(issue, FORMER, {})
    (issue.path / "notes.txt").write_bytes(b"mine")
    (issue.path / "manifest.json").write_text(
        json.dumps(
            {"outputs": {"notes.txt": digest(b"mine"), "../x": "", 3: 3} | {n: digest(d) for n, d in FORMER.items()}}
        )
    )
    publish(issue, NEXT, {})
    assert files(issue.path) == {**NEXT, "notes.txt": b"mine"}


def test_other_periods_are_left_alone(issue: Issue) -> None:
    """An issue touches no other."""
    earlier = Issue(issue.folder, "a", "2026-W46")
    publish(earlier, {"a-2026-W46.json": b"{}"}, {})
    publish(issue, FORMER, {})
    assert files(earlier.path) == {"a-2026-W46.json": b"{}"}
    assert periods(issue.folder, "a") == ["2026-W46", "2026-W47"]


def test_failure_leaves_the_former_issue_untouched(issue: Issue) -> None:
    """A build that fails half-way (here: no such folder) leaves every byte of the former issue, and nothing else."""
    publish(issue, FORMER, {"brief": "a"})
    manifest = (issue.path / "manifest.json").read_bytes()
    with pytest.raises(BriefnoteError) as error:
        publish(issue, {**NEXT, "no-such-folder/b.md": b""}, {})
    assert str(error.value) == (
        f"{issue.path}: cannot be written: No such file or directory; free space or rights, or choose another --out"
    )
    assert files(issue.folder) == {f"2026-W47/{name}": data for name, data in FORMER.items()}
    assert (issue.path / "manifest.json").read_bytes() == manifest


def test_folder_that_is_a_file_is_reported(issue: Issue) -> None:
    """Where no folder can be made, the message says so and what to do."""
    issue.folder.write_text("in the way")
    with pytest.raises(BriefnoteError) as error:
        publish(issue, FORMER, {})
    assert str(error.value) == (
        f"{issue.folder}: cannot be written: File exists; free space or rights, or choose another --out"
    )


def test_files_of_a_person_are_kept(issue: Issue) -> None:
    """Notes, folders and links that a person put beside the editions are there after the next build."""
    publish(issue, FORMER, {})
    (issue.path / "notes.txt").write_text("mine")
    (issue.path / "scans").mkdir()
    (issue.path / "scans" / "page.txt").write_text("also mine")
    (issue.path / "link").symlink_to("notes.txt")
    publish(issue, NEXT, {})
    assert files(issue.path) == {**NEXT, "notes.txt": b"mine", "link": b"mine", "scans/page.txt": b"also mine"}
    assert (issue.path / "link").is_symlink()


def test_edited_edition_is_not_overwritten(issue: Issue) -> None:
    """An edition that a person has changed since it was made stops the build, and stays as the person left it."""
    publish(issue, FORMER, {})
    (issue.path / "a-2026-W47.md").write_bytes(b"corrected by hand")
    with pytest.raises(BriefnoteError) as error:
        publish(issue, NEXT, {})
    assert str(error.value) == (
        f"{issue.path / 'a-2026-W47.md'}: was edited since it was built and is not overwritten; move or rename it, "
        "then build again"
    )
    assert files(issue.path) == {**FORMER, "a-2026-W47.md": b"corrected by hand"}


def test_edited_edition_stops_even_a_build_without_it(issue: Issue) -> None:
    """An edition that is not made this time is not thrown away if a person has changed it."""
    publish(issue, FORMER, {})
    (issue.path / "a-2026-W47.md").write_bytes(b"corrected by hand")
    with pytest.raises(BriefnoteError):
        publish(issue, {"a-2026-W47.json": b"{}"}, {})
    assert (issue.path / "a-2026-W47.md").read_bytes() == b"corrected by hand"


def test_edition_that_a_person_deleted_is_made_again(issue: Issue) -> None:
    """To delete an edition is not to edit it."""
    publish(issue, FORMER, {})
    (issue.path / "a-2026-W47.md").unlink()
    publish(issue, NEXT, {})
    assert files(issue.path) == NEXT


def test_file_of_a_person_with_an_edition_s_name_is_not_overwritten(issue: Issue) -> None:
    """A file that stands where an edition goes, and that no build has made, stops the build."""
    publish(issue, FORMER, {})
    (issue.path / "a-2026-W47.pdf").write_bytes(b"printed by hand")
    with pytest.raises(BriefnoteError) as error:
        publish(issue, {**NEXT, "a-2026-W47.pdf": b"%PDF"}, {})
    assert str(error.value) == (
        f"{issue.path / 'a-2026-W47.pdf'}: stands where an edition goes, and manifest.json does not list it; "
        "move or rename it, then build again"
    )
    assert files(issue.path) == {**FORMER, "a-2026-W47.pdf": b"printed by hand"}


@pytest.mark.parametrize("manifest", [None, b"", b"[]", b'{"outputs": 3}', b"\xff"])
def test_without_its_manifest_nothing_is_overwritten(issue: Issue, manifest: bytes | None) -> None:
    """Where the manifest is gone or broken, nobody can tell what was edited: only equal editions are replaced."""
    publish(issue, FORMER, {})
    path = issue.path / "manifest.json"
    if manifest is None:
        path.unlink()
    else:
        path.write_bytes(manifest)
    publish(issue, FORMER, {})
    assert files(issue.path) == FORMER
    path.unlink()
    with pytest.raises(BriefnoteError):
        publish(issue, NEXT, {})
    assert files(issue.path) == FORMER


def test_crash_between_the_two_renames_is_mended(issue: Issue) -> None:
    """A crash after the former issue was put aside, before the new one took its place: the former one comes back."""
    publish(issue, FORMER, {})
    issue.path.rename(issue.folder / ".2026-W47.former")
    (issue.folder / ".2026-W47.new-abc").mkdir()
    publish(issue, NEXT, {})
    assert files(issue.path) == NEXT
    assert not (issue.folder / ".2026-W47.former").exists()


def test_crash_between_the_renames_loses_no_file_of_a_person(issue: Issue) -> None:
    """What a person put into the issue that was put aside is in the next one."""
    publish(issue, FORMER, {})
    (issue.path / "notes.txt").write_text("mine")
    issue.path.rename(issue.folder / ".2026-W47.former")
    publish(issue, NEXT, {})
    assert files(issue.path) == {**NEXT, "notes.txt": b"mine"}


def test_crash_after_the_second_rename_is_mended(issue: Issue) -> None:
    """A crash before the former issue was thrown away leaves it hidden; the next build throws it away."""
    publish(issue, FORMER, {})
    aside = issue.folder / ".2026-W47.former"
    aside.mkdir()
    (aside / "a-2026-W47.md").write_bytes(b"older")
    publish(issue, NEXT, {})
    assert files(issue.folder) == {f"2026-W47/{name}": data for name, data in NEXT.items()}


def test_hidden_folders_are_no_issues(issue: Issue) -> None:
    """What a crash left behind is not taken for the last issue."""
    publish(issue, FORMER, {})
    hidden = issue.folder / ".2026-W48.new-abc"
    hidden.mkdir()
    (hidden / "a-2026-W48.json").write_bytes(b"{}")
    assert periods(issue.folder, "a") == ["2026-W47"]


def test_editions_can_be_read_by_others(issue: Issue) -> None:
    """The folder has the rights of any other: a web server or a colleague may read it."""
    publish(issue, FORMER, {})
    assert os.stat(issue.path).st_mode & 0o777 == 0o755


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read: No such file or directory; build it first (`briefnote build a`)"),
        (b"{", "is no JSON edition; build it again"),
        (b"[]", "is no JSON edition; build it again"),
        (b"{}", "is no JSON edition; build it again"),
        (b'{"sections": 3}', "is no JSON edition; build it again"),
    ],
)
def test_edition_that_cannot_be_read_is_reported(issue: Issue, content: bytes | None, message: str) -> None:
    """A missing or broken JSON edition is named, with what to do."""
    path = issue.path / "a-2026-W47.json"
    if content is not None:
        issue.path.mkdir(parents=True)
        path.write_bytes(content)
    with pytest.raises(BriefnoteError) as error:
        read_edition(issue)
    assert str(error.value) == f"{path}: {message}"


def test_edition_is_read_back(issue: Issue) -> None:
    """What was published is what is read."""
    publish(issue, {"a-2026-W47.json": b'{"sections": [], "sources": [], "title": "\xe6\xa8\x93"}'}, {})
    assert read_edition(issue) == {"sections": [], "sources": [], "title": "樓"}


editions = st.dictionaries(
    st.sampled_from(["a-2026-W47.md", "a-2026-W47.pdf", "a-2026-W47.json"]), st.binary(max_size=20), min_size=1
)


@given(first=editions, second=editions)
def test_after_any_build_the_issue_is_of_one_state(
    tmp_path_factory: pytest.TempPathFactory, first: dict[str, bytes], second: dict[str, bytes]
) -> None:
    """Whatever was built before, the issue holds the last build's editions; others only where both made the same."""
    issue = Issue(tmp_path_factory.mktemp("issue"), "a", "2026-W47")
    publish(issue, first, {})
    publish(issue, second, {})
    both = first.keys() & second.keys()
    is_same = bool(both) and all(first[name] == second[name] for name in both)
    expected = {**first, **second} if is_same else second
    assert files(issue.folder) == {f"2026-W47/{name}": data for name, data in expected.items()}
