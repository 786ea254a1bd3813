"""The styles of a house file: found by name in any spelling, and those it lacks made from the theme."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from briefnote.model.edition import Theme
from briefnote.model.value import Value
from briefnote.render.word.house.xml import W, each, remove, value
from briefnote.render.word.styles import styles_xml

# Kinds of style that every file has of its own: what has no style named is in them.
_DEFAULTS = {"Normal", "DefaultParagraphFont", "NoList", "TableNormal"}


class HouseStyles(Value):
    """`ids` maps our ids to those of the file; `missing` are the names of the styles that were made."""

    ids: Mapping[str, str]
    missing: tuple[str, ...]


def adopt(root: etree._Element, theme: Theme, language: str) -> HouseStyles:
    """Finds the brief's styles in a styles part and adds those it lacks, in the face of the house."""
    found = {(style.get(f"{W}type", ""), key): style for style in each(root, "style") for key in _keys(style)}
    ours = list(each(etree.fromstring(styles_xml(theme, language)), "style"))
    known = {_identifier(style): _match(style, found) for style in ours}
    taken = {_identifier(style).lower() for style in each(root, "style")}
    missing = [style for style in ours if known[_identifier(style)] is None]
    ids = {identifier: _identifier(match) for identifier, match in known.items() if match is not None}
    for style in missing:
        identifier = _identifier(style)
        ids[identifier] = f"{identifier}Brief" if identifier.lower() in taken else identifier
    for style in missing:
        root.append(_made(style, ids))
    _speak(root, language)
    return HouseStyles(ids, tuple(_name(style) for style in missing if _identifier(style) not in _DEFAULTS))


def restyle(elements: list[etree._Element], ids: Mapping[str, str]) -> None:
    """Gives our paragraphs, runs and tables the ids of the file."""
    for element in elements:
        for named in each(element, "pStyle", "rStyle", "tblStyle"):
            named.set(f"{W}val", ids.get(value(named), value(named)))


def _identifier(style: etree._Element) -> str:
    return style.get(f"{W}styleId", "")


def _name(style: etree._Element) -> str:
    return value(style.find(f"{W}name"))


def _keys(style: etree._Element) -> set[str]:
    """Returns the name and the id without spaces and in lower case: "heading 1", "Heading 1" and "Heading1" are one."""
    return {text.replace(" ", "").casefold() for text in (_name(style), _identifier(style)) if text}


def _match(style: etree._Element, found: Mapping[tuple[str, str], etree._Element]) -> etree._Element | None:
    """Returns the file's style for one of ours: its default of the kind, else that of the name, else of the id."""
    of_kind = style.get(f"{W}type", "")
    if _identifier(style) in _DEFAULTS:
        for (kind, _), theirs in found.items():
            if kind == of_kind and theirs.get(f"{W}default") in {"1", "true", "on"}:
                return theirs
    return found.get((of_kind, _key(_name(style))), found.get((of_kind, _key(_identifier(style)))))


def _key(name: str) -> str:
    return name.replace(" ", "").casefold()


def _made(style: etree._Element, ids: Mapping[str, str]) -> etree._Element:
    """Returns one of our styles for the file: its colours and sizes are the theme's, its face is the house's."""
    made = deepcopy(style)
    made.set(f"{W}styleId", ids[_identifier(style)])
    remove(each(made, "rFonts"))
    for based in each(made, "basedOn", "next", "link"):
        based.set(f"{W}val", ids.get(value(based), value(based)))
    return made


def _speak(root: etree._Element, language: str) -> None:
    """Makes the language of the text that of the document: a German letterhead may hold an English brief."""
    if not language:
        return
    for named in each(root, "lang"):
        if named.get(f"{W}val"):
            named.set(f"{W}val", language)
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    if defaults is not None and defaults.find(f"{W}lang") is None:
        etree.SubElement(defaults, f"{W}lang", {f"{W}val": language})
