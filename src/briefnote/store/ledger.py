"""The ledger: what became of each recipient of each issue, kept so that neither a crash nor a second cron forgets it.

A recipient of a revision of an issue is planned → sending → sent | failed | unknown. "sending" is written, and on the
disk (write-ahead log, full sync), before the step after which the message may arrive; what a crash leaves in it is
unknown. Every step stays in `event`, which is only ever added to.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from briefnote import clock
from briefnote.errors import BriefnoteError, Problem

State = Literal["planned", "sending", "sent", "failed", "unknown"]
LEDGER = "ledger.sqlite"
_VERSION = 1
_COLUMNS = "brief, period, revision, recipient, grp, state, may_retry, attempts, message_id, note, at"
_KEY = "brief = ? AND period = ? AND revision = ? AND recipient = ?"
_TABLES = f"""
CREATE TABLE issue (
  brief TEXT NOT NULL, period TEXT NOT NULL, revision INTEGER NOT NULL, said TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (brief, period, revision)) STRICT, WITHOUT ROWID;
CREATE TABLE delivery (
  brief TEXT NOT NULL, period TEXT NOT NULL, revision INTEGER NOT NULL, recipient TEXT NOT NULL, grp TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN {get_args(State)}), may_retry INTEGER NOT NULL, attempts INTEGER NOT NULL,
  message_id TEXT NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (brief, period, revision, recipient),
  FOREIGN KEY (brief, period, revision) REFERENCES issue) STRICT, WITHOUT ROWID;
CREATE TABLE event (
  number INTEGER PRIMARY KEY, brief TEXT NOT NULL, period TEXT NOT NULL, revision INTEGER NOT NULL,
  recipient TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL) STRICT;
