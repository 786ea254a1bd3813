"""The HTML edition: one page, complete in itself, for screen, phone, paper and screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from importlib import resources

from markdown_it.tree import SyntaxTreeNode

from briefnote.model.edition import Document, Theme
from briefnote.render import tokens
from briefnote.render.furniture import date, marking, marking_colour, short_title
from briefnote.text import one_line

# Nothing may run and nothing may be fetched, whatever a template or a source holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SECTIONS_WITH_CONTENTS = 3  # fewer need no table of contents
_NARROW = 88.0  # millimetres: a chart for a phone, its text as large as on paper
_WIDE = 160.0

# Custom properties and inherited fonts do not reach the margins of a printed page.
_SANS = "'Source Sans 3',Calibri,Carlito,Arial,sans-serif"
_PRINTED_MARKING = (
    f"font:700 12pt/7mm {_SANS};width:max-content;height:7mm;padding:0 2mm;margin:auto 0;white-space:nowrap;"
    "print-color-adjust:exact;-webkit-print-color-adjust:exact"
)
_PRINTED_FOOT = f"font:8pt {_SANS};color:#555;white-space:nowrap"

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<meta name="author" content="{author}">
<meta name="description" content="{subtitle}">
<meta name="keywords" content="{keywords}">
<meta name="date" content="{moment}">
<style>
{style}</style>
</head>
<body>
<div class="edge">{marking}</div>
<div class="page">
{opening}{contents}<main>
{sections}{notes}</main>
</div>
<footer class="edge"><p>{short_title} · {date}</p>{marking}</footer>
</body>
</html>
"""


def render(document: Document, theme: Theme) -> bytes:
    """Returns the document as an HTML page in UTF-8; the same document and theme give the same bytes.

    Raises BriefnoteError where the Markdown asks for an image or a chart that is not there.
    """
    tree = tokens.parse(document.markdown)
    opening, sections = _parts(tree)
    writer = _Writer(document, theme)
    label = marking(document)
    page = _PAGE.format(
        language=_attribute(document.language),
        policy=_POLICY,
        title=_attribute(document.title),
        author=_attribute(document.author),
        subtitle=_attribute(document.subtitle),
        keywords=_attribute(", ".join(document.keywords)),
        moment=document.moment.date().isoformat(),
        style=_style(document, theme),
        marking=f'<p class="marking">{escape(label)}</p>' if label else "",
        opening=f"<header>\n{writer.blocks(opening)}</header>\n" if opening else "",
        contents=_contents(sections),
        sections="".join(_section(nodes, number, writer) for number, nodes in enumerate(sections, 1)),
        notes=writer.notes(tokens.notes(tree)),
        short_title=_attribute(short_title(document)),
        date=date(document),
    )
    return page.encode()


class _Writer:
    """Writes nodes as HTML: one method per type of the Markdown tree, each returning what it made."""

    def __init__(self, document: Document, theme: Theme) -> None:
        self._document = document
        self._theme = theme

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
        return self._element(node, node.tag)

    def paragraph(self, node: SyntaxTreeNode) -> str:
        above, below = node.previous_sibling, node.next_sibling
        if tokens.figure(node):
            return self._figure(node, below)
        if tokens.is_caption(node) and (_is_table(below) or (above is not None and tokens.figure(above))):
            return ""  # written with its table or figure
        return self._inner(node) if node.hidden else self._element(node, "p")

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
        """Returns the table; its roles stay when a narrow screen lays the rows out as cards."""
        above = node.previous_sibling
        caption = self._element(above, "caption") if above is not None and tokens.is_caption(above) else ""
        return f'<table role="table">\n{caption}{self.blocks(node.children)}</table>\n'

    def thead(self, node: SyntaxTreeNode) -> str:
        return self._element(node, "thead", "\n", ' role="rowgroup"')

    def tbody(self, node: SyntaxTreeNode) -> str:
        return self._element(node, "tbody", "\n", ' role="rowgroup"')

    def tr(self, node: SyntaxTreeNode) -> str:
        return self._element(node, "tr", more=' role="row"')

    def th(self, node: SyntaxTreeNode) -> str:
        return f'<th scope="col" role="columnheader"{_aligned(node)}>{self._inner(node)}</th>'

    def td(self, node: SyntaxTreeNode) -> str:
        label = _attribute(tokens.plain_text(_column_header(node)))
        return f'<td role="cell"{_aligned(node)} data-label="{label}">{self._inner(node)}</td>'

    def footnote_block(self, _: SyntaxTreeNode) -> str:
        """Returns nothing: the notes stand at the end of the page."""
        return ""

    def inline(self, node: SyntaxTreeNode) -> str:
        return self._inner(node)

    def text(self, node: SyntaxTreeNode) -> str:
        return escape(node.content, quote=False)

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
        return self._element(node, "a", end="", more=f' href="{_attribute(address)}"{rel}')

    def image(self, node: SyntaxTreeNode) -> str:
        """Returns the chart twice, for wide and narrow screens; the style shows one of them."""
        from briefnote.render.chart import svg

        chart = tokens.chart_of(node, self._document.charts)
        alt = _attribute(tokens.plain_text(node) or chart.alt)
        drawn = "".join(
            f'<span class="{width}">{svg(chart, self._theme, millimetres)}</span>'
            for width, millimetres in (("wide", _WIDE), ("narrow", _NARROW))
        )
        return f'<span class="chart" role="img" aria-label="{alt}">{drawn}</span>'

    def footnote_ref(self, node: SyntaxTreeNode) -> str:
        number = tokens.note_number(node)
        identifier = "" if tokens.is_repeated_reference(node) else f' id="{_call(number)}"'
        return f'<sup><a{identifier} href="#{_note(number)}" role="doc-noteref">{number}</a></sup>'

    def _figure(self, node: SyntaxTreeNode, below: SyntaxTreeNode | None) -> str:
        captions = [below] if below is not None and tokens.is_caption(below) else []
        caption = "".join(self._element(node, "figcaption") for node in captions)
        return f"<figure{_attributes(node)}>\n{self._inner(node)}\n{caption}</figure>\n"

    def _note(self, number: int, nodes: tuple[SyntaxTreeNode, ...]) -> str:
        label = f"Back to note {number} in the text"
        back = f'<a href="#{_call(number)}" role="doc-backlink" aria-label="{label}">↩</a>'
        if nodes and nodes[-1].type == "paragraph":
            return f"{self.blocks(nodes[:-1])}<p>{self._inner(nodes[-1])} {back}</p>"
        return f"{self.blocks(nodes)}<p>{back}</p>"

    def _element(self, node: SyntaxTreeNode, tag: str, start: str = "", more: str = "", end: str = "\n") -> str:
        return f"<{tag}{_attributes(node)}{more}>{start}{self._inner(node)}</{tag}>{end}"

    def _inner(self, node: SyntaxTreeNode) -> str:
        return self.blocks(node.children)


