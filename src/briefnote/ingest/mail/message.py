"""A mail, opened with suspicion: who sent it, what it says, when; attachments are not touched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from typing import Any

from briefnote.ingest.decoding import decode
from briefnote.ingest.names import names_in
from briefnote.ingest.snapshot import Snapshot
from briefnote.model.article import Metadata, Stated

_MOST_PARTS = 500
_PREFIX = re.compile(r"\s*(?:(?:re|fwd?|aw|wg|tr)\s*:|\[[^\]]{1,60}\]|\[?external\]?:?)\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")


@dataclass(frozen=True)
class Mail:
    """A mail: its body in HTML and in plain text ("" where it has none), what its header says."""

    html: bytes
    text: str
    metadata: Metadata


def open_mail(snapshot: Snapshot) -> Mail:
    """Returns the mail. Raises BriefnoteError where it is nested too deeply or has no text."""
    if len(re.findall(rb"(?im)^content-type:", snapshot.data)) > _MOST_PARTS:
        snapshot.refuse(f"has more than {_MOST_PARTS} parts; save the article of it alone")
    try:
        message = BytesParser(policy=policy.default).parsebytes(snapshot.data)
        html, text = _body(message, "html"), _body(message, "plain")
        found = Mail(html, decode(text).replace("\r\n", "\n"), _metadata(message, snapshot))
    except (RecursionError, MessageError, LookupError, ValueError, AttributeError, TypeError, KeyError, IndexError):
        snapshot.refuse("is a mail that cannot be taken apart; save the article of it alone")
    if not found.html.strip() and not found.text.strip():
        snapshot.refuse("is a mail without text; save what is attached to it")
    return found


def _body(message: EmailMessage, kind: str) -> bytes:
    """Returns the body of a kind as UTF-8, b"" where there is none."""
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return b""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return b""
    return decode(data, str(part.get_content_charset() or "")).encode("utf-8", "replace")


def _metadata(message: EmailMessage, snapshot: Snapshot) -> Metadata:
    """Returns what the header says. A name in From that shows another address than the sender's is not believed."""
    subject = _header(message, "subject")
    while prefix := _PREFIX.match(subject):
        subject = subject[prefix.end() :]
    sender = _sender(message)
    people = names_in(sender)
    listed = _header(message, "list-id").split("<")[0].strip(' "')
    publisher = listed or ("" if people else sender)
    day = _day(_header(message, "date"))
    return Metadata(
        title=Stated(subject, "mail Subject", 0.85) if subject else None,
        authors=tuple(Stated(name, "mail From", 0.6) for name in people),
        publisher=Stated(publisher, "mail List-Id" if listed else "mail From", 0.7) if publisher else None,
        published=Stated(day, "mail Date", 0.85) if day else None,
        url=Stated(snapshot.url, "address", 1.0) if snapshot.url else None,
    )


def _sender(message: EmailMessage) -> str:
    """Returns the name of the sender, "" where there is none or it is forged."""
    header: Any = message["from"]
    addresses: tuple[Any, ...] = getattr(header, "addresses", ())
    if len(addresses) != 1:
        return ""
    name, address = " ".join(addresses[0].display_name.split()), addresses[0].addr_spec.lower()
    shown = _ADDRESS.findall(name)
    if any(other.lower() != address for other in shown):
        return ""
    return "" if shown else name


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())[:500]


def _day(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, OverflowError):
        return None
