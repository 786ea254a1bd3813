"""A brief has an issue each week, day or month, as it says of itself, and each knows the one before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefnote.pipeline import Request, build
from briefnote.starter import start_folder
from briefnote.store.folder import Folder, open_folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder as `briefnote init` makes it."""
    start_folder(tmp_path / "desk")
    return open_folder(tmp_path / "desk")


def every(folder: Folder, words: str) -> None:
    path = folder.root / "briefs/example/brief.yaml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("every:")]
    path.write_text("\n".join([*lines, f"every: {words}", ""]), encoding="utf-8")


@pytest.mark.parametrize(("often", "issue"), [("week", "2026-W47"), ("day", "2026-11-21"), ("month", "2026-11")])
def test_issue_is_named_by_its_period(often: str, issue: str, folder: Folder) -> None:
    """The folder of the issue and its files say which week, day or month it is."""
    every(folder, often)
    built = build(folder, Request("example", day=date(2026, 11, 21), formats=("md",)))
    assert built.folder.name == issue
    assert built.files == (f"example-{issue}.json", f"example-{issue}.md")


def test_issue_knows_the_one_before_also_of_another_length(folder: Folder) -> None:
    """A brief that turns from weekly to daily compares its first day with its last week."""
    build(folder, Request("example", "2026-W46", formats=("md",)))
    every(folder, "day")
    first = build(folder, Request("example", "2026-11-17", formats=("md",)))
    second = build(folder, Request("example", "2026-11-18", formats=("md",)))
    assert (first.brief.previous_period, second.brief.previous_period) == ("2026-W46", "2026-11-17")
