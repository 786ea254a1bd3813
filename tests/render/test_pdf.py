"""What a reader of the PDF edition gets."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from pdf_tools import document, page_texts, pdf, tags

from briefnote.errors import BriefnoteError
from briefnote.model.edition import Theme
from briefnote.render.pdf import render, render_with_warnings


def test_marking_title_date_and_page_stand_on_every_page() -> None:
    """Header and footer hold the marking; the footer holds short title, date and "Page x of y" too."""
    pages = page_texts(pdf("\n\n".join(["A paragraph. " * 60] * 13)))
    assert len(pages) == 3
    for number, text in enumerate(pages, 1):
        assert text.count("TLP:CLEAR") == 2
        assert f"Leverage: large and unspent · 21 November 2026 · Page {number} of 3" in text


def test_footnote_stands_on_the_page_of_its_reference() -> None:
    """A note is at the foot of the page that calls it, though the Markdown has it at the end."""
    filler = "Filler. " * 700
    pages = page_texts(pdf(f"Early.[^1]\n\n{filler}\n\nLate.[^2]\n\n[^1]: First note.\n\n[^2]: Second note."))
    assert ["First note." in page for page in pages] == [True, False]
    assert ["Second note." in page for page in pages] == [False, True]


def test_repeated_reference_prints_its_note_once() -> None:
    """A second call of a note shows the same number and no second note."""
    (text,) = page_texts(pdf("One.[^1] Two.[^1]\n\n[^1]: Only once."))
    assert text.count("Only once.") == 1


def test_head_of_a_table_is_repeated_on_the_next_page() -> None:
    """A table that goes on shows its head again."""
    rows = "\n".join(f"| row {number} | value |" for number in range(60))
    pages = page_texts(pdf(f"| Measure | Worth |\n|---|---|\n{rows}"))
    assert ["Measure Worth" in page for page in pages] == [True, True]


def test_repeated_head_is_read_out_once() -> None:
    """The head on the second page is an artifact: its structure tree has no header cells."""
    rows = "\n".join(f"| row {number} | value |" for number in range(60))
    data = pdf(f"| Measure | Worth |\n|---|---|\n{rows}")
    assert [sum(tag.type == "TH" for tag in tags(data, page)) for page in (0, 1)] == [2, 0]


def test_structure_is_in_reading_order() -> None:
    """The tree goes from title to list as the text does; a note comes after the paragraph that calls it."""
    data = pdf("# Title\n\nText.[^1]\n\n## Part\n\n- item\n\n![Said in words](chart:shares)\n\n[^1]: Note.")
    assert [tag.type for tag in tags(data) if tag.depth == 1] == ["H1", "P", "Note", "H2", "L", "Figure"]


def test_figure_has_its_alternative_text() -> None:
    """The alternative text of the Markdown is that of the figure."""
    figures = [tag for tag in tags(pdf("![Said in words](chart:shares)")) if tag.type == "Figure"]
    assert [figure.alt for figure in figures] == ["Said in words"]


def test_figure_without_words_says_those_of_its_chart() -> None:
    """A figure whose Markdown has no alternative text takes the chart's."""
    figures = [tag.alt for tag in tags(pdf("![](chart:shares)")) if tag.type == "Figure"]
    assert figures == ["A is 34 percent of B's trade; B is 4 percent of A's."]


def test_metadata_is_the_documents() -> None:
    """Title, author, keywords and dates come from the document, not from the clock."""
    data = pypdfium2.PdfDocument(pdf("Text.")).get_metadata_dict()
    assert (data["Title"], data["Author"]) == ("Leverage: large and unspent", "Analysis desk")
    assert (data["Subject"], data["Keywords"]) == ("Issue 2026-W47", "trade, leverage")
    assert data["CreationDate"] == data["ModDate"] == "D:20261121000000+00'00'"


def test_time_without_zone_is_utc() -> None:
    """A document without a time zone gives the same file as one in UTC, wherever the computer is."""
    assert pdf("Text.", moment=datetime(2026, 11, 21)) == pdf("Text.")


def test_links_lead_to_addresses_and_into_the_document() -> None:
    """An external link keeps its address, a citation and a note have a destination."""
    data = pdf("See [\\[1\\]](#source-1) and [site](https://example.org/a?b=c).\n\n1. [A source]{#source-1}")
    assert b"/URI (https://example.org/a?b=c)" in data
    assert data.count(b"/Dest ") == 1


def test_forbidden_links_are_text() -> None:
    """An address with another scheme is printed as text and is no link."""
    data = pdf("[press](javascript:alert\\(1\\)) [open](file:///etc/passwd) [go](//host/share)")
    assert b"/Annot" not in data
    assert "press open go" in page_texts(data)[0]


@pytest.mark.parametrize("block", ["> quote", "- item", "| a |\n|---|", "---", "```\ncode\n```"])
def test_any_block_can_be_linked_to(block: str) -> None:
    """An id on any kind of block is a target of links."""
    assert b"/Dest " in pdf(f"[go](#here)\n\n{{#here}}\n{block}")


def test_link_to_what_is_not_printed_is_text() -> None:
    """An id within alternative text is no place on a page: the link to it is printed, and leads nowhere."""
    assert b"/Annot" not in pdf("[go](#here)\n\n![words [x]{#here}](chart:shares)")


