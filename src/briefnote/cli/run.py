"""briefnote run"""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("brief", nargs=-1)
@click.option("-v", "--verbose", is_flag=True, help="Print each step, and what is due next.")
@click.option("--dry-run", is_flag=True, help="Do nothing: say which issues are due.")
@click.pass_obj
def run(folder: Path, brief: tuple[str, ...], verbose: bool, dry_run: bool) -> None:
    """Make and send every issue that is due: collect, summarise, check, build, send. What cron calls.

    Each issue once, however often it is called; prints one line, and nothing where nothing is due. Exit code 0: all is
    well, 1: an issue failed, 3: all went out, and something is to be seen to, 75: another run is at work.

    \b
    Example:
      briefnote run --dry-run
      briefnote run -v
      briefnote run example
    """
    from briefnote.schedule.coming import coming
    from briefnote.schedule.lock import AlreadyRunningError
    from briefnote.schedule.run import run as run_briefs
    from briefnote.store.folder import open_folder

    opened = open_folder(folder)
    if dry_run:
        click.echo("\n".join(coming(opened, brief)))
        return
    try:
        ran = run_briefs(opened, brief, tell=_print_step if verbose else lambda _: None)
    except AlreadyRunningError as error:
        click.echo(str(error), err=True)
        raise SystemExit(75) from None
    for problem in ran.problems:
        click.echo(str(problem), err=True)
    if ran.line:
        click.echo(ran.line)
    elif verbose:
        click.echo("\n".join(["nothing is due", *coming(opened, brief)]))
    raise SystemExit(ran.exit_code)


def _print_step(line: str) -> None:
    click.echo(line, err=True)
