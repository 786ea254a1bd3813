"""The HTML body of a mail: styles stand at each element, since mail programs drop style sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from types import MappingProxyType

from markdown_it.tree import SyntaxTreeNode

from briefnote.model.edition import Document, Theme
from briefnote.render import tokens
from briefnote.render.furniture import date, marking, marking_colour, short_title
from briefnote.render.html import parts
from briefnote.render.html.evidence import Disclosures
from briefnote.render.html.writer import Writer, attribute_value

LONGEST = 100_000  # bytes; the largest webmail service cuts a message off at 102 kB
_REST = "The rest of this issue did not fit into a mail; it is in the other editions."
_PICTURE = 440  # pixels at most: of a drawing 100 mm wide, the letters are then 14 high, and 11 on a phone
_SANS = "Calibri,Carlito,Arial,sans-serif"
_SERIF = "Georgia,Cambria,serif"

# The width stands twice: one mail program reads the attribute, all others the style.
_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
</head>
<body style="margin:0;padding:0;background:#ffffff">
<table role="presentation" width="100%" border="0" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="640" border="0" cellpadding="12" cellspacing="0" style="width:100%;max-width:640px">
<tr><td align="left" style="font:16px/1.5 {serif};color:#{text};word-break:break-word">
{marking}{content}{foot}{marking}</td></tr>
</table>
</td></tr></table>
</body>
</html>
"""


