"""Which font prints which character."""

from __future__ import annotations

import pytest
from reportlab.pdfbase import pdfmetrics

from briefnote.render import typeface
from briefnote.render.embedding import to_unicode
from briefnote.render.typeface import Face, Typesetter, load, width

STYLES = [f"{family}-{style}" for family in ("Serif", "Sans") for style in ("Regular", "Bold", "Italic", "BoldItalic")]


def test_covered_text_is_one_run() -> None:
    """Latin, Greek and Cyrillic come from the font that was asked for."""
    assert Typesetter().runs("Łódź Ελλάδα Москва", Face("Serif")) == [("Serif-Regular", "Łódź Ελλάδα Москва")]


def test_character_the_face_lacks_comes_from_the_other_family() -> None:
    """The serif has no white square, the sans has."""
    assert Typesetter().runs("a□", Face("Serif", is_bold=True)) == [("Serif-Bold", "a"), ("Sans-Bold", "□")]


def test_cjk_comes_from_a_font_of_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a CJK font is found, Chinese is printed with it (here a Latin font stands in for it)."""
    monkeypatch.setattr(typeface, "_cjk_fonts", lambda: ("Sans-Italic",))
    monkeypatch.setattr(typeface, "_has", lambda name, _character: name == "Sans-Italic")
    typeface._font_for.cache_clear()
    assert Typesetter().runs("北", Face("Serif")) == [("Sans-Italic", "北")]
    typeface._font_for.cache_clear()


def test_character_that_no_font_has_becomes_a_box_and_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a CJK font, Chinese is reported, character by character."""
    monkeypatch.setattr(typeface, "_cjk_fonts", tuple)
    typeface._font_for.cache_clear()
    typesetter = Typesetter()
    assert typesetter.runs("北 北", Face("Serif")) == [
        ("Sans-Regular", "\ufffd"),
        ("Serif-Regular", " "),
        ("Sans-Regular", "\ufffd"),
    ]
    assert typesetter.warnings == ("No font here has 北 (U+5317, CJK UNIFIED IDEOGRAPH-5317); the PDF shows a box.",)
    typeface._font_for.cache_clear()


def test_right_to_left_scripts_are_boxes_not_words_backwards() -> None:
    """Hebrew and Arabic need shaping that is not done."""
    assert Typesetter().runs("ש", Face("Sans")) == [("Sans-Regular", "\ufffd")]


def test_invisible_characters_are_dropped() -> None:
    """Joiners, soft hyphens and the like have no width and no box; other spaces are spaces."""
    assert Typesetter().runs("a\u200b\xad\ufeff\u2003b", Face("Sans")) == [("Sans-Regular", "a b")]


@pytest.mark.parametrize("name", STYLES)
def test_fonts_of_the_package_cover_europe(name: str) -> None:
    """Each style has Latin with diacritics, Greek, Cyrillic, punctuation, arrows and mathematics."""
    glyphs = load(name).face.charToGlyph
    assert [c for c in "ŁźčőşțÆßΩάЖїў’“”–—…•€≥≤≈×−±→←\u2011\u202f½²" if ord(c) not in glyphs] == []


def test_fonts_have_names_of_their_own() -> None:
    """reportlab lets two fonts of one PostScript name share their widths."""
    assert len({load(name).face.name for name in STYLES}) == 8
    assert width("Hamburg", "Serif-Regular", 10) != width("Hamburg", "Serif-Bold", 10)


def test_font_is_registered_under_its_name() -> None:
    """A canvas finds the font by the name that the runs carry."""
    load("Sans-Bold")
    assert pdfmetrics.getFont("Sans-Bold").fontName == "Sans-Bold"


def test_unicode_table_has_no_unused_slots() -> None:
    """Unused slots are left out, characters beyond U+FFFF are written as surrogates."""
    table = to_unicode([0, 0x41, 0x1F642])
    assert "<00>" not in table.split("endcodespacerange")[1]
    assert "<01> <0041>" in table
    assert "<02> <D83DDE42>" in table
