"""The user's own Word file as the frame of a brief: its styles, page, header, footer, cover and back page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from briefnote.errors import BriefnoteError
from briefnote.model.edition import Document, HouseFile, Theme
from briefnote.render.word.footnotes import footnotes_xml
from briefnote.render.word.frame import Text
from briefnote.render.word.house import cleaning, lists, placeholders
from briefnote.render.word.house.marking import Edges
from briefnote.render.word.house.opening import opened
from briefnote.render.word.house.page import room, section_xml
from briefnote.render.word.house.slot import Slot, find_slot
from briefnote.render.word.house.styles import adopt, restyle
from briefnote.render.word.house.xml import W, each, fragment, is_on, parsed, written
from briefnote.render.word.opc import Part, kind, word_type
from briefnote.render.word.wordml import declarations


class HouseFrame:
    """A house file, opened, cleaned, its placeholders filled. Raises BriefnoteError with every problem."""

    def __init__(self, house: HouseFile, document: Document, theme: Theme) -> None:
        self._file = house.name
        self.package, self.main = opened(house)
        self._trees = {part.name: self._parsed(part) for part in self._story()}
        self._slot = self._checked_slot(document, theme)
        self._styles = self._part("styles", f"<w:styles {declarations('w')}/>")
        self._numbering = self._part("numbering", f"<w:numbering {declarations('w')}/>")
        self._settings = self._part("settings", f"<w:settings {declarations('w')}/>")
        adopted = adopt(self._styles, theme, document.language)
        self.styles: Mapping[str, str] = adopted.ids
        self.missing_styles = adopted.missing
        self.lists = lists.house_lists(self._numbering, self._styles, self.styles, theme)
        cleaning.clean_settings(self._settings)
        self.notes, self._separators = self._own_notes()
        self.width, self.height = room(self._slot.section, theme)
        self._mark(document)
        self.bookmarks = frozenset(self._attributes("bookmarkStart", f"{W}name"))
        self.first_number = 1 + max(self._numbers(), default=0)

    def fill(self, text: Text) -> None:
        """Puts the text into its slot and writes the parts back."""
        blocks = fragment(text.blocks)
        restyle(blocks, self.styles)
        self._slot.fill(blocks)
        notes = etree.fromstring(footnotes_xml(text.notes, self._separators))
        restyle([notes], self.styles)
        self.notes.data = written(notes)
        lists.add(self._numbering, self.lists)
        for name, tree in self._trees.items():
            self.package.parts[name].data = written(tree)
        self.package.forget_unrelated()

    @property
    def style_sheet(self) -> etree._Element:
        """Returns the styles, those that were made among them."""
        return self._styles

    def _story(self) -> Iterator[Part]:
        yield self.main
        yield from cleaning.related(self.package, self.main, "header", "footer", "endnotes")

    def _parsed(self, part: Part) -> etree._Element:
        return parsed(part.data, part.name, self._file)

    def _part(self, role: str, empty: str) -> etree._Element:
        """Returns the tree of the part in a role; where the file has none, it gets an empty one."""
        part = self.package.related(self.main, kind(role))
        if part is None:
            name = f"word/{role}.xml"
            name = self.package.free_name(f"word/{role}{{}}.xml") if name in self.package.parts else name
            part = self.package.add(Part(name, word_type(role), empty))
            self.main.relate(kind(role), part.name)
        self._trees[part.name] = self._parsed(part)
        return self._trees[part.name]

    def _checked_slot(self, document: Document, theme: Theme) -> Slot:
        """Cleans and fills cover, back page, headers and footers, and returns where the text goes."""
        edges = Edges(self.package, self.main, self._trees)
        slot, problems = find_slot(self._trees[self.main.name], section_xml(theme), edges.inherit, self._file)
        if slot is None:
            raise BriefnoteError(problems)
        for name, tree in self._trees.items():
            cleaning.clean_text(tree)
            if self.package.parts[name].content_type == word_type("endnotes"):
                cleaning.clean_endnotes(tree)
            problems += [*cleaning.outreach(tree, self._file), *placeholders.fill(tree, document, self._file)]
        if problems:
            raise BriefnoteError(problems)
        return slot

    def _own_notes(self) -> tuple[Part, str]:
        """Returns a footnotes part of ours, and the separators of the file's own."""
        theirs = self.package.related(self.main, kind("footnotes"))
        separators = cleaning.separators(self._parsed(theirs) if theirs else None)
        self.main.relationships = [found for found in self.main.relationships if found.kind != kind("footnotes")]
        if theirs is not None:
            del self.package.parts[theirs.name]
        name = "word/footnotes.xml"
        notes = self.package.add(Part(name, word_type("footnotes"), footnotes_xml("", separators)))
        self.main.relate(kind("footnotes"), name)
        return notes, separators

    def _mark(self, document: Document) -> None:
        edges = Edges(self.package, self.main, self._trees)
        has_even = is_on(self._settings.find(f"{W}evenAndOddHeaders"))
        style = {"header": self.styles["Header"], "footer": self.styles["Footer"]}
        edges.mark(list(each(self._trees[self.main.name], "sectPr")), document, has_even=has_even, style=style)

    def _attributes(self, name: str, attribute: str) -> Iterator[str]:
        return (
            found for tree in self._trees.values() for element in each(tree, name) if (found := element.get(attribute))
        )

    def _numbers(self) -> Iterator[int]:
        """Yields the numbers of bookmarks and drawings, which must not be given twice."""
        drawings: list[Any] = [one for tree in self._trees.values() for one in tree.iter("{*}docPr")]
        found = [*self._attributes("bookmarkStart", f"{W}id"), *(drawing.get("id", "") for drawing in drawings)]
        return (int(number) for number in found if number.isdecimal() and int(number) < 2**30)
