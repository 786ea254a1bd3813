"""What the parser lets through, and what the tree says of it."""

from __future__ import annotations

import pytest

from briefnote.errors import BriefnoteError
from briefnote.model.brief import Chart
from briefnote.model.edition import Theme
from briefnote.render import tokens
from briefnote.render.dialect import is_allowed_link


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a?b=1#c",
        "http://example.org:8080",
        "HTTPS://пример.рф/x",
        "mailto:desk@example.org",
        "#source-1",
    ],
)
def test_links_that_are_allowed(address: str) -> None:
    """Web, mail and internal addresses may be links."""
    assert is_allowed_link(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "search-ms:query=x",
        "ms-word:ofe|u|https://example.org",
        "smb://host/share",
        "//host/share",
        "\\\\host\\share",
        "/local",
        "https://user:secret@example.org/",
        "https:///no-host",
        "https://example.org/" + "a" * 2048,
        " https://example.org",
        "",
    ],
)
def test_links_that_are_refused(address: str) -> None:
    """Any other scheme, a disguised host and an endless address are text."""
    assert not is_allowed_link(address)


def test_refused_link_is_printed_as_its_text() -> None:
    """The words stay, the mark-up around them goes."""
    tree = tokens.parse("**[open *this*](smb://host/share)** <javascript:alert(1)>")
    assert tokens.plain_text(tree) == "open this javascript:alert(1)"
    assert "link" not in [node.type for node in tree.walk()]


def test_link_to_a_missing_id_is_text() -> None:
    """A link within the document leads somewhere or is no link."""
    tree = tokens.parse("[here](#here) [there](#there)\n\n{#here}\n## Here\n")
    assert [tokens.href(node) for node in tree.walk() if node.type == "link"] == ["#here"]


def test_raw_html_is_text() -> None:
    """HTML in Markdown is printed, not passed on."""
    assert tokens.plain_text(tokens.parse("a <b>c</b> <!-- d -->")) == "a <b>c</b> <!-- d -->"


def test_all_problems_are_reported_at_once() -> None:
    """Images that are no charts and ids used twice come in one error, with lines where they are known."""
    markdown = "# T\n\n![](http://example.org/x.png) ![](/etc/passwd)\n\n{#a}\n## A\n\n{#a}\n## B\n"
    with pytest.raises(BriefnoteError) as caught:
        tokens.parse(markdown)
    assert [(problem.line, problem.field) for problem in caught.value.problems] == [
        (0, "#a"),
        (3, ""),
        (3, ""),
    ]


def test_control_characters_are_dropped() -> None:
    """What no edition can carry does not reach them."""
    assert tokens.plain_text(tokens.parse("a\x07b\u202ec\ud800d")) == "abcd"


def test_plain_text_of_everything() -> None:
    """Marks and notes are dropped, breaks are spaces, images their alt text."""
    tree = tokens.parse("**a** *b*\n`c` ~~d~~\\\ne[^1] ![f *g*](chart:x)\n\n[^1]: h\n")
    assert tokens.plain_text(tree.children[0]) == "a b c d e f g"


def test_class_id_and_language_of_a_node() -> None:
    """Attributes stand on the line before a block, or after a span."""
    block = tokens.parse("{.lead #top .more}\n[Ελλάδα]{lang=el}").children[0]
    span = block.children[0].children[0]
    assert (tokens.css_class(block), tokens.anchor(block), tokens.language(span)) == ("lead", "top", "el")
    assert (tokens.css_class(span), tokens.anchor(span)) == ("", "")


def test_notes_are_numbered_in_the_order_of_their_calls() -> None:
    """Labels do not matter, and a repeated call keeps the number."""
    tree = tokens.parse("b[^x] a[^1] again[^x]\n\n[^1]: one\n\n[^x]: ex\n\n[^unused]: never\n")
    notes = {number: tokens.plain_text(blocks[0]) for number, blocks in tokens.notes(tree).items()}
    assert notes == {1: "ex", 2: "one"}
    assert tokens.repeated_notes(tree) == {1}


def test_paragraph_with_an_image_alone_is_a_figure() -> None:
    """An image among words is not."""
    alone, among = tokens.parse("![a](chart:x)\n\ntext ![a](chart:x)").children
    assert tokens.figure(alone) is not None
    assert tokens.figure(among) is None


def test_unknown_chart_is_named_with_the_nearest() -> None:
    """A misspelt chart id gets a suggestion."""
    image = tokens.figure(tokens.parse("![a](chart:sharse)").children[0])
    assert image is not None
    with pytest.raises(BriefnoteError, match=r"no chart 'sharse'\. Did you mean 'shares'\?"):
        tokens.chart_of(image, {"shares": Chart("shares", "", "", (), 1.0)})


def test_alignment_of_cells() -> None:
    """The delimiter row says it for each column."""
    header = tokens.parse("| a | b | c |\n|:--|--:|---|\n").children[0].children[0].children[0]
    assert [tokens.alignment(cell) for cell in header.children] == ["left", "right", ""]


def test_caption_belongs_to_the_table_below_or_the_figure_above() -> None:
    """Between the two it is the table's; where there is neither it is nobody's."""
    image, caption, table = "![a](chart:x)\n\n", "{.caption}\nCap\n\n", "| a |\n|--|\n"
    for markdown, owners in (
        (image + caption, ["paragraph"]),
        (caption + table, ["table"]),
        (image + caption + table, ["table"]),
        (caption + caption, []),
    ):
        assert [node.type for node in tokens.parse(markdown).children if tokens.captions(node)] == owners


def test_space_before_a_citation_does_not_break() -> None:
    """No line begins with "[1]"; before an address it may."""
    line = tokens.parse("a [b](#x) c [d](https://example.org)\n\n[e]{#x}\n").children[0].children[0]
    assert [tokens.set_text(node) for node in line.children if node.type == "text"] == ["a\u00a0", " c "]


def wide(columns: int) -> str:
    """Returns a table with a heading row and one row."""
    return f"Words.\n\n{'| a ' * columns}|\n{'|---' * columns}|\n{'| b ' * columns}|\n"


@pytest.mark.parametrize(
    ("page", "most"),
    [
        (Theme(), 26),
        (Theme(page_width=420.0), 61),
        (Theme(page_width=100.0, margin_left=30.0, margin_right=30.0), 12),
    ],
)
def test_a_table_that_no_page_takes_is_refused(page: Theme, most: int) -> None:
    """A column needs six millimetres; the message says how many there are, and how many the page takes."""
    assert len(list(tokens.parse(wide(most), page).walk())) > most
    with pytest.raises(BriefnoteError) as error:
        tokens.parse(wide(most + 1), page)
    assert str(error.value) == (
        f"markdown:3: This table has {most + 1} columns, and the page takes {most}; turn it round, or divide it."
    )
