"""Printing for people: lines wrapped to the terminal, whole where the output goes to a file or a pipe."""

from __future__ import annotations

import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

import click

from briefnote.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefnote.errors import Problem


def counted(count: int, noun: str) -> str:
    """Returns "1 source", "2 sources"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def echo_wrapped(line: str) -> None:
    """Prints a line; on a terminal it is wrapped between words, what follows indented like its beginning.

    What a terminal would act on is left out: a line may quote what others wrote.
    """
    line = clean(line)
    if not sys.stdout.isatty():
        click.echo(line)
        return
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    width = max(40, shutil.get_terminal_size().columns)
    wrapped = textwrap.wrap(line, width, subsequent_indent=indent, drop_whitespace=True, break_long_words=False)
    click.echo("\n".join(wrapped))


def fail(problems: Iterable[Problem]) -> None:
    """Prints problems and warnings, and ends with exit code 1 where there are problems."""
    for problem in problems:
        click.echo(str(problem), err=True)
    if any(not problem.is_warning for problem in problems):
        raise SystemExit(1)
