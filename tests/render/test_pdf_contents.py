"""The contents list of a long PDF."""

from __future__ import annotations

import re

import pypdfium2  # type: ignore[import-untyped]
import pytest
from pdf_tools import document, page_texts, tags

from briefnote.model.edition import Theme
from briefnote.render.pdf import render

FILLER = "Filler. " * 700  # a page and a half
LONG = "# Title\n\n{.basis}\nWhat it rests on.\n\n" + "\n\n".join(
    f"## Part {name}\n\n{FILLER}\n\n### Below {name}\n\n{FILLER}" for name in "ABCDEFGHIJ"
)


def pages(markdown: str, **look: int) -> list[str]:
    """Returns the text of the pages of the Markdown, in a theme with some settings."""
    return page_texts(render(document(markdown), Theme(**look)))  # type: ignore[arg-type]


def listed(text: str) -> dict[str, int]:
    """Returns what a page lists: title and page number."""
    return {title: int(page) for title, page in re.findall(r"((?:Part|Below) \w) (\d+)", text)}


def test_long_document_lists_its_sections_with_their_pages() -> None:
    """Each entry has the number of the page on which its heading stands, as printed in the footer."""
    first, *others = pages(LONG)
    found = listed(first)
    assert list(found) == [f"{kind} {name}" for name in "ABCDEFGHIJ" for kind in ("Part", "Below")]
    for title, number in found.items():
        page = [first.split("Below J")[-1], *others][number - 1]
        assert title in page
        assert f"Page {number} of" in page


def test_list_stands_between_the_basis_and_the_first_section() -> None:
    """The title and what the brief rests on come first."""
    text = pages(LONG)[0]
    places = [text.index(words) for words in ("Title", "What it rests on.", "Contents", "Part A 1", "Filler.")]
    assert places == sorted(places)


def test_short_document_has_no_list() -> None:
    """What has fewer pages than the theme says needs no contents list."""
    assert "Contents" not in pages("# Title\n\n## Part A\n\nText.")[0]


@pytest.mark.parametrize(("least", "has_list"), [(3, True), (4, False)])
def test_theme_says_what_is_long(least: int, has_list: bool) -> None:
    """The list is there from the number of pages on that the theme gives, counted without the list."""
    text = pages(f"# Title\n\n## Part A\n\n{FILLER}\n\n## Part B\n\n{FILLER}", contents_from_pages=least)[0]
    assert ("Contents" in text) is has_list


def test_document_without_sections_has_no_list() -> None:
    """A title alone is nothing to list."""
    assert "Contents" not in pages(f"# Title\n\n{FILLER}", contents_from_pages=1)[0]


def test_list_that_fills_pages_counts_its_own_pages() -> None:
    """A list longer than a page moves the sections, and says so."""
    many = "# Title\n\n" + "\n\n".join(f"## Part {number:03}\n\nText {number:03}." for number in range(120))
    texts = pages(many, contents_from_pages=1)
    numbers = dict(re.findall(r"Part (\d{3}) (\d+)", " ".join(texts).split("Text 000.")[0]))
    assert len(numbers) == 120
    for name, number in numbers.items():
        assert f"Text {name}." in texts[int(number) - 1]


def test_entries_lead_to_their_sections() -> None:
    """Every title and every page number is a link to a place in the file."""
    data = render(document("# Title\n\n## Part A\n\nText.\n\n## Part B\n\nText."), Theme(contents_from_pages=1))
    assert data.count(b"/Subtype /Link") == 4


def test_list_is_tagged() -> None:
    """An item for each heading, those below a section in a list within; the dots are not read out."""
    markdown = "# Title\n\n## Part A\n\n### Below A\n\n## Part B"
    found = [(tag.depth, tag.type) for tag in tags(render(document(markdown), Theme(contents_from_pages=1)))]
    start = found.index((1, "TOC"))
    assert found[start - 1] == (1, "H2")
    assert found[start : start + 13] == [
        (1, "TOC"),
        *[(2, "TOCI"), (3, "Reference"), (4, "Link")],
        *[(2, "TOC"), (3, "TOCI"), (4, "Reference"), (5, "Link")],
        *[(2, "TOCI"), (3, "Reference"), (4, "Link")],
        *[(1, "H2"), (1, "H3")],
    ]


def test_list_is_in_the_outline() -> None:
    """The bookmarks lead to the contents list too."""
    data = render(document("# Title\n\n## Part A\n\nText."), Theme(contents_from_pages=1))
    outline = pypdfium2.PdfDocument(data).get_toc()
    assert [(entry.level, entry.get_title()) for entry in outline] == [(0, "Title"), (1, "Contents"), (1, "Part A")]


def test_headings_in_lists_and_quotations_are_not_listed() -> None:
    """What a source calls its chapters is none of ours."""
    text = pages("# Title\n\n> ## Part A\n\n## Part B\n\nText.", contents_from_pages=1)[0]
    assert listed(text.split("Contents")[1]) == {"Part B": 1}


def test_titles_too_long_for_a_line_are_broken() -> None:
    """A long title goes on on the next line, and its page number stands at the end."""
    title = "Part A " + "and many more words " * 12
    text = pages(f"# Title\n\n## {title}\n\nText.", contents_from_pages=1)[0]
    assert f"{title.strip()} 1 {title.strip()} Text." in text
