"""What was received, before it is read: its bytes, and what was said of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn, Protocol

from briefnote.errors import BriefnoteError, Problem
from briefnote.model.article import Article


@dataclass(frozen=True)
class Snapshot:
    """The bytes of a file, page or mail; `name` is what messages call it, `media_type` what its server said."""

    data: bytes
    name: str
    url: str | None = None
    media_type: str | None = None

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def suffix(self) -> str:
        """What the name ends in: ".txt", "" where there is none."""
        last = self.name.rsplit("/", 1)[-1]
        return f".{last.rsplit('.', 1)[1].lower()}" if "." in last else ""

    def refuse(self, reason: str) -> NoReturn:
        """Raises BriefnoteError: the name, and the reason with its remedy."""
        raise BriefnoteError([Problem(self.name, message=reason)])


class Reader(Protocol):
    """Reads one kind of snapshot. Raises BriefnoteError where it cannot be read, with name, reason and remedy."""

    def __call__(self, snapshot: Snapshot) -> Article:
        """Returns the article."""
        ...
