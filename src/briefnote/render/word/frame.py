"""What the text is set into: a package with its styles, its lists and the room between its margins.

`standard` makes the frame of a brief without a house file, `house` that of the user's own Word file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from briefnote.model.value import Value
from briefnote.render.word.numbering import Lists
from briefnote.render.word.opc import Package, Part


class Text(Value):
    """The text as WordprocessingML: blocks of the body, and the footnotes they call in order."""

    blocks: str
    notes: str


class Frame(Protocol):
    """A Word document with room for a text.

    `main` is the part that the text goes into, `notes` that of its footnotes; `width` and `height` are the room between
    the margins in twips. `bookmarks` are the names in use; numbers of bookmarks and drawings are free from
    `first_number` on. `styles` maps the ids of the brief's styles to those of the file, where they differ.
    """

    package: Package
    main: Part
    notes: Part
    width: int
    height: int
    lists: Lists
    bookmarks: frozenset[str]
    first_number: int
    styles: Mapping[str, str]

    def fill(self, text: Text) -> None:
        """Puts the text in its place, with its notes and lists."""
