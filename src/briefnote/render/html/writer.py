"""The text of the page: one method per type of the Markdown tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from markdown_it.tree import SyntaxTreeNode

from briefnote.model.edition import Document, Theme
from briefnote.render import tokens
from briefnote.render.html.evidence import Disclosures
from briefnote.text import one_line

_NARROW = 88.0  # millimetres: a chart for a phone, its text as large as on paper
_WIDE = 160.0


class Writer:
    """Writes nodes as HTML; each method returns what it made."""

    def __init__(self, document: Document, theme: Theme, disclosures: Disclosures) -> None:
        self._document = document
        self._theme = theme
        self._disclosures = disclosures

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> str:
        """Returns the blocks one after the other."""
        return "".join(self.write(node) for node in nodes)

    def write(self, node: SyntaxTreeNode) -> str:
        """Returns the node as HTML."""
        method = getattr(self, node.type, None)
        if method is None:
            raise tokens.unknown_type(node, "HTML")
        return str(method(node))

    def notes(self, notes: dict[int, tuple[SyntaxTreeNode, ...]]) -> str:
        """Returns the footnotes as endnotes, each with a way back to where it is called."""
        if not notes:
            return ""
        items = "".join(f'<li id="{_note(n)}">{self._note(n, nodes)}</li>\n' for n, nodes in notes.items())
        heading = '<h2 id="briefnote-notes">Notes</h2>'
        return (
            f'<section class="notes" role="doc-endnotes" aria-labelledby="briefnote-notes">\n{heading}\n'
            f"<ol>\n{items}</ol>\n</section>\n"
        )

    def heading(self, node: SyntaxTreeNode) -> str:
        return self._element(node, node.tag) + self._disclosures.below(node)

    def section_heading(self, node: SyntaxTreeNode, name: str) -> str:
        """Returns the heading of a section, which goes by the name."""
        return f'<h2 id="{name}">{self._inner(node)}</h2>\n{self._disclosures.below(node)}'

    def paragraph(self, node: SyntaxTreeNode) -> str:
        if tokens.figure(node):
            return self._figure(node)
        if tokens.is_caption(node) and _captioned(node):
            return ""  # written with its table or figure
        said = self._inner(node) if node.hidden else self._element(node, "p")
        return said + self._disclosures.below(node)

    def bullet_list(self, node: SyntaxTreeNode) -> str:
        return self._element(node, "ul", "\n")

    def ordered_list(self, node: SyntaxTreeNode) -> str:
        start = int(node.attrs.get("start", 1))
        return self._element(node, "ol", "\n", f' start="{start}"' if start != 1 else "")

    def list_item(self, node: SyntaxTreeNode) -> str:
        return self._element(node, "li")

    def blockquote(self, node: SyntaxTreeNode) -> str:
        return self._element(node, "blockquote", "\n")

    def code_block(self, node: SyntaxTreeNode) -> str:
        return f"<pre><code>{escape(node.content)}</code></pre>\n"

    def fence(self, node: SyntaxTreeNode) -> str:
        return self.code_block(node)

    def hr(self, _: SyntaxTreeNode) -> str:
        return "<hr>\n"

    def table(self, node: SyntaxTreeNode) -> str:
        """Returns the table; its roles stay when a narrow screen lays the rows out as cards.

        The caption is that of a figure around it, as HTML has it for what stands alone; a `<caption>` may not hold
        the call of a note in a table whose role is given.
        """
        above = tokens.captions(node)
        caption = "".join(self._element(words, "figcaption") for words in above)
        name = "".join(f' aria-label="{attribute_value(tokens.plain_text(words))}"' for words in above)
        table = f'<table role="table"{name}>\n{self.blocks(node.children)}</table>\n'
        return f'<figure class="table">\n{caption}{table}</figure>\n{self._disclosures.below(*above, node)}'

    def thead(self, node: SyntaxTreeNode) -> str:
        return self._element(node, "thead", "\n", ' role="rowgroup"')

    def tbody(self, node: SyntaxTreeNode) -> str:
        return self._element(node, "tbody", "\n", ' role="rowgroup"')

    def tr(self, node: SyntaxTreeNode) -> str:
        return self._element(node, "tr", more=' role="row"')

    def th(self, node: SyntaxTreeNode) -> str:
        return f'<th scope="col" role="columnheader"{_class(tokens.alignment(node))}>{self._inner(node)}</th>'

    def td(self, node: SyntaxTreeNode) -> str:
        label = attribute_value(tokens.plain_text(_column_header(node)))
        kind = " ".join(filter(None, (tokens.alignment(node), "cites" if _only_cites(node) else "")))
        return f'<td role="cell"{_class(kind)} data-label="{label}">{self._inner(node)}</td>'

    def footnote_block(self, _: SyntaxTreeNode) -> str:
        """Returns nothing: the notes stand at the end of the page."""
        return ""

    def inline(self, node: SyntaxTreeNode) -> str:
        return self._inner(node)

    def text(self, node: SyntaxTreeNode) -> str:
        return escape(tokens.set_text(node), quote=False)

    def softbreak(self, _: SyntaxTreeNode) -> str:
        return "\n"

    def hardbreak(self, _: SyntaxTreeNode) -> str:
        return "<br>\n"

    def strong(self, node: SyntaxTreeNode) -> str:
        return self._element(node, "strong", end="")

    def em(self, node: SyntaxTreeNode) -> str:
        return self._element(node, "em", end="")

    def s(self, node: SyntaxTreeNode) -> str:
        return self._element(node, "s", end="")

    def span(self, node: SyntaxTreeNode) -> str:
        return self._element(node, "span", end="")

    def code_inline(self, node: SyntaxTreeNode) -> str:
        return f"<code>{escape(node.content)}</code>"

    def link(self, node: SyntaxTreeNode) -> str:
        address = tokens.href(node)
        rel = "" if address.startswith("#") else ' rel="noopener noreferrer"'
        return self._element(node, "a", end="", more=f' href="{attribute_value(address)}"{rel}')

    def image(self, node: SyntaxTreeNode) -> str:
        """Returns the chart twice, for wide and narrow screens; the style shows one of them."""
        from briefnote.render.chart import svg

        chart = tokens.chart_of(node, self._document.charts)
        alt = attribute_value(tokens.plain_text(node) or chart.alt)
        drawn = "".join(
            f'<span class="{width}">{svg(chart, self._theme, millimetres)}</span>'
            for width, millimetres in (("wide", _WIDE), ("narrow", _NARROW))
        )
        return f'<span class="chart" role="img" aria-label="{alt}">{drawn}</span>'

    def footnote_ref(self, node: SyntaxTreeNode) -> str:
        number = tokens.note_number(node)
        identifier = "" if tokens.is_repeated_reference(node) else f' id="{_call(number)}"'
        return f'<sup><a{identifier} href="#{_note(number)}" role="doc-noteref">{number}</a></sup>'

    def _figure(self, node: SyntaxTreeNode) -> str:
        below = tokens.captions(node)
        caption = "".join(self._element(words, "figcaption") for words in below)
        figure = f"<figure{_attributes(node)}>\n{self._inner(node)}\n{caption}</figure>\n"
        return figure + self._disclosures.below(*below)

    def _note(self, number: int, nodes: tuple[SyntaxTreeNode, ...]) -> str:
        label = f'<span aria-hidden="true">↩</span><span class="unseen">Back to note {number} in the text</span>'
        back = f'<a href="#{_call(number)}" role="doc-backlink">{label}</a>'
        if nodes and nodes[-1].type == "paragraph":
            last = f"<p>{self._inner(nodes[-1])} {back}</p>{self._disclosures.below(nodes[-1])}"
            return self.blocks(nodes[:-1]) + last
        return f"{self.blocks(nodes)}<p>{back}</p>"

    def _element(self, node: SyntaxTreeNode, tag: str, start: str = "", more: str = "", end: str = "\n") -> str:
        return f"<{tag}{_attributes(node)}{more}>{start}{self._inner(node)}</{tag}>{end}"

    def _inner(self, node: SyntaxTreeNode) -> str:
        return self.blocks(node.children)


def attribute_value(value: str) -> str:
    """Returns the text, on one line, as it may stand in an attribute or between tags."""
    return escape(one_line(value))


def _attributes(node: SyntaxTreeNode) -> str:
    return "".join(_named(node))


def _named(node: SyntaxTreeNode) -> Iterator[str]:
    for name, value in (
        ("id", tokens.anchor(node)),
        ("class", tokens.css_class(node)),
        ("lang", tokens.language(node)),
    ):
        if value:
            yield f' {name}="{attribute_value(value)}"'


def _class(names: str) -> str:
    return f' class="{attribute_value(names)}"' if names else ""


def _only_cites(cell: SyntaxTreeNode) -> bool:
    inlines = [node for inline in cell.children for node in inline.children]
    return bool(inlines) and all(tokens.href(node).startswith("#") for node in inlines)


def _column_header(cell: SyntaxTreeNode) -> SyntaxTreeNode:
    """Returns the header of the column that a cell of the body stands in."""
    row = cell.parent
    body = row.parent if row else None
    table = body.parent if body else None
    if row is None or table is None:
        raise tokens.unknown_type(cell, "HTML")
    return table.children[0].children[0].children[row.children.index(cell)]


def _captioned(caption: SyntaxTreeNode) -> bool:
    neighbours = (caption.previous_sibling, caption.next_sibling)
    return any(caption in tokens.captions(node) for node in neighbours if node is not None)


def _note(number: int) -> str:
    return f"briefnote-note-{number}"


def _call(number: int) -> str:
    return f"briefnote-call-{number}"
