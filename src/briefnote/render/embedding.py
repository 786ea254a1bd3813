"""Fonts as reportlab embeds them in a PDF."""

from __future__ import annotations

import os
from io import BytesIO
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from briefnote.render.glyphs import data


def registered(name: str) -> TTFont:
    """Returns the font of that name ("Sans-Bold", or the path of a file), registered with reportlab."""
    font = EmbeddedFont(name, name if os.sep in name else BytesIO(data(name)))
    pdfmetrics.registerFont(font)
    return font


class EmbeddedFont(TTFont):
    """A TrueType font with a correct table from glyphs to Unicode.

    reportlab's own maps unused slots to U+0000, which PDF/UA-1 (7.21.7) forbids, and breaks above U+FFFF.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802 -- reportlab's name
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode("ascii")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = to_unicode(subset)


def to_unicode(subset: list[int]) -> str:
    """Returns a CMap (ISO 32000-1, 9.10.3) from the slots of a font's subset to the characters in them."""
    slots = [
        f"<{slot:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for slot, code in enumerate(subset) if code
    ]
    blocks = [slots[start : start + 100] for start in range(0, len(slots), 100)]
    body = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    return "\n".join([*_CMAP_START, *body, *_CMAP_END])


_CMAP_START = (
    "/CIDInit /ProcSet findresource begin",
    "12 dict begin",
    "begincmap",
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
    "/CMapName /Adobe-Identity-UCS def",
    "/CMapType 2 def",
    "1 begincodespacerange",
    "<00> <FF>",
    "endcodespacerange",
)
_CMAP_END = ("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end")
