"""Text within a paragraph: one method per inline type of the Markdown tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.story import StoryPart
from docx.shared import Length, Twips
from markdown_it.tree import SyntaxTreeNode

from briefnote.model.edition import Document, Theme
from briefnote.render.tokens import (
    anchor,
    chart_of,
    href,
    is_repeated_reference,
    language,
    note_number,
    plain_text,
    set_text,
    unknown_type,
)
from briefnote.render.word.edges import text_width
from briefnote.render.word.footnotes import note_reference
from briefnote.render.word.wordml import (
    Look,
    bookmark,
    break_run,
    element,
    field,
    hyperlink,
    picture,
    text_run,
)

_SUPERSCRIPT = Look(style="FootnoteReference")
_PNG_SCALE = 3.0  # pixels a point: sharp on paper where the reader cannot show SVG


class Inlines:
    """Writes inline nodes into paragraphs of one part (the body or the footnotes).

    `call_note` is told of each footnote that the text calls, in order; in a part without notes of its own
    (the footnotes) it is None, and a call is set as a plain superscript number.
    """

    def __init__(
        self,
        part: StoryPart,
        document: Document,
        theme: Theme,
        *,
        bookmarks: Callable[[], int],
        call_note: Callable[[int], None] | None = None,
        repeated_notes: frozenset[int] = frozenset(),
    ) -> None:
        self._part = part
        self._document = document
        self._theme = theme
        self._next_bookmark = bookmarks
        self._call_note = call_note
        self._repeated_notes = repeated_notes

    def write(self, node: SyntaxTreeNode, into: BaseOxmlElement, look: Look) -> None:
        """Writes the node at the end of the element (a paragraph or a link)."""
        method = getattr(self, node.type, None)
        if method is None:
            raise unknown_type(node, "Word")
        method(node, into, look)

    def children(self, node: SyntaxTreeNode, into: BaseOxmlElement, look: Look) -> None:
        """Writes what the node holds, between the marks of its bookmark where it has an id."""
        identifier = anchor(node)
        if not identifier:
            for child in node.children:
                self.write(child, into, look)
            return
        start, end = bookmark(identifier, self._next_bookmark())
        into.append(start)
        for child in node.children:
            self.write(child, into, look)
        into.append(end)

    def inline(self, node: SyntaxTreeNode, into: BaseOxmlElement, look: Look) -> None:
        self.children(node, into, look)

    def text(self, node: SyntaxTreeNode, into: BaseOxmlElement, look: Look) -> None:
        if node.content:
            into.append(text_run(set_text(node), look))

    def softbreak(self, _: SyntaxTreeNode, into: BaseOxmlElement, look: Look) -> None:
        into.append(text_run(" ", look))

    def hardbreak(self, _: SyntaxTreeNode, into: BaseOxmlElement, look: Look) -> None:
        into.append(break_run(look))

    def strong(self, node: SyntaxTreeNode, into: BaseOxmlElement, look: Look) -> None:
        self.children(node, into, replace(look, bold=True))

    def em(self, node: SyntaxTreeNode, into: BaseOxmlElement, look: Look) -> None:
        self.children(node, into, replace(look, italic=not look.italic))

    def s(self, node: SyntaxTreeNode, into: BaseOxmlElement, look: Look) -> None:
        self.children(node, into, replace(look, strike=True))

    def span(self, node: SyntaxTreeNode, into: BaseOxmlElement, look: Look) -> None:
        self.children(node, into, replace(look, language=language(node) or look.language))

    def code_inline(self, node: SyntaxTreeNode, into: BaseOxmlElement, look: Look) -> None:
        into.append(text_run(node.content, replace(look, style="Code")))

    def link(self, node: SyntaxTreeNode, into: BaseOxmlElement, look: Look) -> None:
        link = hyperlink(href(node), self._part)
        style = "Citation" if href(node).startswith("#") else "Hyperlink"
        self.children(node, link, replace(look, style=style))
        into.append(link)

    def image(self, node: SyntaxTreeNode, into: BaseOxmlElement, _: Look) -> None:
        from briefnote.render.chart import png, svg

        chart = chart_of(node, self._document.charts)
        alt = plain_text(node) or chart.alt
        width: Length = Twips(text_width(self._theme))
        drawn = picture(self._part, png(chart, self._theme, _PNG_SCALE), svg(chart, self._theme), alt, width)
        into.append(drawn)

    def footnote_ref(self, node: SyntaxTreeNode, into: BaseOxmlElement, _: Look) -> None:
        number = note_number(node)
        if self._call_note is None:
            into.append(text_run(str(number), _SUPERSCRIPT))
        elif is_repeated_reference(node):
            into.append(field(f"NOTEREF {_note_bookmark(number)} \\h", str(number), _SUPERSCRIPT))
        else:
            self._call(number, into)

    def _call(self, number: int, into: BaseOxmlElement) -> None:
        assert self._call_note is not None  # noqa: S101 - footnote_ref has asked
        marks: tuple[BaseOxmlElement, ...] = ()
        if number in self._repeated_notes:
            identifier = self._next_bookmark()
            marks = (
                element("w:bookmarkStart", w_id=identifier, w_name=_note_bookmark(number)),
                element("w:bookmarkEnd", w_id=identifier),
            )
        into.extend([*marks[:1], note_reference(number), *marks[1:]])
        self._call_note(number)


def _note_bookmark(number: int) -> str:
    return f"_RefNote{number}"
