"""briefnote draft"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from briefnote.drafting.order import Method


@click.command()
@click.argument("brief")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--as", "name", metavar="NAME", help="What the new brief is called; BRIEF-auto by default.")
@click.option("--with", "method", type=click.Choice(["extractive", "model"]), default="extractive", help="Who drafts.")
@click.option("--period", metavar="YYYY-Www", help="The period the issue stands for; this week by default.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day the issue is dated; today by default.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where to write, instead of briefs/.")
@click.pass_obj
def draft(
    folder: Path,
    brief: str,
    files: tuple[Path, ...],
    name: str | None,
    method: Method,
    period: str | None,
    day: datetime | None,
    out: Path | None,
) -> None:
    """Build a brief from articles that nobody has summarised yet, set out as BRIEF is.

    The drafted summaries lie in briefs/NAME/desk, a folder of its own that you can review and build in; sources/ stays
    as it is. The brief says that nobody has read its sources.

    \b
    Example:
      briefnote draft example articles/*.pdf --as example-auto
    """
    from briefnote.cli.printing import fail
    from briefnote.cli.progress import steps
    from briefnote.pipeline import Request
    from briefnote.store.folder import open_folder
    from briefnote.workbench.desks import build_from_articles

    request = Request(name or f"{brief}-auto", period, day.date() if day else None, out=out)
    with steps(len(files), "summarising") as step:
        made = build_from_articles(open_folder(folder), brief, files, request, method, step)
    for warning in made.built.warnings:
        click.echo(str(warning), err=True)
    click.echo(f"Drafts to review: briefnote -C {made.desk} review {made.sources[0]}", err=True)
    for file in made.built.files:
        click.echo(str(made.built.folder / file))
    fail(made.problems)
