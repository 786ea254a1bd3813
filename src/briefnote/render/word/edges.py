"""Header and footer of every page: the marking in both, and in the footer title, date and page number."""

from __future__ import annotations

from docx.document import Document as Package
from docx.oxml.xmlchemy import BaseOxmlElement

from briefnote.model.edition import Document, Theme
from briefnote.render.furniture import date, marking, marking_colour, short_title
from briefnote.render.word.package import twips
from briefnote.render.word.wordml import Look, element, field, paragraph, text_run

_PLAIN = Look()


def write_edges(package: Package, document: Document, theme: Theme) -> None:
    """Writes header and footer. TLP 2.0 asks for the label, 12 points or more, right-justified, in both."""
    section = package.sections[0]
    header, footer = section.header, section.footer
    header.is_linked_to_previous = footer.is_linked_to_previous = False
    right = element("w:jc", w_val="right")
    _replace(header._element, paragraph("Header", right), _marking_runs(document))
    tab = element("w:tab", w_val="right", w_pos=text_width(theme))
    stated = [
        text_run(f"{short_title(document)} · {date(document)} · Page ", _PLAIN),
        field("PAGE", "1", _PLAIN),
        text_run(" of ", _PLAIN),
        field("NUMPAGES", "1", _PLAIN),
        element("w:r", element("w:tab")),
    ]
    _replace(footer._element, paragraph("Footer", element("w:tabs", tab)), [*stated, *_marking_runs(document)])


def text_width(theme: Theme) -> int:
    """Returns the width between the margins, in twips."""
    return twips(theme.page_width - theme.margin_left - theme.margin_right)


def _replace(edge: BaseOxmlElement, line: BaseOxmlElement, runs: list[BaseOxmlElement]) -> None:
    for child in list(edge):
        edge.remove(child)
    line.extend(runs)
    edge.append(line)


def _marking_runs(document: Document) -> list[BaseOxmlElement]:
    """Returns the marking in its colour on black.

    Figure spaces pad the box: they do not break and, unlike spaces, keep their shading at the end of a line.
    """
    label = marking(document)
    if not label:
        return []
    box = text_run(f"\u2007{label}\u2007", _PLAIN)
    look = element(
        "w:rPr",
        element("w:b"),
        element("w:color", w_val=marking_colour(document)),
        element("w:sz", w_val=24),
        element("w:szCs", w_val=24),
        element("w:shd", w_val="clear", w_color="auto", w_fill="000000"),
    )
    box.insert(0, look)
    return [box]
