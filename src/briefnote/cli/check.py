"""briefnote check"""

from __future__ import annotations

from pathlib import Path

import click

from briefnote.cli.printing import counted


@click.command()
@click.argument("brief", nargs=-1)
@click.option("--strict", is_flag=True, help="Count warnings as problems.")
@click.pass_obj
def check(folder: Path, brief: tuple[str, ...], strict: bool) -> None:
    """Check the named briefs, or all of them, with their sources, rules and templates.

    Prints every problem, one a line: file, line, field, what was found and what to do. Exit code 1 if there is any.

    \b
    Example:
      briefnote check --strict
    """
    from briefnote.inputs import check as check_folder
    from briefnote.store.folder import open_folder

    problems = check_folder(open_folder(folder), brief)
    for problem in problems:
        click.echo(str(problem))
    wrong = [problem for problem in problems if strict or not problem.is_warning]
    if wrong:
        click.echo(f"{len(wrong)} to mend", err=True)
        raise SystemExit(1)
    click.echo("Nothing to mend." if not problems else counted(len(problems), "warning"), err=True)
