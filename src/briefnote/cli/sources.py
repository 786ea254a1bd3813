"""briefnote sources"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefnote.cli.printing import counted
from briefnote.text import clean, one_line

if TYPE_CHECKING:
    from briefnote.collecting.listing import ListedSource


@click.group()
def sources() -> None:
    """List the sources, show one, see what has changed in the world, remove some."""


@sources.command("list")
@click.option("--unsummarised", is_flag=True, help="Only those without a summary that could have one.")
@click.option("--unreviewed", is_flag=True, help="Only those whose summary no person has read.")
@click.option("--gated", is_flag=True, help="Only those that must not be analysed as they are.")
@click.option("--drifted", is_flag=True, help="Only those that changed or vanished since they were added.")
@click.option("--copies", is_flag=True, help="Only those that tell another's story.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only those added on this day or later.")
@click.option("--publisher", metavar="WORDS", help="Only those whose publisher has these words.")
@click.option("--title", "words", metavar="WORDS", help="Only those whose title or id has these words.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def list_command(
    folder: Path,
    unsummarised: bool,
    unreviewed: bool,
    gated: bool,
    drifted: bool,
    copies: bool,
    since: datetime | None,
    publisher: str | None,
    words: str | None,
    as_json: bool,
) -> None:
    """List the sources: day, publisher, title, and what is to be done.

    \b
    Example:
      briefnote sources list --unsummarised
      briefnote sources list --publisher institute --json
    """
    from dataclasses import asdict

    from briefnote.collecting.listing import Filter, list_sources
    from briefnote.store.folder import open_folder

    day = since.date().isoformat() if since else None
    wanted = Filter(unsummarised, unreviewed, gated, drifted, copies, day, publisher, words)
    found, problems = list_sources(open_folder(folder), wanted)
    if as_json:
        click.echo(json.dumps([{**asdict(one), "state": one.state} for one in found], ensure_ascii=False, indent=1))
    else:
        _print_table(found)
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        raise SystemExit(1)


def _print_table(found: tuple[ListedSource, ...]) -> None:
    """On a terminal a table; in a pipe one line a source, its cells apart by tabs."""
    cells = [(one.id, one.published or "", one.publisher or "", one.title or "", one.state) for one in found]
    rows = [tuple(map(one_line, row)) for row in cells]
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("source", "published", "publisher", "title", "state", box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
    click.echo(counted(len(rows), "source"), err=True)


@sources.command()
@click.argument("source")
@click.option("--diff", is_flag=True, help="Print how its text differs from the version before.")
@click.option("--json", "as_json", is_flag=True, help="The whole record as JSON.")
@click.pass_obj
def show(folder: Path, source: str, diff: bool, as_json: bool) -> None:
    """Show what is known of a source, and where each piece was found.

    \b
    Example:
      briefnote sources show 2025-05-08-elbe-institute-asymmetry --diff
    """
    from briefnote.collecting.drift import version_diff
    from briefnote.collecting.showing import record_json, record_lines
    from briefnote.store.folder import open_folder

    opened = open_folder(folder)
    if diff:
        lines = version_diff(opened, source)
    else:
        lines = [record_json(opened, source)] if as_json else record_lines(opened, source)
    click.echo(clean("\n".join(lines)))


@sources.command()
@click.argument("source", nargs=-1)
@click.option("--allow-host", "allow_hosts", multiple=True, metavar="HOST", help="A host of your own network to trust.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def drift(folder: Path, source: tuple[str, ...], allow_hosts: tuple[str, ...], as_json: bool) -> None:
    """Fetch sources again and list what changed or vanished, with the judgements that rest on it.

    What changed is kept as a new version beside the former one. Exit code 1 if a source could not be had.

    \b
    Example:
      briefnote sources drift
    """
    from dataclasses import asdict

    from briefnote.cli.progress import progress_bar
    from briefnote.collecting.adding import manners_of
    from briefnote.collecting.collecting import read_feeds
    from briefnote.collecting.drift import look_again
    from briefnote.ingest.fetching import Fetcher
    from briefnote.store.folder import open_folder

    opened = open_folder(folder)
    with Fetcher(manners_of(read_feeds(opened), allow_hosts)) as fetcher, progress_bar() as progress:
        drifted, asked = look_again(opened, source, fetcher, progress)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in drifted], ensure_ascii=False, indent=1))
    else:
        for one in drifted:
            click.echo(str(one.item))
            for resting in one.resting:
                click.echo(f"        {resting} rests on it")
    click.echo(f"{asked} asked, {len(drifted)} not as before", err=True)
    if any(one.item.kind == "failed" for one in drifted):
        raise SystemExit(1)


@sources.command()
@click.argument("source", nargs=-1, required=True)
@click.option("--force", is_flag=True, help="Also what a judgement of a latest issue rests on.")
@click.pass_obj
def rm(folder: Path, source: tuple[str, ...], force: bool) -> None:
    """Move sources, with their summaries, to sources/.trash, from where they can be taken back.

    They are not collected again. What a judgement of a latest issue rests on stays, unless --force.

    \b
    Example:
      briefnote sources rm 2025-05-08-elbe-institute-asymmetry
    """
    from briefnote.collecting.removal import remove_sources
    from briefnote.store.folder import open_folder

    for path in remove_sources(open_folder(folder), source, force=force):
        click.echo(str(path))
