"""Whether what a brief says of itself agrees with its rules, its sources and its template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from briefnote.config.brief import BriefConfig
from briefnote.errors import BriefnoteError, Problem, did_you_mean, nearest
from briefnote.inputvalues import Inputs
from briefnote.model.summary import Summary
from briefnote.rules.rulebook import RuleBook
from briefnote.store.folder import TEMPLATE


def sections_against_rules(config: BriefConfig, book: RuleBook, file: str) -> Iterator[Problem]:
    """Yields a problem for each section that no rule writes for, and each column that is nearly one that rules fill."""
    cells: dict[str, set[str]] = {section: set() for section in book.sections}
    for rule in book.rules:
        cells.setdefault(rule.text.section, set()).update(rule.cells)
    for section in config.sections:
        wanted = section.of or section.id
        if wanted not in book.sections:
            near = did_you_mean(wanted, book.sections)
            yield Problem(file, config.line, f"sections.{section.id}", f"no rule writes for '{wanted}'.{near}")
            continue
        for column in section.columns if section.kind == "table" else ():
            if column not in cells[wanted] and (meant := nearest(column, cells[wanted])):
                message = f"no rule of '{wanted}' fills '{column}'. Did you mean '{meant}'?"
                yield Problem(file, config.line, f"sections.{section.id}.columns", message, is_warning=True)


def actors_against_sources(inputs: Inputs) -> Iterator[Problem]:
    """Yields a warning for each actor and audience that is nearly, but not quite, one that the sources in use name.

    One that is like none of them is no mistake: a brief may wait for its first source.
    """
    config, file = inputs.config, inputs.config_file
    used = [summary for name, summary in inputs.summaries.items() if config.sources.includes(name)]
    wanted = {
        "about": ((actor for pair in config.about for actor in (pair.holder, pair.over)), set(_actors(used))),
        "audiences": (config.audiences, {to for one in used for claim in one.claims for to in claim.audience}),
    }
    for field, (names, known) in wanted.items():
        for name in dict.fromkeys(names):
            if name not in known and (near := nearest(name, known)):
                message = f"no source in use names '{name}'. Did you mean '{near}'?"
                yield Problem(file, config.line, field, message, is_warning=True)


def template_compiles(template: Callable[[str], str | None]) -> Iterator[Problem]:
    """Yields what is wrong with the brief's template before it is given anything to print."""
    from briefnote.render.markdown import compiles

    try:
        compiles(TEMPLATE, template)
    except BriefnoteError as error:
        yield from error.problems


def _actors(summaries: Iterable[Summary]) -> Iterator[str]:
    for summary in summaries:
        for claim in summary.claims:
            yield from filter(None, (claim.holder, claim.over))
        for figure in summary.figures:
            yield from filter(None, (figure.subject, figure.counterpart))
