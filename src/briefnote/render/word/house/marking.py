"""The marking on every page: added to each header and footer in which the house file does not place it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from briefnote.model.edition import Document
from briefnote.render.furniture import marking
from briefnote.render.word.edges import marking_line
from briefnote.render.word.house.xml import R, W, each, fragment, is_on, text_of
from briefnote.render.word.opc import Package, Part, kind, word_type
from briefnote.render.word.wordml import declarations

_TAGS = {"header": "hdr", "footer": "ftr"}


class Edges:
    """The headers and footers of a house file, as trees by the name of their part."""

    def __init__(self, package: Package, main: Part, trees: dict[str, etree._Element]) -> None:
        self._package = package
        self._main = main
        self._trees = trees

    def inherit(self, section: etree._Element, earlier: list[etree._Element]) -> None:
        """Gives a section the headers and footers that it takes over from earlier ones, which are to go."""
        for role in _TAGS:
            for of in ("default", "first", "even"):
                found = next((name for before in reversed(earlier) if (name := self._named(before, role, of))), None)
                if found and not self._named(section, role, of):
                    self._refer(section, role, of, found)

    def mark(
        self, sections: list[etree._Element], document: Document, *, has_even: bool, style: Mapping[str, str]
    ) -> None:
        """Puts the marking into each header and footer of the sections that lacks it, and makes those that lack."""
        label = marking(document)
        if not label:
            return
        for role, tag in _TAGS.items():
            line = marking_line(document, style[role])
            for name in dict.fromkeys(self._used(sections, role, has_even=has_even)):
                root = self._trees[name]
                if label not in text_of(root):
                    made = fragment(line)[0]
                    root.insert(0 if tag == "hdr" else len(root), made)

    def _used(self, sections: list[etree._Element], role: str, *, has_even: bool) -> Iterator[str]:
        """Yields the parts of a role that pages show; a section without one shows that of the section before."""
        shown: dict[str, str] = {}
        for section in sections:
            kinds = ["default", *(["even"] if has_even else [])]
            kinds += ["first"] if is_on(section.find(f"{W}titlePg")) else []
            for of in ("default", "first", "even"):
                named = self._named(section, role, of)
                if named:
                    shown[of] = named
                if of in kinds:
                    shown[of] = shown.get(of) or self._add(section, role, of)
                    yield shown[of]

    def _named(self, section: etree._Element, role: str, of: str) -> str | None:
        """Returns the part that a section itself refers to."""
        for reference in each(section, f"{role}Reference"):
            if reference.get(f"{W}type", "default") == of:
                names = {found.id: found.target for found in self._main.relationships}
                name = names.get(reference.get(f"{R}id", ""))
                return name if name in self._trees else None
        return None

    def _add(self, section: etree._Element, role: str, of: str) -> str:
        name = self._package.free_name(f"word/{role}{{}}.xml")
        self._package.add(Part(name, word_type(role)))
        self._trees[name] = etree.fromstring(f"<w:{_TAGS[role]} {declarations('w', 'r')}/>")
        self._refer(section, role, of, name)
        return name

    def _refer(self, section: etree._Element, role: str, of: str, name: str) -> None:
        for stale in [one for one in each(section, f"{role}Reference") if one.get(f"{W}type", "default") == of]:
            section.remove(stale)
        attributes = {f"{W}type": of, f"{R}id": self._main.relate(kind(role), name)}
        section.insert(0, etree.Element(f"{W}{role}Reference", attributes))
