"""Makes the fonts that the editions embed, from the variable fonts Source Serif 4 and Source Sans 3 on PyPI.

Run after `pip install fonttools fontpkg-source-serif-4 fontpkg-source-sans-3`:

    python tools/make_fonts.py src/briefnote/render/fonts

Writes one static TrueType file a style and the licence of each family. The same inputs give the same bytes.
The files are called Briefnote Serif and Briefnote Sans: they are modified, and the licence reserves the
name "Source" for the originals.
"""

from __future__ import annotations

import importlib.resources
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

# 2020-01-01 in seconds since 1904: the files must not carry the clock of whoever ran this.
TIMESTAMP = 3660681600

# Layout tables are dropped: reportlab does not read them, and instancing without them takes 0.7 s, not 14 s.
DROPPED = ["GSUB", "GPOS", "GDEF", "MVAR", "DSIG", "meta", "BASE", "gasp"]

CHARACTERS = (
    (0x0020, 0x024F),  # Latin with diacritics
    (0x02B0, 0x02FF),  # modifier letters
    (0x0300, 0x036F),  # combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin extended additional
    (0x2000, 0x209F),  # punctuation, superscripts, subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x218F),  # letter-like, number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2610, 0x2612),  # ballot boxes
    (0x2713, 0x2717),  # ticks and crosses
    (0xFB00, 0xFB06),  # ligatures
    (0xFFFD, 0xFFFD),  # replacement character
)

# A character without a glyph of its own borrows the glyph that looks the same.
BORROWED = {
    0x2010: 0x2D,
    0x2011: 0x2D,
    0x00AD: 0x2D,
    0x202F: 0x00A0,
    0x2009: 0x00A0,
    0x2212: 0x2013,
    0xFFFD: 0x25A1,
}


@dataclass(frozen=True)
class Family:
    """A variable font on PyPI: its package, and which file holds the upright and the italic."""

    name: str
    package: str
    upright: str
    italic: str
    axes: tuple[tuple[str, float], ...] = ()


SERIF = Family(
    "BriefnoteSerif",
    "fontpkg_source_serif_4",
    "SourceSerif4[opsz,wght].ttf",
    "SourceSerif4-Italic[opsz,wght].ttf",
    (("opsz", 10.0),),  # drawn for the size of body text
)
SANS = Family("BriefnoteSans", "fontpkg_source_sans_3", "SourceSans3[wght].ttf", "SourceSans3-Italic[wght].ttf")

STYLES = (
    ("Regular", False, 400.0),
    ("Bold", False, 700.0),
    ("Italic", True, 400.0),
    ("BoldItalic", True, 700.0),
)


def instance(family: Family, style: str, italic: bool, weight: float) -> TTFont:
    """Returns the static font of one style, cut down to CHARACTERS."""
    folder = importlib.resources.files(family.package) / "files"
    with importlib.resources.as_file(folder / (family.italic if italic else family.upright)) as path:
        font = TTFont(path, recalcTimestamp=False, lazy=False)
    for table in DROPPED:
        if table in font:
            del font[table]
    cut(font)
    font = instancer.instantiateVariableFont(font, {"wght": weight, **dict(family.axes)}, inplace=True)
    borrow(font)
    name(font, family.name, style)
    font["head"].created = font["head"].modified = TIMESTAMP
    if "STAT" in font:
        del font["STAT"]
    return font


def cut(font: TTFont) -> None:
    """Keeps the glyphs of CHARACTERS and no instructions."""
    options = subset.Options(hinting=False, notdef_outline=True, name_IDs=["*"])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in CHARACTERS for code in range(first, last + 1)])
    cutter.subset(font)


def borrow(font: TTFont) -> None:
    """Maps the characters of BORROWED that have no glyph to their likeness."""
    for table in font["cmap"].tables:
        for code, likeness in BORROWED.items():
            if table.isUnicode() and code not in table.cmap and likeness in table.cmap:
                table.cmap[code] = table.cmap[likeness]


def name(font: TTFont, family: str, style: str) -> None:
    """Gives the font a PostScript name of its own: reportlab lets fonts of one name share their widths."""
    names = font["name"]
    kept = {record.nameID: record.toUnicode() for record in names.names if record.nameID in (0, 13, 14)}
    names.names = []
    kept |= {1: family, 2: style, 3: f"{family}-{style}", 4: f"{family} {style}", 6: f"{family}-{style}"}
    for number, text in sorted(kept.items()):
        names.setName(text, number, 3, 1, 0x409)


def main(folder: Path) -> None:
    """Writes every font and licence into the folder."""
    for family in (SERIF, SANS):
        licence = importlib.resources.files(family.package) / "LICENSE"
        (folder / f"OFL-{family.name}.txt").write_text(licence.read_text("utf-8"), "utf-8")
        for style, italic, weight in STYLES:
            path = folder / f"{family.name}-{style}.ttf"
            instance(family, style, italic, weight).save(path, reorderTables=True)
            print(path, path.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
