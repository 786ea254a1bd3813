"""Sending an issue to everyone who is to have it, once: the story.

The ledger is asked before anything is sent and told after every step; who it says has the issue gets nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from briefnote import clock
from briefnote.config.addresses import Address
from briefnote.config.settings import SmtpSettings
from briefnote.deliver.plan import Plan, Recipient, plan
from briefnote.deliver.rounds import Journal
from briefnote.errors import BriefnoteError, Problem
from briefnote.sending.issue import IssueToSend, read_issue_to_send
from briefnote.sending.journal import LedgerJournal, TrialJournal
from briefnote.sending.letters import Letters, message_id
from briefnote.sending.parcels import Addressed, carry, parcel_for, read_mail_settings
from briefnote.sending.result import WAITS, Delivered, Order, Receipt
from briefnote.sending.revisions import changes_since, earlier_copies, revision_to_send, send_unknown_again
from briefnote.store.folder import Folder
from briefnote.store.ledger import LEDGER, Entry, Ledger, open_ledger
from briefnote.store.settings import FoundSettings, find_settings

_LOCK = "ledger.lock"


def deliver_issue(
    folder: Folder,
    order: Order,
    *,
    sleep: Callable[[float], None] = time.sleep,
    environment: Mapping[str, str] | None = None,
) -> Delivered:
    """Sends an issue to everyone who is to have it and does not, and returns what became of each.

    Raises BriefnoteError, and has sent nothing, where a file or a setting is wrong, or another process is sending.
    """
    made = read_issue_to_send(folder, order.brief, order.period)
    planned = plan(made.config, made.brief.marking, wanted=order.to, test=order.is_test)
    found = find_settings(environment)
    sending = _Sending(folder, made, planned, read_mail_settings(found, planned.cleared), found, sleep)
    if order.is_test:
        return _test(sending)
    with alone(folder.root), open_ledger(folder.root / LEDGER) as ledger:
        ledger.after_crash()
        return _by_ledger(sending, ledger, may_correct=order.correction)


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """One process at a time sends from a folder. The lock goes with its process, whatever ends it."""
    from filelock import FileLock, Timeout

    lock = FileLock(root / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        message = "another briefnote is sending from this folder; wait until it is done"
        raise BriefnoteError([Problem(_LOCK, message=message)]) from None
    except OSError as error:
        raise BriefnoteError([Problem(_LOCK, message=f"cannot be written: {error.strerror}")]) from None
    try:
        yield
    finally:
        lock.release()


@dataclass(frozen=True)
class _Sending:
    """All that one delivery works with."""

    folder: Folder
    made: IssueToSend
    plan: Plan
    smtp: SmtpSettings | None
    found: FoundSettings
    sleep: Callable[[float], None]

    @property
    def name(self) -> tuple[str, str]:
        return self.made.issue.name, self.made.issue.period

    @property
    def sender(self) -> Address | None:
        return self.smtp.sender if self.smtp else None

    def carry(self, addressed: Sequence[Addressed], letters: Letters, revision: int, journal: Journal) -> None:
        moment = clock.now()
        parcels = [
            (one.recipient, parcel_for(self.made, one, letters, self.sender, revision, moment)) for one in addressed
        ]
        carry(self.folder, self.made, parcels, (self.smtp, self.found), journal, self.sleep)


def _test(sending: _Sending) -> Delivered:
    """Sends to the test groups. The ledger is not asked and not told: a test is sent as often as one asks for it."""
    from email.utils import make_msgid

    journal = TrialJournal()
    domain = sending.sender.domain if sending.sender else None
    addressed = [Addressed(one, make_msgid("test", domain)) for one in sending.plan.cleared]
    sending.carry(addressed, Letters(sending.made, {}, is_test=True), 1, journal)

    def came(state: str) -> tuple[Receipt, ...]:
        return _receipts(
            (one, note) for one in sending.plan.cleared for was, note in [journal.outcomes[one.key]] if was == state
        )

    return Delivered(*sending.name, 0, came("sent"), came("failed"), came("unknown"), _held(sending.plan))


def _by_ledger(sending: _Sending, ledger: Ledger, *, may_correct: bool) -> Delivered:
    """Sends to those of whom the ledger says that they do not have the issue yet."""
    revision = revision_to_send(ledger, sending.made, may_correct=may_correct)
    if not revision:
        held = _held(sending.plan) + _receipts((one, WAITS) for one in sending.plan.cleared)
        return Delivered(*sending.name, ledger.revision(*sending.name)[0], held=held, is_changed=True)
    ledger.plan(*sending.name, revision, _to_plan(sending, revision))
    send_unknown_again(ledger, sending.made, list(_entries(sending, ledger, revision).values()))
    entries = _entries(sending, ledger, revision)
    due = [one for one in sending.plan.cleared if _is_due(entries[one.key])]
    if due:
        had = earlier_copies(ledger, sending.made, revision)
        letters = Letters(sending.made, changes_since(ledger, sending.made, sorted({e.revision for e in had.values()})))
        addressed = [_addressed(one, entries[one.key], had.get(one.key)) for one in due]
        sending.carry(addressed, letters, revision, LedgerJournal(ledger, entries))
    return _delivered(sending, _entries(sending, ledger, revision), {one.key for one in due}, revision)


def _to_plan(sending: _Sending, revision: int) -> Iterator[tuple[str, str, str]]:
    for one in sending.plan.cleared:
        is_mail = one.address is not None and sending.sender is not None
        name = message_id(sending.made, revision, one.key, sending.sender) if is_mail and sending.sender else ""
        yield one.key, one.group.group, name


def _entries(sending: _Sending, ledger: Ledger, revision: int) -> dict[str, Entry]:
    cleared = {one.key for one in sending.plan.cleared}
    found = ledger.entries(*sending.name)
    return {e.recipient: e for e in found if e.revision == revision and e.recipient in cleared}


def _is_due(entry: Entry) -> bool:
    return entry.state == "planned" or (entry.state == "failed" and entry.may_retry)


def _addressed(recipient: Recipient, entry: Entry, had: Entry | None) -> Addressed:
    if had is None:
        return Addressed(recipient, entry.message_id)
    return Addressed(recipient, entry.message_id, had.message_id or None, had.revision)


def _delivered(sending: _Sending, entries: Mapping[str, Entry], due: set[str], revision: int) -> Delivered:
    def came(state: str, *, now: bool = True) -> tuple[Receipt, ...]:
        return _receipts(
            (one, entries[one.key].note if now else f"has it since {entries[one.key].at}")
            for one in sending.plan.cleared
            if entries[one.key].state == state and (state != "sent" or (one.key in due) == now)
        )

    return Delivered(
        *sending.name,
        revision,
        sent=came("sent"),
        failed=came("failed"),
        unknown=came("unknown"),
        held=_held(sending.plan),
        skipped=came("sent", now=False),
        holds_unknown=sending.made.config.delivery.on_unknown == "hold",
    )


def _held(planned: Plan) -> tuple[Receipt, ...]:
    return _receipts((one, one.why) for one in planned.held)


def _receipts(found: Iterator[tuple[Recipient, str]]) -> tuple[Receipt, ...]:
    return tuple(Receipt(one.shown, one.group.group, note) for one, note in found)