PRAGMA user_version = {_VERSION};
"""


@dataclass(frozen=True)
class Entry:
    """A recipient of a revision. `may_retry`: the next run tries again a failure that was temporary.

    `recipient` is an address in its canonical form, "folder:…" or "webhook:…"; `at` is when the state was reached.
    """

    brief: str
    period: str
    revision: int
    recipient: str
    group: str
    state: State
    may_retry: bool
    attempts: int
    message_id: str
    note: str
    at: str


@dataclass(frozen=True)
class Event:
    """One step of a recipient."""

    recipient: str
    revision: int
    state: str
    note: str
    at: str


class Ledger:
    """An open ledger. Every change is one transaction, on the disk when the call returns."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def revision(self, brief: str, period: str) -> tuple[int, tuple[str, ...]]:
        """Returns the latest revision of an issue and what it said, line by line; 0 and nothing where there is none."""
        query = "SELECT revision, said FROM issue WHERE brief = ? AND period = ? ORDER BY revision DESC LIMIT 1"
        row = self._connection.execute(query, (brief, period)).fetchone()
        return (row[0], tuple(json.loads(row[1]))) if row else (0, ())

    def said(self, brief: str, period: str, revision: int) -> tuple[str, ...]:
        """Returns what a revision said, nothing where there is no such revision."""
        query = "SELECT said FROM issue WHERE brief = ? AND period = ? AND revision = ?"
        row = self._connection.execute(query, (brief, period, revision)).fetchone()
        return tuple(json.loads(row[0])) if row else ()

    def begin(self, brief: str, period: str, revision: int, said: Sequence[str]) -> None:
        """Keeps a revision and what it says. Of one that nobody has yet, what it says is replaced.

        What an earlier revision still had to do, it need not do any more.
        """
        with self._transaction():
            self._connection.execute(
                "INSERT INTO issue VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET said = excluded.said",
                (brief, period, revision, json.dumps(said, ensure_ascii=False), _now()),
            )
            for entry in self.entries(brief, period, states=("planned", "failed")):
                if entry.revision < revision and (entry.state == "planned" or entry.may_retry):
                    self._write(entry, "failed", f"revision {revision} takes its place", may_retry=False)

    def plan(self, brief: str, period: str, revision: int, recipients: Iterable[tuple[str, str, str]]) -> None:
        """Adds recipients (who, group, message id) that are not there yet, as planned."""
        with self._transaction():
            for recipient, group, message_id in recipients:
                added = self._connection.execute(
                    f"INSERT INTO delivery ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, 'planned', 0, 0, ?, '', ?) "  # noqa: S608
                    "ON CONFLICT DO NOTHING",
                    (brief, period, revision, recipient, group, message_id, _now()),
                )
                if added.rowcount:
                    self._event(brief, period, revision, recipient, "planned", "")

    def entries(
        self, brief: str | None = None, period: str | None = None, states: Sequence[State] = get_args(State)
    ) -> tuple[Entry, ...]:
        """Returns the recipients of all revisions, sorted, of one brief and period where they are given."""
        marks = ", ".join("?" * len(states))
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM delivery WHERE state IN ({marks}) AND brief = ifnull(?, brief) "  # noqa: S608
            "AND period = ifnull(?, period) ORDER BY brief, period, revision, recipient",
            (*states, brief, period),
        )
        return tuple(_entry(row) for row in rows)

    def events(self, brief: str, period: str) -> tuple[Event, ...]:
        """Returns every step of an issue's recipients, in the order in which they were written."""
        query = "SELECT recipient, revision, state, note, at FROM event WHERE brief = ? AND period = ? ORDER BY number"
        return tuple(Event(*row) for row in self._connection.execute(query, (brief, period)))

    def move(
        self, entry: Entry, before: Sequence[State], state: State, note: str = "", *, may_retry: bool = False
    ) -> bool:
        """Moves a recipient to a state, and returns whether it was in one of those `before`; else it stays."""
        with self._transaction():
            row = self._connection.execute(
                f"SELECT state FROM delivery WHERE {_KEY}",  # noqa: S608
                (entry.brief, entry.period, entry.revision, entry.recipient),
            ).fetchone()
            if row is None or row[0] not in before:
                return False
            self._write(entry, state, note, may_retry=may_retry)
        return True

    def after_crash(self) -> tuple[Entry, ...]:
        """Moves what a process that is gone left in "sending" to "unknown", and returns it.

        Only for who holds the lock: then nobody is sending.
        """
        left = self.entries(states=("sending",))
        for entry in left:
            self.move(entry, ("sending",), "unknown", "the process ended before the answer came")
        return left

    def _write(self, entry: Entry, state: State, note: str, *, may_retry: bool) -> None:
        key = (entry.brief, entry.period, entry.revision, entry.recipient)
        self._connection.execute(
            "UPDATE delivery SET state = ?, note = ?, may_retry = ?, attempts = attempts + ?, at = ? "  # noqa: S608
            f"WHERE {_KEY}",
            (state, note, may_retry, state == "sending", _now(), *key),
        )
        self._event(*key, state, note)

    def _event(self, brief: str, period: str, revision: int, recipient: str, state: str, note: str) -> None:
        self._connection.execute(
            "INSERT INTO event (brief, period, revision, recipient, state, note, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (brief, period, revision, recipient, state, note, _now()),
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """Yields the ledger, made where there is none. Raises BriefnoteError where it is damaged or of a later version.

    It holds addresses: only its owner may read it.
    """
    connection = None
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(path, isolation_level=None, timeout=30)
        _prepare(connection, path)
        yield Ledger(connection)
    except OSError as error:
        raise _wrong(path, f"cannot be written: {error.strerror}") from None
    except sqlite3.OperationalError as error:
        raise _wrong(path, f"cannot be written: {error}") from None
    except sqlite3.DatabaseError as error:
        remedy = "restore it from a copy: without it nobody knows who has which issue"
        raise _wrong(path, f"is no ledger, or damaged ({error}); {remedy}") from None
    finally:
        if connection is not None:
            connection.close()


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        connection.executescript(f"BEGIN IMMEDIATE;{_TABLES}COMMIT;")
    elif version > _VERSION:
        raise _wrong(path, "was written by a later briefnote; use that one")


def _entry(row: Sequence[Any]) -> Entry:
    brief, period, revision, recipient, group, state, may_retry, *rest = row
    return Entry(brief, period, revision, recipient, group, state, bool(may_retry), *rest)


def _now() -> str:
    return clock.now().isoformat()


def _wrong(path: Path, message: str) -> BriefnoteError:
    return BriefnoteError([Problem(str(path), message=message)])
