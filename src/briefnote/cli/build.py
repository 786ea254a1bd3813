"""briefnote build"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from briefnote.cli.progress import status_line

if TYPE_CHECKING:
    from briefnote.model.edition import PdfStandard
    from briefnote.rules.judging import Choice

_FORMATS = ("docx", "pdf", "html", "md", "json", "stix.json", "csl.json", "ris")
_ENGINES = ("auto", "python", "sqlite", "duckdb")
_STANDARDS = ("ua-1", "a-2a", "a-3a")


@click.command()
@click.argument("brief", nargs=-1)
@click.option(
    "--period",
    metavar="PERIOD",
    help="What the issue stands for: a week (2026-W47), day or month; the present one by default.",
)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day the issue is dated; today by default.")
@click.option("--format", "formats", multiple=True, type=click.Choice(_FORMATS), help="Only these editions.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where to write, instead of briefs/.")
@click.option("--pdf-standard", type=click.Choice(_STANDARDS), help="Accessible (ua-1), or for the archive as well.")
@click.option("--engine", type=click.Choice(_ENGINES), default="auto", help="What runs the rules; by size if auto.")
@click.pass_obj
def build(
    folder: Path,
    brief: tuple[str, ...],
    period: str | None,
    day: datetime | None,
    formats: tuple[str, ...],
    out: Path | None,
    pdf_standard: PdfStandard | None,
    engine: Choice,
) -> None:
    """Build the named briefs, or all of them, and print where each issue is.

    The .json edition is always made: the next issue and `explain` read it. With --format, the issue's other editions
    stay as long as nothing has changed since; those of an older state are taken away, and named.

    \b
    Example:
      briefnote build example --period 2026-W47 --format docx --format pdf
    """
    from briefnote.model.edition import Format
    from briefnote.pipeline import Request
    from briefnote.pipeline import build as build_issue
    from briefnote.store.folder import all_briefs, open_folder

    opened = open_folder(folder)
    wanted = tuple(ending for ending in get_args(Format) if ending in formats)
    for name in brief or all_briefs(opened):
        request = Request(name, period, day.date() if day else None, wanted, out, pdf_standard, engine)
        with status_line(name) as tell:
            built = build_issue(opened, request, tell)
        for warning in built.warnings:
            click.echo(str(warning), err=True)
        for file in built.files:
            click.echo(str(built.folder / file))