def test_markup_in_text_is_text() -> None:
    """What would be markup elsewhere is printed as it stands."""
    hostile = r"AT\&T \<b\>a\</b\> \<img src\=\"/etc/passwd\"/\> \{\{ x \}\} \[\^1\] \`c\` 1 \< 2 \&amp\;"
    assert 'AT&T <b>a</b> <img src="/etc/passwd"/> {{ x }} [^1] `c` 1 < 2 &amp;' in page_texts(pdf(hostile))[0]


def test_latin_greek_and_cyrillic_survive() -> None:
    """The fonts of the package hold the scripts of Europe."""
    text = "Łódź Žižkov Ærø Ελλάδα Київ Москва € ≥ ≤ ≈ × − ± → “quoted” – —"
    assert text in page_texts(pdf(text))[0]


def test_uncovered_characters_are_reported() -> None:
    """A character that no font has is shown as a box and named in a warning, once."""
    data, warnings = render_with_warnings(document("Hebrew שש here."), Theme())
    assert warnings == ("No font here has ש (U+05E9, HEBREW LETTER SHIN); the PDF shows a box.",)
    assert "Hebrew \ufffd\ufffd here." in page_texts(data)[0]


def test_word_without_a_space_is_broken() -> None:
    """3,000 characters without a space stay within the margins, in a paragraph and in a cell of a table."""
    word = "x" * 3000
    data = pdf(f"{word}\n\n| a | b |\n|---|---|\n| {word} | b |")
    file = pypdfium2.PdfDocument(data)
    for page in file:
        boxes = [item.get_bounds() for item in page.get_objects()]
        assert min(box[0] for box in boxes) >= 70
        assert max(box[2] for box in boxes) <= 526
    assert sum(text.count("x") for text in page_texts(data)) == 6000


def test_every_word_survives_a_page_break() -> None:
    """No word is lost, doubled or joined to its neighbour where lines and pages end."""
    words = [f"word{number}" for number in range(1500)]
    text = " ".join(page_texts(pdf(" ".join(words), marking="")))
    assert [word for word in text.split() if word.startswith("word")] == words


def test_no_page_is_empty() -> None:
    """Text that fills a page to the last line makes no further page."""
    for lines in range(30, 50):
        pages = page_texts(pdf("\n\n".join(["Line."] * lines)))
        assert all("Line." in page for page in pages)


def test_rule_at_the_end_of_a_page_is_dropped() -> None:
    """A rule that does not fit makes no page of its own."""
    for lines in range(30, 40):
        pages = page_texts(pdf("\n\n".join(["Line."] * lines) + "\n\n---"))
        assert all("Line." in page for page in pages)


def test_notes_too_long_for_a_page_go_on_on_the_next() -> None:
    """A note longer than a page is printed in full."""
    words = [f"note{number}" for number in range(2500)]
    text = " ".join(page_texts(pdf(f"Text.[^1]\n\n[^1]: {' '.join(words)}")))
    assert [word for word in text.split() if word.startswith("note")] == words


def test_notes_that_call_one_another_end() -> None:
    """Notes within notes are printed, each once, even where they go round in a circle."""
    (text,) = page_texts(pdf("Text.[^a]\n\n[^a]: Outer.[^b]\n\n[^b]: Inner.[^a]"))
    assert (text.count("Outer."), text.count("Inner.")) == (1, 1)


def test_every_kind_of_block_is_printed() -> None:
    """A user's own template may hold all of CommonMark."""
    markdown = (
        "# h\n\n> quoted\n\n1. one\n   - nested\n\n     second\n7. seven\n\n---\n\n```py\nfenced  x\n```\n\n"
        "    indented\n\nhard\\\nbreak *em* **strong** ~~struck~~ `code` [span]{.x lang=el}\n\n-\n\n##\n\n"
        "| a | b |\n|:-:|--:|\n| c | |\n\nan ![image](chart:shares) in a line"
    )
    (text,) = page_texts(pdf(markdown))
    words = "h quoted one nested second seven fenced indented hard break em strong struck code span"
    assert [word for word in words.split() if word not in text] == []
    assert "an image in a line" in text


def test_unknown_chart_is_an_error() -> None:
    """A chart that the document does not have stops the build with a message."""
    with pytest.raises(BriefnoteError, match="no chart 'missing'"):
        pdf("![x](chart:missing)")


def test_empty_document_is_one_page() -> None:
    """A document without text still is a PDF, with its marking."""
    assert len(page_texts(pdf(""))) == 1


def test_long_marking_leaves_room_for_the_page_number() -> None:
    """A marking that takes most of the line pushes the title out of the footer, never the page."""
    (text,) = page_texts(pdf("Text.", marking="OFFICIAL SENSITIVE – RECIPIENTS ONLY, DO NOT FORWARD"))
    assert "Page 1 of 1" in text
    assert "Leverage" not in text


def test_theme_sets_the_page() -> None:
    """Page size and margins are the theme's."""
    data = render(document("Text."), Theme(page_width=148.0, page_height=210.0))
    width, height = pypdfium2.PdfDocument(data)[0].get_size()
    assert (round(width), round(height)) == (420, 595)


def test_same_document_gives_the_same_bytes_in_any_process() -> None:
    """Hash seed, time zone and folder do not show in the file."""
    code = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1]); from pdf_tools import pdf;"
        "print(hashlib.sha256(pdf('# a\\n\\n## b\\n\\nc[^1] [d](https://e.org)\\n\\n"
        "![](chart:shares)\\n\\n[^1]: n')).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": ":".join(sys.path)},
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone, folder in (("1", "UTC", "/"), ("2", "Asia/Tokyo", "/tmp"))  # noqa: S108
    }
    assert len(digests) == 1
