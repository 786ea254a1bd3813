"""The first two steps of a run, for all briefs of a folder at once: collect what is new, draft its summaries.

What fails here keeps no issue from being made: the feed that is down today is asked again next time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from briefnote.config.brief import BriefConfig
from briefnote.errors import Problem
from briefnote.schedule.journal import RunLog
from briefnote.schedule.outcome import Gathered
from briefnote.store.folder import Folder

if TYPE_CHECKING:
    from briefnote.drafting.order import Order
    from briefnote.drafting.summarising import Outcome


def gather(folder: Folder, configs: Sequence[BriefConfig], log: RunLog) -> Gathered:
    """Collects and drafts where one of the briefs says so, and returns how much came and what went wrong."""
    gathered = Gathered()
    if any(config.run.collect for config in configs):
        gathered = _collected(folder, log)
    if wanting := [config for config in configs if config.run.summarise]:
        drafted = _drafted(folder, wanting, log)
        gathered = replace(drafted, collected=gathered.collected, problems=gathered.problems + drafted.problems)
    return gathered


def _collected(folder: Folder, log: RunLog) -> Gathered:
    from briefnote.collecting.collecting import collect, read_feeds

    try:
        if not read_feeds(folder).all():
            return Gathered()
        found = collect(folder)
    except Exception as error:  # whatever it is, the issue is made of what is there
        return Gathered(problems=log.stopped(error))
    broken = [feed for feed in found.feeds if feed.health in ("broken", "gone")]
    problems = [Problem(f"feed {feed.name}", message=f"{feed.health}: {feed.reason}") for feed in broken]
    told = {feed.reason for feed in broken}
    problems += [Problem(item.name, message=item.message) for item in found.failed if item.message not in told]
    count = len(found.added) + len(found.changed)
    log.event("collected", new=count, known=len(found.known), gated=len(found.gated), failed=len(problems))
    return Gathered(collected=count, problems=_logged([*problems, *found.problems], log))


def _drafted(folder: Folder, configs: Sequence[BriefConfig], log: RunLog) -> Gathered:
    from briefnote.drafting.summarising import missing_summaries, summarise_into

    try:
        order, problems = _order(configs)
        tasks = missing_summaries(folder, order)
        if not tasks:
            return Gathered()
        outcomes = list(summarise_into(folder, tasks, order))
    except Exception as error:  # whatever it is, the issue is made of what is there
        return Gathered(problems=log.stopped(error))
    written = [one for one in outcomes if one.kept is not None and one.kept.outcome == "written"]
    log.event("summarised", drafted=len(written), asked=len(tasks))
    return Gathered(drafted=len(written), problems=_logged([*problems, *_problems(outcomes)], log))


def _order(configs: Sequence[BriefConfig]) -> tuple[Order, list[Problem]]:
    """Drafts are made for all briefs, by a model where one of them says so."""
    from briefnote.drafting.order import order_for
    from briefnote.drafting.summarising import asked_by

    is_model = any(config.run.draft_with == "model" for config in configs)
    return asked_by(order_for(configs), "model" if is_model else "extractive")


def _problems(outcomes: Sequence[Outcome]) -> list[Problem]:
    return [problem for outcome in outcomes for problem in outcome.problems]


def _logged(problems: Sequence[Problem], log: RunLog) -> tuple[Problem, ...]:
    found = tuple(dict.fromkeys(problems))
    for problem in found:
        log.problem(problem)
    return found
