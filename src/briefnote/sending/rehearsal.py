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
from briefnote.sending.result import Order
from briefnote.store.folder import Folder
from briefnote.store.ledger import LEDGER, open_ledger
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
    sender = smtp.sender if smtp else _NOBODY
    has_it = _have(folder, made)
    letters = Letters(made, {}, is_test=order.is_test)
    rehearsed = []
    for one in planned.cleared:
        if one.key in has_it:
            rehearsed.append(Rehearsed(one.shown, one.group.group, (), has_it[one.key]))
            continue
        addressed = Addressed(one, message_id(made, 1, one.key, sender))
        parcel = parcel_for(made, addressed, letters, sender, 1, clock.now())
        rehearsed.append(_rehearsed(one, parcel, made, out))
    held = [Rehearsed(one.shown, one.group.group, (), one.why, is_held=True) for one in planned.held]
    return (*rehearsed, *held), tuple(problems)


def _have(folder: Folder, made: IssueToSend) -> dict[str, str]:
    path = folder.root / LEDGER
    if not path.exists():
        return {}
    with open_ledger(path) as ledger:
        found = ledger.entries(made.issue.name, made.issue.period, states=("sent", "unknown", "sending"))
        return {e.recipient: f"{e.state} at {e.at} (revision {e.revision}); briefnote ledger show" for e in found}


def _rehearsed(recipient: Recipient, parcel: Parcel, made: IssueToSend, out: Path) -> Rehearsed:
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
