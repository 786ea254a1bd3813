"""What a run has to do for a brief: the present period, those that no run has settled, and those that are let go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from briefnote.config.brief import BriefConfig, read_brief_config
from briefnote.errors import BriefnoteError
from briefnote.model.period import Period, parse_period
from briefnote.schedule.due import due_after, latest_due
from briefnote.schedule.issuing import Due, Means, failed
from briefnote.schedule.journal import RunLog
from briefnote.schedule.outcome import Outcome
from briefnote.store.folder import Folder
from briefnote.store.runs import Settled


@dataclass(frozen=True)
class Missed:
    """Periods of a brief that no run has finished and none will, the earliest first."""

    brief: str
    periods: tuple[Period, ...]

    def outcome(self, log: RunLog) -> Outcome:
        """Returns that they were missed, which is said once."""
        first, last = self.periods[0].name, self.periods[-1].name
        which = first if first == last else f"{first} to {last}"
        log.event("missed", brief=self.brief, periods=[period.name for period in self.periods])
        return Outcome(self.brief, which, "missed", "missed, no run has finished it")


def agenda_of(means: Means, brief: str, settled: Settled | None) -> Iterator[Due | Missed | Outcome]:
    """Yields what is to be done for a brief, the earliest period first; nothing where all is settled."""
    try:
        config = read_config(means.folder, brief)
    except BriefnoteError as error:
        yield failed(brief, "", error, means.log)
        return
    periods = unsettled(config, settled, means.now)
    left = len(periods) - _most(config, periods[-1] == latest_due(config, means.now)) if periods else 0
    if left > 0:
        yield Missed(brief, periods[:left])
    for period in periods[max(left, 0) :]:
        yield Due(brief, config, period)


def unsettled(config: BriefConfig, settled: Settled | None, now: datetime) -> tuple[Period, ...]:
    """Returns the periods that are due and not settled; for a brief that no run has seen, the present one."""
    if settled is None:
        return (latest_due(config, now),)
    found = due_after(config, parse_period(settled.until), now)
    return tuple(period for period in found if period not in settled)


def read_config(folder: Folder, brief: str) -> BriefConfig:
    """Returns what a brief's brief.yaml says. Raises BriefnoteError with every problem."""
    file = folder.brief_file(brief)
    config, problems = read_brief_config(file.data, file.name)
    if config is None:
        raise BriefnoteError(problem for problem in problems if not problem.is_warning)
    return config


def _most(config: BriefConfig, is_present_open: bool) -> int:
    """Returns how many periods are made at most: those that are caught up, and the present one."""
    caught_up = config.schedule.most if config.schedule.missed == "catch-up" else 0
    return caught_up + is_present_open
