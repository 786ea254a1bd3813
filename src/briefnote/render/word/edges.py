"""Header and footer of every page: the marking in both, and in the footer title, date and page number."""

from __future__ import annotations

from briefnote.model.edition import Document
from briefnote.render.furniture import date, marking, marking_colour, short_title
from briefnote.render.word.wordml import declarations, escape, field, paragraph, text_run

_RIGHT = '<w:jc w:val="right"/>'


def header_xml(document: Document) -> str:
    """Returns the header. TLP 2.0 asks for the label, 12 points or more, right-justified, in header and footer."""
    return f"<w:hdr {declarations('w', 'r')}>{marking_line(document, 'Header')}</w:hdr>"


def footer_xml(document: Document, width: int) -> str:
    """Returns the footer, of a width in twips."""
    stated = [
        text_run(f"{short_title(document)} · {date(document)} · Page "),
        field("PAGE", "1"),
        text_run(" of "),
        field("NUMPAGES", "1"),
        "<w:r><w:tab/></w:r>",
        marking_run(document),
    ]
    line = paragraph("Footer", "".join(stated), f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>')
    return f"<w:ftr {declarations('w', 'r')}>{line}</w:ftr>"


def marking_line(document: Document, style: str) -> str:
    """Returns the marking as a paragraph, at the right."""
    return paragraph(style, marking_run(document), _RIGHT)


def marking_run(document: Document) -> str:
    """Returns the marking in its colour on black, "" where there is none.

    Figure spaces pad the box: they do not break and, unlike spaces, keep their shading at the end of a line.
    """
    label = marking(document)
    if not label:
        return ""
    look = (
        f'<w:b/><w:color w:val="{marking_colour(document)}"/><w:sz w:val="24"/><w:szCs w:val="24"/>'
        '<w:shd w:val="clear" w:color="auto" w:fill="000000"/>'
    )
    text = f'<w:t xml:space="preserve">\u2007{escape(label)}\u2007</w:t>'
    return f"<w:r><w:rPr>{look}</w:rPr>{text}</w:r>"
