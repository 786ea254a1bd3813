"""What came of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefnote.errors import Problem

Kind = Literal["sent", "built", "review", "skipped", "missed", "failed"]
DONE, FAILED, WITH_REMARKS = 0, 1, 3  # exit codes; 2 is misuse, 75 another run (docs/running.md)


@dataclass(frozen=True)
class Outcome:
    """What became of the issue of a period, in words; `problems` are what a person should see to.

    `is_settled`: no further run has anything to do for it.
    """

    brief: str
    period: str
    kind: Kind
    note: str
    problems: tuple[Problem, ...] = ()
    is_settled: bool = True

    def __str__(self) -> str:
        return f"{self.brief} {self.period}: {self.note}" if self.period else f"{self.brief}: {self.note}"


@dataclass(frozen=True)
class Gathered:
    """What collecting and summarising brought; `problems` kept no issue from being made."""

    collected: int = 0
    drafted: int = 0
    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        return f"{self.collected} new or changed sources, {self.drafted} drafted"


@dataclass(frozen=True)
class Ran:
    """What came of a run: an outcome for each issue that was due, nothing where none was. `lost`: of its log."""

    outcomes: tuple[Outcome, ...] = ()
    gathered: Gathered = Gathered()
    lost: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Returns all that a person should see to, in the order in which it came up."""
        return (*self.gathered.problems, *(problem for one in self.outcomes for problem in one.problems), *self.lost)

    @property
    def line(self) -> str:
        """Returns the run on one line, nothing where nothing was due."""
        gathered = [str(self.gathered)] if self.gathered.collected or self.gathered.drafted else []
        return "; ".join([*map(str, self.outcomes), *gathered])

    @property
    def exit_code(self) -> int:
        """Returns 1 where an issue failed, 3 where all went out and something is to be seen to, else 0."""
        kinds = {one.kind for one in self.outcomes}
        if "failed" in kinds:
            return FAILED
        return WITH_REMARKS if self.problems or "missed" in kinds else DONE
