"""One mailbox: messages that came since last time. Newsletters that list several articles become several sources."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from email import message_from_bytes, policy
from email.utils import getaddresses
from pathlib import Path
from typing import Any

from briefnote.collecting.adding import Adder
from briefnote.collecting.outcome import Item
from briefnote.config.feeds import MailboxConfig
from briefnote.errors import BriefnoteError, Problem
from briefnote.ingest.mailbox import MailboxError, MailServer, Message, fetch_message, new_messages, opened
from briefnote.store.feedstates import FeedState
from briefnote.text import one_line


def ask_mailbox(adder: Adder, box: MailboxConfig, state: FeedState) -> tuple[list[Item], FeedState]:
    """Returns what came of reading a mailbox, and its new state. Raises BriefnoteError without a password."""
    password = password_of(box, adder.folder.root)
    port = box.port or (993 if box.security == "tls" else 143)
    server = MailServer(box.host, port, box.security, box.user, box.folder)
    items: list[Item] = []
    try:
        with opened(server, password) as (client, validity):
            state = replace(state, validity=validity, uid=state.uid if state.validity == validity else 0)
            for uid in new_messages(client, state.uid, box.most):
                items += _message(adder, box, fetch_message(client, uid), validity)
                state = replace(state, uid=uid)
    except MailboxError as error:
        return [*items, Item("failed", box.name, None, str(error))], replace(state, health="broken", reason=str(error))
    return items, replace(state, health="ok" if items or state.uid else "empty", reason="")


def _message(adder: Adder, box: MailboxConfig, message: Message, validity: int) -> list[Item]:
    name = f"{box.name}: message {message.uid}"
    if message.data is None:
        return [Item("failed", name, None, f"has {message.size:,} bytes; save the article and add the file")]
    head: Any = message_from_bytes(message.data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n", policy=policy.compat32)
    if not _is_wanted(box, str(head.get("from", ""))):
        return []
    said = one_line(str(head.get("message-id", "")))[:200] or f"{box.host}/{box.folder}/{validity}/{message.uid}"
    return adder.data(message.data, name, f"mail:{said}", "message/rfc822")


def _is_wanted(box: MailboxConfig, sender: str) -> bool:
    """The address counts, whatever name stands before it; of several senders the first."""
    if not box.senders:
        return True
    address = next((address for _, address in getaddresses([sender])), "").casefold()
    return any(
        address == wanted.casefold() or (wanted.startswith("@") and address.endswith(wanted.casefold()))
        for wanted in box.senders
    )


def password_of(box: MailboxConfig, root: Path) -> str:
    """Returns the password of a mailbox: from a file that only its owner can read, else from the environment."""
    if box.password_file is not None:
        return _from_file(root / Path(box.password_file).expanduser(), box)
    password = os.environ.get(box.variable)
    if not password:
        message = f"has no password; set {box.variable}, or name a password_file in feeds.yaml"
        raise BriefnoteError([Problem(box.name, message=message)])
    return password


def _from_file(path: Path, box: MailboxConfig) -> str:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_mode & 0o077:
            message = f"{box.password_file} can be read by others; make it yours alone (chmod 600)"
            raise BriefnoteError([Problem(box.name, message=message)])
        password = path.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        message = f"{box.password_file} cannot be read: {reason}"
        raise BriefnoteError([Problem(box.name, message=message)]) from None
    if not password:
        raise BriefnoteError([Problem(box.name, message=f"{box.password_file} is empty; write the password into it")])
    return password
