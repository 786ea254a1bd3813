"""The issue of one period, from its sources to its recipients: news → check → build → send."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from briefnote.config.brief import BriefConfig
from briefnote.errors import BriefnoteError, Problem
from briefnote.inputs import check
from briefnote.model.period import Period
from briefnote.pipeline import Request, build
from briefnote.schedule.due import latest_due, local_day
from briefnote.schedule.journal import RunLog
from briefnote.schedule.news import News, news_of
from briefnote.schedule.outcome import Kind, Outcome
from briefnote.sending import Delivered, Order, deliver_issue
from briefnote.sending.revisions import goes_again
from briefnote.store.folder import Folder
from briefnote.store.issue import periods
from briefnote.store.ledger import LEDGER, open_ledger

# What the title of such an issue is followed by, in the language of the brief where it is known here.
_NO_CHANGE = {
    "en": "no change since {since}",
    "de": "unverändert seit {since}",
    "es": "sin cambios desde {since}",
    "fr": "sans changement depuis {since}",
}


@dataclass(frozen=True)
class Due:
    """The issue of a period of a brief that a run is to make."""

    brief: str
    config: BriefConfig
    period: Period


@dataclass(frozen=True)
class Means:
    """What a run works with. `sleep` and `environment` are those of the delivery."""

    folder: Folder
    now: datetime
    log: RunLog
    sleep: Callable[[float], None] = time.sleep
    environment: Mapping[str, str] | None = None

    def read_anew(self) -> Means:
        """Returns the same with a folder that is read again: what was collected is in it."""
        return replace(self, folder=Folder(self.folder.root))


def make_issue(due: Due, means: Means) -> Outcome:
    """Builds and sends the issue of a period, and returns what became of it; problems are in the outcome.

    An issue that the ledger knows is sent as it lies there, to those who lack it: it is not built again.
    """
    try:
        if not _is_begun(due, means.folder):
            news = _news(due, means)
            if news is not None and not news.sources and due.config.schedule.without_news == "skip":
                return _outcome(due, "skipped", f"skipped, no new or changed source since {news.since}")
            _built(due, news, means)
        return _sent(due, means)
    except Exception as error:  # also a bug: the other issues go on
        return failed(due.brief, due.period.name, error, means.log)


def failed(brief: str, period: str, error: Exception, log: RunLog) -> Outcome:
    """Returns the outcome of what could not be done: the next run tries again."""
    problems = log.stopped(error, brief=brief, period=period)
    return Outcome(brief, period, "failed", "failed", problems, is_settled=False)


def _is_begun(due: Due, folder: Folder) -> bool:
    path = folder.root / LEDGER
    if not path.exists():
        return False
    with open_ledger(path) as ledger:
        return ledger.revision(due.brief, due.period.name)[0] > 0


def _news(due: Due, means: Means) -> News | None:
    """Returns what is new, None where nothing is built, so that nothing depends on it."""
    if not due.config.run.build:
        return None
    news = news_of(means.folder, due.brief, due.period)
    about = {"brief": due.brief, "period": due.period.name, "since": news.since or ""}
    means.log.event("news", **about, sources=len(news.sources))
    return news


def _built(due: Due, news: News | None, means: Means) -> None:
    about = {"brief": due.brief, "period": due.period.name}
    if news is None:
        _refuse_missing(due, means.folder)
        return
    if due.config.run.check:
        _checked(due, means)
    is_stale = not news.sources and due.config.schedule.without_news == "no-change"
    remark = _no_change(due.config.language).format(since=news.since) if is_stale else ""
    is_present = due.period == latest_due(due.config, means.now)
    day = local_day(due.config, means.now) if is_present else None
    built = build(means.folder, Request(due.brief, due.period.name, day, remark=remark))
    for warning in built.warnings:
        means.log.problem(warning, **about)
    means.log.event("built", **about, files=len(built.files))


def _no_change(language: str) -> str:
    return _NO_CHANGE.get(language.partition("-")[0].lower(), _NO_CHANGE["en"])


def _checked(due: Due, means: Means) -> None:
    found = check(means.folder, (due.brief,))
    wrong = [problem for problem in found if not problem.is_warning]
    if wrong:
        raise BriefnoteError(wrong)
    for warning in found:
        means.log.problem(warning, brief=due.brief, period=due.period.name)


def _refuse_missing(due: Due, folder: Folder) -> None:
    if due.period.name not in periods(folder.brief_folder(due.brief), due.brief):
        message = f"is false, and there is no issue {due.period}; build it (`briefnote build {due.brief}`)"
        raise BriefnoteError([Problem(f"briefs/{due.brief}/brief.yaml", field="run.build", message=message)])


def _sent(due: Due, means: Means) -> Outcome:
    config = due.config
    if config.run.review == "required":
        return _outcome(due, "review", f"waits for review, then: briefnote send {due.brief} --period {due.period}")
    if not config.run.send or not config.recipients:
        return _outcome(due, "built", "built")
    order = Order(due.brief, due.period.name)
    delivered = deliver_issue(means.folder, order, sleep=means.sleep, environment=means.environment)
    counts = {state: len(getattr(delivered, state)) for state in ("sent", "failed", "unknown", "held", "skipped")}
    means.log.event("sent", brief=due.brief, period=due.period.name, revision=delivered.revision, **counts)
    problems = tuple(_problems(due, delivered))
    for problem in problems:
        means.log.problem(problem, brief=due.brief, period=due.period.name)
    kind: Kind = "failed" if delivered.needs_a_person else "sent"
    return Outcome(due.brief, due.period.name, kind, _counted(delivered), problems, _is_settled(due, means.folder))


def _counted(delivered: Delivered) -> str:
    """Returns "sent to 5, 1 failed, 2 had it"."""
    others = {"failed": delivered.failed, "unknown": delivered.unknown, "held back": delivered.held}
    said = [f"{len(found)} {what}" for what, found in others.items() if found]
    said += [f"{len(delivered.skipped)} had it"] if delivered.skipped else []
    return ", ".join([f"sent to {len(delivered.sent)}", *said])


def _problems(due: Due, delivered: Delivered) -> list[Problem]:
    place = f"{due.brief} {due.period}"
    if delivered.is_changed:
        return [Problem(place, message="was changed since it was sent; send the correction with --correction")]
    unknown = () if delivered.holds_unknown else delivered.unknown
    found = [Problem(place, field=one.recipient, message=f"failed: {one.note}") for one in delivered.failed]
    return found + [Problem(place, field=one.recipient, message=f"unknown: {one.note}") for one in unknown]


def _is_settled(due: Due, folder: Folder) -> bool:
    with open_ledger(folder.root / LEDGER) as ledger:
        entries = ledger.entries(due.brief, due.period.name)
    return not any(goes_again(entry, due.config.delivery) for entry in entries)


def _outcome(due: Due, kind: Kind, note: str) -> Outcome:
    return Outcome(due.brief, due.period.name, kind, note)
