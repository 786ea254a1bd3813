"""The page of a section: how much room it leaves between its margins."""

from __future__ import annotations

from lxml import etree

from briefnote.model.edition import Theme
from briefnote.render.word.house.xml import W
from briefnote.render.word.standard import page_xml, twips

_LEAST = 2_000  # twips; a section that says less is taken as wrong


def section_xml(theme: Theme) -> str:
    """Returns a section with page and margins of the theme."""
    return f"<w:sectPr>{page_xml(theme)}</w:sectPr>"


def room(section: etree._Element, theme: Theme) -> tuple[int, int]:
    """Returns width and height between the margins of a section, in twips; in columns, the width of one."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        width = twips(theme.page_width - theme.margin_left - theme.margin_right)
        return width, twips(theme.page_height - theme.margin_top - theme.margin_bottom)
    sides = sum(_twips(margins, side) for side in ("left", "right", "gutter"))
    width = _twips(size, "w") - sides
    height = _twips(size, "h") - abs(_twips(margins, "top")) - abs(_twips(margins, "bottom"))
    columns = section.find(f"{W}cols")
    count = max(_twips(columns, "num"), 1) if columns is not None else 1
    gap = (_twips(columns, "space") or 720) if columns is not None else 0
    return max((width - (count - 1) * gap) // count, _LEAST), max(height, _LEAST)


def _twips(element: etree._Element, name: str) -> int:
    written = element.get(f"{W}{name}", "0")
    try:
        return round(float(written))
    except ValueError:
        return 0
