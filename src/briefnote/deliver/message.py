"""A message as bytes: a head for each recipient, and a content that all recipients of one wording share.

Text and HTML side by side, the charts within (RFC 2387), the editions after them (RFC 2183, names by RFC 2231). The
whole is ASCII with CRLF, so that no server needs to change it; only an address that is not ASCII asks for SMTPUTF8.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from functools import cached_property
from typing import Any

from briefnote.config.addresses import Address, ascii_domain
from briefnote.text import one_line

_ASCII = policy.SMTP
_UTF8 = policy.SMTPUTF8


@dataclass(frozen=True)
class File:
    """An edition: its name, its media type and its bytes."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Letter:
    """What all recipients of one wording get. `pictures` are PNGs by their content id, as the HTML names them."""

    subject: str
    text: str
    html: str
    language: str
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    files: tuple[File, ...] = ()

    @cached_property
    def content(self) -> bytes:
        """Returns all that stands below the head of the one recipient, from MIME-Version on."""
        message = EmailMessage(policy=_ASCII)
        message.set_content(self.text, cte="quoted-printable")
        message.add_alternative(self.html, subtype="html", cte="quoted-printable")
        bodies: list[Any] = list(message.iter_parts())
        for body in bodies:
            body["Content-Language"] = self.language
        for name, data in self.pictures.items():
            bodies[1].add_related(data, "image", "png", cid=f"<{name}>", disposition="inline", filename="chart.png")
        for file in self.files:
            kind, _, subtype = file.media_type.partition("/")
            message.add_attachment(file.data, kind, subtype, filename=one_line(file.name))
        _set_boundaries(message, hashlib.sha256(self.text.encode()).hexdigest()[:24])
        return message.as_bytes()


@dataclass(frozen=True)
class Envelope:
    """What is each recipient's own, and what says from whom and of which list a message is.

    `list_id` is the list's name in words and its identifier (RFC 2919); `answers_to` the id of the message that a
    correction corrects.
    """

    sender: Address
    to: Address
    message_id: str
    moment: datetime
    list_id: tuple[str, str]
    reply_to: Address | None = None
    answers_to: str | None = None

    @property
    def needs_utf8(self) -> bool:
        """Whether the server must know SMTPUTF8 (RFC 6531): the local part of an address is not ASCII."""
        addresses = (self.sender, self.to, self.reply_to)
        return any(not address.local.isascii() for address in addresses if address is not None)


def compose(letter: Letter, envelope: Envelope) -> bytes:
    """Returns the whole message with CRLF. The same values give the same bytes."""
    return _head(letter.subject, envelope) + letter.content


def _head(subject: str, envelope: Envelope) -> bytes:
    head = EmailMessage(policy=_UTF8 if envelope.needs_utf8 else _ASCII)
    head["From"] = _written(envelope.sender)
    head["To"] = _written(envelope.to)
    if envelope.reply_to is not None:
        head["Reply-To"] = _written(envelope.reply_to)
    head["Subject"] = one_line(subject)
    head["Date"] = envelope.moment
    head["Message-ID"] = envelope.message_id
    if envelope.answers_to is not None:
        head["In-Reply-To"] = envelope.answers_to
        head["References"] = envelope.answers_to
    name, identifier = envelope.list_id
    head["List-Id"] = f"{_phrase(name)} <{identifier}>"
    head["Auto-Submitted"] = "auto-generated"  # RFC 3834: absence notes are not answered to a machine
    return head.as_bytes().removesuffix(b"\r\n")


def _written(address: Address) -> HeaderAddress:
    """A domain is written in ASCII where the message can stay ASCII."""
    domain = ascii_domain(address.domain) if address.local.isascii() else address.domain
    return HeaderAddress(one_line(address.name), address.local, domain)


def _phrase(name: str) -> str:
    """Returns words as they may stand before <…>: RFC 2919 allows for a phrase, which must be quoted or plain."""
    plain = "".join(character for character in one_line(name) if character.isalnum() or character in " -'’–")
    return " ".join(plain.split())


def _set_boundaries(message: EmailMessage, seed: str) -> None:
    """The library would draw boundaries by chance; "=_" stands in no quoted-printable and no base64 text."""
    parts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(parts):
        part.set_boundary(f"=_{seed}_{number}")
