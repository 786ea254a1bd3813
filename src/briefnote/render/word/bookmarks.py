"""Names for the places that links lead to, as Word takes them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

_LONGEST = 40  # characters, ECMA-376 17.13.6.2 as Word applies it


class Bookmarks:
    """The bookmarks of a document. Names are each given once, in any case: to Word, "A" and "a" are one.

    `taken` are names that are in use already, `first` is the first free number.
    """

    def __init__(self, taken: Iterable[str] = (), first: int = 1) -> None:
        self._taken = {name.lower() for name in taken}
        self._next = first
        self._names: dict[str, str] = {}

    def name(self, identifier: str) -> str:
        """Returns the name for an id, always the same: letters, digits and "_", 40 characters at most."""
        if identifier not in self._names:
            plain = re.sub(r"\W", "_", identifier)
            if len(plain) > _LONGEST or not re.match(r"[^\W\d]", plain) or plain.lower() in self._taken:
                plain = f"b_{hashlib.sha256(identifier.encode()).hexdigest()[:32]}"
            self._taken.add(plain.lower())
            self._names[identifier] = plain
        return self._names[identifier]

    def hidden(self, kind: str, identifier: object) -> str:
        """Returns a name of our own, of a kind ("Toc"): Word does not list what begins with "_"."""
        return f"_{kind}{hashlib.sha256(str(identifier).encode()).hexdigest()[:16]}"

    def around(self, name: str, content: str = "") -> str:
        """Returns the content between the marks of a bookmark."""
        number = self._next
        self._next += 1
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'
