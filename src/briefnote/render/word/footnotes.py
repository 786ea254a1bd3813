"""The footnotes part, which python-docx lacks (ECMA-376 17.11): notes that Word itself numbers and places."""

from __future__ import annotations

from docx.document import Document as Package
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.story import StoryPart

from briefnote.render.word.wordml import Look, element, run, text_run

_SEPARATOR = """
<w:footnote w:type="{kind}" w:id="{number}">
  <w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p>
</w:footnote>"""
_MARK = Look(style="FootnoteReference")


class Footnotes(StoryPart):
    """The notes of a document, in the order in which the text calls them."""

    @classmethod
    def of(cls, package: Package) -> Footnotes:
        """Returns a new part for the notes of the package, with the two separators that Word asks for."""
        separators = _SEPARATOR.format(kind="separator", number=-1)
        separators += _SEPARATOR.format(kind="continuationSeparator", number=0)
        root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}>{separators}</w:footnotes>")
        part = cls(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, package.part.package)
        package.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        return part

    def add(self, number: int) -> BaseOxmlElement:
        """Returns the element of a new note, empty.

        Notes must be added in the order of their references: LibreOffice pairs the two by order, not by id.
        """
        note = element("w:footnote", w_id=number)
        self.element.append(note)
        return note


def note_reference(number: int) -> BaseOxmlElement:
    """Returns the run in the text that calls a note."""
    return run(_MARK, element("w:footnoteReference", w_id=number))


def note_mark() -> tuple[BaseOxmlElement, BaseOxmlElement]:
    """Returns what opens the first paragraph of a note: its number and a space."""
    return run(_MARK, element("w:footnoteRef")), text_run(" ", Look())
