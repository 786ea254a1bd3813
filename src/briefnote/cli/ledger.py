"""briefnote ledger"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from briefnote.sending.records import Verdict
    from briefnote.store.ledger import Entry, State

_STATES = ("planned", "sending", "sent", "failed", "unknown")


@click.group()
def ledger() -> None:
    """See who has which issue, and settle what a crash left unknown.

    \b
    Example:
      briefnote ledger list --state unknown
      briefnote ledger show example 2026-W47
      briefnote ledger resolve example 2026-W47 ada@example.org --sent
    """


@ledger.command("list")
@click.argument("brief", required=False)
@click.option("--period", metavar="PERIOD", help="Only this issue.")
@click.option("--state", "states", multiple=True, type=click.Choice(_STATES), help="Only these states.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_ledger(folder: Path, brief: str | None, period: str | None, states: tuple[State, ...], as_json: bool) -> None:
    """List the recipients of all issues, or of one brief, and the state of each.

    \b
    Example:
      briefnote ledger list
      briefnote ledger list example --period 2026-W47 --state unknown --state failed
    """
    from briefnote.sending.records import list_entries
    from briefnote.store.folder import open_folder

    _print(list_entries(open_folder(folder), brief, period, states), as_json=as_json)


@ledger.command("show")
@click.argument("brief")
@click.argument("period")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def show_ledger(folder: Path, brief: str, period: str, as_json: bool) -> None:
    """Show every step of an issue's recipients, with the servers' answers.

    \b
    Example:
      briefnote ledger show example 2026-W47
    """
    from briefnote.sending.records import show_issue
    from briefnote.store.folder import open_folder

    entries, events = show_issue(open_folder(folder), brief, period)
    if as_json:
        found = {"recipients": [vars(entry) for entry in entries], "events": [vars(event) for event in events]}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for event in events:
        note = f": {event.note}" if event.note else ""
        click.echo(f"{event.at}  r{event.revision}  {event.state:<8} {event.recipient}{note}")


@ledger.command("resolve")
@click.argument("brief")
@click.argument("period")
@click.argument("recipient", nargs=-1, required=True)
@click.option("--sent", "verdict", flag_value="sent", help="It arrived.")
@click.option(
    "--again", "verdict", flag_value="again", help="It did not, or a second copy does no harm: send it again."
)
@click.option("--failed", "verdict", flag_value="failed", help="It did not arrive, and shall not be sent again.")
@click.pass_obj
def resolve_ledger(folder: Path, brief: str, period: str, recipient: tuple[str, ...], verdict: Verdict | None) -> None:
    """Say what became of recipients that are unknown or failed. The next `send` acts on it.

    \b
    Example:
      briefnote ledger resolve example 2026-W47 ada@example.org --sent
      briefnote ledger resolve example 2026-W47 bob@example.org --again
    """
    from briefnote.sending.records import resolve
    from briefnote.store.folder import open_folder

    if verdict is None:
        raise click.UsageError("say --sent, --again or --failed")
    _print(resolve(open_folder(folder), brief, period, recipient, verdict), as_json=False)


def _print(entries: tuple[Entry, ...], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([vars(entry) for entry in entries], ensure_ascii=False, indent=1))
        return
    for entry in entries:
        note = f": {entry.note}" if entry.note else ""
        click.echo(f"{entry.state:<8} {entry.brief} {entry.period} r{entry.revision}  {entry.recipient}{note}")