def _parts(tree: SyntaxTreeNode) -> tuple[list[SyntaxTreeNode], list[list[SyntaxTreeNode]]]:
    """Returns what stands before the first heading of level 2, and the sections that such headings open."""
    opening: list[SyntaxTreeNode] = []
    sections: list[list[SyntaxTreeNode]] = []
    for node in tree.children:
        if node.type == "heading" and tokens.heading_level(node) == 2:
            sections.append([node])
        else:
            (sections[-1] if sections else opening).append(node)
    return opening, sections


def _section(nodes: Sequence[SyntaxTreeNode], number: int, writer: _Writer) -> str:
    heading, *rest = nodes
    name = _section_id(heading, number)
    label = writer.blocks(heading.children)
    return f'<section aria-labelledby="{name}">\n<h2 id="{name}">{label}</h2>\n{writer.blocks(rest)}</section>\n'


def _contents(sections: Sequence[Sequence[SyntaxTreeNode]]) -> str:
    if len(sections) < _SECTIONS_WITH_CONTENTS:
        return ""
    items = "".join(
        f'<li><a href="#{_section_id(nodes[0], number)}">{escape(tokens.plain_text(nodes[0]))}</a></li>\n'
        for number, nodes in enumerate(sections, 1)
    )
    return f'<nav aria-label="Contents">\n<p>Contents</p>\n<ol>\n{items}</ol>\n</nav>\n'


def _section_id(heading: SyntaxTreeNode, number: int) -> str:
    return _attribute(tokens.anchor(heading)) or f"briefnote-section-{number}"


def _style(document: Document, theme: Theme) -> str:
    """Returns the style sheet with the colours of the theme and what stands at the edges of printed pages."""
    names = ("text", "accent", "tint", "rule", "muted", "link")
    colours = "".join(f"--{name}:#{getattr(theme, name)};" for name in names)
    margins = (theme.margin_top, theme.margin_right, theme.margin_bottom, theme.margin_left)
    label, foot = marking(document), f"{short_title(document)} · {date(document)} · Page "
    box = f"content:{_css_string(label)};background:#000;color:#{marking_colour(document)};{_PRINTED_MARKING}"
    page = (
        f"@page{{size:{theme.page_width}mm {theme.page_height}mm;"
        f"margin:{' '.join(f'{margin}mm' for margin in margins)};"
        f"{f'@top-right{{{box}}}@bottom-right{{{box}}}' if label else ''}"
        f"@bottom-left{{content:{_css_string(foot)} counter(page) ' of ' counter(pages);{_PRINTED_FOOT}}}}}\n"
    )
    sheet = resources.files("briefnote.render").joinpath("html.css").read_text(encoding="utf-8")
    return f":root{{{colours}--marking:#{marking_colour(document)}}}\n{page}{sheet}"


def _css_string(text: str) -> str:
    """Returns the text as a CSS string: all but ASCII letters and digits escaped, so that none can end it."""
    return '"' + re.sub(r"[^A-Za-z0-9]", lambda found: f"\\{ord(found[0]):x} ", text) + '"'


def _attributes(node: SyntaxTreeNode) -> str:
    return "".join(_named(node))


def _named(node: SyntaxTreeNode) -> Iterator[str]:
    for name, value in (
        ("id", tokens.anchor(node)),
        ("class", tokens.css_class(node)),
        ("lang", tokens.language(node)),
    ):
        if value:
            yield f' {name}="{_attribute(value)}"'


def _aligned(cell: SyntaxTreeNode) -> str:
    return f' class="{_attribute(tokens.alignment(cell))}"' if tokens.alignment(cell) else ""


def _attribute(value: str) -> str:
    return escape(one_line(value))


def _column_header(cell: SyntaxTreeNode) -> SyntaxTreeNode:
    """Returns the header of the column that a cell of the body stands in."""
    row = cell.parent
    body = row.parent if row else None
    table = body.parent if body else None
    if row is None or table is None:
        raise tokens.unknown_type(cell, "HTML")
    return table.children[0].children[0].children[row.children.index(cell)]


def _is_table(node: SyntaxTreeNode | None) -> bool:
    return node is not None and node.type == "table"


def _note(number: int) -> str:
    return f"briefnote-note-{number}"


def _call(number: int) -> str:
    return f"briefnote-call-{number}"
