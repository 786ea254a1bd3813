"""briefnote send"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from briefnote.sending.rehearsal import Rehearsed
    from briefnote.sending.result import Delivered


@click.command()
@click.argument("brief")
@click.option("--period", metavar="PERIOD", help="The issue; the latest by default.")
@click.option("--to", multiple=True, metavar="WHO", help="Only this group or address; may be given several times.")
@click.option("--dry-run", is_flag=True, help="Send nothing: write the mails as files, say who would get what and why.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Where --dry-run writes; dry-run/ if not."
)
@click.option("--test-recipients", is_flag=True, help="Send to the groups with test: true, and to nobody else.")
@click.option(
    "--correction", is_flag=True, help="Send an issue that was changed to those who have it, as a correction."
)
@click.option("--json", "as_json", is_flag=True, help="Print what became of everyone as JSON.")
@click.pass_obj
def send(
    folder: Path,
    brief: str,
    period: str | None,
    to: tuple[str, ...],
    dry_run: bool,
    out: Path | None,
    test_recipients: bool,
    correction: bool,
    as_json: bool,
) -> None:
    """Send an issue to everyone brief.yaml names who may have it and does not have it yet.

    Prints what became of each, one a line. Nobody gets it twice: the ledger knows who has it. Exit code 1 if someone
    who is to have it may not have it (failed, unknown, or a correction that waits for --correction).

    \b
    Example:
      briefnote send example --dry-run
      briefnote send example --test-recipients
      briefnote send example --to analysts
    """
    from briefnote.sending import Order, deliver_issue
    from briefnote.sending.rehearsal import rehearse
    from briefnote.store.folder import open_folder

    order = Order(brief, period, to, test_recipients, correction)
    if dry_run:
        rehearsed, problems = rehearse(open_folder(folder), order, out or folder / "dry-run")
        _print_rehearsed(rehearsed, as_json=as_json)
        for problem in problems:
            click.echo(f"{problem} (without it nothing can be sent)", err=True)
        return
    delivered = deliver_issue(open_folder(folder), order)
    _print_delivered(delivered, as_json=as_json)
    raise SystemExit(1 if delivered.needs_a_person else 0)


def _print_rehearsed(rehearsed: tuple[Rehearsed, ...], *, as_json: bool) -> None:
    if as_json:
        rows = [{**vars(one), "file": str(one.file) if one.file else None} for one in rehearsed]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for one in rehearsed:
        gets = "held" if one.is_held else ", ".join(one.gets) or "nothing"
        click.echo(f"{one.recipient} ({one.group}): {gets}. {one.why}")
        if one.file is not None:
            click.echo(f"  {one.file}")


def _print_delivered(delivered: Delivered, *, as_json: bool) -> None:
    states = ("sent", "failed", "unknown", "held", "skipped")
    if as_json:
        came = {state: [vars(receipt) for receipt in getattr(delivered, state)] for state in states}
        head = {name: getattr(delivered, name) for name in ("brief", "period", "revision", "is_changed")}
        click.echo(json.dumps({**head, **came}, ensure_ascii=False, indent=1))
    else:
        for state in states:
            for receipt in getattr(delivered, state):
                click.echo(f"{state:<8} {receipt.recipient} ({receipt.group}): {receipt.note}")
    counted = ", ".join(f"{len(getattr(delivered, state))} {state}" for state in states)
    click.echo(f"{delivered.brief} {delivered.period}, revision {delivered.revision}: {counted}", err=True)
    if delivered.unknown:
        click.echo("unknown: ask them whether they have it, then: briefnote ledger resolve --help", err=True)
