"""briefnote collect"""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("feed", nargs=-1)
@click.option("--allow-host", "allow_hosts", multiple=True, metavar="HOST", help="A host of your own network to trust.")
@click.option("--health", "only_health", is_flag=True, help="Ask nothing; print how each feed was last time.")
@click.option("-v", "--verbose", is_flag=True, help="Print what was there already, too.")
@click.pass_obj
def collect(
    folder: Path, feed: tuple[str, ...], allow_hosts: tuple[str, ...], only_health: bool, verbose: bool
) -> None:
    """Ask the feeds, mailboxes and drop folders of sources/feeds.yaml, or those named, for what is new.

    Prints what was done; exit code 1 if anything failed. Nothing is changed in a mailbox or a drop folder.

    \b
    Example:
      briefnote collect
      briefnote collect --health
    """
    from dataclasses import replace

    from briefnote.cli.add import print_collected
    from briefnote.cli.progress import progress_bar
    from briefnote.collecting.collecting import collect as collect_sources
    from briefnote.collecting.collecting import health
    from briefnote.store.folder import open_folder

    opened = open_folder(folder)
    if only_health:
        for state in health(opened):
            click.echo(str(state))
        return
    with progress_bar() as progress:
        collected = collect_sources(opened, feed, progress, allow_hosts=allow_hosts)
    shown = tuple(item for item in collected.items if verbose or item.kind != "known")
    count = len(collected.added) + len(collected.changed)
    click.echo(f"{count} new or changed, {len(collected.known)} known, {len(collected.gated)} gated", err=True)
    print_collected(replace(collected, items=shown))
