"""What a house file lacks, and what in it is hard to read."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from briefnote.model.edition import Document, Theme
from briefnote.render.contrast import LARGE, TEXT, contrast
from briefnote.render.word.house.frame import HouseFrame
from briefnote.render.word.house.xml import W, each, value
from briefnote.render.word.styles import styles_xml

_LARGE, _LARGE_BOLD = 18.0, 14.0  # points: from here on, less contrast is enough (WCAG 2.2, 1.4.3)
_AUTO = {"", "auto"}


def faults(document: Document, theme: Theme) -> Iterator[str]:
    """Yields a sentence for each style of the brief that the house file lacks, and for each that is too pale.

    Raises BriefnoteError where the file cannot be used at all.
    """
    assert document.house is not None  # noqa: S101 -- what is reported on
    frame = HouseFrame(document.house, document, theme)
    for name in frame.missing_styles:
        yield f"has no style “{name}”; builds make it from theme.yaml: set it in the file to have it as you want it"
    styles = {style.get(f"{W}styleId", ""): style for style in each(frame.style_sheet, "style")}
    ours = {style.get(f"{W}styleId", "") for style in each(etree.fromstring(styles_xml(theme, "")), "style")}
    for identifier in sorted({frame.styles[one] for one in ours}):
        yield from _pale(identifier, styles)


def _pale(identifier: str, styles: dict[str, etree._Element]) -> Iterator[str]:
    chain = list(_based(identifier, styles))
    colour = _first(chain, "w:rPr/w:color", "val")
    ground = _first(chain, "w:pPr/w:shd", "fill")
    if colour.lower() in _AUTO or not _is_colour(colour):
        return
    behind = ground if _is_colour(ground) else "FFFFFF"
    said = _first(chain, "w:rPr/w:sz", "val")
    size = int(said) / 2 if said.isdecimal() else 10.0
    is_large = size >= _LARGE or (size >= _LARGE_BOLD and any(one.find(f"{W}rPr/{W}b") is not None for one in chain))
    least, found = LARGE if is_large else TEXT, contrast(colour, behind)
    if found < least:
        name = value(chain[0].find(f"{W}name"))
        yield f"sets “{name}” in {colour} on {behind}, a contrast of {found:.1f}; make it at least {least}"


def _based(identifier: str, styles: dict[str, etree._Element]) -> Iterator[etree._Element]:
    """Yields a style and those it is based on, the nearest first."""
    seen: set[str] = set()
    while identifier in styles and identifier not in seen:
        seen.add(identifier)
        yield styles[identifier]
        identifier = value(styles[identifier].find(f"{W}basedOn"))


def _first(chain: list[etree._Element], path: str, attribute: str) -> str:
    found = (style.find(path.replace("w:", W)) for style in chain)
    return next((one.get(f"{W}{attribute}", "") for one in found if one is not None), "")


def _is_colour(text: str) -> bool:
    return len(text) == 6 and all(digit in "0123456789abcdefABCDEF" for digit in text)
