"""Text within a paragraph: one method per inline type of the Markdown tree, each returns runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markdown_it.tree import SyntaxTreeNode

from briefnote.model.brief import Chart
from briefnote.model.value import Value
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
from briefnote.render.word.bookmarks import Bookmarks
from briefnote.render.word.footnotes import MARK, note_reference
from briefnote.render.word.opc import Part, kind
from briefnote.render.word.wordml import Look, break_run, field, link, text_run

Drawn = Callable[[Chart, str, Part, int], str]


class Links(Value):
    """What is linked within a document: its bookmarks, and where each source is cited first.

    `first_citations` maps a link (by `id` of its node) to the name of the bookmark around it; `repeated_notes` are the
    numbers of the footnotes that are called more than once.
    """

    bookmarks: Bookmarks
    first_citations: Mapping[int, str]
    repeated_notes: frozenset[int]


class Inlines:
    """Writes inline nodes for one part (the body or the footnotes).

    `draw` returns the run of a chart, with its alternative text, in a part, as wide as the room in twips. `call_note`
    is told of each footnote that the text calls, in order; in a part without notes of its own (the footnotes) it is
    None, and a call is set as a plain superscript number.
    """

    def __init__(
        self,
        part: Part,
        charts: Mapping[str, Chart],
        links: Links,
        draw: Drawn,
        call_note: Callable[[int], None] | None = None,
    ) -> None:
        self._part = part
        self._charts = charts
        self._links = links
        self._draw = draw
        self._call_note = call_note
        self._room = 0

    def written(self, node: SyntaxTreeNode, look: Look, room: int) -> str:
        """Returns what a paragraph, heading or cell holds; pictures are at most as wide as the room in twips."""
        self._room = room
        return self.children(node, look)

    def children(self, node: SyntaxTreeNode, look: Look) -> str:
        """Returns what the node holds."""
        return "".join([self._write(child, look) for child in node.children])

    def inline(self, node: SyntaxTreeNode, look: Look) -> str:
        return self.children(node, look)

    def text(self, node: SyntaxTreeNode, look: Look) -> str:
        return text_run(set_text(node), look) if node.content else ""

    def softbreak(self, _: SyntaxTreeNode, look: Look) -> str:
        return text_run(" ", look)

    def hardbreak(self, _: SyntaxTreeNode, look: Look) -> str:
        return break_run(look)

    def strong(self, node: SyntaxTreeNode, look: Look) -> str:
        return self.children(node, look.changed(bold=True))

    def em(self, node: SyntaxTreeNode, look: Look) -> str:
        return self.children(node, look.changed(italic=not look.italic))

    def s(self, node: SyntaxTreeNode, look: Look) -> str:
        return self.children(node, look.changed(strike=True))

    def span(self, node: SyntaxTreeNode, look: Look) -> str:
        return self.children(node, look.changed(language=language(node) or look.language))

    def code_inline(self, node: SyntaxTreeNode, look: Look) -> str:
        return text_run(node.content, look.changed(style="Code"))

    def link(self, node: SyntaxTreeNode, look: Look) -> str:
        address = href(node)
        is_internal = address.startswith("#")
        content = self.children(node, look.changed(style="Citation" if is_internal else "Hyperlink"))
        if is_internal:
            target = self._links.bookmarks.name(address[1:])
        else:
            target = self._part.relate(kind("hyperlink"), address, is_external=True)
        made = link(target, content, is_internal=is_internal)
        cited = self._links.first_citations.get(id(node))
        return self._links.bookmarks.around(cited, made) if cited else made

    def image(self, node: SyntaxTreeNode, _: Look) -> str:
        chart = chart_of(node, self._charts)
        return self._draw(chart, plain_text(node) or chart.alt, self._part, self._room)

    def footnote_ref(self, node: SyntaxTreeNode, _: Look) -> str:
        number = note_number(node)
        if self._call_note is None:
            return text_run(str(number), MARK)
        name = self._links.bookmarks.hidden("Note", number)
        if is_repeated_reference(node):
            return field(f"NOTEREF {name} \\h", str(number), MARK)
        self._call_note(number)
        called = note_reference(number)
        return self._links.bookmarks.around(name, called) if number in self._links.repeated_notes else called

    def _write(self, node: SyntaxTreeNode, look: Look) -> str:
        method = getattr(self, node.type, None)
        if method is None:
            raise unknown_type(node, "Word")
        made: str = method(node, look)
        identifier = anchor(node)
        if not identifier:
            return made
        return self._links.bookmarks.around(self._links.bookmarks.name(identifier), made)
