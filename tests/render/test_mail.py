"""The body of a mail, as HTML for mail programs and as text."""

from __future__ import annotations

import re
from typing import Any

import pytest
from edition_tools import EVERYTHING, document
from generated import make
from lxml import html

from briefnote.errors import BriefnoteError
from briefnote.model.edition import Theme
from briefnote.render.mail import mail_html, mail_text
from briefnote.render.tokens import parse, plain_text
from briefnote.text import clean

TABLE = "{.caption #t}\nCap[^1]\n\n| What | Value |\n|:--|--:|\n| mud | 34% |\n| rail | |\n\n[^1]: Note\n"


def page(markdown: str, **changes: object) -> Any:
    """Returns the HTML body of the Markdown, parsed."""
    return html.document_fromstring(mail_html(document(markdown, **changes), Theme()))


def text(markdown: str, **changes: object) -> str:
    """Returns the text body of the Markdown, between the markings and without the foot."""
    said = mail_text(document(markdown, **changes))
    return said.removeprefix("TLP:CLEAR\n\n").removesuffix(
        "\n\nLeverage: large & unspent · 21 November 2026\n\nTLP:CLEAR\n"
    )


def test_marking_stands_above_and_below_the_content() -> None:
    """In its colour on black, as TLP 2.0 asks for mail."""
    root = page("# Title", marking="TLP:AMBER")
    said = [" ".join(cell.text_content().split()) for cell in root.xpath("//td[.//h1]")][-1]
    assert said == "TLP:AMBER Title Leverage: large & unspent · 21 November 2026 TLP:AMBER"
    (above, _) = root.xpath("//span[contains(@style, 'background:#000000')]")
    assert "color:#FFC000" in above.get("style")
    assert mail_text(document("# Title", marking="")).startswith("Title\n=====\n")


def test_mail_asks_for_nothing_and_keeps_what_mail_programs_keep() -> None:
    """No style sheet, script, picture or form; no id or class, which mail programs rewrite; styles at the elements."""
    root = page(EVERYTHING)
    assert root.xpath("//style | //script | //img | //svg | //link | //form | //details") == []
    assert root.xpath("//body//@id | //body//@class | //@src") == []
    assert "url(" not in mail_html(document(EVERYTHING), Theme())
    assert len(root.xpath("//@style")) > 20


def test_layout_tables_say_that_they_are_no_tables() -> None:
    """The two that hold the page; a table of data has column headers."""
    root = page(TABLE)
    assert len(root.xpath("//table[@role='presentation']")) == 2
    assert root.xpath("//table[not(@role)]//th/@scope") == ["col", "col"]
    assert root.xpath("//table[not(@role)]//td/@align") == ["left", "right", "left", "right"]


def test_links_out_stay_and_links_within_are_words() -> None:
    """Mail programs cut ids off, and a link to nowhere would only confuse."""
    root = page("{#a}\n# A\n\n[in](#a) [out](https://example.org/) [\\[1\\]](#source-1)\n\n[s]{#source-1}\n")
    assert root.xpath("//a/@href") == ["https://example.org/"]
    assert [words.text_content() for words in root.xpath("//p[a]")] == ["in out\u00a0[1]"]


def test_chart_is_said_in_words() -> None:
    """In both bodies, with its caption."""
    markdown = "![A leads B](chart:shares)\n\n{.caption}\nShares\n"
    assert [words.text for words in page(markdown).xpath("//em")] == ["A leads B"]
    assert text(markdown) == "A leads B\n\nShares"


def test_chart_may_come_with_the_mail() -> None:
    """As a picture that the page names by its content id, with the same words for those who do not see it."""
    markdown = "![A leads B](chart:shares)\n\n{.caption}\nShares\n"
    root: Any = html.document_fromstring(mail_html(document(markdown), Theme(), (), {"shares": "c1@example.org"}))
    (image,) = root.xpath("//img")
    assert (image.get("src"), image.get("alt")) == ("cid:c1@example.org", "A leads B")
    assert "max-width:440px" in image.get("style")


