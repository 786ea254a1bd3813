"""What the tests of sending share: a folder with an issue, and how to send it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from briefnote.pipeline import Request, build
from briefnote.sending import Delivered, Order, deliver_issue
from briefnote.starter import start_folder
from briefnote.store.folder import Folder, open_folder
from briefnote.store.ledger import LEDGER, Entry, open_ledger

BRIEF, PERIOD = "example", "2026-W47"
ADA = "ada@example.org"
NAMES = ("ada", "bob", "cid", "dot", "eve")


@cache
def _built() -> Path:
    root = Path(mkdtemp(prefix="briefnote-desk-"))
    start_folder(root)
    build(open_folder(root), Request(BRIEF, PERIOD, date(2026, 11, 21), ("docx", "pdf")))
    return root


def desk(root: Path, recipients: str = "", delivery: str = "", marking: str = "TLP:CLEAR") -> Folder:
    """Returns a folder with the issue of 2026-W47 built, and these recipients and this delivery in its brief.yaml."""
    shutil.copytree(_built(), root, dirs_exist_ok=True)
    say(root, recipients, delivery, marking)
    return open_folder(root)


def say(root: Path, recipients: str = "", delivery: str = "", marking: str = "TLP:CLEAR") -> None:
    """Writes brief.yaml anew, with these recipients and this delivery."""
    path = root / "briefs/example/brief.yaml"
    text = (_built() / "briefs/example/brief.yaml").read_text(encoding="utf-8")
    recipients = recipients or f"- {{group: all, to: [{', '.join(f'{name}@example.org' for name in NAMES)}]}}"
    delivery = delivery or "{wait: 0}"
    text = text.replace("marking: TLP:CLEAR", f"marking: {marking}")
    path.write_text(f"{text}\nrecipients:\n{recipients}\ndelivery: {delivery}\n", encoding="utf-8")


def rebuild(folder: Folder, *changes: tuple[str, str]) -> None:
    """Changes words in the sources, and builds the issue again."""
    for path in (folder.root / "sources").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    build(open_folder(folder.root), Request(BRIEF, PERIOD, date(2026, 11, 21), ("docx", "pdf")))


def settings(port: int, **more: str) -> dict[str, str]:
    """Returns the environment for a server on this machine."""
    values = {"HOST": "127.0.0.1", "PORT": str(port), "SECURITY": "none", "TIMEOUT": "30"}
    values |= {"FROM": "Desk <desk@example.org>", **more}
    return {"HOME": "/nonexistent", **{f"BRIEFNOTE_SMTP_{name}": value for name, value in values.items()}}


def send(
    folder: Folder,
    environment: Mapping[str, str],
    sleep: Callable[[float], None] = lambda _: None,
    **order: Any,
) -> Delivered:
    """Sends the issue; nobody waits between two rounds."""
    return deliver_issue(folder, Order(BRIEF, PERIOD, **order), sleep=sleep, environment=environment)


def ledger_of(folder: Folder) -> tuple[Entry, ...]:
    """Returns what the ledger holds."""
    with open_ledger(folder.root / LEDGER) as ledger:
        return ledger.entries()


def states(folder: Folder) -> dict[str, str]:
    """Returns the state of each recipient by the first part of its address, in its latest revision."""
    return {entry.recipient.split("@")[0]: entry.state for entry in ledger_of(folder)}


def who(receipts: tuple[Any, ...]) -> list[str]:
    """Returns the recipients of receipts by the first part of their addresses."""
    return [receipt.recipient.split("@")[0] for receipt in receipts]
