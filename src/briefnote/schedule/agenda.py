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
    earliest = _earliest(config, means.now)
    if let_go := tuple(period for period in periods if period < earliest):
        yield Missed(brief, let_go)
    yield from (Due(brief, config, period) for period in periods if period >= earliest)


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


def _earliest(config: BriefConfig, now: datetime) -> Period:
    """Returns the earliest period that is still made: the present one, or so many before it as are caught up."""
    period = latest_due(config, now)
    for _ in range(config.schedule.most if config.schedule.missed == "catch-up" else 0):
        period = period.previous()
    return period
