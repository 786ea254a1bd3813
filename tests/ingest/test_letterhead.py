"""Letterheads of plain texts: who writes stands above the title and is not it."""

from __future__ import annotations

import pytest

from briefnote.ingest.reading import read
from briefnote.model.article import Article

TITLE = "Review of the transit fee in the narrow channel"
BODY = "Most shipowners paid the higher fee without a word, since it is small beside the cost of fuel.\n\n" * 3


def letter(head: str) -> Article:
    return read(f"{head}\n\n{TITLE}\n\n{BODY}".encode(), "letter.txt")


def title(article: Article) -> str:
    assert article.metadata.title
    return article.metadata.title.value


@pytest.mark.parametrize(
    "head",
    [
        "MINISTRY OF TRANSPORT\n12 Quay Street, 1010 Port Halden\nTel. +99 1 555 0100\n\nRef. No. 4711/2025-B",
        "MINISTRY OF TRANSPORT\n\nDirectorate for Straits and Channels\n\nOur ref.: ST/4711",
        "Institute for Straits\nQuay Road 4, 1010 Port Halden\nwww.straits.example | post@straits.example",
        "MINISTERIUM FÜR VERKEHR\nHafenstraße 12, 10115 Port Halden\nAktenzeichen: V 4-4711/25",
    ],
    ids=["capitals and address", "a number alone", "two addresses", "German"],
)
def test_a_letterhead_is_not_the_title(head: str) -> None:
    """Its lines stay in the text as notes; the line below them is the title."""
    article = letter(head)
    assert title(article) == TITLE
    kinds = [block.kind for block in article.blocks]
    assert set(kinds[: kinds.index("title")]) == {"note"}
    assert article.text.startswith(head.splitlines()[0])


def test_the_date_of_a_letterhead_is_that_of_the_article() -> None:
    """Place and day, as letters have them."""
    article = letter("MINISTRY OF TRANSPORT\nTel. +99 1 555 0100\n\nPort Halden, 11 March 2025")
    assert article.metadata.published
    assert article.metadata.published.value == "2025-03-11"


@pytest.mark.parametrize(
    "head",
    [
        "Council weighs a fee for the narrow channel\nJane Roe, jane.roe@straits.example",
        "MINISTRY DENIES PLAN FOR THE CHANNEL\nBy Jane Roe\n11 March 2025",
    ],
)
def test_a_title_may_name_an_organisation(head: str) -> None:
    """An address of the author or a day below it make no letterhead."""
    assert title(letter(head)) == head.splitlines()[0]
