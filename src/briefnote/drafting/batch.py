"""Drafts of many articles, on several processes; what is wrong with one does not stop the others."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from briefnote.drafting.making import draft, read_file, with_structure
from briefnote.drafting.order import Order
from briefnote.errors import BriefnoteError, Problem
from briefnote.model.archive import ArticleRecord
from briefnote.model.article import Article
from briefnote.model.summary import Summary
from briefnote.store.articles import read_article
from briefnote.store.folder import Folder
from briefnote.store.issue import digest
from briefnote.store.naming import id_of

FEW = 4  # so many articles are drafted sooner than a second process is started


@dataclass(frozen=True)
class Task:
    """An article to draft: a file, or an article of the folder by its id."""

    file: Path | None = None
    folder: Folder | None = None
    source: str | None = None

    @property
    def name(self) -> str:
        """Returns what messages call it."""
        return str(self.file or self.source)


@dataclass(frozen=True)
class Made:
    """What became of a task: the article and its summary, or the problems that stood in the way.

    Beside a summary, problems are warnings.
    """

    task: Task
    article: Article | None = None
    summary: Summary | None = None
    problems: tuple[Problem, ...] = ()


def make_all(
    tasks: Sequence[Task], order: Order, processes: int | None = None, step: Callable[[], object] = lambda: None
) -> Iterator[Made]:
    """Yields what became of each task, in order. `step` is called after each.

    A model is asked one question at a time: servers count requests.
    """
    workers = min(processes or os.cpu_count() or 1, len(tasks))
    is_small = workers < 2 or len(tasks) <= FEW or order.method == "model"
    for one in map(partial(make, order=order), tasks) if is_small else _pooled(tasks, order, workers):
        step()
        yield one


def make(task: Task, order: Order) -> Made:
    """Returns what became of one task."""
    try:
        record = record_of(task)
        summary, warnings = _drafted(record, order)
        summary = replace(summary, source=replace(summary.source, origin=record.origin))
        return Made(task, record.article, summary, warnings)
    except BriefnoteError as error:
        return Made(task, problems=error.problems)


def _drafted(record: ArticleRecord, order: Order) -> tuple[Summary, tuple[Problem, ...]]:
    """Where the model does not answer, the extractor does, and a warning says so."""
    try:
        return draft(record.article, record.id, order), ()
    except BriefnoteError as error:
        if order.method != "model":
            raise
        without = replace(order, method="extractive")
        return draft(record.article, record.id, without), without_model(error)


def without_model(error: BriefnoteError) -> tuple[Problem, ...]:
    """Returns why there is no draft of a model, as warnings."""
    said = ((problem, f"{problem.message}; drafted without a model") for problem in error.problems)
    return tuple(replace(problem, message=message, is_warning=True) for problem, message in said)


def record_of(task: Task) -> ArticleRecord:
    """Returns the article of a task with what is known of it. Raises BriefnoteError where it cannot be read."""
    if task.file is not None:
        article = read_file(task.file)
        sha256 = digest(article.text.encode())
        return ArticleRecord(id_of(article, sha256), article, sha256)
    if task.folder is None or task.source is None:
        raise ValueError("a task names a file or a source")
    record = read_article(task.folder, task.source)
    return replace(record, article=with_structure(record.article))


def _pooled(tasks: Sequence[Task], order: Order, workers: int) -> Iterator[Made]:
    """Ctrl-C is the parent's: what was drafted is kept, what is under way is given up."""
    pool = ProcessPoolExecutor(workers, initializer=_leave_interrupts)
    try:
        chunk = max(1, min(16, len(tasks) // (workers * 8)))
        yield from pool.map(partial(make, order=order), tasks, chunksize=chunk)
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
