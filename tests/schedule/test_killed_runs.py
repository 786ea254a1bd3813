"""Killed at any point of a run and run again: the issue is whole, the ledger true, everyone has one or is unknown."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from schedule_desk import ARTICLE, Cron, desk, with_drop_folder

from briefnote.schedule.outcome import Ran
from briefnote.store.folder import Folder
from briefnote.store.issue import MANIFEST, digest
from briefnote.store.ledger import LEDGER, open_ledger
from killing import Point, kill_after, kill_at, points_of, spread, within
from mail_servers import Raw, raw_server

MODULES = (
    "briefnote.schedule",
    "briefnote.collecting",
    "briefnote.drafting.summarising",
    "briefnote.pipeline",
    "briefnote.editions",
    "briefnote.store",
    "briefnote.sending",
    "briefnote.deliver",
)
RECIPIENTS = """\
- {group: archive, folder: outbox, formats: [md]}
- {group: all, to: [ada@example.org, bob@example.org], formats: [md]}"""
EVERYWHERE, WHERE_FILES_CHANGE, AT_RANDOM = 24, 16, 5
CHANGES = (
    "issue._published:",
    "swapping.swap:",
    "writing.write_together:",
    "drop.",
    "runs.write_settled:",
    "run._done:",
    "ledger.",
    "journal.",
)
MONDAY, TUESDAY = "2026-11-23T07:00Z", "2026-11-24T07:00Z"


class Week:
    """A folder with a new article in its drop folder, two recipients and an outbox, on a Monday at seven."""

    def __init__(self, root: Path, server: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = desk(root, "run: {check: false}", recipients=RECIPIENTS)  # checking only reads
        with_drop_folder(self.folder)
        (self.folder.root / "incoming/gas.txt").write_text(ARTICLE, encoding="utf-8")
        values = {"HOST": "127.0.0.1", "PORT": str(server.port), "SECURITY": "none", "FROM": "desk@example.org"}
        self._server = server
        self._cron = Cron(self.folder, monkeypatch, {f"BRIEFNOTE_SMTP_{name}": value for name, value in values.items()})

    def monday(self) -> Ran:
        """Runs on Monday."""
        return self._cron.at(MONDAY)

    def mended(self) -> None:
        """Runs again twice, the second time on another day, and holds what is there against what was promised."""
        again, late = self.monday(), self._cron.at(TUESDAY)
        assert (late.line, late.exit_code) == ("", 0)
        states = self.states()
        assert again.exit_code == (1 if "unknown" in states.values() else 0)
        assert sorted(states) == ["ada@example.org", "bob@example.org", "folder:outbox"]
        assert set(states.values()) <= {"sent", "unknown"}
        assert list(states.values()).count("unknown") <= 1  # one message at a time is on its way
        for name, state in states.items():
            copies = self.copies(name)
            assert copies == 1 or (state == "unknown" and copies == 0), (name, state, copies)
        is_whole(self.folder)

    def states(self) -> dict[str, str]:
        """Returns the state of each recipient."""
        with open_ledger(self.folder.root / LEDGER) as ledger:
            return {entry.recipient: entry.state for entry in ledger.entries()}

    def copies(self, recipient: str) -> int:
        """Returns how many copies a recipient has."""
        if recipient == "folder:outbox":
            return len(list((self.folder.root / "outbox").glob("[!.]*/*.md")))
        return self._server.copies[recipient.partition("@")[0]]


def is_whole(folder: Folder) -> None:
    """The issue is what its manifest says, the article is there once with its summary, nothing half-made is left."""
    issue = folder.root / "briefs/example/2026-W48"
    outputs = json.loads((issue / MANIFEST).read_bytes())["outputs"]
    assert sorted(outputs) == ["example-2026-W48.json", "example-2026-W48.md"]
    assert {name: digest((issue / name).read_bytes()) for name in outputs} == outputs
    assert "Ruritania squeezes Elbonia" in (issue / "example-2026-W48.md").read_text(encoding="utf-8")
    assert sorted(path.name for path in issue.parent.iterdir()) == ["2026-W48", "brief.yaml"]
    article = "undated-ruritania-squeezes-elbonia"
    assert sorted(path.name for path in (folder.root / "sources").glob("[!.]*squeezes*")) == [
        f"{article}.article.json",
        f"{article}.snapshot.txt",
        f"{article}.txt",
        f"{article}.yaml",
    ]


@pytest.fixture(scope="module")
def points(tmp_path_factory: pytest.TempPathFactory) -> list[Point]:
    """The lines that an undisturbed run comes to."""
    with raw_server(Raw()) as server, pytest.MonkeyPatch.context() as monkeypatch:
        week = Week(tmp_path_factory.mktemp("points") / "desk", server, monkeypatch)
        return [point for point in points_of(week.monday, MODULES) if "<module>" not in point[0]]


@pytest.mark.slow
@pytest.mark.parametrize("number", range(EVERYWHERE))
def test_killed_anywhere(number: int, points: list[Point], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At points spread evenly over the whole run, from taking the lock to letting it go."""
    with raw_server(Raw()) as server:
        week = Week(tmp_path / "desk", server, monkeypatch)
        kill_at(week.monday, MODULES, spread(points, EVERYWHERE)[number])
        week.mended()


@pytest.mark.slow
@pytest.mark.parametrize("number", range(WHERE_FILES_CHANGE))
def test_killed_where_files_change(
    number: int, points: list[Point], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the lines that write, rename and remove, and those that keep the ledger."""
    with raw_server(Raw()) as server:
        week = Week(tmp_path / "desk", server, monkeypatch)
        assert kill_at(week.monday, MODULES, spread(within(points, *CHANGES), WHERE_FILES_CHANGE)[number])
        week.mended()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(AT_RANDOM))
def test_killed_at_a_random_moment(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it is then, also within the database or the kernel."""
    with raw_server(Raw()) as server:
        week = Week(tmp_path / "desk", server, monkeypatch)
        kill_after(week.monday, random.Random(seed).uniform(0.02, 0.8))  # noqa: S311
        week.mended()
