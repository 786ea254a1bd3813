"""The pages of a whole Word file: its sections, each with its own page, and the breaks between them."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from briefnote.render.word.opc import Package, Part, kind
from briefnote.render.word.paging.cascade import Styles, W
from briefnote.render.word.paging.pages import Pages, Stretch, paginate
from briefnote.render.word.paging.slices import Cutter, Slice, whole
from briefnote.render.word.wordml import NAMESPACES

_A = f"{{{NAMESPACES['a']}}}"
_PAGE = (11906.0, 16838.0)  # A4, in twips
_MARGIN = 1440.0


def pages_of(package: Package, main: Part, anchors: frozenset[str] = frozenset()) -> Pages:
    """Returns the pages of the file as it is; bookmarks of `anchors` may be told to begin one (see `Pages`).

    The XML is our own, or was parsed and checked before.
    """
    body = ET.fromstring(main.data).find(f"{W}body")  # noqa: S314
    elements = list(body) if body is not None else []
    styles = Styles(
        _tree(package, main, "styles") or Element("none"), _tree(package, main, "numbering"), _fonts(package, main)
    )
    footnotes = _tree(package, main, "footnotes")
    notes = {note.get(f"{W}type", note.get(f"{W}id", "")): note for note in footnotes} if footnotes is not None else {}
    return paginate(_stretches(elements, styles, notes), anchors)


def _tree(package: Package, main: Part, role: str) -> Element | None:
    part = package.related(main, kind(role))
    return ET.fromstring(part.data) if part is not None else None  # noqa: S314


def _fonts(package: Package, main: Part) -> dict[str, str]:
    """Returns the fonts that styles name through the theme: of headings ("major") and of the text ("minor")."""
    theme = _tree(package, main, "theme")
    found = {}
    for role in ("major", "minor") if theme is not None else ():
        font = theme.find(f".//{_A}{role}Font/{_A}latin") if theme is not None else None
        if font is not None and font.get("typeface"):
            found[role] = font.get("typeface", "")
    return found


def _stretches(elements: list[Element], styles: Styles, notes: dict[str, Element]) -> Iterator[Stretch]:
    begins_page = False
    for blocks, section in _sections(elements):
        width, height = _room(section)
        kind_of_break = section.find(f"{W}type") if section is not None else None
        is_continuous = kind_of_break is not None and kind_of_break.get(f"{W}val") == "continuous"
        numbers = section.find(f"{W}pgNumType") if section is not None else None
        first = numbers.get(f"{W}start") if numbers is not None else None
        cutter = Cutter(styles, notes, width)
        slices = list(_broken(blocks, cutter, width))
        separator = cutter.height(list(notes["separator"]), width) if "separator" in notes else 0.0
        yield Stretch(slices, height, begins_page and not is_continuous, whole(first, 1) if first else None, separator)
        begins_page = True


def _sections(elements: list[Element]) -> Iterator[tuple[list[Element], Element | None]]:
    """Yields the blocks of each section with its properties, which Word keeps at its end."""
    blocks: list[Element] = []
    for element in elements:
        if element.tag == f"{W}sectPr":
            yield blocks, element
            return
        blocks.append(element)
        section = element.find(f"{W}pPr/{W}sectPr")
        if section is not None:
            yield blocks, section
            blocks = []
    yield blocks, None


def _room(section: Element | None) -> tuple[float, float]:
    size = section.find(f"{W}pgSz") if section is not None else None
    margins = section.find(f"{W}pgMar") if section is not None else None
    width, height = _PAGE if size is None else (_twips(size, "w", _PAGE[0]), _twips(size, "h", _PAGE[1]))
    left, right, top, bottom, gutter = (
        (_MARGIN,) * 4 + (0.0,)
        if margins is None
        else tuple(_twips(margins, side, 0.0) for side in ("left", "right", "top", "bottom", "gutter"))
    )
    return width - left - right - gutter, height - abs(top) - abs(bottom)


def _twips(element: Element, name: str, otherwise: float) -> float:
    try:
        return float(element.get(f"{W}{name}", ""))
    except ValueError:
        return otherwise


def _broken(blocks: list[Element], cutter: Cutter, width: float) -> Iterator[Slice]:
    """Yields the slices of blocks; a page break within a paragraph holds for what follows it."""
    is_due = False
    for piece, ends in _with_breaks(blocks, cutter, width):
        piece.breaks_page = piece.breaks_page or is_due
        is_due = ends
        yield piece


def _with_breaks(blocks: list[Element], cutter: Cutter, width: float) -> Iterator[tuple[Slice, bool]]:
    group: list[Element] = []
    for block in blocks:
        group.append(block)
        if any(one.get(f"{W}type") == "page" for one in block.iter(f"{W}br")):
            pieces = list(cutter.blocks(group, width))
            yield from ((piece, number == len(pieces)) for number, piece in enumerate(pieces, 1))
            group = []
    yield from ((piece, False) for piece in cutter.blocks(group, width))
