"""Inline Markdown as runs of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from briefnote.model.edition import Theme
from briefnote.render import tokens
from briefnote.render.pdf.layout import Run
from briefnote.render.pdf.structure import Element
from briefnote.render.pdf.styles import Style
from briefnote.render.typeface import Face, Typesetter

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_Method = Callable[["SyntaxTreeNode", "Look"], Iterator[Run]]


class Look(NamedTuple):
    """How the text at hand looks and where it stands: what a mark around it changes, and nothing else.

    A tuple, as each mark makes one.
    """

    face: Face
    size: float
    colour: str
    element: Element
    rise: float = 0.0
    href: str = ""
    anchor: str = ""
    note: int = 0
    is_struck: bool = False


def look(style: Style, element: Element) -> Look:
    """Returns the look of plain text in a style."""
    return Look(style.face, style.size, style.colour, element)


class Inlines:
    """Sets inline nodes. The methods named after node types each yield runs."""

    def __init__(self, typesetter: Typesetter, theme: Theme) -> None:
        self._typesetter = typesetter
        self._theme = theme

    def runs(self, node: SyntaxTreeNode, look: Look) -> list[Run]:
        """Returns the runs of all that is below the node."""
        return list(self._children(node, look))

    def plain(self, text: str, look: Look) -> Iterator[Run]:
        """Yields the runs of a text without marks. An empty one with an anchor still yields a run."""
        for font, part in self._typesetter.runs(text, look.face) or [(look.face.name, "")]:
            yield Run(
                text=part,
                font=font,
                size=look.size,
                colour=look.colour,
                element=look.element,
                rise=look.rise,
                href=look.href,
                anchor=look.anchor,
                note=look.note,
                is_struck=look.is_struck,
            )

    def note_number(self, number: int, look: Look, href: str) -> Iterator[Run]:
        """Yields the raised number of a note, linked to `href`: in the text, or before the note itself."""
        raised = look._replace(size=look.size * 0.68, rise=look.size * 0.33, colour=self._theme.link, href=href)
        return self.plain(str(number), raised._replace(face=look.face._replace(is_bold=False, is_italic=False)))

    def _children(self, node: SyntaxTreeNode, look: Look) -> Iterator[Run]:
        for child in node.children:
            method: _Method | None = getattr(self, child.type, None)
            if method is None:
                raise tokens.unknown_type(child, "PDF")
            if tokens.anchor(child):
                yield from self.plain("", look._replace(anchor=tokens.anchor(child)))
            yield from method(child, look)

    def inline(self, node: SyntaxTreeNode, look: Look) -> Iterator[Run]:
        return self._children(node, look)

    def text(self, node: SyntaxTreeNode, look: Look) -> Iterator[Run]:
        if node.content:
            yield from self.plain(node.content, look)

    def softbreak(self, _node: SyntaxTreeNode, look: Look) -> Iterator[Run]:
        return self.plain(" ", look)

    def hardbreak(self, _node: SyntaxTreeNode, look: Look) -> Iterator[Run]:
        return self.plain("\n", look)

    def strong(self, node: SyntaxTreeNode, look: Look) -> Iterator[Run]:
        return self._children(node, look._replace(face=look.face._replace(is_bold=True)))

    def em(self, node: SyntaxTreeNode, look: Look) -> Iterator[Run]:
        """Yields the text in italics, upright where the text around it is italic."""
        face = look.face._replace(is_italic=not look.face.is_italic)
        return self._children(node, look._replace(face=face))

    def s(self, node: SyntaxTreeNode, look: Look) -> Iterator[Run]:
        return self._children(node, look._replace(is_struck=True))

    def code_inline(self, node: SyntaxTreeNode, look: Look) -> Iterator[Run]:
        element = Element("Code", look.element, is_inline=True)
        face = look.face._replace(family="Sans")
        return self.plain(node.content, look._replace(face=face, size=look.size * 0.95, element=element))

    def image(self, node: SyntaxTreeNode, look: Look) -> Iterator[Run]:
        """Yields what the image says in words: a chart stands in a paragraph of its own, not in a line."""
        return self.plain(tokens.plain_text(node), look)

    def link(self, node: SyntaxTreeNode, look: Look) -> Iterator[Run]:
        element = Element("Link", look.element, is_inline=True)
        href = tokens.href(node)
        return self._children(node, look._replace(element=element, href=href, colour=self._theme.link))

    def span(self, node: SyntaxTreeNode, look: Look) -> Iterator[Run]:
        language = tokens.language(node)
        if not language:
            return self._children(node, look)
        element = Element("Span", look.element, language=language, is_inline=True)
        return self._children(node, look._replace(element=element))

    def footnote_ref(self, node: SyntaxTreeNode, look: Look) -> Iterator[Run]:
        number = tokens.note_number(node)
        reference = Element("Reference", look.element, is_inline=True)
        link = Element("Link", reference, is_inline=True)
        first = not tokens.is_repeated_reference(node)
        called = look._replace(
            element=link,
            anchor=reference_anchor(number) if first else "",
            note=number if first else 0,
        )
        return self.note_number(number, called, f"#{note_anchor(number)}")

    def footnote_anchor(self, _node: SyntaxTreeNode, _look: Look) -> Iterator[Run]:
        return iter(())  # the way back from a note is its number


def note_anchor(number: int) -> str:
    """Returns the name of a footnote as a target of links; no id of the Markdown dialect holds a space."""
    return f"note {number}"


def reference_anchor(number: int) -> str:
    """Returns the name of the place where a footnote is called."""
    return f"note reference {number}"
