"""Which font prints which character, and how wide text is.

Two families come with the package (Latin, Greek, Cyrillic). A character they lack is looked for in the
fonts for Han, Kana and Hangul that the computer has; where none has it, a box is printed and the
character is reported. A font is loaded when the first character needs it: a CJK font alone costs 80 ms.
Which font has a character, and how wide it is in a chart, is asked of `glyphs`, without reportlab.
"""

from __future__ import annotations

import itertools
import os
import re
import sys
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from briefnote.render.glyphs import glyphs

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

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


class Face(NamedTuple):
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
        self._fonts: dict[Face, dict[str, str]] = {}

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
        visible = printed(text)
        fonts = self._fonts.setdefault(face, {})
        for character in dict.fromkeys(visible):
            if character not in fonts:
                fonts[character] = self._font(character, face)
        if len({*map(fonts.__getitem__, visible)}) == 1 and self._uncovered.keys().isdisjoint(visible):
            return [(fonts[visible[0]], visible)]
        return [
            (font, "".join(map(self._printed, group)))
            for font, group in itertools.groupby(visible, key=fonts.__getitem__)
        ]

    def _font(self, character: str, face: Face) -> str:
        found = _font_for(character, face)
        if found is None:
            self._uncovered.setdefault(character)
        font = found or Face("Sans", face.is_bold).name
        load(font)
        return font

    def _printed(self, character: str) -> str:
        return REPLACEMENT if character in self._uncovered else character


def printed(text: str) -> str:
    """Returns the text without characters that print nothing, all white space but no-break spaces as a space."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text))


def drawn(text: str, face: Face) -> list[tuple[str, str]]:
    """Returns the text as (font name, text) pairs, as `Typesetter.runs`, without loading fonts for a PDF."""
    pairs = ((_font_for(character, face), character) for character in printed(text))
    found = ((font, character) if font else (Face("Sans", face.is_bold).name, REPLACEMENT) for font, character in pairs)
    return [
        (font, "".join(character for _, character in group))
        for font, group in itertools.groupby(found, lambda of: of[0])
    ]


def extent(text: str, face: Face, size: float) -> float:
    """Returns how wide a line is in points, its characters side by side."""
    return size * sum(glyphs(font).advance(character) for font, part in drawn(text, face) for character in part)


@lru_cache(maxsize=16384)
def width(text: str, font: str, size: float) -> float:
    """Returns how wide the text is, in points."""
    return float(load(font).stringWidth(text, size))


@cache
def load(name: str) -> TTFont:
    """Returns the font of that name ("Sans-Bold", or the path of a file), registered with reportlab."""
    from briefnote.render.embedding import registered

    return registered(name)


@lru_cache(maxsize=4096)
def _font_for(character: str, face: Face) -> str | None:
    """Returns the first font that has the character: the face, the other family, a CJK font, or None."""
    if character in " \n\xa0":
        return face.name
    if unicodedata.bidirectional(character) in _RIGHT_TO_LEFT:
        return None
    other: Family = "Sans" if face.family == "Serif" else "Serif"
    near = (face.name, Face(other, face.is_bold, face.is_italic).name)
    return next((name for name in near if _has(name, character)), None) or next(
        (name for name in _cjk_fonts() if _has(name, character)), None
    )


def _has(name: str, character: str) -> bool:
    return glyphs(name).has(character)


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
    from reportlab.pdfbase.ttfonts import TTFError

    try:
        load(str(path))
        glyphs(str(path))
    except (TTFError, ValueError, OSError):
        return False
    return True
