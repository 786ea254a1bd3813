"""The story of briefnote: read everything, judge, compose, render, publish.

Everything a person wrote is read and checked before anything runs, and nothing is written until every edition is
whole, so that a mistake anywhere leaves the former issue as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from briefnote import __version__, clock
from briefnote.compose.composition import Material, compose
from briefnote.compose.selection import select
from briefnote.config.brief import Format
from briefnote.errors import Problem
from briefnote.inputs import Inputs, read_inputs
from briefnote.model.brief import Brief
from briefnote.model.edition import PdfStandard
from briefnote.model.period import Week, parse_week, week_of
from briefnote.model.summary import Summaries
from briefnote.rules.context import ActorNames
from briefnote.rules.facts import Pair, Rows, facts
from briefnote.rules.judging import judge
from briefnote.store.folder import Folder
from briefnote.store.issue import Issue, digest, periods, publish, read_edition

if TYPE_CHECKING:
    from briefnote.rules.whynot import Step

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Request:
    """What to build: a brief, its period and day (the clock's where None), its editions, and where to.

    `pdf_standard` stands above that of theme.yaml.
    """

    brief: str
    period: str | None = None
    day: date | None = None
    formats: tuple[Format, ...] = ()
    out: Path | None = None
    pdf_standard: PdfStandard | None = None


@dataclass(frozen=True)
class Built:
    """An issue on disk: its folder, its files, and what the reader of the log should know."""

    folder: Path
    files: tuple[str, ...]
    warnings: tuple[Problem, ...]
    brief: Brief


def build(folder: Folder, request: Request, progress: Progress = lambda _: None) -> Built:
    """Builds one issue and returns where it is. Raises BriefnoteError with every problem, and writes nothing."""
    progress("reading")
    inputs = read_inputs(folder, request.brief)
    if request.pdf_standard:
        inputs = replace(inputs, theme=replace(inputs.theme, pdf_standard=request.pdf_standard))
    issue, day = _issue(folder, request)
    progress("judging")
    brief = compose_brief(inputs, issue, day)
    editions, warnings = _render(inputs, brief, issue, _formats(inputs, request), progress)
    progress("writing")
    path = publish(issue, editions, _manifest(inputs, brief, issue))
    if brief.marking != inputs.config.marking:
        message = f"raised from {inputs.config.marking} to {brief.marking}, the marking of its strictest source"
        warnings.append(Problem(inputs.config_file, field="marking", message=message, is_warning=True))
    return Built(path, tuple(sorted(editions)), (*inputs.warnings, *warnings), brief)


def compose_brief(inputs: Inputs, issue: Issue, day: date) -> Brief:
    """Returns the brief of an issue: select the sources, judge them, compose what is said."""
    config = inputs.config
    period = parse_week(issue.period)
    summaries, omitted = select(inputs.summaries, config, period.last_day)
    rows = _rows(inputs, summaries)
    actors = ActorNames(
        {name: (actor.name, actor.adjective) for name, actor in config.actors.items()},
        frozenset(name for name, actor in config.actors.items() if actor.plural),
    )
    judged = judge(inputs.book, rows, actors, inputs.estimative.confidence)
    material = Material(
        name=issue.name,
        config=config,
        summaries=summaries,
        omitted=omitted,
        judged=judged,
        reliability=inputs.estimative.reliability,
        period=period,
        day=day,
        version=__version__,
        previous=_previous(issue),
        parameters=inputs.book.params,
    )
    return compose(material)


def _rows(inputs: Inputs, summaries: Summaries) -> Rows:
    config = inputs.config
    pairs = [Pair(pair.holder, pair.over) for pair in config.about]
    audiences = {name: audience.actor for name, audience in config.audiences.items()}
    symmetric = frozenset(name for name, metric in inputs.book.vocabulary.metrics.items() if metric.symmetric)
    return facts(summaries, pairs, audiences, symmetric)


def why_not(folder: Folder, brief: str, rule: str, given: Mapping[str, str]) -> tuple[Step, ...]:
    """Returns the steps of a rule over the brief's sources, with how many rows each leaves. Raises BriefnoteError."""
    from briefnote.rules import whynot

    inputs = read_inputs(folder, brief)
    summaries, _ = select(inputs.summaries, inputs.config, week_of(clock.today()).last_day)
    return whynot.why_not(inputs.book, _rows(inputs, summaries), rule, given)


def _issue(folder: Folder, request: Request) -> tuple[Issue, date]:
    day = request.day or (parse_week(request.period).last_day if request.period else clock.today())
    week: Week = parse_week(request.period) if request.period else week_of(day)
    where = (request.out / request.brief) if request.out else folder.brief_folder(request.brief)
    return Issue(where, request.brief, str(week)), day


def _previous(issue: Issue) -> tuple[str, Mapping[str, Any]] | None:
    """Returns the latest issue before this one, with its JSON edition."""
    earlier = [period for period in periods(issue.folder, issue.name) if period < issue.period]
    if not earlier:
        return None
    return earlier[-1], read_edition(Issue(issue.folder, issue.name, earlier[-1]))


def _formats(inputs: Inputs, request: Request) -> tuple[Format, ...]:
    """JSON is always made: the next issue and `explain` read it."""
    wanted = request.formats or inputs.config.formats
    return tuple(ending for ending in get_args(Format) if ending in wanted or ending == "json")


def _render(
    inputs: Inputs, brief: Brief, issue: Issue, formats: Iterable[Format], progress: Progress
) -> tuple[dict[str, bytes], list[Problem]]:
    from briefnote.editions import render_edition, set_as_document

    document = set_as_document(brief, inputs.template)
    editions: dict[str, bytes] = {}
    warnings: list[Problem] = []
    for ending in formats:
        progress(f"setting the .{ending}")
        name = issue.edition(ending)
        data, uncovered = render_edition(ending, brief, document, inputs.theme)
        editions[name] = data
        warnings += [Problem(name, message=message, is_warning=True) for message in uncovered]
    return editions, warnings


def _manifest(inputs: Inputs, brief: Brief, issue: Issue) -> dict[str, object]:
    """What went in, and by which versions: with it, anyone can check that the same inputs give these bytes."""
    from briefnote.editions import versions

    read = {file.name: digest(file.data) for file in inputs.files}
    if brief.previous_period:
        former = Issue(issue.folder, issue.name, brief.previous_period)
        name = f"{brief.previous_period}/{former.edition('json')}"
        read[name] = digest((former.path / former.edition("json")).read_bytes())
    return {
        "brief": brief.name,
        "period": brief.period,
        "date": brief.date,
        "pdf_standard": inputs.theme.pdf_standard,
        "versions": versions(),
        "inputs": dict(sorted(read.items())),
    }
