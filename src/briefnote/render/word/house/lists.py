"""The lists of a house file: its own bullets and numbers where its list styles have them, else those of the brief."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from briefnote.model.edition import Theme
from briefnote.render.word.house.xml import W, each, fragment, value
from briefnote.render.word.numbering import KINDS, ListKind, Lists, definitions

_LAST = 2_147_483_647


def house_lists(numbering: etree._Element, styles: etree._Element, ids: Mapping[str, str], theme: Theme) -> Lists:
    """Adds our definitions to a numbering part and returns the lists to be made from them and from the file's own."""
    own = {kind: found for kind in KINDS if (found := _own(kind, numbering, styles, ids)) is not None}
    base = _highest(numbering, "abstractNum", "abstractNumId") + 1
    lists = list(each(numbering, "num"))
    # Definitions come before lists (ECMA-376 17.9.16).
    place = list(numbering).index(lists[0]) if lists else _end(numbering)
    for offset, definition in enumerate(fragment(definitions(theme, base))):
        numbering.insert(place + offset, definition)
    return Lists(_highest(numbering, "num", "numId") + 1, base, own)


def add(numbering: etree._Element, lists: Lists) -> None:
    """Puts the lists that were made into the numbering part."""
    for made in fragment(lists.xml()):
        numbering.insert(_end(numbering), made)


def _end(numbering: etree._Element) -> int:
    """Returns where a list goes: at the end, before what Word for the Mac leaves there."""
    last = len(numbering)
    return last - 1 if last and numbering[-1].tag == f"{W}numIdMacAtCleanup" else last


def _highest(numbering: etree._Element, name: str, attribute: str) -> int:
    numbers = (element.get(f"{W}{attribute}", "0") for element in each(numbering, name))
    return max((int(number) for number in numbers if number.isdecimal() and int(number) < _LAST), default=0)


def _own(kind: ListKind, numbering: etree._Element, styles: etree._Element, ids: Mapping[str, str]) -> int | None:
    """Returns the definition that the file's style for a kind of list refers to, if it fits: numbers or bullets."""
    style = next((style for style in each(styles, "style") if style.get(f"{W}styleId") == ids.get(kind.style)), None)
    named = value(style.find(f"{W}pPr/{W}numPr/{W}numId")) if style is not None else ""
    numbers = (num for num in each(numbering, "num") if num.get(f"{W}numId") == named)
    definition = next((value(num.find(f"{W}abstractNumId")) for num in numbers), "")
    for found in each(numbering, "abstractNum"):
        if definition and found.get(f"{W}abstractNumId") == definition:
            marks = {level.get(f"{W}ilvl"): value(level.find(f"{W}numFmt")) for level in found.iterfind(f"{W}lvl")}
            fits = "0" in marks and (marks["0"] not in {"bullet", "none"}) == kind.is_ordered
            return int(definition) if fits and definition.isdecimal() else None
    return None
