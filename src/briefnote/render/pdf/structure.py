"""The structure tree of a tagged PDF (ISO 32000-1, 14.7): what a screen reader reads, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Artifact = Literal["Layout", "Pagination"]
"""What is painted but not read: rules and tints; headers, footers and repeated table heads."""


@dataclass(frozen=True)
class Marked:
    """A stretch of a page's content: the page's name in the file, and the stretch's number on it."""

    page: str
    number: int


@dataclass(frozen=True)
class Annotated:
    """An annotation of a page, by the names of both in the file."""

    page: str
    annotation: str


@dataclass(eq=False)
class Element:
    """A node of the tree: `tag` is a standard type ("P", "H1", "Link" …), `kids` its content in order.

    `alt`, `language` and `id` are those of the PDF; `attributes` holds others as PDF source, by owner
    ("Table": "/Scope /Column"). An element that is `is_inline` joins its parent when it is first painted,
    so that text before it comes before it.
    """

    tag: str
    parent: Element | None = None
    alt: str = ""
    language: str = ""
    id: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    is_inline: bool = False
    kids: list[Element | Marked | Annotated] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._is_attached = False
        if not self.is_inline:
            self.attach()

    def attach(self) -> None:
        """Becomes the last child of its parent, unless it is its child already."""
        if self.parent is not None and not self._is_attached:
            self._is_attached = True
            self.parent.attach()
            self.parent.kids.append(self)

    def stand_before(self, sibling: Element) -> None:
        """Becomes the child of another element's parent, right before it. Raises ValueError where it has none."""
        if sibling.parent is None or sibling not in sibling.parent.kids:
            raise ValueError(f"{sibling.tag} is no child")
        self.parent, self._is_attached = sibling.parent, True
        self.parent.kids.insert(self.parent.kids.index(sibling), self)

    def walk(self) -> Iterator[Element]:
        """Yields this element and all below it, parents first."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()


def prune(element: Element) -> bool:
    """Drops the elements that hold nothing; returns whether this one holds something."""
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or prune(kid)]
    return bool(element.kids) or element.tag in {"TD", "TH"}  # an empty cell keeps its column
