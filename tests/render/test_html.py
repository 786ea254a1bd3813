"""The HTML edition, as a parser reads it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from edition_tools import EVERYTHING, document
from lxml import html

from briefnote.errors import BriefnoteError
from briefnote.model.edition import Theme
from briefnote.render.html import render


def source(markdown: str, **changes: object) -> str:
    """Returns the page of the Markdown."""
    return render(document(markdown, **changes), Theme()).decode()


def page(markdown: str, **changes: object) -> Any:  # what XPath gives has no useful type
    """Returns the page of the Markdown, parsed."""
    return html.document_fromstring(source(markdown, **changes))


def test_head_says_what_the_page_is() -> None:
    """Language, title, author, date."""
    root = page("a")
    assert root.get("lang") == "en-GB"
    assert root.xpath("string(//title)") == "Leverage: large & unspent"
    meta = {element.get("name"): element.get("content") for element in root.xpath("//meta[@name]")}
    assert meta["author"] == "Analysis desk"
    assert meta["date"] == "2026-11-21"
    assert meta["keywords"] == "trade, leverage"


def test_page_asks_the_network_for_nothing() -> None:
    """No script, no style sheet, no image, no font from elsewhere; a policy says so to the browser."""
    root = page(EVERYTHING)
    assert root.xpath("//script | //link | //img | //iframe | //@src | //@style") == []
    assert "url(" not in root.xpath("string(//style)")
    assert "@import" not in root.xpath("string(//style)")
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert str(policy).startswith("default-src 'none'")


def test_nothing_on_the_page_moves() -> None:
    """So that there is nothing to reduce for those who asked for less motion."""
    style = page("a").xpath("string(//style)")
    assert [word for word in ("animation", "transition", "scroll-behavior", "@keyframes") if word in style] == []


def test_sections_are_listed_in_the_contents() -> None:
    """Each heading of level 2 opens a section; the contents link to it."""
    root = page("# T\n\nBefore\n\n{#a}\n## A *x*\n\n1\n\n## B\n\n2\n\n{#c}\n## C\n")
    assert root.xpath("string(//header/h1)") == "T"
    assert [section.get("aria-labelledby") for section in root.xpath("//main/section")] == [
        "a",
        "briefnote-section-2",
        "c",
    ]
    assert [(link.get("href"), link.text) for link in root.xpath("//nav//a")] == [
        ("#a", "A x"),
        ("#briefnote-section-2", "B"),
        ("#c", "C"),
    ]


def test_short_page_has_no_contents() -> None:
    """Two sections need no list."""
    assert page("## A\n\n## B\n").xpath("//nav") == []


def test_every_internal_link_has_its_target_once() -> None:
    """Ids are unique and none is missing."""
    root = page(EVERYTHING)
    ids = [str(name) for name in root.xpath("//@id")]
    assert len(ids) == len(set(ids))
    targets = {str(address)[1:] for address in root.xpath("//a/@href") if str(address).startswith("#")}
    assert targets <= set(ids)


def test_notes_lead_there_and_back() -> None:
    """A note is listed once, at the end, with a way back to its first call."""
    root = page("a[^x] b[^x]\n\n[^x]: Note\n")
    calls = root.xpath("//a[@role='doc-noteref']")
    assert [(call.get("id"), call.get("href"), call.text) for call in calls] == [
        ("briefnote-call-1", "#briefnote-note-1", "1"),
        (None, "#briefnote-note-1", "1"),
    ]
    (back,) = root.xpath("//section[@role='doc-endnotes']//li[@id='briefnote-note-1']//a[@role='doc-backlink']")
    assert back.get("href") == "#briefnote-call-1"


def test_table_has_its_caption_and_column_headers() -> None:
    """Caption, name and scope for the screen reader, labels for the narrow screen."""
    root = page("{.caption #t}\nCap\n\n| a | b |\n|--|--:|\n| 1 | 2 |\n")
    assert root.xpath("string(//figure[table]/figcaption[@id='t'])") == "Cap"
    assert root.xpath("//table/@aria-label") == ["Cap"]
    assert root.xpath("//th/@scope") == ["col", "col"]
    assert [(cell.get("data-label"), cell.get("class")) for cell in root.xpath("//td")] == [
        ("a", None),
        ("b", "right"),
    ]
    assert root.xpath("//p[@class='caption']") == []


def test_chart_is_a_figure_with_caption_and_alt_text() -> None:
    """Drawn in the page, described by the words of the template."""
    root = page("![Says this](chart:shares)\n\n{.caption}\nCap\n")
    assert root.xpath("string(//figure/figcaption)") == "Cap"
    assert root.xpath("//figure//span[@role='img']/@aria-label") == ["Says this"]
    assert len(root.xpath("//figure//*[local-name()='svg']")) == 2


def test_marking_is_at_top_and_bottom_and_on_paper() -> None:
    """In its colour; a printed page has it in both margins."""
    text = source("a", marking="TLP:AMBER")
    assert text.count('<p class="marking">TLP:AMBER</p>') == 2
    assert "--marking:#FFC000" in text
    assert re.findall(r"@(top-right|bottom-right)\{content:\"TLP\\3a AMBER\"", text) == [
        "top-right",
        "bottom-right",
    ]


def test_title_cannot_leave_the_style_sheet() -> None:
    """The short title is in the print style, too."""
    text = source("a", title='x";}</style><script>alert(1)</script>', marking='"}</style><b>')
    root: Any = html.document_fromstring(text)
    assert root.xpath("//script | //b") == []
    assert len(root.xpath("//style")) == 1


@pytest.mark.parametrize(
    "text", ["x" * 3000, "<script>alert(1)</script> & \" ' {{ x }}", "Łódź Ελλάδα Москва 北京 한국어"]
)
def test_hostile_text_is_text(text: str) -> None:
    """It is shown as it is, in heading, paragraph, code and attribute."""
    root = page(f"## {text}\n\n{text}\n\n`{text}`\n\n## B\n\n## C\n")
    shown = [root.xpath(f"string({path})") for path in ("(//h2)[1]", "//main//p", "(//nav//a)[1]")]
    assert shown == [text, f"{text}", text]
    assert root.xpath("//script") == []


def test_unknown_chart_is_an_error() -> None:
    """With the nearest known id."""
    with pytest.raises(BriefnoteError, match="Did you mean 'shares'"):
        source("![a](chart:share)")


def test_same_input_same_bytes() -> None:
    """Nothing in the page is of the moment."""
    assert source(EVERYTHING) == source(EVERYTHING)
