"""Where lines break."""

from __future__ import annotations

import pytest

from briefnote.render.pdf.layout import Run
from briefnote.render.pdf.lines import break_lines, minimal_width, natural_width
from briefnote.render.pdf.structure import Element

ELEMENT = Element("P")


def run(text: str) -> Run:
    """Returns the text in 10-point serif."""
    return Run(text, "Serif-Regular", 10.0, "000000", ELEMENT)


def broken(text: str, limit: float) -> list[str]:
    """Returns the lines of the text."""
    return ["".join(part.text for part in line.runs) for line in break_lines([run(text)], limit)]


def test_line_ends_after_a_space() -> None:
    """Words are kept whole; the space at the end of a line stays in its text."""
    assert broken("one two three", 45) == ["one two ", "three"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("aaaa-bbbb", ["aaaa-", "bbbb"]),
        ("aaaa 2-3", ["aaaa ", "2-3"]),
        ("aaaa/bbbb", ["aaaa/", "bbbb"]),
        ("aaaa—bbbb", ["aaaa—", "bbbb"]),
        ("[1][22][3]", ["[1][22]", "[3]"]),
        ("a\nb", ["a ", "b"]),
    ],
)
def test_other_places_a_line_may_end(text: str, lines: list[str]) -> None:
    """Hyphens between letters, slashes, dashes, citations, and line breaks."""
    assert broken(text, 33) == lines


def test_chinese_breaks_between_characters() -> None:
    """A line of Chinese may end after any character, but none begins with a full stop."""
    assert broken("北京上海。", natural_width([run("北京上海")])) == ["北京上", "海。"]


def test_citation_stays_with_the_word_before_it() -> None:
    """A line does not begin with a citation."""
    assert broken("one two [1]", 42) == ["one ", "two [1]"]


def test_no_break_space_holds() -> None:
    """A no-break space is no place to break."""
    assert broken("one 245\xa0bn", 40) == ["one ", "245\xa0bn"]


def test_long_word_is_cut() -> None:
    """A word wider than the line is cut, and nothing of it is lost."""
    lines = broken("x" * 100, 50)
    assert len(lines) > 10
    assert "".join(lines) == "x" * 100


def test_long_address_breaks_at_its_punctuation() -> None:
    """An address that is wider than the line breaks after a dot or slash rather than anywhere."""
    assert broken("https://example.org/a", 70) == ["https://", "example.org/", "a"]


def test_no_text_gives_no_lines() -> None:
    """Nothing is broken into nothing."""
    assert break_lines([], 100) == []


def test_anchor_without_text_is_kept() -> None:
    """A run that only marks a place survives."""
    marked = Run("", "Serif-Regular", 10.0, "000000", ELEMENT, anchor="here")
    (line,) = break_lines([run("a"), marked, run("b")], 100)
    assert [part.anchor for part in line.runs] == ["", "here", ""]


def test_widths() -> None:
    """The natural width is that of the widest line, the minimal that of the widest word."""
    assert natural_width([run("aa aa\na")]) > minimal_width([run("aa aa\na")]) == natural_width([run("aa")])
