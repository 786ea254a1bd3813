"""Which font prints which character, and how wide text is.

Two families come with the package (Latin, Greek, Cyrillic). A character they lack is looked for in the
fonts for Han, Kana and Hangul that the computer has; where none has it, a box is printed and the
character is reported. A font is loaded when the first character needs it: a CJK font alone costs 80 ms.
"""

from __future__ import annotations

import itertools
import os
import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFError, TTFont

Family = Literal["Serif", "Sans"]

REPLACEMENT = "\ufffd"

# In order of preference; only fonts with TrueType outlines, as reportlab cannot embed the others (CFF).
_CJK_FILES = (
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "NotoSansSC-Regular.ttf",
    "NotoSansJP-Regular.ttf",
    "NotoSansKR-Regular.ttf",
    "DroidSansFallbackFull.ttf",
    "DroidSansFallback.ttf",
    "Arial Unicode.ttf",
    "msyh.ttc",
    "simsun.ttc",
    "msgothic.ttc",
    "malgun.ttf",
    "uming.ttc",
)

# White space other than the no-break spaces is one kind of space; joiners and marks of direction are not
# printed.
_SPACE = re.compile("[^\\S\n\xa0\u202f]")
_INVISIBLE = re.compile("[\xad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")

# Scripts that run from right to left need shaping, which is not done: better a box than a word backwards.
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


@dataclass(frozen=True)
class Face:
    """A style of one of the two families."""

    family: Family
    is_bold: bool = False
    is_italic: bool = False

    @property
    def name(self) -> str:
        """Returns the font's name in reportlab, and that of its file after "Briefnote": "Serif-Bold"."""
        style = ("Bold" if self.is_bold else "") + ("Italic" if self.is_italic else "")
        return f"{self.family}-{style or 'Regular'}"


class Typesetter:
    """Cuts text into runs of one font each and remembers the characters that no font has."""

    def __init__(self) -> None:
        self._uncovered: dict[str, None] = {}

    @property
    def warnings(self) -> tuple[str, ...]:
        """Returns one sentence for each character that was printed as a box, in order of appearance."""
        return tuple(
            f"No font here has {character} (U+{ord(character):04X}, "
            f"{unicodedata.name(character, 'no name')}); the PDF shows a box."
            for character in self._uncovered
        )

    def runs(self, text: str, face: Face) -> list[tuple[str, str]]:
        """Returns the text as (font name, text) pairs; only characters that print nothing are lost."""
        visible = _SPACE.sub(" ", _INVISIBLE.sub("", text))
        fonts = {character: self._font(character, face) for character in dict.fromkeys(visible)}
        return [
            (font, "".join(map(self._printed, group)))
            for font, group in itertools.groupby(visible, key=fonts.__getitem__)
        ]

    def _font(self, character: str, face: Face) -> str:
        if character in " \n\xa0":
            return face.name
        found = _font_for(character, face)
        if found is None:
            self._uncovered.setdefault(character)
        return found or Face("Sans", face.is_bold).name

    def _printed(self, character: str) -> str:
        return REPLACEMENT if character in self._uncovered else character


@lru_cache(maxsize=16384)
def width(text: str, font: str, size: float) -> float:
    """Returns how wide the text is, in points."""
    return float(load(font).stringWidth(text, size))


@cache
def load(name: str) -> TTFont:
    """Returns the font of that name ("Sans-Bold", or the path of a file), registered with reportlab."""
    font = EmbeddedFont(name, name if os.sep in name else BytesIO(_data(name)))
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


@lru_cache(maxsize=4096)
def _font_for(character: str, face: Face) -> str | None:
    """Returns the first font that has the character: the face, the other family, a CJK font, or None."""
    if unicodedata.bidirectional(character) in _RIGHT_TO_LEFT:
        return None
    other: Family = "Sans" if face.family == "Serif" else "Serif"
    near = (face.name, Face(other, face.is_bold, face.is_italic).name)
    return next((name for name in near if _has(name, character)), None) or next(
        (name for name in _cjk_fonts() if _has(name, character)), None
    )


def _has(name: str, character: str) -> bool:
    return ord(character) in load(name).face.charToGlyph


def _data(name: str) -> bytes:
    return (resources.files("briefnote.render.fonts") / f"Briefnote{name}.ttf").read_bytes()


@cache
def _cjk_fonts() -> tuple[str, ...]:
    """Returns the paths of the fonts of _CJK_FILES that this computer has and that can be embedded."""
    found = {path.name: path for folder in _font_folders() if folder.is_dir() for path in _files_below(folder)}
    return tuple(str(found[name]) for name in _CJK_FILES if name in found and _is_usable(found[name]))


def _files_below(folder: Path) -> list[Path]:
    """Returns all files below the folder, in an order that does not depend on the file system."""
    return sorted(Path(place) / name for place, _, names in os.walk(folder) for name in names)


def _font_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        return (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",)
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    )


def _is_usable(path: Path) -> bool:
    try:
        load(str(path))
    except (TTFError, OSError):
        return False
    return True
