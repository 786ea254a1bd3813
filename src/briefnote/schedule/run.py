"""What cron calls: which issues are due, what is new, and each issue to its recipients. The story of a run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from briefnote import clock
from briefnote.schedule.agenda import Missed, agenda_of
from briefnote.schedule.gathering import gather
from briefnote.schedule.issuing import Due, Means, make_issue
from briefnote.schedule.journal import open_log
from briefnote.schedule.lock import alone
from briefnote.schedule.outcome import FAILED, Outcome, Ran
from briefnote.schedule.ping import read_ping
from briefnote.store.folder import Folder, all_briefs
from briefnote.store.runs import Settled, read_settled, write_settled


def run(
    folder: Folder,
    briefs: Sequence[str] = (),
    *,
    tell: Callable[[str], None] = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
    environment: Mapping[str, str] | None = None,
) -> Ran:
    """Makes and sends every issue that is due, of the named briefs or of all, and returns what became of each.

    `tell` is given each step as a line. Raises AlreadyRunningError where another run is at work in the folder, and
    BriefnoteError where the folder cannot be worked in; what is wrong with one brief is in its outcome.
    """
    known = all_briefs(folder)
    for name in briefs:
        folder.brief_file(name)
    with alone(folder.root), open_log(folder.root, tell) as log:
        ping = read_ping(environment, log)
        means = Means(folder, clock.now(), log, sleep, environment)
        try:
            ran = _run(means, [name for name in known if not briefs or name in briefs])
        except Exception as error:
            log.stopped(error)
            ping.ended(FAILED)
            raise
        log.event("ended", code=ran.exit_code, line=ran.line)
        ran = replace(ran, lost=log.lost)
        ping.ended(ran.exit_code)
        return ran


def _run(means: Means, briefs: Sequence[str]) -> Ran:
    settled = read_settled(means.folder.root)
    agenda = [one for brief in briefs for one in agenda_of(means, brief, settled.get(brief))]
    due = [one for one in agenda if isinstance(one, Due)]
    gathered = gather(means.folder, list({one.brief: one.config for one in due}.values()), means.log)
    return Ran(tuple(_done(agenda, means.read_anew(), settled)), gathered)


def _done(agenda: Sequence[Due | Missed | Outcome], means: Means, settled: dict[str, Settled]) -> Iterator[Outcome]:
    """Yields what became of each; what is settled is on the disk before the next begins."""
    for one in agenda:
        if isinstance(one, Outcome):
            yield one
            continue
        outcome = make_issue(one, means) if isinstance(one, Due) else one.outcome(means.log)
        for period in (one.period,) if isinstance(one, Due) else one.periods:
            before = settled.get(one.brief) or Settled(period.previous().name)
            settled[one.brief] = before.and_also(period) if outcome.is_settled else before
        write_settled(means.folder.root, settled)
        yield outcome
