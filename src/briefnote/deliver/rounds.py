"""Sends parcels in rounds: who can only be served later waits for the next round, and holds up nobody."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from briefnote.deliver.outlet import Outcome, Outlet, Parcel

_LONGEST_WAIT = 1800  # seconds between two rounds


@dataclass(frozen=True)
class Pace:
    """How often and how fast: rounds at most, seconds before the second one (doubled each time), parcels a minute."""

    attempts: int = 5
    wait: float = 60
    per_minute: int = 0


class Journal(Protocol):
    """Where every step is written down, on the disk before the call returns."""

    def no_way_back(self, parcel: Parcel) -> None:
        """The parcel may arrive from here on."""

    def ended(self, parcel: Parcel, outcome: Outcome, *, is_last: bool) -> None:
        """What came of a try; `is_last`: this run tries no more."""


def send_all(
    parcels: Sequence[Parcel], outlet: Outlet, journal: Journal, pace: Pace, sleep: Callable[[float], None]
) -> None:
    """Delivers the parcels; the journal says what came of each. Each has an end when this returns."""
    from tenacity import Retrying, retry_if_result, stop_after_attempt, wait_exponential

    rounds = _Rounds(parcels, outlet, journal, pace, sleep)
    retrying = Retrying(
        stop=stop_after_attempt(pace.attempts),
        wait=wait_exponential(multiplier=pace.wait, max=_LONGEST_WAIT),
        retry=retry_if_result(bool),
        sleep=sleep,
        retry_error_callback=lambda _: None,
    )
    try:
        retrying(rounds.once)
    finally:
        outlet.close()


class _Rounds:
    def __init__(
        self,
        parcels: Sequence[Parcel],
        outlet: Outlet,
        journal: Journal,
        pace: Pace,
        sleep: Callable[[float], None],
    ) -> None:
        self._waiting = list(parcels)
        self._outlet = outlet
        self._journal = journal
        self._pace = pace
        self._sleep = sleep
        self._left = pace.attempts
        self._next = 0.0

    def once(self) -> bool:
        """Tries everyone who waits, once, and returns whether another round is worth it."""
        self._left -= 1
        parcels, self._waiting = self._waiting, []
        stopped: Outcome | None = None
        for parcel in parcels:
            outcome = stopped or self._one(parcel)
            if outcome.result == "later":
                self._waiting.append(parcel)
            self._journal.ended(parcel, outcome, is_last=outcome.result != "later" or self._left == 0)
            stopped = outcome if outcome.for_all else None
        if self._waiting:
            self._outlet.close()  # nobody holds a connection open for minutes
        return bool(self._waiting)

    def _one(self, parcel: Parcel) -> Outcome:
        self._keep_pace()
        return self._outlet.deliver(parcel, lambda: self._journal.no_way_back(parcel))

    def _keep_pace(self) -> None:
        if not self._pace.per_minute:
            return
        now = time.monotonic()
        if now < self._next:
            self._sleep(self._next - now)
        self._next = max(now, self._next) + 60 / self._pace.per_minute
