"""What came of adding and collecting: one item for each thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from briefnote.errors import Problem
from briefnote.store.feedstates import Health

OutcomeKind = Literal["added", "changed", "known", "gated", "failed"]


@dataclass(frozen=True)
class Item:
    """One file, page or message: what was done with it, the source it is now, and what a person should know.

    `gated` is kept as a source too, with the reason why it is not analysed; `source` is None for what failed.
    """

    kind: OutcomeKind
    name: str
    source: str | None
    message: str

    def __str__(self) -> str:
        where = f"sources/{self.source}" if self.source else self.name
        return f"{self.kind:<8}{where}{': ' if self.message else ''}{self.message}"


@dataclass(frozen=True)
class FeedHealth:
    """How a feed, mailbox or drop folder is: since when (an ISO day) it is so, and why."""

    name: str
    health: Health
    since: str | None = None
    reason: str = ""

    def __str__(self) -> str:
        since = f" since {self.since}" if self.since else ""
        return f"{self.name}: {self.health}{since}{': ' if self.reason else ''}{self.reason}"


@dataclass(frozen=True)
class Collected:
    """All items in the order in which they were met, and the health of each feed that was asked."""

    items: tuple[Item, ...] = ()
    feeds: tuple[FeedHealth, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    def of(self, kind: OutcomeKind) -> tuple[Item, ...]:
        """Returns the items of a kind."""
        return tuple(item for item in self.items if item.kind == kind)

    @property
    def added(self) -> tuple[Item, ...]:
        """Returns what is new in sources/."""
        return self.of("added")

    @property
    def changed(self) -> tuple[Item, ...]:
        """Returns the sources that have a new version."""
        return self.of("changed")

    @property
    def known(self) -> tuple[Item, ...]:
        """Returns what was there already."""
        return self.of("known")

    @property
    def gated(self) -> tuple[Item, ...]:
        """Returns what was kept and must not be analysed."""
        return self.of("gated")

    @property
    def failed(self) -> tuple[Item, ...]:
        """Returns what could not be had or read."""
        return self.of("failed")

    @property
    def has_failed(self) -> bool:
        """Says whether anything failed, a whole feed or the reading of what is there included."""
        return bool(self.failed or self.problems or any(feed.health in ("broken", "gone") for feed in self.feeds))
