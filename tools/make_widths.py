"""Writes the widths of fonts that Word has, from free fonts of the same widths, for the Word edition.

    python tools/make_widths.py src/briefnote/render/word/paging/widths.txt FOLDER …

The FOLDERs hold Carlito, Caladea, Liberation Sans and Liberation Serif (Debian: fonts-crosextra-carlito,
fonts-crosextra-caladea, fonts-liberation). Word sets a brief in Cambria and Calibri, or in the fonts of the house; to
say in advance on which page a heading stands, their widths are needed, not the fonts.
"""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path

from briefnote.render.glyphs import Glyphs

FACES = {
    "Cambria": "Caladea",
    "Calibri": "Carlito",
    "Arial": "LiberationSans",
    "Times": "LiberationSerif",
}
STYLES = ("Regular", "Bold")
CHARACTERS = [chr(code) for code in chain(range(0x20, 0x7F), range(0xA0, 0x180), range(0x2010, 0x2027))]
HEAD = """\
# Widths of fonts in thousandths of their size: of U+0020-007E, U+00A0-017F, U+2010-2026, in this order, 0 for none.
# Made by tools/make_widths.py from Caladea and Carlito, Liberation Sans and Serif, which have the same widths.
"""


def main() -> None:
    """Writes a line for each face and style: its name, then the widths, 0 for a character it lacks."""
    target, *folders = map(Path, sys.argv[1:])
    lines = []
    for name, file in FACES.items():
        for style in STYLES:
            path = next(
                folder / f"{file}-{style}.ttf" for folder in folders if (folder / f"{file}-{style}.ttf").exists()
            )
            found = Glyphs(path.read_bytes())
            widths = [round(1000 * found.advance(one)) if found.has(one) else 0 for one in CHARACTERS]
            lines.append(f"{name}-{style} {' '.join(map(str, widths))}\n")
    target.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
