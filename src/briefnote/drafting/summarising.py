"""Drafts for the user's folder: which articles need one, and what is kept of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefnote import clock
from briefnote.config.brief import BriefConfig, read_brief_config
from briefnote.drafting.batch import Made, Task, make_all, without_model
from briefnote.drafting.making import program_of
from briefnote.drafting.order import Method, Order, order_for
from briefnote.errors import BriefnoteError, Problem, did_you_mean
from briefnote.model.archive import ArticleRecord
from briefnote.model.summary import Drafted, Summary
from briefnote.model.writing import as_written
from briefnote.store.articles import article_ids, free_id, has_article, read_article, save_article, sources_folder
from briefnote.store.drafts import Kept, is_untouched, keep_draft
from briefnote.store.folder import SUFFIX, Folder
from briefnote.store.issue import digest
from briefnote.yamltext import to_yaml

_SHA256 = re.compile(rb'^  sha256: "?([0-9a-f]{64})"?$', re.MULTILINE)
_PROGRAM = re.compile(rb"^  program: (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Outcome:
    """What became of one article: the summary's file, or the problems that stood in the way.

    Beside a file, problems are warnings. `drafted` says how a new draft was made.
    """

    name: str
    kept: Kept | None = None
    problems: tuple[Problem, ...] = ()
    drafted: Drafted | None = None
    source: str | None = None


def order_of(folder: Folder | None, brief: str | None, method: Method = "extractive") -> tuple[Order, list[Problem]]:
    """Returns the order of a brief by its name, that of all briefs of the folder without, and warnings.

    Raises BriefnoteError where the brief cannot be read; of all, one that cannot be is left out, with a warning.
    """
    if folder is None:
        return asked_by(Order(), method)
    read = [_config(folder, name) for name in ([brief] if brief is not None else folder.brief_names())]
    problems = [problem for config, found in read if config is None for problem in found]
    if brief is not None and problems:
        raise BriefnoteError(problems)
    order, warnings = asked_by(order_for([config for config, _ in read if config is not None]), method)
    return order, [*(replace(problem, is_warning=True) for problem in problems), *warnings]


def _config(folder: Folder, brief: str) -> tuple[BriefConfig | None, list[Problem]]:
    file = folder.brief_file(brief)
    return read_brief_config(file.data, file.name)


def asked_by(order: Order, method: Method) -> tuple[Order, list[Problem]]:
    """Returns the order with who drafts, and warnings: a model that the environment does not name is not asked."""
    asked = replace(order, method=method)
    try:
        program_of(asked)
    except BriefnoteError as error:
        return order, list(without_model(error))
    return asked, []


def task_of(name: str, folder: Folder | None) -> Task:
    """Returns the task for what a person named: an article of the folder by its id or one of its files, else a file.

    Raises BriefnoteError where it is neither.
    """
    path = Path(name)
    if path.is_file():
        source = _source_at(path, folder)
        return Task(folder=folder, source=source) if source else Task(file=path)
    if folder is not None and has_article(folder, name):
        return Task(folder=folder, source=name)
    near = did_you_mean(name, article_ids(folder)) if folder else ""
    message = f"is no file, and no source with an article.{near} Add one with `briefnote add FILE|URL`."
    raise BriefnoteError([Problem(name, message=message)])


def _source_at(path: Path, folder: Folder | None) -> str | None:
    if folder is None or path.resolve().parent != sources_folder(folder).resolve():
        return None
    names = (path.name[:end] for end in range(len(path.name), 0, -1) if path.name[end : end + 1] == ".")
    return next((name for name in names if has_article(folder, name)), None)


def summarise_into(
    folder: Folder,
    tasks: Sequence[Task],
    order: Order,
    processes: int | None = None,
    step: Callable[[], object] = lambda: None,
) -> Iterator[Outcome]:
    """Drafts and writes each summary as it is made, so that what is done stays done. Nothing a person wrote goes.

    A draft that nobody has touched is made anew, for another brief may draw other things from its article.
    """
    needed = [task for task in tasks if not (task.source and _is_a_person_s(folder, task.source, order))]
    for task in tasks:
        if task not in needed:
            path = sources_folder(folder) / f"{task.source}{SUFFIX}"
            yield Outcome(task.name, Kept(path, "unchanged"), source=task.source)
            step()
    sources = {task.source for task in tasks}
    for made in make_all(needed, order, processes, step):
        yield _kept(folder, made, sources)


def _is_a_person_s(folder: Folder, source: str, order: Order) -> bool:
    """Says whether a person wrote, or edited, the summary of the article as it is now."""
    path = sources_folder(folder) / f"{source}{SUFFIX}"
    return path.is_file() and not is_untouched(folder.read(path).data) and is_up_to_date(folder, source, order)


def _kept(folder: Folder, made: Made, sources: set[str | None]) -> Outcome:
    if made.summary is None or made.article is None:
        return Outcome(made.task.name, problems=made.problems)
    try:
        summary = _stored(folder, made) if made.task.file else made.summary
        origin = summary.source.origin
        if origin not in sources and not (sources_folder(folder) / f"{origin}{SUFFIX}").is_file():
            summary = replace(summary, source=replace(summary.source, origin=None))
        kept = keep_draft(folder, summary.source.id, to_yaml(as_written(summary)))
        return Outcome(made.task.name, kept, made.problems, summary.drafted, summary.source.id)
    except BriefnoteError as error:
        return Outcome(made.task.name, problems=error.problems)


def _stored(folder: Folder, made: Made) -> Summary:
    """Returns the summary under the id of its article, which is kept in the folder first, once."""
    if made.summary is None or made.article is None or made.task.file is None:
        raise ValueError("nothing was made of a file")
    sha256 = made.summary.source.sha256 or ""
    known = next((name for name in article_ids(folder) if read_article(folder, name).text_sha256 == sha256), None)
    if known is None:
        known = free_id(folder, made.summary.source.id)
        day, name = clock.today().isoformat(), str(made.task.file)
        record = ArticleRecord(known, made.article, sha256, added=day, came_from=name)
        save_article(folder, record, made.task.file.read_bytes())
    return replace(made.summary, source=replace(made.summary.source, id=known))


def missing_summaries(folder: Folder, order: Order) -> list[Task]:
    """Returns a task for each article of the folder that has no summary, or one of another text or extractor.

    One that a gate held back (a paywall, an error page) is drafted only where a person names it.
    """
    wanting = (source for source in article_ids(folder) if not is_up_to_date(folder, source, order))
    open_ones = (source for source in wanting if not read_article(folder, source).article.gates)
    return [Task(folder=folder, source=source) for source in open_ones]


def is_up_to_date(folder: Folder, source: str, order: Order) -> bool:
    """Says whether a source has a summary of the article as it is now, by a person or by this very extractor."""
    path = sources_folder(folder) / f"{source}{SUFFIX}"
    if not path.is_file():
        return False
    data = folder.read(path).data
    sha256, program = _SHA256.search(data), _PROGRAM.search(data)
    text = folder.read(sources_folder(folder) / f"{source}.txt").data
    is_of_text = sha256 is None or sha256[1].decode() == digest(text)
    if not is_untouched(data):
        return is_of_text
    return is_of_text and program is not None and program[1].decode("utf-8", "replace") == program_of(order)
