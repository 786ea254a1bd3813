"""Where the text goes in a house file: the paragraph `[[BODY]]` between cover and back page; else all its content."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from briefnote.errors import Problem
from briefnote.model.value import Value
from briefnote.render.word.house.placeholders import SLOT
from briefnote.render.word.house.xml import W, each, fragment, text_of

Inherit = Callable[[etree._Element, list[etree._Element]], None]
_SLOT = f"[[{SLOT}]]"


class Slot(Value):
    """A paragraph of the body that the text takes the place of, and the section that its pages belong to."""

    line: etree._Element
    section: etree._Element

    def fill(self, blocks: list[etree._Element]) -> None:
        """Puts the blocks into the place. Where the paragraph ended a section, the last block does."""
        for block in blocks:
            self.line.addprevious(block)
        if next(each(self.line, "sectPr"), None) is not None:
            last = self.line.getprevious()
            if last is None or last.tag != f"{W}p":
                last = etree.Element(f"{W}p")
                self.line.addprevious(last)
            properties = last.find(f"{W}pPr")
            if properties is None:
                properties = etree.Element(f"{W}pPr")
                last.insert(0, properties)
            properties.append(self.section)
        body = self.line.getparent()
        if body is not None:
            body.remove(self.line)


def find_slot(root: etree._Element, section_xml: str, inherit: Inherit, file: str) -> tuple[Slot | None, list[Problem]]:
    """Returns the slot, emptied, and every problem; a file without one is emptied but for its last section."""
    body = root.find(f"{W}body")
    if body is None:
        return None, [Problem(file, message="has no text at all; open it in Word and save it anew")]
    if not len(body) or body[-1].tag != f"{W}sectPr":
        body.append(fragment(section_xml)[0])
    found = [line for line in body.iterchildren(f"{W}p") if text_of(line).strip() == _SLOT]
    if len(found) > 1:
        return None, [Problem(file, message=f"has {len(found)} paragraphs {_SLOT}; keep one")]
    return (_at(found[0]) if found else _instead(body, inherit)), []


def _at(line: etree._Element) -> Slot:
    """Returns the slot of a paragraph."""
    for child in list(line):
        if child.tag != f"{W}pPr":
            line.remove(child)
    return Slot(line, next(section for block in (line, *line.itersiblings()) for section in each(block, "sectPr")))


def _instead(body: etree._Element, inherit: Inherit) -> Slot:
    """Returns the slot that is all of the body. Its last section keeps the headers it took over."""
    *earlier, last = each(body, "sectPr")
    inherit(last, earlier)
    for block in list(body)[:-1]:
        body.remove(block)
    line = etree.Element(f"{W}p")
    body.insert(0, line)
    return Slot(line, last)
