"""The HTML edition: one page, complete in itself, for screen, phone, paper and screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markdown_it.tree import SyntaxTreeNode

from briefnote.model.edition import Document, Theme
from briefnote.render import tokens
from briefnote.render.furniture import date, marking, short_title
from briefnote.render.html.evidence import Disclosures
from briefnote.render.html.style import style_sheet
from briefnote.render.html.writer import Writer, attribute_value

# Nothing may run and nothing may be fetched, whatever a template or a source holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SECTIONS_WITH_CONTENTS = 3  # fewer need no table of contents

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
{top}<div class="page">
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
    tree = tokens.parse(document.markdown, theme)
    opening, sections = parts(tree)
    writer = Writer(document, theme, Disclosures(document, tree))
    label = marking(document)
    box = f'<p class="marking">{escape(label)}</p>' if label else ""
    page = _PAGE.format(
        language=attribute_value(document.language),
        policy=_POLICY,
        title=attribute_value(document.title),
        author=attribute_value(document.author),
        subtitle=attribute_value(document.subtitle),
        keywords=attribute_value(", ".join(document.keywords)),
        moment=document.moment.date().isoformat(),
        style=style_sheet(document, theme),
        top=f'<div class="edge" role="region" aria-label="Marking">{box}</div>\n' if label else "",
        marking=box,
        opening=f"<header>\n{writer.blocks(opening)}</header>\n" if opening else "",
        contents=_contents(sections),
        sections="".join(_section(nodes, number, writer) for number, nodes in enumerate(sections, 1)),
        notes=writer.notes(tokens.notes(tree)),
        short_title=attribute_value(short_title(document)),
        date=date(document),
    )
    return page.encode()


def parts(tree: SyntaxTreeNode) -> tuple[list[SyntaxTreeNode], list[list[SyntaxTreeNode]]]:
    """Returns what stands before the first heading of level 2, and the sections that such headings open."""
    opening: list[SyntaxTreeNode] = []
    sections: list[list[SyntaxTreeNode]] = []
    for node in tree.children:
        if node.type == "heading" and tokens.heading_level(node) == 2:
            sections.append([node])
        else:
            (sections[-1] if sections else opening).append(node)
    return opening, sections


def _section(nodes: Sequence[SyntaxTreeNode], number: int, writer: Writer) -> str:
    heading, *rest = nodes
    name = _section_id(heading, number)
    inside = writer.section_heading(heading, name) + writer.blocks(rest)
    return f'<section aria-labelledby="{name}">\n{inside}</section>\n'


def _contents(sections: Sequence[Sequence[SyntaxTreeNode]]) -> str:
    if len(sections) < _SECTIONS_WITH_CONTENTS:
        return ""
    items = "".join(
        f'<li><a href="#{_section_id(nodes[0], number)}">{escape(tokens.plain_text(nodes[0]))}</a></li>\n'
        for number, nodes in enumerate(sections, 1)
    )
    return f'<nav aria-label="Contents">\n<p>Contents</p>\n<ol>\n{items}</ol>\n</nav>\n'


def _section_id(heading: SyntaxTreeNode, number: int) -> str:
    return attribute_value(tokens.anchor(heading)) or f"briefnote-section-{number}"
