"""Text as Markdown: whatever a source says is printed as it says it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from briefnote.render.escaping import capitalise, cells, cited, escape_markdown, ident, md_url, said
from briefnote.render.markdown import render_markdown
from briefnote.render.tokens import parse, plain_text
from briefnote.text import one_line


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Trade rose 67% (ours), to $245 billion.", "Trade rose 67% (ours), to $245 billion."),
        ("*a* _b_ `c` [d](e) <f> #g | h", r"\*a\* \_b\_ \`c\` \[d\](e) \<f\> \#g \| h"),
        ("- not a list", r"\- not a list"),
        ("1. not a list", r"1\. not a list"),
        ("1986. Not a list", r"1986\. Not a list"),
        ("3.5 million", "3.5 million"),
        ("(after a bracket", r"\(after a bracket"),
        ("{{ x }} [^1] AT&T;", r"\{\{ x \}\} \[\^1\] AT\&T;"),
        ("two\r\n\tlines\u2028more", "two lines more"),
        ("bell\x07 and \u202eoverride", "bell and override"),
    ],
)
def test_only_what_means_something_is_escaped(text: str, escaped: str) -> None:
    """Markdown stays readable: an escape stands where Markdown would act, and only there."""
    assert escape_markdown(text) == escaped


PRINTED = st.text(st.one_of(st.sampled_from("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ a1é"), st.characters()), max_size=12)

PLACES = {
    "paragraph": ("{{ v }}", "{v}"),
    "heading": ("## {{ v }}", "{v}"),
    "list item": ("- {{ v }}", "{v}"),
    "cell": ("| h | i |\n|--|--|\n| {{ v }} | {{ w }} |", "hi{v}{w}"),
    "next line": ("x\n{{ v }}\n{{ w }}", "x{v}{w}"),
    "side by side": ("{{ v }}{{ w }}", "{v}{w}"),
    "joined": ("{{ v ~ w }}", "{v}{w}"),
    "before a link": ("{{ v }}[x](https://example.org)", "{v}x"),
    "in a span": ("[{{ v }}]{#a}{{ w }}", "{v}{w}"),
    "strong": ("x **a{{ v }}z** x", "xa{v}zx"),
}


@pytest.mark.parametrize("place", PLACES)
@given(v=PRINTED, w=PRINTED)
@settings(max_examples=40, deadline=None)
def test_any_text_is_printed_as_it_is(place: str, v: str, w: str) -> None:
    """Parsing what was escaped gives the text back, wherever the template puts it (white space apart)."""
    template, expected = PLACES[place]
    markdown = render_markdown("t", {"v": v, "w": w}, {"t": template}.get)
    wanted = expected.format(v=one_line(v), w=one_line(w))
    assert re.sub(r"\s", "", plain_text(parse(markdown))) == re.sub(r"\s", "", wanted)


def test_parts_are_followed_by_their_citations() -> None:
    """Each citation is a link to its source, and the sentence reads on."""
    parts: list[dict[str, Any]] = [
        {"text": "China takes 34% of trade", "cites": [1, 2]},
        {"text": ". It rose", "cites": []},
    ]
    assert cited(parts) == r"China takes 34% of trade [\[1\]](#source-1)[\[2\]](#source-2)\. It rose"


def test_what_a_sentence_says_is_marked_with_its_id() -> None:
    """Parts, text and Markdown alike; where nothing is said, nothing is marked."""
    sentence = {"id": "key-figures.2"}
    parts: list[dict[str, Any]] = [{"text": "Trade [2024] rose", "cites": [1]}, {"text": ".", "cites": []}]
    assert said(parts, sentence) == r"[Trade \[2024\] rose [\[1\]](#source-1)\.]{#s_key-figures-2 .said}"
    assert said("a *b*", sentence) == r"[a \*b\*]{#s_key-figures-2 .said}"
    assert said(Markup("a *b*"), sentence) == "[a *b*]{#s_key-figures-2 .said}"
    assert said((), sentence) == ""


def test_words_after_a_citation_stand_apart_from_it() -> None:
    """A space is put where parts give none."""
    parts: list[dict[str, Any]] = [{"text": "Trade rose", "cites": [1]}, {"text": "and fell", "cites": [2]}]
    assert plain_text(parse(cited(parts) + "\n\n[a]{#source-1} [b]{#source-2}").children[0]) == (
        "Trade rose [1] and fell [2]"
    )


def test_part_cannot_open_a_list() -> None:
    """Leading space is dropped before the text is escaped, not after."""
    assert cited([{"text": "  ", "cites": []}, {"text": " - a", "cites": []}]) == r"\- a"


def test_cells_of_a_row() -> None:
    """A cell is text or parts; a bar in it does not end it."""
    row: list[Any] = ["a|b", [{"text": "", "cites": [3]}], []]
    assert cells(row) == r"a\|b | [\[3\]](#source-3) | "


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.org/a_(b)?c=1&d=2", "https://example.org/a_%28b%29?c=1&d=2"),
        ("https://example.org/?a&copy;b", "https://example.org/?a&copy%3Bb"),
        ("https://example.org/<x>", "https://example.org/%3Cx%3E"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://example.org/a b", "https://example.org/a b"),
    ],
)
def test_addresses(address: str, written: str) -> None:
    """What would end a link early is encoded; what may not be a link is text."""
    assert md_url(address) == written


def test_address_that_may_not_be_a_link_is_none() -> None:
    """Between angle brackets and in a link it comes out as words."""
    tree = parse(f"<{md_url('javascript:alert(1)')}> [x]({md_url('ms-word:ofe')})")
    assert [node.type for node in tree.walk() if node.type == "link"] == []


def test_identifiers_and_capitals() -> None:
    """Ids are ASCII; a capital changes the first letter alone."""
    assert ident("Key figures: 2026!") == "Key-figures-2026"
    assert capitalise("éU trade with NATO") == "ÉU trade with NATO"
