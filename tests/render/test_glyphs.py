"""What a font has and how wide it is, read without reportlab."""

from __future__ import annotations

import pytest

from briefnote.render.glyphs import Glyphs, data, glyphs
from briefnote.render.typeface import Face, extent, load

STYLES = [f"{family}-{style}" for family in ("Serif", "Sans") for style in ("Regular", "Bold", "Italic", "BoldItalic")]
SAMPLE = "Łódź AVATAR ffi Ελλάδα Москва “quotes” – — € ≥ → 1 234,5"


@pytest.mark.parametrize("name", STYLES)
def test_widths_agree_with_those_of_reportlab(name: str) -> None:
    """Both read the same tables."""
    font = load(name)
    assert [round(glyphs(name).advance(one), 4) for one in SAMPLE] == [
        round(font.stringWidth(one, 1), 4) for one in SAMPLE
    ]


@pytest.mark.parametrize("name", STYLES)
def test_a_font_has_what_reportlab_finds_in_it(name: str) -> None:
    """Character by character, in the first planes of scripts and signs."""
    known = load(name).face.charToGlyph
    codes = [code for code in range(0x21, 0x3000) if code != 0xAD]
    assert [code for code in codes if glyphs(name).has(chr(code)) != bool(known.get(code))] == []


def test_a_line_is_as_wide_as_its_characters() -> None:
    """In the fonts that have them."""
    assert extent("ab", Face("Sans"), 10.0) == 10 * (
        glyphs("Sans-Regular").advance("a") + glyphs("Sans-Regular").advance("b")
    )


@pytest.mark.parametrize("broken", [b"", b"OTTO" + b"\0" * 40, data("Sans-Regular")[:200]])
def test_what_is_no_truetype_font_is_refused(broken: bytes) -> None:
    """Among them fonts with outlines of another kind, which cannot be embedded."""
    with pytest.raises(ValueError, match="no TrueType font"):
        Glyphs(broken)
