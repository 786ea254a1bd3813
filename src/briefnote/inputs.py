"""Everything a brief is made from, read and checked; all problems of all files at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from briefnote.drifting import with_drifts
from briefnote.errors import BriefnoteError, Problem
from briefnote.inputvalues import Inputs, RulesRead
from briefnote.model.edition import HouseFile, Theme
from briefnote.remembered import name_for, recalled, remember
from briefnote.store.folder import HOUSE, TEMPLATE, THEME, Folder, InputFile, all_briefs, template_text


def read_inputs(folder: Folder, brief: str) -> Inputs:
    """Returns the inputs of one brief. Raises BriefnoteError with every problem of every file.

    What was read before and has not changed since is recalled, with the plan of its rules.
    """
    name, files = name_for(str(folder.root), brief), _all_files(folder, brief)
    kept = recalled(name, files) if files else None
    if isinstance(kept, Inputs):
        return with_drifts(folder, replace(kept, template=partial(template_text, folder)))
    inputs = _read(folder, brief)
    if files:
        remember(name, files, replace(inputs, template=_no_template))
    return with_drifts(folder, inputs)


def _all_files(folder: Folder, brief: str) -> tuple[InputFile, ...]:
    """Returns every file of the folder that its inputs are made from; none where one cannot be read."""
    briefs = folder.brief_names()
    try:
        found = [
            folder.brief_file(brief),
            *(folder.rules_file(name) for name in briefs),
            *folder.summary_files,
            *(folder.template(name) for name in (THEME, HOUSE, TEMPLATE)),
        ]
    except BriefnoteError:
        return ()
    return tuple(file for file in found if file is not None)


def _read(folder: Folder, brief: str) -> Inputs:
    from briefnote.reading import Reading
    from briefnote.rules.planning import plan_of

    reading = Reading(folder, brief)
    inputs = reading.read()
    wrong = [problem for problem in reading.problems if not problem.is_warning]
    if inputs is None or wrong:
        raise BriefnoteError(wrong)
    return replace(inputs, plan=plan_of(inputs.book, "python"))


def _no_template(_: str) -> str | None:
    """Stands for the reader of templates, which is of one process, in what is remembered."""
    return None


def check(folder: Folder, briefs: tuple[str, ...]) -> list[Problem]:
    """Returns every problem and warning of the named briefs (of all where none is named), sorted, each once."""
    from briefnote.agreement import actors_against_sources, template_compiles
    from briefnote.reading import Reading

    message = "is not read: a summary's file ends in .yaml; rename it"
    problems = {Problem(name, message=message, is_warning=True) for name in folder.misnamed_summaries()}
    for name in briefs or all_briefs(folder):
        reading = Reading(folder, name)
        try:
            inputs = reading.read()
            if inputs is not None and all(problem.is_warning for problem in reading.problems):
                problems.update(actors_against_sources(inputs))
                problems.update(template_compiles(inputs.template))
        except BriefnoteError as error:
            problems.update(error.problems)
        problems.update(reading.problems)
    problems.update(_ungrounded(folder))
    problems.update(_feeds(folder))
    return sorted(problems)


def _feeds(folder: Folder) -> list[Problem]:
    """Returns what is wrong with sources/feeds.yaml, which `briefnote collect` reads."""
    from briefnote.config.feeds import read_feeds_config

    path = folder.root / "sources" / "feeds.yaml"
    if not path.is_file():
        return []
    file = folder.read(path)
    return read_feeds_config(file.data, file.name)[1]


def _ungrounded(folder: Folder) -> list[Problem]:
    from briefnote.grounded import ungrounded_summaries

    try:
        return ungrounded_summaries(folder)
    except BriefnoteError:
        return []  # no summary can be read, which is said already


def read_brief_rules(folder: Folder, brief: str) -> RulesRead:
    """Returns a brief's rules without its sources, with every problem. Raises BriefnoteError for an unknown brief."""
    from briefnote.reading import Reading

    return Reading(folder, brief).read_rules()


def read_look(folder: Folder) -> tuple[Theme, HouseFile | None, Callable[[str], str | None], tuple[Problem, ...]]:
    """Returns the theme, house file and templates of a folder, and every problem of the first two."""
    from briefnote.reading import Reading

    reading = Reading(folder, "")
    theme, house = reading.attempt(reading.theme), reading.attempt(reading.house)
    return theme or Theme(), house, reading.template_text, tuple(reading.problems)
