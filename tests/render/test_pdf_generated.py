"""The PDF of documents made at random: valid, with every word in it and every note below its call."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pypdfium2  # type: ignore[import-untyped]
import pytest
from generated import LONG, Made, make

from briefnote.model.edition import PdfStandard, Theme
from briefnote.render.pdf import render
from briefnote.render.typeface import Face, Typesetter
from briefnote.text import clean

page = pytest.importorskip("page", reason="pip install page-validation")

BATCHES, SIZE = 30, 10
PROFILES = {"a-2a": page.ValidationProfile.PDF_A_2A, "a-3a": page.ValidationProfile.PDF_A_3A}
SQUEEZED = re.compile(r"[\s\x02\ufffe-]+")  # pdfium marks a hyphen at the end of a line


def theme_of(seed: int) -> Theme:
    """Returns a look with sizes, margins and a standard of that seed."""
    rng = random.Random(seed)  # noqa: S311 -- no secret is made
    standard: PdfStandard = rng.choice(("ua-1", "ua-1", "a-2a", "a-3a"))
    return Theme(
        body_size=rng.choice((10.0, 10.0, 7.0, 16.0)),
        page_width=rng.choice((210.0, 148.0, 297.0)),
        page_height=rng.choice((297.0, 210.0)),
        margin_left=rng.choice((25.0, 12.0)),
        contents_from_pages=rng.choice((1, 3, 6)),
        pdf_standard=standard,
    )


def squeezed(text: str) -> str:
    """Returns the text without white space and hyphens."""
    return SQUEEZED.sub("", text)


def printed(word: str) -> str:
    """Returns a word as the PDF prints it: with a box for each character that no font has."""
    runs = Typesetter().runs(clean(word), Face("Serif"))
    return squeezed("".join(text for _, text in runs))


def squeezed_pages(data: bytes) -> list[str]:
    """Returns the text of each page, squeezed."""
    file = pypdfium2.PdfDocument(data)
    return [squeezed(sheet.get_textpage().get_text_range()) for sheet in file]


def faults(made: Made, data: bytes, theme: Theme) -> list[str]:
    """Returns what is wrong with the PDF of a made document."""
    pages = squeezed_pages(data)
    profiles = [
        page.ValidationProfile.PDF_UA_1,
        *([PROFILES[theme.pdf_standard]] if theme.pdf_standard in PROFILES else []),
    ]
    reports = [page.validate_pdf_bytes(data, profile=profile) for profile in profiles]
    found = [str(failure) for report in reports for failure in report.failures]
    found += [f"lost: {word!r}" for word in made.words if not is_printed(word, pages)]
    found += [
        f"elsewhere: the note of {word!r}" for word, note in made.calls.items() if not together(word, note, pages)
    ]
    return [*found, *(["lost: a part of a long word"] if "".join(pages).count(LONG) < made.long else [])]


def is_printed(word: str, pages: list[str]) -> bool:
    """Whether a page has the word, or it is in two parts, on a page and the next or where a row of a table is cut."""
    whole = printed(word)
    places = [*pairwise(pages), *zip(pages, pages, strict=True)]
    return any(whole in text for text in pages) or any(
        whole[:cut] in first and whole[cut:] in second for first, second in places for cut in range(len(whole))
    )


def together(word: str, note: str, pages: list[str]) -> bool:
    """Whether a page has both the end of a word, which no other has, and the first word of the note that it calls.

    Of a word that is itself cut (in a column narrower than it), nothing is said.
    """
    end = word[word.rindex("q") :]
    return not any(end in text for text in pages) or any(end in text and printed(note) in text for text in pages)


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_any_document_is_valid_and_whole(batch: int) -> None:
    """No rule fails, no word is lost, and every note stands on the page of its call."""
    for seed in range(batch * SIZE, (batch + 1) * SIZE):
        made, theme = make(seed), theme_of(seed)
        assert faults(made, render(made.document, theme), theme) == [], f"seed {seed}"
