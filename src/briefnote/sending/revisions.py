"""Which revision of an issue is sent, and who has which."""

from __future__ import annotations

from collections.abc import Sequence

from briefnote.config.recipients import DeliveryConfig
from briefnote.deliver.phrases import PHRASES
from briefnote.sending.changes import changed, said
from briefnote.sending.issue import IssueToSend
from briefnote.store.ledger import Entry, Ledger

_RETRIES_OF_UNKNOWN = 2  # tries after which on_unknown: retry asks, too: a server that always breaks gets no third copy
Changes = dict[str, tuple[str, ...]]


def revision_to_send(ledger: Ledger, made: IssueToSend, *, may_correct: bool) -> int:
    """Returns the revision, kept in the ledger with what it says; 0 where it may not be sent without being asked for.

    What nobody has yet is no revision of its own: its words are replaced.
    """
    revision, now = next_revision(ledger, made, may_correct=may_correct), said(made.brief)
    if revision and ledger.said(made.issue.name, made.issue.period, revision) != now:
        ledger.begin(made.issue.name, made.issue.period, revision, now)
    return revision


def next_revision(ledger: Ledger, made: IssueToSend, *, may_correct: bool) -> int:
    """Returns the revision that would be sent, 0 where it may not be; the ledger stays as it is."""
    name = (made.issue.name, made.issue.period)
    latest, before = ledger.revision(*name)
    if latest and before == said(made.brief):
        return latest
    someone_has_it = any(entry.revision == latest for entry in ledger.entries(*name, states=("sent", "unknown")))
    if someone_has_it and not (may_correct or made.config.delivery.corrections == "send"):
        return 0
    return latest + 1 if someone_has_it or not latest else latest


def earlier_copies(ledger: Ledger, made: IssueToSend, revision: int) -> dict[str, Entry]:
    """Returns, for each recipient that has or may have an earlier revision, the latest such entry."""
    found = ledger.entries(made.issue.name, made.issue.period, states=("sent", "unknown"))
    return {entry.recipient: entry for entry in found if entry.revision < revision}


def changes_since(ledger: Ledger, made: IssueToSend, revisions: Sequence[int]) -> dict[int, Changes]:
    """Returns, for each of the revisions, what was changed since, by language."""
    now = said(made.brief)
    before = {revision: ledger.said(made.issue.name, made.issue.period, revision) for revision in revisions}
    return {
        revision: {language: changed(lines, now, phrases) for language, phrases in PHRASES.items()}
        for revision, lines in before.items()
    }


def send_unknown_again(ledger: Ledger, made: IssueToSend, entries: Sequence[Entry]) -> None:
    """The stated rule decides: only `on_unknown: retry` makes what may be a second copy, and the ledger says so."""
    for entry in entries:
        if entry.state == "unknown" and goes_again(entry, made.config.delivery):
            ledger.move(entry, ("unknown",), "planned", "to be sent again: on_unknown: retry")


def goes_again(entry: Entry, delivery: DeliveryConfig) -> bool:
    """Returns whether the next delivery would try a recipient: what is begun, what may be retried, by the rules."""
    if entry.state == "unknown":
        return delivery.on_unknown == "retry" and entry.attempts < _RETRIES_OF_UNKNOWN
    return entry.state in ("planned", "sending") or (entry.state == "failed" and entry.may_retry)
