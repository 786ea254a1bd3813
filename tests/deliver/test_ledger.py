"""The ledger: durable, careful, and honest about what it does not know."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from briefnote.errors import BriefnoteError
from briefnote.store.ledger import Entry, Ledger, open_ledger

ISSUE = ("example", "2026-W47")
ADA, BOB = ("ada@example.org", "all", "<1@x>"), ("bob@example.org", "all", "<2@x>")


def begun(ledger: Ledger) -> dict[str, Entry]:
    """Begins a revision with two recipients and returns them."""
    ledger.begin(*ISSUE, 1, ("Title\nA brief",))
    ledger.plan(*ISSUE, 1, [ADA, BOB])
    return {entry.recipient.split("@")[0]: entry for entry in ledger.entries(*ISSUE)}


def state(ledger: Ledger, name: str) -> str:
    """Returns the state of a recipient."""
    return next(entry.state for entry in ledger.entries() if entry.recipient.startswith(name))


def test_it_is_durable_and_for_its_owner_alone(tmp_path: Path) -> None:
    """Write-ahead log, full sync: a step is on the disk before it is acted upon; it holds addresses."""
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        connection = ledger._connection
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert (tmp_path / "ledger.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_recipient_is_planned_once(tmp_path: Path) -> None:
    """To plan again changes nothing: not the state, not the message id."""
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        entries = begun(ledger)
        assert ledger.move(entries["ada"], ("planned",), "sending")
        ledger.plan(*ISSUE, 1, [("ada@example.org", "other", "<3@x>"), BOB])
        (ada, bob) = ledger.entries(*ISSUE)
    assert (ada.state, ada.group, ada.message_id, ada.attempts) == ("sending", "all", "<1@x>", 1)
    assert bob.state == "planned"


def test_only_one_of_two_gets_to_send(tmp_path: Path) -> None:
    """Two connections, one recipient: the second one to ask is told no."""
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path) as one, open_ledger(path) as other:
        entry = begun(one)["ada"]
        assert one.move(entry, ("planned", "failed"), "sending")
        assert not other.move(entry, ("planned", "failed"), "sending")


def test_what_a_crash_left_in_sending_is_unknown(tmp_path: Path) -> None:
    """And nothing else is touched."""
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.move(begun(ledger)["ada"], ("planned",), "sending")
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        assert [entry.recipient for entry in ledger.after_crash()] == ["ada@example.org"]
        assert (state(ledger, "ada"), state(ledger, "bob")) == ("unknown", "planned")
        assert ledger.after_crash() == ()


def test_every_step_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its moment and its note, in order."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795330800")
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        entry = begun(ledger)["ada"]
        ledger.move(entry, ("planned",), "sending")
        ledger.move(entry, ("sending",), "sent", "250 taken")
        events = [event for event in ledger.events(*ISSUE) if event.recipient.startswith("ada")]
    assert [(event.state, event.note, event.at) for event in events] == [
        ("planned", "", "2026-11-22T07:00:00+00:00"),
        ("sending", "", "2026-11-22T07:00:00+00:00"),
        ("sent", "250 taken", "2026-11-22T07:00:00+00:00"),
    ]


def test_a_new_revision_ends_what_the_old_one_had_to_do(tmp_path: Path) -> None:
    """Who was still to get the old one is not sent it any more; what was sent or is unknown stays as it is."""
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.move(begun(ledger)["ada"], ("planned",), "sent")
        ledger.begin(*ISSUE, 2, ("Title\nAnother",))
        assert ledger.revision(*ISSUE) == (2, ("Title\nAnother",))
        assert ledger.said(*ISSUE, 1) == ("Title\nA brief",)
        (ada, bob) = ledger.entries(*ISSUE)
    assert (ada.state, bob.state, bob.note) == ("sent", "failed", "revision 2 takes its place")
    assert not bob.may_retry


def test_a_damaged_ledger_is_said_and_not_replaced(tmp_path: Path) -> None:
    """Without it nobody knows who has what: nothing is sent."""
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"no database at all, but long enough to be looked at" * 40)
    with pytest.raises(BriefnoteError, match="is no ledger, or damaged .*restore it from a copy"), open_ledger(path):
        pass
    assert path.read_bytes().startswith(b"no database")


def test_a_later_version_is_left_alone(tmp_path: Path) -> None:
    """An older briefnote would misread it."""
    path = tmp_path / "ledger.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(BriefnoteError, match="was written by a later briefnote; use that one"), open_ledger(path):
        pass


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """With the reason."""
    with (
        pytest.raises(BriefnoteError, match="cannot be written: No such file or directory"),
        open_ledger(tmp_path / "no/ledger.sqlite"),
    ):
        pass


def test_a_step_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    """Either the state and its event, or neither."""
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        entry = begun(ledger)["ada"]
        with pytest.raises(BriefnoteError, match="CHECK constraint failed"):
            _impossible(tmp_path / "ledger.sqlite", entry)
        assert (state(ledger, "ada"), len(ledger.events(*ISSUE))) == ("planned", 2)


def _impossible(path: Path, entry: Entry) -> None:
    with open_ledger(path) as ledger:
        ledger.move(entry, ("planned",), "lost")  # type: ignore[arg-type]
