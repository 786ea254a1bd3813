"""A progress bar on stderr, for a person who waits; nothing where the output goes to a file or a pipe."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import click


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int, str], None]]:
    """Yields a function that is told how many of how many are done, and what is next. Ctrl-C ends with code 130."""
    try:
        with _bar() as tell:
            yield tell
    except KeyboardInterrupt:
        click.echo("Stopped. Every source is whole or absent; run it again to go on.", err=True)
        raise SystemExit(130) from None


@contextmanager
def steps(total: int, what: str) -> Iterator[Callable[[], object]]:
    """Yields what to call after each of several; of a single one nothing is shown."""
    if total < 2:
        yield lambda: None
        return
    with _bar() as tell:
        done = count(1)
        tell(0, total, what)
        yield lambda: tell(next(done), total, what)


@contextmanager
def status_line(name: str) -> Iterator[Callable[[str], None]]:
    """Yields what is told each step of one task: the line shows the latest, and is gone whatever comes of the task."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    width = shutil.get_terminal_size().columns - 1  # a line that is wrapped could not be cleared
    try:
        yield lambda step: click.echo(f"\r\x1b[K{f'{name}: {step} …'[:width]}", nl=False, err=True)
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


@contextmanager
def _bar() -> Iterator[Callable[[int, int, str], None]]:
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total, description=name)
