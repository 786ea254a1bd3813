"""briefnote add"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from briefnote.collecting.outcome import Collected


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="PATH|URL…")
@click.option("--allow-host", "allow_hosts", multiple=True, metavar="HOST", help="A host of your own network to trust.")
@click.pass_obj
def add(folder: Path, what: tuple[str, ...], allow_hosts: tuple[str, ...]) -> None:
    """Add articles to sources/: files, folders of files, and pages.

    Each becomes a clean text, a record of what is known of it, and the original bytes. Prints what was done with
    each; what is there already is not added again. Exit code 1 if any failed; the others are added all the same.

    \b
    Example:
      briefnote add ~/Downloads/memo.docx https://a.example/analysis
    """
    from briefnote.cli.progress import progress_bar
    from briefnote.collecting.adding import add as add_sources
    from briefnote.collecting.adding import manners_of
    from briefnote.collecting.collecting import read_feeds
    from briefnote.ingest.fetching import Fetcher
    from briefnote.store.folder import open_folder

    opened = open_folder(folder)
    with Fetcher(manners_of(read_feeds(opened), allow_hosts)) as fetcher, progress_bar() as progress:
        collected = add_sources(opened, what, fetcher, progress)
    print_collected(collected)


def print_collected(collected: Collected) -> None:
    """Prints what was done, failures on stderr, and exits with 1 where there are any."""
    for item in collected.items:
        click.echo(str(item), err=item.kind == "failed")
    for problem in collected.problems:
        click.echo(str(problem), err=True)
    if collected.has_failed:
        raise SystemExit(1)
