"""Parts of a foreign Word file as trees: parsed without entities, network or trust, and written back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from briefnote.errors import BriefnoteError, Problem
from briefnote.render.word.wordml import NAMESPACES, declarations

W = f"{{{NAMESPACES['w']}}}"
R = f"{{{NAMESPACES['r']}}}"


def parsed(data: bytes, part: str, file: str) -> etree._Element:
    """Returns the tree of a part. Raises BriefnoteError where it is no XML, or declares a document type."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        message = f"{part} is damaged ({error.msg}); open it in Word and save it anew"
        raise BriefnoteError([Problem(file, message=message)]) from None
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        message = f"declares entities in {part}, which Word never does; open it in Word and save it anew"
        raise BriefnoteError([Problem(file, message=message)])
    return root


def fragment(xml: str) -> list[etree._Element]:
    """Returns the elements of WordprocessingML that we wrote."""
    namespaces = declarations("w", "r", "wp", "a", "pic", "c")
    return list(etree.fromstring(f"<w:body {namespaces}>{xml}</w:body>"))


def written(root: etree._Element) -> bytes:
    """Returns the tree as a part."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def value(element: etree._Element | None) -> str:
    """Returns the attribute w:val, "" where there is no element or no such attribute."""
    return "" if element is None else element.get(f"{W}val", "")


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch (w:titlePg) is there and not turned off."""
    return element is not None and value(element) not in {"0", "false", "off"}


def text_of(element: etree._Element) -> str:
    """Returns what the element says: its runs of text, joined."""
    return "".join(run.text or "" for run in element.iter(f"{W}t"))


def remove(elements: Iterable[etree._Element]) -> None:
    """Takes the elements out of their parents."""
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def each(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yields all elements of some names ("p", "sectPr") in the order of the document."""
    return root.iter(*(f"{W}{name}" for name in names))
