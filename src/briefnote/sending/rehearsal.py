"""What sending would do: the mails as files, who would get what and why. Nothing leaves, the ledger stays as it is."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefnote import clock
from briefnote.config.addresses import Address
from briefnote.config.settings import read_smtp
from briefnote.deliver.message import Letter, compose
from briefnote.deliver.outlet import Parcel
from briefnote.deliver.plan import Recipient, plan
from briefnote.errors import BriefnoteError, Problem
from briefnote.sending.issue import IssueToSend, read_issue_to_send
from briefnote.sending.letters import Letters, message_id
from briefnote.sending.parcels import MEGABYTE, Addressed, parcel_for
from briefnote.sending.result import WAITS, Order
from briefnote.sending.revisions import Changes, changes_since, earlier_copies, next_revision
from briefnote.store.folder import Folder
from briefnote.store.ledger import LEDGER, Entry, open_ledger
from briefnote.store.settings import find_settings

_NOBODY = Address("", "sender-not-set", "briefnote.invalid")


@dataclass(frozen=True)
class Rehearsed:
    """What a recipient would get: the editions, why (or why not), and the file that shows the message."""

    recipient: str
    group: str
    gets: tuple[str, ...]
    why: str
    file: Path | None = None
    is_held: bool = False


def rehearse(
    folder: Folder, order: Order, out: Path, *, environment: Mapping[str, str] | None = None
) -> tuple[tuple[Rehearsed, ...], tuple[Problem, ...]]:
    """Writes each mail as an .eml into a folder and returns who would get what, and what is wrong with the settings.

    Raises BriefnoteError where the issue or brief.yaml is wrong, or the files cannot be written.
    """
    made = read_issue_to_send(folder, order.brief, order.period)
    planned = plan(made.config, made.brief.marking, wanted=order.to, test=order.is_test)
    found = find_settings(environment)
    smtp, problems = read_smtp(found.values, found.origin)
    known = _Known(1, {}, {}, {}) if order.is_test else _known(folder, made, may_correct=order.correction)
    letters = Letters(made, known.changes, is_test=order.is_test)
    sender = smtp.sender if smtp else _NOBODY
    rehearsed = [_rehearsed(one, known, letters, made, sender, out) for one in planned.cleared]
    held = [Rehearsed(one.shown, one.group.group, (), one.why, is_held=True) for one in planned.held]
    return (*rehearsed, *held), tuple(problems)


@dataclass(frozen=True)
class _Known:
    """What the ledger knows: the revision that would be sent (0: none may be), who has it, who has an earlier one."""

    revision: int
    has_it: Mapping[str, Entry]
    earlier: Mapping[str, Entry]
    changes: Mapping[int, Changes]


def _known(folder: Folder, made: IssueToSend, *, may_correct: bool) -> _Known:
    path = folder.root / LEDGER
    if not path.exists():
        return _Known(1, {}, {}, {})
    with open_ledger(path) as ledger:
        revision = next_revision(ledger, made, may_correct=may_correct)
        found = ledger.entries(made.issue.name, made.issue.period, states=("sent", "unknown", "sending"))
        earlier = earlier_copies(ledger, made, revision)
        changes = changes_since(ledger, made, sorted({entry.revision for entry in earlier.values()}))
        return _Known(revision, {e.recipient: e for e in found if e.revision == revision}, earlier, changes)


def _rehearsed(
    recipient: Recipient, known: _Known, letters: Letters, made: IssueToSend, sender: Address, out: Path
) -> Rehearsed:
    name = (recipient.shown, recipient.group.group)
    entry, had = known.has_it.get(recipient.key), known.earlier.get(recipient.key)
    if not known.revision:
        return Rehearsed(*name, (), WAITS)
    if entry is not None:
        return Rehearsed(*name, (), f"{entry.state} at {entry.at} (revision {entry.revision})")
    own_id = message_id(made, known.revision, recipient.key, sender)
    addressed = Addressed(recipient, own_id, had.message_id if had else None, had.revision if had else 0)
    parcel = parcel_for(made, addressed, letters, sender, known.revision, clock.now())
    return _written(recipient, parcel, made, out)


def _written(recipient: Recipient, parcel: Parcel, made: IssueToSend, out: Path) -> Rehearsed:
    if recipient.group.webhook:
        return Rehearsed(recipient.shown, recipient.group.group, ("a link",), recipient.why)
    if parcel.envelope is None:
        names = tuple(file.name for file in parcel.files)
        return Rehearsed(recipient.shown, recipient.group.group, names, recipient.why)
    letter, data = _fitting(parcel, int(made.config.delivery.megabytes * MEGABYTE))
    name = re.sub(r"[^A-Za-z0-9@._+-]", "_", f"{recipient.group.group}-{recipient.key}")
    path = out / f"{made.issue.name}-{made.issue.period}" / f"{name[:150]}.eml"
    _write(path, data)
    names = tuple(file.name for file in letter.files)
    return Rehearsed(recipient.shown, recipient.group.group, names, recipient.why, path)


def _fitting(parcel: Parcel, largest: int) -> tuple[Letter, bytes]:
    if parcel.envelope is None:
        raise ValueError("a mail needs an envelope")
    for letter in parcel.letters:
        data = compose(letter, parcel.envelope)
        if len(data) <= largest:
            break
    return letter, data


def _write(path: Path, data: bytes) -> None:
    """Beside, then renamed. The content is the brief's: only its owner may read it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=".eml-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(beside).replace(path)
    except OSError as error:
        message = f"cannot be written: {error.strerror}; choose another --out"
        raise BriefnoteError([Problem(str(path), message=message)]) from None
