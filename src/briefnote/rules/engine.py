"""What an engine is: the rows, and whatever a run asks about them. Python, SQLite and DuckDB are three of them."""

from __future__ import annotations

import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any, Protocol

    from briefnote.rules.plan import PlannedRule

    Row = Mapping[str, Any]

    class Engine(Protocol):
        """An engine with the rows of one run in it. Each question may raise TooSlow."""

        def find(self, rule: PlannedRule, most: int) -> int:
            """Finds at most so many findings of a rule, and returns how many. The rules it reads were found before."""

        def best(self, rule: PlannedRule, number: int) -> list[tuple[str, float]]:
            """Returns the ids of a rule's best findings with their scores; ties go to the smallest id."""

        def values(self, rule: PlannedRule, ids: Sequence[str]) -> list[dict[str, Any]]:
            """Returns the columns of these findings of a rule, by id."""

        def evidence(self, rule: PlannedRule, ids: Sequence[str]) -> list[tuple[str, ...]]:
            """Returns each match of these findings: the finding's id, then that of each row; the weightiest first."""

        def rows(self, relation: str, ids: Sequence[str]) -> Iterable[Row]:
            """Returns these rows of a relation."""

        def claims_about(self, holder: str | None, over: str | None) -> Sequence[Row]:
            """Returns the claims about a pair that take a side on a question, by id: id, voice, proposition, stance."""

        def attributed(self, claims: Iterable[str]) -> set[str]:
            """Returns those of the claims that a figure backs which its source attributes to someone."""

        def letters(self, voices: Iterable[str]) -> Mapping[str, set[str]]:
            """Returns the reliability letters of the sources behind each voice."""

        def voices(self, sources: Iterable[str]) -> Mapping[str, str]:
            """Returns the voice of each source."""

        def close(self) -> None:
            """Lets go of the rows."""


class TooSlow(Exception):  # noqa: N818 - it says what happened, not that something is wrong
    """The time of the run is over."""


class TooMany(Exception):  # noqa: N818 - it says what happened, not that something is wrong
    """A group has more matches than the engine holds."""


_STEPS = 10_000  # between two looks at the clock: some milliseconds


class Deadline:
    """The end of the time that a run may take, for code that counts its steps."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._left = _STEPS

    def spend(self, steps: int) -> None:
        """Counts some steps. Raises TooSlow once the time is over."""
        self._left -= steps + 1
        if self._left < 0:
            self._left = _STEPS
            if time.monotonic() > self._end:
                raise TooSlow
