"""The command line: a command parses, calls one library function, prints.

This is the only place that imports click, and the one place where errors become messages and exit codes:
0 done, 1 an expected failure, 2 misuse; `run` has two more. A bug keeps its traceback.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from contextlib import suppress
from pathlib import Path

import click

from briefnote import __version__
from briefnote.cli.add import add
from briefnote.cli.build import build
from briefnote.cli.check import check
from briefnote.cli.collect import collect
from briefnote.cli.draft import draft
from briefnote.cli.explain import explain
from briefnote.cli.init import init
from briefnote.cli.ledger import ledger
from briefnote.cli.review import review
from briefnote.cli.rules import rules
from briefnote.cli.run import run
from briefnote.cli.schedule import schedule
from briefnote.cli.schema import schema
from briefnote.cli.send import send
from briefnote.cli.sources import sources
from briefnote.cli.summarise import summarise
from briefnote.cli.template import template
from briefnote.errors import BriefnoteError, visible

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)  # of a disk that standard output goes to


class _Commands(click.Group):
    """The commands; Ctrl-C ends each with code 130, as a shell has it. (click says "Aborted!", with code 1.)"""

    def invoke(self, context: click.Context) -> object:
        """Runs a command."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            _say_at_the_end("Stopped. Nothing is half-written: what was done is whole, and the rest is as it was.")
            raise SystemExit(130) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", message="briefnote %(version)s")
@click.option(
    "-C",
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The folder with sources/, briefs/ and templates/ (here by default).",
)
@click.pass_context
def command(context: click.Context, folder: Path) -> None:
    """Turn policy articles into a cited policy brief.

    \b
    Example:
      briefnote init my-briefs && cd my-briefs
      briefnote build
      briefnote explain example leverage.1
    """
    context.obj = folder


for _subcommand in (
    init,
    add,
    collect,
    sources,
    check,
    build,
    explain,
    run,
    schedule,
    send,
    ledger,
    rules,
    schema,
    template,
    summarise,
    review,
    draft,
):
    command.add_command(_subcommand)


def main() -> None:
    """Runs the command line and exits with 0, 1 or 2."""
    # A build makes a few hundred thousand small objects and ends: looking for cycles among them every 700
    # allocations took 15 % of it (measured: 0.62 s against 0.53 s).
    gc.set_threshold(200_000, 20, 20)
    try:
        command(prog_name="briefnote")
    except BriefnoteError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        sys.exit(1)
    except OSError as error:
        if error.filename is None and error.errno not in _FULL:  # a bug, not what the user can do something about
            raise
        file, remedy = visible(str(error.filename)), "see to its rights and its name"
        if error.filename is None:
            file, remedy = "output", "free some space"
        _say_at_the_end(f"{file}: {error.strerror}; {remedy}, then run it again")
        sys.exit(1)


def _say_at_the_end(line: str) -> None:
    """Where output goes to a full disk, what is still in its buffer must not fail again while Python ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    with suppress(OSError):
        click.echo(line, err=True)
