"""Reads an IMAP folder (RFC 3501) and leaves it as it is: it is opened read-only and messages are only peeked at."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Literal

MOST_BYTES = 50_000_000  # of one message
_SECONDS = 60.0


class MailboxError(Exception):
    """A mailbox that cannot be read, with the reason."""


@dataclass(frozen=True)
class MailServer:
    """Where a mailbox is and how to reach it. `security` "none" is for a server on this machine."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    user: str
    folder: str


@dataclass(frozen=True)
class Message:
    """A message as it was received, None where it is too large (`size` says how large); with its UID."""

    uid: int
    size: int
    data: bytes | None


@contextmanager
def opened(server: MailServer, password: str) -> Iterator[tuple[imaplib.IMAP4, int]]:
    """Opens the folder of a mailbox for reading; yields it with its UIDVALIDITY, by which its UIDs hold.

    Raises MailboxError; no message of it holds the password.
    """
    try:
        client = _connected(server)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxError(f"no connection to {server.host}: {_reason(error)}") from None
    try:
        _log_in(client, server.user, password)
        _call(client.select, _quoted(_modified_utf7(server.folder)), True, hint=f"check the folder '{server.folder}'")
        yield client, _number(client.response("UIDVALIDITY")[1])
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            client.logout()


def new_messages(client: imaplib.IMAP4, last: int, most: int) -> tuple[int, ...]:
    """Returns the UIDs of at most `most` messages after the last one seen (0: none was), lowest first."""
    first = last + 1
    found = _call(client.uid, "SEARCH", f"UID {first}:*", hint="the server cannot search")
    uids = sorted({int(uid) for uid in b" ".join(part for part in found if isinstance(part, bytes)).split()})
    return tuple(uid for uid in uids if uid >= first)[:most]


def fetch_message(client: imaplib.IMAP4, uid: int) -> Message:
    """Returns a message; its flags stay as they are. Raises MailboxError."""
    size = _number(_call(client.uid, "FETCH", str(uid), "(RFC822.SIZE)", hint="message not given"), b"RFC822.SIZE")
    if size > MOST_BYTES:
        return Message(uid, size, None)
    parts = _call(client.uid, "FETCH", str(uid), "(BODY.PEEK[])", hint="message not given")
    data = next((part[1] for part in parts if isinstance(part, tuple)), None)
    if not isinstance(data, bytes):
        raise MailboxError(f"message {uid} was not given; it may have been deleted meanwhile")
    return Message(uid, len(data), data)


def _connected(server: MailServer) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if server.security == "tls":
        return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=_SECONDS)
    client = imaplib.IMAP4(server.host, server.port, timeout=_SECONDS)
    if server.security == "starttls":
        client.starttls(context)
    return client


def _log_in(client: imaplib.IMAP4, user: str, password: str) -> None:
    hint = "the server takes neither this user nor this password; check both"
    if "AUTH=PLAIN" in client.capabilities:
        secret = b"\0".join((b"", user.encode(), password.encode()))  # RFC 4616
        _call(client.authenticate, "PLAIN", lambda _: secret, hint=hint)
    else:
        _quoted(password)
        _call(client.login, _quoted(user), password, hint=hint)


def _call(function: object, *arguments: object, hint: str) -> Sequence[object]:
    try:
        status, found = function(*arguments)  # type: ignore[operator]
    except (OSError, imaplib.IMAP4.error, UnicodeError) as error:
        raise MailboxError(f"{hint} ({_reason(error)})") from None
    if status != "OK":
        raise MailboxError(f"{hint} ({_shown(found)})")
    return list(found)


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate does not hold: {error.verify_message}"
    said = error.args[0] if error.args and isinstance(error.args[0], bytes) else str(error)
    return _shown([said])


def _shown(found: Sequence[object]) -> str:
    texts = [part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part) for part in found if part]
    return re.sub(r"[\x00-\x1f\x7f]", " ", "; ".join(texts))[:200]


def _number(parts: Sequence[object], after: bytes = b"") -> int:
    """Returns the number that a response holds (after a word), 0 where it has none."""
    whole = b" ".join(part if isinstance(part, bytes) else part[0] for part in parts if isinstance(part, bytes | tuple))
    found = re.search(re.escape(after) + rb"\s*(\d+)", whole)
    return int(found[1]) if found else 0


def _quoted(text: str) -> str:
    """Returns a quoted string (RFC 3501, 4.3); what it cannot hold is refused, so that nothing is slipped in."""
    if re.search(r"[\r\n\0]", text):
        raise MailboxError("a user, password or folder holds a line break; remove it")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _modified_utf7(name: str) -> str:
    """Returns a folder's name as IMAP spells it (RFC 3501, 5.1.3): "Entwürfe" is "Entw&APw-rfe"."""
    import binascii

    def shifted(match: re.Match[str]) -> str:
        packed = binascii.b2a_base64(match[0].encode("utf-16-be"), newline=False).rstrip(b"=").replace(b"/", b",")
        return f"&{packed.decode('ascii')}-"

    return re.sub(r"[^\x20-\x7e]+", shifted, name.replace("&", "&-"))
