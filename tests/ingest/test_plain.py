"""Plain text: every word stays, wrapped lines are joined, each character knows where it stood."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefnote.ingest.reading import read
from briefnote.model.article import Article, Stated

MEMO = """\
Trade and the Straits

By Doe, Jane; Roe, Richard M.

Updated 4 May 2025

Contents
- The ferry
- The bridge

The ferry

The ferry carries most of the grain that crosses the straits, and since
the bridge closed it carries all of it. Nobody in the ministry expects that coop-
eration with the other shore will last. Cooperation was always thin.

  • The first boat sails at six, and returns
    at noon with the mail.
  • The second sails when it is full.

Figure 1. Grain carried, in tonnes

“A boat is a promise with a hole in it.”

Footnotes

1. Interview with the harbour master.
"""


def parts(article: Article) -> list[tuple[str, str]]:
    """Returns each block as (kind, text)."""
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def test_structure_is_kept() -> None:
    """Title, headings, items, captions, quotes and notes are told apart; wrapped and divided lines are joined."""
    assert parts(read(MEMO.encode(), "memo.txt")) == [
        ("title", "Trade and the Straits"),
        ("note", "By Doe, Jane; Roe, Richard M."),
        ("note", "Updated 4 May 2025"),
        ("note", "Contents"),
        ("note", "- The ferry"),
        ("note", "- The bridge"),
        ("heading", "The ferry"),
        (
            "paragraph",
            "The ferry carries most of the grain that crosses the straits, and since the bridge closed it carries all "
            "of it. Nobody in the ministry expects that cooperation with the other shore will last. Cooperation was "
            "always thin.",
        ),
        ("item", "• The first boat sails at six, and returns at noon with the mail."),
        ("item", "• The second sails when it is full."),
        ("caption", "Figure 1. Grain carried, in tonnes"),
        ("quote", "“A boat is a promise with a hole in it.”"),
        ("heading", "Footnotes"),
        ("note", "1. Interview with the harbour master."),
    ]


def test_byline_and_date_are_read_from_the_first_lines() -> None:
    """ "By Doe, Jane; …" names the authors, "Updated …" the update and no day of publication."""
    metadata = read(MEMO.encode(), "memo.txt").metadata
    assert metadata.title == Stated("Trade and the Straits", "first line", 0.8)
    assert [author.value for author in metadata.authors] == ["Jane Doe", "Richard M. Roe"]
    assert metadata.updated == Stated("2025-05-04", "date line", 0.9)
    assert metadata.published is None


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_every_character_stands_at_its_place(text: str) -> None:
    """The characters at the place of a run equal those of the text, white space for white space."""
    data = text.encode()
    if not data.strip() or b"\0" in data:
        return
    article = read(b"A line of words. " * 20 + b"\n\n" + data, "any.txt")
    decoded = "A line of words. " * 20 + "\n\n" + text
    for place in article.places:
        there = decoded[place.at : place.at + place.end - place.start]
        here = article.text[place.start : place.end]
        assert [c if not c.isspace() else " " for c in there] == [c if not c.isspace() else " " for c in here]
