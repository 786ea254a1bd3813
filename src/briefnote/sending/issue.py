"""What is to be sent: an issue as it lies on the disk, its brief.yaml, and the look of its mail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from briefnote.config.brief import BriefConfig, read_brief_config
from briefnote.errors import BriefnoteError, Problem, did_you_mean
from briefnote.inputs import read_look
from briefnote.model.brief import Brief
from briefnote.model.edition import Theme
from briefnote.model.plain import NotPlainError, from_plain
from briefnote.store.folder import Folder
from briefnote.store.issue import Issue, periods, read_edition
from briefnote.store.made import read_editions


@dataclass(frozen=True)
class IssueToSend:
    """An issue: its Brief as the JSON edition has it, its editions by ending, and how its mail is set."""

    issue: Issue
    brief: Brief
    config: BriefConfig
    editions: Mapping[str, bytes] = field(repr=False)
    theme: Theme
    template: Callable[[str], str | None]


def read_issue_to_send(folder: Folder, brief: str, period: str | None) -> IssueToSend:
    """Returns an issue, the latest where no period is given. Raises BriefnoteError with every problem."""
    config = _config(folder, brief)
    issue = _issue(folder, brief, period)
    editions = read_editions(issue)
    theme, _, template, problems = read_look(folder)
    wrong = [problem for problem in problems if not problem.is_warning]
    if wrong:
        raise BriefnoteError(wrong)
    _refuse_missing(config, issue, editions)
    return IssueToSend(issue, _brief(issue, read_edition(issue)), config, editions, theme, template)


def _config(folder: Folder, brief: str) -> BriefConfig:
    file = folder.brief_file(brief)
    config, problems = read_brief_config(file.data, file.name)
    if config is None:
        raise BriefnoteError(problem for problem in problems if not problem.is_warning)
    if not config.recipients:
        message = "names nobody; say who gets the brief (docs/delivery.md)"
        raise BriefnoteError([Problem(file.name, field="recipients", message=message)])
    return config


def _issue(folder: Folder, brief: str, period: str | None) -> Issue:
    known = periods(folder.brief_folder(brief), brief)
    if not known:
        message = f"no issue of '{brief}' was built here; build it first (`briefnote build {brief}`)"
        raise BriefnoteError([Problem(folder.name_of(folder.brief_folder(brief)), message=message)])
    if period is not None and period not in known:
        raise BriefnoteError([Problem("--period", message=f"no issue {period}.{did_you_mean(period, known)}")])
    return Issue(folder.brief_folder(brief), brief, period or known[-1])


def _brief(issue: Issue, edition: Mapping[str, Any]) -> Brief:
    try:
        return from_plain(Brief, edition)
    except NotPlainError as error:
        message = f"was written by another version of briefnote ({error}); build the issue again"
        raise BriefnoteError([Problem(str(issue.path / issue.edition("json")), message=message)]) from None


def _refuse_missing(config: BriefConfig, issue: Issue, editions: Mapping[str, bytes]) -> None:
    wanted = {ending for group in config.recipients if not group.webhook for ending in group.formats}
    missing = sorted(wanted - editions.keys())
    message = "recipients are to get it, and it was not built; build the issue again, without --format"
    if missing:
        raise BriefnoteError(Problem(str(issue.path / issue.edition(ending)), message=message) for ending in missing)
