"""The ways out behind one protocol: what is handed over, and what may come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from briefnote.deliver.message import Envelope, File, Letter
from briefnote.text import one_line

# sent: accepted, by the answer of whoever took it. later: surely not accepted, worth another try. refused: surely not
# accepted, for good. unknown: nobody can tell.
Result = Literal["sent", "later", "refused", "unknown"]
_LONGEST_NOTE = 300


@dataclass(frozen=True)
class Notice:
    """What a channel is told: that there is an issue, and where it can be read. Nothing of what it says."""

    title: str
    period: str
    marking: str
    link: str
    is_correction: bool = False


@dataclass(frozen=True)
class Parcel:
    """What one recipient is to get, in every form that some way out takes.

    `letters` go from the whole one to the smallest; `name` is that of a folder for the issue, "example-2026-W47".
    """

    recipient: str
    letters: tuple[Letter, ...] = field(repr=False)
    envelope: Envelope | None = None
    files: tuple[File, ...] = field(default=(), repr=False)
    notice: Notice | None = None
    name: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of one try. `for_all`: it is the way out that failed, so that no other parcel needs to be tried now."""

    result: Result
    note: str
    for_all: bool = False


class Outlet(Protocol):
    """A way out."""

    def deliver(self, parcel: Parcel, no_way_back: Callable[[], None]) -> Outcome:
        """Tries once and returns what came of it.

        `no_way_back` is called right before the step after which the parcel may arrive, whatever happens to us; what
        it raises stops the delivery, and then the parcel does not arrive.
        """

    def close(self) -> None:
        """Ends what is open."""


def noted(text: object) -> str:
    """Returns what a server said as it may stand in a log: one line, not endless."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    line = one_line(words)
    return line if len(line) <= _LONGEST_NOTE else f"{line[:_LONGEST_NOTE]}…"
