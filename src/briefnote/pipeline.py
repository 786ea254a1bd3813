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
from briefnote.config.brief import BriefConfig
from briefnote.errors import BriefnoteError, Problem
from briefnote.inputs import read_inputs
from briefnote.inputvalues import Inputs
from briefnote.model.brief import Brief, OmittedSource
from briefnote.model.edition import Format, PdfStandard
from briefnote.model.period import Period, parse_period, period_of
from briefnote.model.summary import Summaries, Summary
from briefnote.remarks import remarks
from briefnote.rules.facts import Pair, Rows, facts
from briefnote.rules.judging import Choice, judge
from briefnote.rules.speaking import ActorNames
from briefnote.store.folder import Folder
from briefnote.store.issue import Issue, digest, periods, publish, read_edition

if TYPE_CHECKING:
    from briefnote.rules.whynot import Step

FIRST_YEAR, LAST_YEAR = 1980, 2107  # of the time stamps in a .docx
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Request:
    """What to build: a brief, its period and day (the clock's where None), its editions, and where to.

    `pdf_standard` stands above that of theme.yaml. `engine` is what runs the rules, chosen by size where "auto".
    `remark` is added to the title.
    """

    brief: str
    period: str | None = None
    day: date | None = None
    formats: tuple[Format, ...] = ()
    out: Path | None = None
    pdf_standard: PdfStandard | None = None
    engine: Choice = "auto"
    remark: str = ""


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
    if request.remark:
        titled = replace(inputs.config, title=f"{inputs.config.title} ({request.remark})")
        inputs = replace(inputs, config=titled)
    issue, day = _issue(folder, request, inputs.config)
    progress("judging")
    brief = compose_brief(inputs, issue, day, request.engine)
    editions, warnings = _render(inputs, brief, issue, _formats(inputs, request), progress)
    progress("writing")
    published = publish(issue, editions, _manifest(inputs, brief, issue))
    warnings += remarks(inputs, brief, published)
    return Built(published.path, tuple(sorted(editions)), (*inputs.warnings, *warnings), brief)


def compose_brief(inputs: Inputs, issue: Issue, day: date, engine: Choice = "auto") -> Brief:
    """Returns the brief of an issue: select the sources, judge them, compose what is said."""
    config = inputs.config
    period = parse_period(issue.period)
    case = case_of(inputs, period)
    judged = judge(inputs.book, case.rows, actor_names(config), inputs.estimative.confidence, engine, plan=inputs.plan)
    material = Material(
        name=issue.name,
        config=config,
        summaries=case.summaries,
        omitted=case.omitted,
        judged=judged,
        reliability=inputs.admiralty.reliability,
        period=period,
        day=day,
        version=__version__,
        previous=_previous(issue),
        parameters=inputs.book.params,
        drifts=inputs.drifts,
    )
    return compose(material)


@dataclass(frozen=True)
class Case:
    """What is judged in a period: the sources in use, those left out, and their rows."""

    summaries: Mapping[str, Summary]
    omitted: tuple[OmittedSource, ...]
    rows: Rows


def case_of(inputs: Inputs, period: Period) -> Case:
    """Returns the sources that a brief draws on in a period, as rows."""
    summaries, omitted = select(inputs.summaries, inputs.config, period.last_day)
    if not summaries:
        why = "".join(f"; {source.id}: {source.reason}" for source in omitted[:10])
        message = f"no source is left for {period}; widen include:, or see what each lacks{why}"
        raise BriefnoteError([Problem(inputs.config_file, field="sources", message=message)])
    return Case(summaries, omitted, _rows(inputs, _with_drafts_thinned(summaries, inputs.config)))


def _with_drafts_thinned(summaries: Summaries, config: BriefConfig) -> Summaries:
    """A draft that nobody has read has far more claims than a brief has room for; those that say most are judged."""
    if all(summary.by == "analyst" or summary.reviewed for summary in summaries.values()):
        return summaries
    from briefnote.summarise.essential import essential

    return essential(summaries, config.words, [(pair.holder, pair.over) for pair in config.about])


def actor_names(config: BriefConfig) -> ActorNames:
    """Returns how a brief prints its actors."""
    return ActorNames(
        {name: (config.printed_name(name), _adjective(config, name)) for name in config.named_actors()},
        frozenset(name for name, actor in config.actors.items() if actor.plural),
    )


def _adjective(config: BriefConfig, actor: str) -> str | None:
    return config.actors[actor].adjective if actor in config.actors else None


def _rows(inputs: Inputs, summaries: Summaries) -> Rows:
    config = inputs.config
    pairs = [Pair(pair.holder, pair.over) for pair in config.about]
    audiences = {name: audience.actor for name, audience in config.audiences.items()}
    symmetric = frozenset(name for name, metric in inputs.book.vocabulary.metrics.items() if metric.symmetric)
    return facts(summaries, pairs, audiences, symmetric, origins_of(inputs))


def origins_of(inputs: Inputs) -> dict[str, str | None]:
    """Returns which source each source copies or quotes, also of those that the brief leaves out."""
    return {name: summary.source.origin for name, summary in inputs.summaries.items()}


def why_not(folder: Folder, brief: str, rule: str, given: Mapping[str, str]) -> tuple[Step, ...]:
    """Returns the steps of a rule over the brief's sources, with how many rows each leaves. Raises BriefnoteError."""
    from briefnote.rules import whynot

    inputs = read_inputs(folder, brief)
    return whynot.why_not(inputs.book, case_of(inputs, period_of(inputs.config.every, clock.today())).rows, rule, given)


def _issue(folder: Folder, request: Request, config: BriefConfig) -> tuple[Issue, date]:
    day = request.day or (parse_period(request.period).last_day if request.period else clock.today())
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = f"found {day.isoformat()}, expected a day from {FIRST_YEAR} to {LAST_YEAR} (what the files can carry)"
        raise BriefnoteError([Problem("--date", message=message)])
    wanted = parse_period(request.period) if request.period else period_of(config.every, day)
    where = (request.out / request.brief) if request.out else folder.brief_folder(request.brief)
    return Issue(where, request.brief, str(wanted)), day


def _previous(issue: Issue) -> tuple[str, Mapping[str, Any]] | None:
    """Returns the latest issue before this one, with its JSON edition."""
    own = parse_period(issue.period)
    earlier = [period for period in periods(issue.folder, issue.name) if parse_period(period) < own]
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

    document = set_as_document(brief, inputs.template, inputs.house)
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