def mail_html(
    document: Document, theme: Theme, above: Sequence[str] = (), pictures: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Returns the body of a mail: no style sheet, no script, nothing to fetch, at most 100,000 bytes in UTF-8.

    Sections that do not fit are left out from the end, and a sentence says so. `above` are paragraphs that stand
    before the brief, below its marking. `pictures` maps charts to the content ids of pictures that come with the mail;
    other charts are the words of their alternative text.
    """
    tree = tokens.parse(document.markdown)
    writer = _MailWriter(document, theme, tree, pictures)
    opening, sections = parts(tree)
    said = [_above(above, theme), writer.blocks(opening), *map(writer.blocks, sections)]
    said.append(writer.notes(tokens.notes(tree)))
    whole = _page("".join(said), document, theme)
    while len(whole.encode()) > LONGEST and said:
        said.pop()
        whole = _page("".join([*said, f"<p>{_REST}</p>\n"]), document, theme)
    return whole


def _page(content: str, document: Document, theme: Theme) -> str:
    foot = f"{attribute_value(short_title(document))} · {date(document)}"
    return _PAGE.format(
        language=attribute_value(document.language),
        title=attribute_value(document.title),
        serif=_SERIF,
        text=theme.text,
        marking=_marking(document),
        content=content,
        foot=f'<p style="margin:24px 0 8px;font:13px/1.4 {_SANS};color:#{theme.muted}">{foot}</p>\n',
    )


def _marking(document: Document) -> str:
    if not marking(document):
        return ""
    look = f"padding:3px 8px;background:#000000;color:#{marking_colour(document)};font:bold 16px/1.4 {_SANS}"
    return f'<p align="right" style="margin:0 0 12px"><span style="{look}">{escape(marking(document))}</span></p>\n'


def _above(paragraphs: Sequence[str], theme: Theme) -> str:
    look = f"margin:0 0 8px;padding:0 12px;border-left:4px solid #{theme.accent};font:15px/1.4 {_SANS}"
    said = "".join(f'<p style="{look}">{attribute_value(paragraph)}</p>\n' for paragraph in paragraphs)
    return f'<div style="margin:0 0 24px">\n{said}</div>\n' if said else ""


class _MailWriter(Writer):
    """Writes nodes as HTML without ids, classes and roles."""

    def __init__(self, document: Document, theme: Theme, tree: SyntaxTreeNode, pictures: Mapping[str, str]) -> None:
        super().__init__(document, theme, Disclosures(replace(document, grounds={}, sources=()), tree))
        self._looks = _looks(theme)
        self._pictures = pictures

    def notes(self, notes: Mapping[int, tuple[SyntaxTreeNode, ...]]) -> str:
        """Returns the footnotes, numbered, below a heading."""
        if not notes:
            return ""
        items = "".join(f"<li>{self._note_text(nodes)}</li>\n" for nodes in notes.values())
        heading = f'<h2 style="{self._looks["h2"]}">Notes</h2>'
        return f'{heading}\n<ol style="{self._looks["notes"]}">\n{items}</ol>\n'

    def _note_text(self, nodes: tuple[SyntaxTreeNode, ...]) -> str:
        is_short = len(nodes) == 1 and nodes[0].type == "paragraph"
        return self._inner(nodes[0]) if is_short else self.blocks(nodes)

    def table(self, node: SyntaxTreeNode) -> str:
        caption = "".join(self._element(words, "p") for words in tokens.captions(node))
        look = f'width="100%" border="0" cellpadding="6" cellspacing="0" style="{self._looks["table"]}"'
        return f"{caption}<table {look}>\n{self.blocks(node.children)}</table>\n"

    def thead(self, node: SyntaxTreeNode) -> str:
        return self.blocks(node.children)

    def tbody(self, node: SyntaxTreeNode) -> str:
        return self.blocks(node.children)

    def tr(self, node: SyntaxTreeNode) -> str:
        return f"<tr>{self._inner(node)}</tr>\n"

    def th(self, node: SyntaxTreeNode) -> str:
        return self._cell(node, "th", ' scope="col"')

    def td(self, node: SyntaxTreeNode) -> str:
        return self._cell(node, "td")

    def span(self, node: SyntaxTreeNode) -> str:
        return self._element(node, "span", end="") if tokens.language(node) else self._inner(node)

    def link(self, node: SyntaxTreeNode) -> str:
        """Returns the link; of one within the text only its words, for mail programs cut the ids off."""
        address = tokens.href(node)
        if address.startswith("#"):
            return self._inner(node)
        return self._element(node, "a", end="", more=f' href="{attribute_value(address)}"')

    def image(self, node: SyntaxTreeNode) -> str:
        """Returns the picture that comes with the mail, else what the chart says in words: nothing is fetched."""
        chart = tokens.chart_of(node, self._document.charts)
        alt = attribute_value(tokens.plain_text(node) or chart.alt)
        if chart.id not in self._pictures:
            return f"<em>{alt}</em>"
        look = f'width="{_PICTURE}" style="width:100%;max-width:{_PICTURE}px;height:auto;border:0"'
        return f'<img src="cid:{attribute_value(self._pictures[chart.id])}" alt="{alt}" {look}>'

    def footnote_ref(self, node: SyntaxTreeNode) -> str:
        return f"<sup>{tokens.note_number(node)}</sup>"

    def _figure(self, node: SyntaxTreeNode) -> str:
        caption = "".join(self._element(words, "p") for words in tokens.captions(node))
        return f"<p>{self._inner(node)}</p>\n{caption}"

    def _cell(self, node: SyntaxTreeNode, tag: str, more: str = "") -> str:
        align = tokens.alignment(node) or "left"
        return f'<{tag}{more} align="{align}" valign="top" style="{self._looks[tag]}">{self._inner(node)}</{tag}>'

    def _element(self, node: SyntaxTreeNode, tag: str, start: str = "", more: str = "", end: str = "\n") -> str:
        look = self._looks.get(tokens.css_class(node)) or self._looks.get(tag)
        style = f' style="{look}"' if look else ""
        language = f' lang="{attribute_value(tokens.language(node))}"' if tokens.language(node) else ""
        return f"<{tag}{style}{language}{more}>{start}{self._inner(node)}</{tag}>{end}"


def _looks(theme: Theme) -> dict[str, str]:
    """Returns the style of each element, and of each class that has its own."""
    heading = f"font-family:{_SANS};color:#{theme.accent}"
    small = f"font-size:14px;color:#{theme.muted}"
    cell = f"border-top:1px solid #{theme.rule};font:13px/1.4 {_SANS};word-break:normal"
    return {
        "h1": f"margin:0 0 8px;font-size:28px;line-height:1.2;{heading}",
        "h2": f"margin:28px 0 8px;font-size:20px;line-height:1.3;{heading}",
        "h3": f"margin:20px 0 6px;font-size:17px;{heading}",
        "p": "margin:0 0 12px",
        "ul": "margin:0 0 12px;padding-left:24px",
        "ol": "margin:0 0 12px;padding-left:28px",
        "li": "margin:0 0 6px",
        "blockquote": f"margin:0 0 12px;padding-left:12px;border-left:3px solid #{theme.rule}",
        "a": f"color:#{theme.link}",
        "table": f"margin:0 0 12px;border-bottom:2px solid #{theme.accent}",
        "th": f"{cell};font-weight:bold;color:#{theme.accent};background:#{theme.tint}",
        "td": cell,
        "subtitle": f"margin:0 0 12px;font-family:{_SANS};color:#{theme.muted}",
        "basis": f"margin:0 0 12px;{small}",
        "lead": f"margin:0 0 12px;padding:12px 16px;border-left:4px solid #{theme.accent};background:#{theme.tint}",
        "caption": f"margin:0 0 8px;font:bold 14px/1.4 {_SANS};color:#{theme.accent}",
        "empty": f"margin:0 0 12px;font-style:italic;color:#{theme.muted}",
        "notes": f"margin:0 0 12px;padding-left:32px;{small}",
    }
