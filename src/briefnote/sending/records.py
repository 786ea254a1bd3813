"""The ledger as a person reads and mends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from briefnote.errors import BriefnoteError, Problem, did_you_mean
from briefnote.sending.delivering import alone
from briefnote.store.folder import Folder
from briefnote.store.ledger import LEDGER, Entry, Event, Ledger, State, open_ledger

Verdict = Literal["sent", "again", "failed"]
_STATES: dict[Verdict, State] = {"sent": "sent", "again": "planned", "failed": "failed"}
_NOTES: dict[Verdict, str] = {
    "sent": "a person says that it arrived",
    "again": "a person says that it may be sent again",
    "failed": "a person says that it did not arrive and shall not be sent again",
}


def list_entries(
    folder: Folder, brief: str | None = None, period: str | None = None, states: Sequence[State] = ()
) -> tuple[Entry, ...]:
    """Returns the recipients of all issues, or of one brief and period, or those in some states."""
    with _opened(folder) as ledger:
        return ledger.entries(brief, period, states) if states else ledger.entries(brief, period)


def show_issue(folder: Folder, brief: str, period: str) -> tuple[tuple[Entry, ...], tuple[Event, ...]]:
    """Returns the recipients of an issue and every step of each. Raises BriefnoteError where nothing was sent of it."""
    with _opened(folder) as ledger:
        entries = ledger.entries(brief, period)
        if not entries:
            known = {f"{entry.brief} {entry.period}" for entry in ledger.entries()}
            near = did_you_mean(f"{brief} {period}", known)
            raise BriefnoteError([Problem(LEDGER, message=f"holds no issue '{brief} {period}'.{near}")])
        return entries, ledger.events(brief, period)


def resolve(folder: Folder, brief: str, period: str, recipients: Sequence[str], verdict: Verdict) -> tuple[Entry, ...]:
    """Writes what a person found out about recipients that are unknown or failed, and returns them as they are now.

    Raises BriefnoteError, and writes nothing, where one of them is neither, or is not in the ledger.
    """
    entries, _ = show_issue(folder, brief, period)
    latest = {entry.recipient: entry for entry in entries}
    problems = [problem for name in recipients for problem in _wrong(name, latest, verdict)]
    if problems:
        raise BriefnoteError(problems)
    with alone(folder.root), _opened(folder) as ledger:
        ledger.after_crash()
        for name in recipients:
            ledger.move(latest[name.casefold()], ("unknown", "failed"), _STATES[verdict], _NOTES[verdict])
        return tuple(
            entry for entry in ledger.entries(brief, period) if entry.recipient in map(str.casefold, recipients)
        )


def _wrong(name: str, latest: dict[str, Entry], verdict: Verdict) -> Iterator[Problem]:
    entry = latest.get(name.casefold())
    if entry is None:
        yield Problem(LEDGER, message=f"'{name}' is no recipient of this issue.{did_you_mean(name, latest)}")
    elif entry.state not in ("unknown", "failed", "sending"):
        yield Problem(LEDGER, message=f"{name} is {entry.state}: there is nothing to resolve as {verdict}")


@contextmanager
def _opened(folder: Folder) -> Iterator[Ledger]:
    path = folder.root / LEDGER
    if not path.exists():
        raise BriefnoteError([Problem(LEDGER, message="does not exist: nothing was sent from this folder yet")])
    with open_ledger(path) as ledger:
        yield ledger
