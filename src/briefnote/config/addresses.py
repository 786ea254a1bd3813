"""Mail addresses as a person writes them: `ada@example.org` or `Ada Lovelace <ada@example.org>`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from briefnote.text import one_line, unprintable

_LONGEST = 254  # characters of an address that a path of RFC 5321 can hold
_LONGEST_LOCAL = 64
_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.IGNORECASE)
_REMEDY = 'write ada@example.org, or "Lovelace, Ada" <ada@example.org>'


@dataclass(frozen=True)
class Address:
    """A mail address: the name that stands before it ("" where there is none), and the two sides of its @."""

    name: str
    local: str
    domain: str

    @property
    def spec(self) -> str:
        """Returns the address as it was written, local part quoted where it must be: ada@example.org."""
        return f"{self.local}@{self.domain}"

    @property
    def route(self) -> str:
        """Returns the address as a server is told it: the domain in ASCII (IDNA 2008)."""
        return f"{self.local}@{ascii_domain(self.domain)}"

    @property
    def key(self) -> str:
        """Returns the address as one that equals all its other spellings: nobody is two recipients by capitals."""
        return self.route.casefold()


def ascii_domain(domain: str) -> str:
    """Returns a domain in ASCII, lower case. Raises ValueError where it is none."""
    import idna

    encoded = domain.lower() if domain.isascii() else idna.encode(domain, uts46=True).decode()
    if not _DOMAIN.fullmatch(encoded) or not ("." in encoded or encoded == "localhost"):
        raise ValueError(domain)
    return encoded


def parse_address(text: str) -> Address | str:
    """Returns the address, or what is wrong with it and what to do."""
    from email.errors import MessageError, NonASCIILocalPartDefect, ObsoleteHeaderDefect
    from email.policy import SMTPUTF8

    if unprintable(text) or "\n" in text or "\r" in text:
        return "found a control character in an address; write it on one line, without such characters"
    try:
        header: Any = SMTPUTF8.header_factory("to", one_line(text))
    except (MessageError, IndexError, ValueError, AttributeError):  # the parser trips over "0@", for one
        return f"found '{_shown(text)}', expected one mail address; {_REMEDY}"
    passable = (ObsoleteHeaderDefect, NonASCIILocalPartDefect)
    faults = [defect for defect in header.defects if not isinstance(defect, passable)]
    grouped = any(group.display_name is not None for group in header.groups)
    if faults or grouped or len(header.addresses) != 1:
        return f"found '{_shown(text)}', expected one mail address; {_REMEDY}"
    (found,) = header.addresses
    local, _, domain = found.addr_spec.rpartition("@")
    return _checked(Address(one_line(found.display_name), local, domain), text)


def _checked(address: Address, text: str) -> Address | str:
    try:
        whole = address.route
    except (ValueError, UnicodeError):
        return f"found '{_shown(text)}', expected a domain such as example.org after the @"
    has_odd = bool(unprintable(address.local)) or any(character in address.local for character in '"\r\n\t')
    if has_odd or not address.local or len(address.local) > _LONGEST_LOCAL or len(whole) > _LONGEST:
        return f"found '{_shown(text)}', expected a mail address of at most {_LONGEST} characters; {_REMEDY}"
    return address


def _shown(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= 60 else f"{line[:57]}…"
