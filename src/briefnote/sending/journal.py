"""Where the steps of a delivery are written: in the ledger, or, for a test, nowhere but in memory."""

from __future__ import annotations

from collections.abc import Mapping

from briefnote.deliver.outlet import Outcome, Parcel
from briefnote.errors import BriefnoteError, Problem
from briefnote.store.ledger import LEDGER, Entry, Ledger, State


def state_of(outcome: Outcome, *, is_last: bool) -> State:
    """Returns the state that a try leads to."""
    if outcome.result == "later":
        return "failed" if is_last else "planned"
    return "failed" if outcome.result == "refused" else outcome.result


class LedgerJournal:
    """Writes into the ledger; `entries` are by recipient."""

    def __init__(self, ledger: Ledger, entries: Mapping[str, Entry]) -> None:
        self._ledger = ledger
        self._entries = entries
        self._sending = ""

    def no_way_back(self, parcel: Parcel) -> None:
        """See `Journal`. Raises BriefnoteError where somebody else has taken the recipient over.

        A message that was refused as too large is followed by a smaller one within the same try.
        """
        if self._sending == parcel.recipient:
            return
        entry = self._entries[parcel.recipient]
        if not self._ledger.move(entry, ("planned", "failed"), "sending"):
            message = f"{parcel.recipient} is being sent to by another process; nothing was sent to it from here"
            raise BriefnoteError([Problem(LEDGER, message=message)])
        self._sending = parcel.recipient

    def ended(self, parcel: Parcel, outcome: Outcome, *, is_last: bool) -> None:
        """See `Journal`. A failure that is no recipient's own, or was temporary, is tried again by the next run."""
        state = state_of(outcome, is_last=is_last)
        may_retry = outcome.result == "later" or outcome.for_all
        entry, self._sending = self._entries[parcel.recipient], ""
        self._ledger.move(entry, ("planned", "failed", "sending"), state, outcome.note, may_retry=may_retry)


class TrialJournal:
    """Keeps what came of tests; nobody else learns of them."""

    def __init__(self) -> None:
        self.outcomes: dict[str, tuple[State, str]] = {}

    def no_way_back(self, parcel: Parcel) -> None:
        """See `Journal`."""
        self.outcomes[parcel.recipient] = ("unknown", "no answer came")

    def ended(self, parcel: Parcel, outcome: Outcome, *, is_last: bool) -> None:
        """See `Journal`."""
        self.outcomes[parcel.recipient] = (state_of(outcome, is_last=is_last), outcome.note)
