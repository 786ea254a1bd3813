"""briefnote schedule"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from briefnote.schedule.installing import Change, Scheduler


@click.group()
def schedule() -> None:
    """See when issues are due, and have `briefnote run` called then.

    \b
    Example:
      briefnote schedule show
      briefnote schedule install
      briefnote schedule remove
    """


def _for_systemd(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--systemd", "scheduler", flag_value="systemd", default="cron", help="A timer of systemd instead of cron."
    )(command)


_yes = click.option("--yes", is_flag=True, help="Do not ask.")


@schedule.command("show")
@_for_systemd
@click.pass_obj
def show_schedule(folder: Path, scheduler: Scheduler) -> None:
    """Print what would be installed; on stderr, which issues are due when, and whether it is installed.

    \b
    Example:
      briefnote schedule show --systemd
    """
    from briefnote.schedule.coming import coming
    from briefnote.schedule.installing import lines_for, state_of
    from briefnote.store.folder import open_folder

    opened = open_folder(folder)
    for line in coming(opened):
        click.echo(line, err=True)
    click.echo(lines_for(opened, scheduler), nl=False)
    click.echo(f"{scheduler}: {state_of(opened, scheduler)}", err=True)


@schedule.command("install")
@_for_systemd
@_yes
@click.pass_obj
def install_schedule(folder: Path, scheduler: Scheduler, yes: bool) -> None:
    """Show what would change in the crontab (or the user's systemd units), ask, and change it. Nothing else is touched.

    Call it again when a brief's schedule has changed: the lines take the place of the former ones.

    \b
    Example:
      briefnote schedule install
      briefnote schedule install --systemd --yes
    """
    from briefnote.schedule.calling import kept_back
    from briefnote.schedule.installing import installing
    from briefnote.store.folder import open_folder

    _do(installing(open_folder(folder), scheduler), yes, "Installed.")
    if names := kept_back():
        message = "only this shell knows; write them into ~/.config/briefnote/settings, readable for you alone"
        click.echo(f"{', '.join(names)}: {message} (docs/delivery.md)", err=True)


@schedule.command("remove")
@_for_systemd
@_yes
@click.pass_obj
def remove_schedule(folder: Path, scheduler: Scheduler, yes: bool) -> None:
    """Show what would be taken out, ask, and take it out: what `install` put there for this folder, nothing else.

    \b
    Example:
      briefnote schedule remove --yes
    """
    from briefnote.schedule.installing import removing
    from briefnote.store.folder import open_folder

    _do(removing(open_folder(folder), scheduler), yes, "Removed.")


def _do(change: Change, yes: bool, done: str) -> None:
    if change.is_empty:
        click.echo("Nothing to change.", err=True)
        return
    click.echo("\n".join(change.diff()))
    if not yes:
        click.confirm("Change it?", abort=True, err=True)
    change.apply()
    click.echo(done, err=True)