def test_what_is_said_above_stands_between_marking_and_brief() -> None:
    """In both bodies, as text and never as mark-up; lines are as short as the others."""
    above = ("Correction: <b>this</b> takes the place of & corrects what you have, " + 10 * "and more ", "– second")
    root: Any = html.document_fromstring(mail_html(document("# Title", marking="TLP:AMBER"), Theme(), above))
    said = [" ".join(cell.text_content().split()) for cell in root.xpath("//td[.//h1]")][-1]
    assert said.startswith("TLP:AMBER Correction: <b>this</b> takes the place of & corrects")
    assert "– second Title" in said
    words = mail_text(document("# Title", marking="TLP:AMBER"), above)
    assert words.startswith("TLP:AMBER\n\nCorrection: <b>this</b> takes")
    assert "\n\n– second\n\n* * *\n\nTitle\n=====\n" in words
    assert max(map(len, words.split("\n"))) <= 76


def test_unknown_chart_is_an_error() -> None:
    """As in every edition."""
    with pytest.raises(BriefnoteError, match="Did you mean 'shares'"):
        page("![a](chart:share)")


def test_mail_has_at_most_a_hundred_kilobytes() -> None:
    """What does not fit is left out in whole sections, and a sentence says so."""
    section = "## Part\n\n" + "More words for this part of the brief.\n\n" * 500
    said = mail_html(document(f"# Title\n\n## First\n\nKept.\n\n{section * 9}"), Theme())
    assert 60_000 < len(said.encode()) <= 100_000
    assert "<p>The rest of this issue did not fit into a mail; it is in the other editions.</p>" in said
    assert "Kept." in said
    assert "other editions" not in mail_html(document("# Title\n\n## First\n\nKept.\n"), Theme())


def test_text_of_headings_lists_and_quotes() -> None:
    """Underlined, marked and indented; a list of sources has its numbers in brackets."""
    markdown = (
        "# Title\n\n## Part\n\n### Third\n\n- one\n  - two\n\n3. three\n4. four\n\n> said\n\n    code\n\n---\n\n"
        "{.sources}\n1. Mud [here](https://example.org) <https://example.org/>\n"
    )
    assert text(markdown) == (
        "Title\n=====\n\nPart\n----\n\nThird\n\n- one\n\n  - two\n\n3. three\n4. four\n\n"
        "> said\n\n    code\n\n* * *\n\n"
        "[1] Mud here <https://example.org> https://example.org/"
    )


def test_text_of_a_table_is_set_row_by_row() -> None:
    """Below the headings, each value after that of its column; an empty cell says nothing. Notes stand at the end."""
    assert text(TABLE) == "Cap¹\n\nWhat | Value\n\nmud\n  Value: 34%\n\nrail\n\nNotes\n-----\n\n1. Note"


def test_lines_of_text_are_short() -> None:
    """At most 76 characters, in a list within a quote, too; an address is not broken."""
    said = text(f"> - {40 * 'words '}\n\nhttps://example.org/{90 * 'x'}\n")
    assert [line for line in said.split("\n") if len(line) > 76] == [f"https://example.org/{90 * 'x'}"]


@pytest.mark.parametrize("seed", range(40))
def test_any_document_is_whole(seed: int) -> None:
    """Every word of a document made at random, but the labels of charts, stands in both bodies unless one is full."""
    made = make(seed)
    said = squeezed(plain_text(parse(made.document.markdown)))
    root: Any = html.document_fromstring(mail_html(made.document, Theme()))
    for body in map(squeezed, (mail_text(made.document), root.text_content())):
        if "didnotfitintoamail" not in body:
            assert [word for word in made.words if squeezed(word) in said and squeezed(word) not in body] == []


def squeezed(words: str) -> str:
    """Returns the words without white space, and without the marks of quoted lines."""
    return re.sub(r"[\s>]", "", clean(words))
