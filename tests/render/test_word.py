"""The Word edition, as python-docx and lxml read it back."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as Package
from docx.oxml.ns import qn
from edition_tools import EVERYTHING, document
from lxml import etree

from briefnote.errors import BriefnoteError
from briefnote.model.edition import Theme
from briefnote.render.tokens import parse
from briefnote.render.word import render

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word(markdown: str, **changes: object) -> Package:
    """Returns the Word edition of the Markdown, opened."""
    return docx.Document(BytesIO(render(document(markdown, **changes), Theme())))


def part(markdown: str, name: str, **changes: object) -> Any:  # what XPath gives has no useful type
    """Returns a part of the Word edition of the Markdown, parsed."""
    with zipfile.ZipFile(BytesIO(render(document(markdown, **changes), Theme()))) as archive:
        return etree.fromstring(archive.read(name))


def body(markdown: str) -> Any:
    """Returns the main part."""
    return part(markdown, "word/document.xml")


def styles(package: Package) -> list[tuple[str, str]]:
    """Returns style and text of each paragraph."""
    return [(paragraph.style.name if paragraph.style else "", paragraph.text) for paragraph in package.paragraphs]


def test_classes_and_headings_have_styles() -> None:
    """Whoever opens the file can restyle it; an unknown class is plain text."""
    markdown = "# T\n\n{.subtitle}\nS\n\n## A\n\n### B\n\n{.lead}\nL\n\n{.odd}\nO\n\n{.empty}\nE\n"
    assert styles(word(markdown)) == [
        ("Title", "T"),
        ("Subtitle", "S"),
        ("Heading 1", "A"),
        ("Heading 2", "B"),
        ("Bottom Line", "L"),
        ("Normal", "O"),
        ("Nothing Found", "E"),
    ]


def test_every_style_used_is_defined() -> None:
    """No paragraph, run or table names a style that the file lacks."""
    defined = {style.get(f"{W}styleId") for style in part("a", "word/styles.xml").iter(f"{W}style")}
    roots = [part(EVERYTHING, f"word/{name}.xml") for name in ("document", "footnotes", "header1", "footer1")]
    used = {
        element.get(f"{W}val")
        for root in roots
        for tag in ("pStyle", "rStyle", "tblStyle")
        for element in root.iter(f"{W}{tag}")
    }
    assert used <= defined


def test_footnotes_are_real_and_in_order() -> None:
    """A note lives in the footnotes part, numbered by Word; separators come first."""
    notes = part("a[^b] c[^a]\n\n[^a]: second\n\n[^b]: first *one*\n\n    more\n", "word/footnotes.xml")
    said = ["|".join(p.xpath("string()") for p in note.iter(f"{W}p")) for note in notes]
    assert said == ["", "", " first one|more", " second"]
    assert [note.get(f"{W}id") for note in notes] == ["-1", "0", "1", "2"]
    assert len(list(notes.iter(f"{W}footnoteRef"))) == 2


def test_repeated_call_of_a_note_is_a_field() -> None:
    """Word would print one note twice; the second call refers to the first."""
    root = body("a[^1] b[^1]\n\n[^1]: note\n")
    assert len(list(root.iter(f"{W}footnoteReference"))) == 1
    (mark,) = root.iter(f"{W}bookmarkStart")
    name = mark.get(f"{W}name")
    assert [field.get(f"{W}instr") for field in root.iter(f"{W}fldSimple")] == [rf" NOTEREF {name} \h "]


def test_citation_leads_to_the_source() -> None:
    """Every internal link has its bookmark, once."""
    root = body(EVERYTHING)
    names = [mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")]
    anchors = {link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")} - {None}
    assert anchors == {"first", "source_1"}
    assert anchors <= set(names)
    assert len(names) == len(set(names))
    numbers = [mark.get(f"{W}id") for mark in root.iter(f"{W}bookmarkStart")]
    assert sorted(numbers, key=int) == sorted({end.get(f"{W}id") for end in root.iter(f"{W}bookmarkEnd")}, key=int)


def test_long_id_is_shortened_for_word() -> None:
    """Word takes 40 characters; link and bookmark agree."""
    name = "x" * 50
    root = body(f"{{#{name}}}\n## A\n\n[a](#{name})\n")
    (mark,), (link,) = root.iter(f"{W}bookmarkStart"), root.iter(f"{W}hyperlink")
    assert mark.get(f"{W}name") == link.get(f"{W}anchor")
    assert len(str(mark.get(f"{W}name"))) <= 40


def test_outside_links_are_relationships() -> None:
    """In the text and in the notes, each in its own part."""
    with zipfile.ZipFile(BytesIO(render(document(EVERYTHING), Theme()))) as archive:
        assert b'Target="https://example.org/?a=1&amp;b=2"' in archive.read("word/_rels/document.xml.rels")
        assert b'Target="https://example.org/note"' in archive.read("word/_rels/footnotes.xml.rels")


def test_each_ordered_list_starts_where_it_says() -> None:
    """Two lists do not run on; `4.` starts with four."""
    root = body("{.judgements}\n1. a\n2. b\n\n<!-- -->\n\n{.judgements}\n1. c\n\n- x\n\n4. d\n")
    numbers = [number.get(f"{W}val") for number in root.iter(f"{W}numId")]
    assert numbers == ["1", "1", "2", "3", "4"]
    numbering = part("4. d\n", "word/numbering.xml")
    assert [start.get(f"{W}val") for start in numbering.iter(f"{W}startOverride")] == ["4"]


def test_second_paragraph_of_an_item_is_set_in_without_a_number() -> None:
    """It belongs to the item but is none."""
    first, second = body("1. a\n\n   b\n").iter(f"{W}p")
    assert first.find(f".//{W}numPr") is not None
    assert second.find(f".//{W}numPr") is None
    indent = second.find(f".//{W}ind")
    assert indent is not None
    assert indent.get(f"{W}left") == "360"


def test_table_repeats_its_header_and_keeps_its_rows_whole() -> None:
    """The caption stays with it and is announced; widths add up to the text width."""
    root = body("{.caption}\nCap\n\n| a | b |\n|--|--:|\n| 1 | 2 |\n")
    rows = list(root.iter(f"{W}tr"))
    assert [row.find(f".//{W}tblHeader") is not None for row in rows] == [True, False]
    assert all(row.find(f".//{W}cantSplit") is not None for row in rows)
    assert [caption.get(f"{W}val") for caption in root.iter(f"{W}tblCaption")] == ["Cap"]
    assert sum(int(str(column.get(f"{W}w"))) for column in root.iter(f"{W}gridCol")) == 9071
    caption = next(root.iter(f"{W}p"))
    assert caption.find(f".//{W}keepNext") is not None


def test_row_higher_than_a_page_may_split() -> None:
    """Else Word would cut it off."""
    root = body(f"| a |\n|--|\n| {'x' * 6000} |\n")
    assert [row.find(f".//{W}cantSplit") is not None for row in root.iter(f"{W}tr")] == [True, False]


def test_tables_do_not_merge_and_the_body_does_not_end_in_one() -> None:
    """Word joins adjacent tables, and asks for a paragraph at the end."""
    root = body("| a |\n|--|\n\n| b |\n|--|\n")
    kinds = [etree.QName(child).localname for child in root[0]]
    assert kinds == ["tbl", "p", "tbl", "p", "sectPr"]


def test_chart_is_a_picture_with_alt_text() -> None:
    """PNG for all readers, SVG for those that can; the words of the template describe it."""
    root = body("![Says *this*](chart:shares)\n")
    (properties,) = root.iter(qn("wp:docPr"))
    assert properties.get("descr") == "Says this"
    with zipfile.ZipFile(BytesIO(render(document("![a](chart:shares)"), Theme()))) as archive:
        media = sorted(name for name in archive.namelist() if name.startswith("word/media/"))
        assert media == ["word/media/chart1.png", "word/media/chart1.svg"]
        assert b"<svg" in archive.read(media[1])


def test_marking_is_in_header_and_footer() -> None:
    """12 points, bold, in the TLP colour on black, at the right."""
    for name in ("word/header1.xml", "word/footer1.xml"):
        root = part("a", name, marking="TLP:AMBER+STRICT")
        (run,) = [run for run in root.iter(f"{W}r") if "TLP" in run.xpath("string()")]
        assert run.xpath("string()").strip("\u2007") == "TLP:AMBER+STRICT"
        values = {etree.QName(look).localname: look.get(f"{W}val") or look.get(f"{W}fill") for look in run[0]}
        assert values == {"b": None, "color": "FFC000", "sz": "24", "szCs": "24", "shd": "clear"}


def test_footer_counts_pages() -> None:
    """Short title, date and "Page x of y" as fields."""
    footer = word("a").sections[0].footer.paragraphs[0]
    assert footer._p.xpath("string()").startswith("Leverage: large & unspent · 21 November 2026 · Page 1 of 1")
    fields = [field.get(f"{W}instr") for field in footer._p.iter(f"{W}fldSimple")]
    assert fields == [" PAGE ", " NUMPAGES "]


def test_properties_come_from_the_document() -> None:
    """Title, author, keywords, language and dates; nothing of the machine."""
    properties = word("a", title="T" * 300).core_properties
    assert properties.title == "T" * 255
    assert (properties.author, properties.last_modified_by) == ("Analysis desk", "Analysis desk")
    assert (properties.keywords, properties.language) == ("trade; leverage", "en-GB")
    assert str(properties.created) == str(properties.modified) == "2026-11-21 00:00:00+00:00"


def test_page_is_that_of_the_theme() -> None:
    """A4 with the margins of the theme, in twentieths of a point."""
    (size,) = body("a").iter(f"{W}pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")


def test_headings_stay_with_what_follows() -> None:
    """No heading at the foot of a page."""
    sheet = part("a", "word/styles.xml")
    heading = next(style for style in sheet.iter(f"{W}style") if style.get(f"{W}styleId") == "Heading1")
    assert heading.find(f".//{W}keepNext") is not None


@pytest.mark.parametrize(
    "text", ["x" * 3000, "\\< \\& \\{\\{ \\| \\[\\^1\\] ]]>", "Łódź Ελλάδα Москва 北京 한국어", "a&#x202e;b"]
)
def test_hostile_text_is_text(text: str) -> None:
    """It is in the file, and the file opens."""
    shown = word(text).paragraphs[0].text
    assert shown == text.replace("\\", "").replace("&#x202e;", "\u202e")


def test_unknown_chart_is_an_error() -> None:
    """With the nearest known id."""
    with pytest.raises(BriefnoteError, match="Did you mean 'shares'"):
        word("![a](chart:share)")


def test_every_type_of_node_is_written() -> None:
    """Each has its method; the sample holds all that the parser makes."""
    types = {node.type for node in parse(EVERYTHING).walk()}
    assert types == {
        *("root", "heading", "paragraph", "blockquote", "hr", "fence", "code_block"),
        *("bullet_list", "ordered_list", "list_item", "table", "thead", "tbody", "tr", "th", "td"),
        *("inline", "text", "softbreak", "hardbreak", "strong", "em", "s", "code_inline", "span"),
        *("link", "image", "footnote_ref", "footnote_block", "footnote"),
    }
    assert word(EVERYTHING).paragraphs[-1].text == "Source says\u00a0[1]"


SCRIPT = """
import hashlib
from edition_tools import EVERYTHING, document
from briefnote.model.edition import Theme
from briefnote.render.word import render
print(hashlib.sha256(render(document(EVERYTHING), Theme())).hexdigest())
"""


def test_same_input_same_bytes(tmp_path: Path) -> None:
    """Whatever the hash seed, the clock and the directory."""
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), *sys.path])
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PYTHONPATH": path}
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    expected = hashlib.sha256(render(document(EVERYTHING), Theme())).hexdigest()
    assert ran.stdout.strip() == expected
