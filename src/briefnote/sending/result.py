"""What is asked of a delivery, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

WAITS = "the issue was changed since it was sent; send the correction with --correction"


@dataclass(frozen=True)
class Order:
    """What to send: an issue (the latest where `period` is None), to whom (everyone where `to` is empty).

    `is_test`: to the test groups, and to nobody else. `correction`: a changed issue may go to those who have it.
    """

    brief: str
    period: str | None = None
    to: tuple[str, ...] = ()
    is_test: bool = False
    correction: bool = False


@dataclass(frozen=True)
class Receipt:
    """What became of a recipient, and why."""

    recipient: str
    group: str
    note: str


@dataclass(frozen=True)
class Delivered:
    """What became of everyone: nobody is in two of these, nobody in none.

    `failed`: surely not accepted. `unknown`: a person must find out. `held`: may not have it. `skipped`: had it before.
    `is_changed`: a correction waits for an order; `holds_unknown`: brief.yaml says that unknown ones may wait.
    """

    brief: str
    period: str
    revision: int
    sent: tuple[Receipt, ...] = ()
    failed: tuple[Receipt, ...] = ()
    unknown: tuple[Receipt, ...] = ()
    held: tuple[Receipt, ...] = ()
    skipped: tuple[Receipt, ...] = ()
    is_changed: bool = False
    holds_unknown: bool = False

    @property
    def needs_a_person(self) -> bool:
        """Whether someone who is to have the issue may not have it."""
        return bool(self.failed or (self.unknown and not self.holds_unknown) or self.is_changed)
