"""A Word file to start a house file from: cover, slot and back page, every style of a brief, the look of the theme."""

from __future__ import annotations

from datetime import UTC, datetime

from briefnote.model.edition import Document, Theme
from briefnote.render.word.frame import Text
from briefnote.render.word.properties import write_properties
from briefnote.render.word.standard import StandardFrame
from briefnote.render.word.wordml import declarations, field, paragraph, text_run

_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)  # the file says the same whenever it is made
_RIGHT = '<w:jc w:val="right"/>'
_DOWN = '<w:spacing w:before="5200"/>'


def house_file(theme: Theme) -> bytes:
    """Returns the file. It says what it is for: a user replaces its words, and keeps its placeholders."""
    document = Document(
        markdown="",
        title="House style",
        subtitle="",
        author="",
        language="en",
        marking="",
        keywords=(),
        moment=_MOMENT,
    )
    frame = StandardFrame(document, theme)
    section = frame.section()
    frame.fill(Text(_cover(section) + paragraph("Normal", text_run("[[BODY]]")) + _end(section) + _back_page(), ""))
    frame.package.parts["word/header1.xml"].write(_header())
    frame.package.parts["word/footer1.xml"].write(_footer(frame.width))
    write_properties(frame.package, document)
    return frame.package.packed(_MOMENT)


def _cover(section: str) -> str:
    lines = (
        paragraph("Caption", text_run("NAME OF THE HOUSE"), _DOWN),
        paragraph("Title", text_run("[[TITLE]]")),
        paragraph("Subtitle", text_run("[[SUBTITLE]]")),
        paragraph("Basis", text_run("[[AUTHOR]] · [[DATE]] · Issue [[PERIOD]]")),
    )
    return "".join(lines) + _end(section)


def _end(section: str) -> str:
    """Returns the end of a section: what follows begins a page."""
    return f"<w:p><w:pPr>{section}</w:pPr></w:p>"


def _back_page() -> str:
    lines = (
        paragraph("Caption", text_run("ABOUT THIS ISSUE")),
        paragraph("Normal", text_run("[[TITLE]]. Published by [[AUTHOR]], [[DATE]]. Marked [[MARKING]].")),
        paragraph("Basis", text_run("Address, imprint and terms of use go here.")),
    )
    return "".join(lines)


def _header() -> str:
    line = paragraph("Header", text_run("[[MARKING]]"), _RIGHT)
    return f"<w:hdr {declarations('w', 'r')}>{line}</w:hdr>"


def _footer(width: int) -> str:
    stated = [
        text_run("[[SHORT_TITLE]] · [[DATE]] · Page "),
        field("PAGE", "1"),
        text_run(" of "),
        field("NUMPAGES", "1"),
        "<w:r><w:tab/></w:r>",
        text_run("[[MARKING]]"),
    ]
    line = paragraph("Footer", "".join(stated), f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>')
    return f"<w:ftr {declarations('w', 'r')}>{line}</w:ftr>"
