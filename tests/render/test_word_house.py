"""A house file: what it gives, what stays behind, and what is refused."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.document import Document as Package
from edition_tools import EVERYTHING, document
from house_files import letterhead, members, packed, replaced, saved
from lxml import etree
from word_lint import lint

from briefnote.config.house import read_house
from briefnote.errors import BriefnoteError
from briefnote.model.edition import HouseFile, Theme
from briefnote.render.word import render

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TYPES = "[Content_Types].xml"
SIMPLE = "# Brief\n\n## Section\n\nText[^1]\n\n[^1]: A note\n"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(house: bytes, markdown: str = SIMPLE, **changes: object) -> bytes:
    """Returns a brief in the style of a house file; every one keeps to the lint."""
    file, problems = read_house(house, "templates/house.docx")
    if file is None:
        raise BriefnoteError(problems)
    data = render(document(markdown, house=file, period="2026-W47", **changes), Theme())
    assert lint(data) == []
    return data


def opened(house: bytes, markdown: str = SIMPLE, **changes: object) -> Package:
    """Returns a brief in the style of a house file, opened."""
    return docx.Document(BytesIO(word(house, markdown, **changes)))


def part(data: bytes, name: str) -> Any:  # what XPath gives has no useful type
    """Returns a part of a file, parsed."""
    return etree.fromstring(members(data)[name])


def refused(house: bytes, **changes: str) -> str:
    """Returns what is said of a house file that cannot be used."""
    with pytest.raises(BriefnoteError) as raised:
        word(house, **changes)
    return str(raised.value)


# ---- what it gives ---------------------------------------------------------------------------------------------


def test_the_text_stands_between_cover_and_back_page() -> None:
    """`[[BODY]]` is replaced; what stands before and after it stays."""
    said = [line.text for line in opened(letterhead()).paragraphs if line.text]
    assert said == [
        "Leverage: large & unspent of 21 November 2026",
        "Brief",
        "Section",
        "Text",
        "Imprint: 21 November 2026",
    ]


def test_placeholders_are_filled_across_runs_in_tables_headers_and_footers() -> None:
    """Word cuts what is typed into runs as it likes; the value takes the look of the first."""
    made = opened(letterhead())
    assert made.tables[0].cell(0, 1).text == "by Analysis desk"
    assert made.sections[1].header.paragraphs[-1].text == "Ministry of Examples · Leverage: large & unspent"
    assert made.sections[1].footer.paragraphs[0].text == "Issue 2026-W47"
    cover = next(line for line in made.paragraphs if line.text)
    assert cover.runs[0].text == "Leverage: large & unspent"
    assert cover.runs[0].font.size is not None
    assert cover.runs[0].font.size.pt == 30


def test_pages_are_those_of_the_house_file() -> None:
    """Size, margins, sections and the page of its own stay; tables are as wide as its text."""
    made = opened(letterhead(), "| a | b |\n|--|--|\n| 1 | 2 |\n")
    assert [section.different_first_page_header_footer for section in made.sections] == [True, True, True]
    widths = [int(column.get(f"{W}w") or 0) for column in made.tables[1]._tbl.iter(f"{W}gridCol")]
    assert sum(widths) == 11906 - 1701 - 1800


def test_without_a_slot_the_text_is_all_there_is() -> None:
    """The headers of a section that goes are those of the section that stays."""

    def change(package: Package) -> None:
        slot = next(line for line in package.paragraphs if line.text == "[[BODY]]")
        slot.runs[0].text = "Sample text of the house"

    made = opened(letterhead(change))
    assert [line.text for line in made.paragraphs] == ["Brief", "Section", "Text"]
    assert [section.header.paragraphs[-1].text for section in made.sections] == [
        "Ministry of Examples · Leverage: large & unspent"
    ]


def test_the_slot_may_end_a_section() -> None:
    """Where its paragraph holds the end of a section, the text ends it."""

    def change(package: Package) -> None:
        slot = next(line for line in package.paragraphs if line.text == "[[BODY]]")._p
        ending = slot.getnext()
        assert ending is not None
        slot.insert(0, ending[0])
        package.element.body.remove(ending)

    made = opened(letterhead(change))
    last = next(line for line in made.paragraphs if line.text == "Text")
    assert len(made.sections) == 3
    assert next(last._p.iter(f"{W}sectPr")) is made.sections[1]._sectPr


def test_the_marking_is_on_every_page() -> None:
    """In each header and footer, that of the first page among them, which the house file leaves empty."""
    made = opened(letterhead(), marking="TLP:AMBER")
    edges = [made.sections[0].first_page_header, made.sections[0].first_page_footer]
    edges += [made.sections[0].header, made.sections[0].footer]
    assert [sum("TLP:AMBER" in line.text for line in edge.paragraphs) for edge in edges] == [1, 1, 1, 1]


def test_a_marking_that_the_house_places_is_not_added_again() -> None:
    """It stands where the file has it, in the colours that TLP prescribes."""

    def change(package: Package) -> None:
        package.sections[0].header.paragraphs[0].text = "House [[MARKING]] end"

    made = opened(letterhead(change), marking="TLP:GREEN")
    (line,) = made.sections[0].header.paragraphs
    assert line.text == "House \u2007TLP:GREEN\u2007 end"
    assert str(line.runs[1].font.color.rgb) == "33FF00"


def test_even_pages_are_marked_where_they_differ() -> None:
    """A file with headers for even pages has the marking in them, too."""
    even = replaced(letterhead(), "word/settings.xml", "<w:defaultTabStop", "<w:evenAndOddHeaders/><w:defaultTabStop")
    header = opened(even, marking="TLP:RED").sections[0].even_page_header
    assert [line.text.strip("\u2007") for line in header.paragraphs] == ["TLP:RED"]


def test_everything_is_written_in_the_style_of_the_house() -> None:
    """All kinds of blocks keep to the lint; the house's headings and lists are used."""
    made = opened(letterhead(), EVERYTHING)
    names = {line.style.name for line in made.paragraphs if line.style}
    assert {"Title", "Heading 1", "List Number", "Bottom Line", "Key Judgement"} <= names


def test_own_bullets_of_the_house_are_used() -> None:
    """A list whose style has a definition of its own in the file counts by that one."""
    data = word(letterhead(), "- a\n- b\n")
    numbering = part(data, "word/numbering.xml")
    bullet = next(style for style in part(data, "word/styles.xml") if style.get(f"{W}styleId") == "ListBullet")
    named = bullet.find(f".//{W}numId").get(f"{W}val")
    definitions = {
        one.get(f"{W}numId"): one.find(f"{W}abstractNumId").get(f"{W}val") for one in numbering.iter(f"{W}num")
    }
    used = next(part(data, "word/document.xml").iter(f"{W}numId")).get(f"{W}val")
    assert definitions[used] == definitions[named]
    assert used != named


def test_the_text_is_in_the_language_of_the_brief() -> None:
    """A screen reader does not read an English brief on a German letterhead as German."""
    german = replaced(letterhead(), "word/styles.xml", 'w:lang w:val="en-US"', 'w:lang w:val="de-DE"')
    languages = {one.get(f"{W}val") for one in part(word(german), "word/styles.xml").iter(f"{W}lang")} - {None}
    assert languages == {"en-GB"}


# ---- traps of foreign files ------------------------------------------------------------------------------------


def test_styles_are_found_in_other_spellings() -> None:
    """ "Heading 1", "heading 1" and an id of its own in German are one style."""
    other = replaced(letterhead(), "word/styles.xml", 'w:styleId="Heading1"', 'w:styleId="berschrift1"')
    other = replaced(other, "word/styles.xml", '<w:name w:val="heading 1"/>', '<w:name w:val="HEADING 1"/>')
    headings = [line for line in opened(other).paragraphs if line.text == "Section"]
    assert [line.style.style_id for line in headings if line.style] == ["berschrift1"]


def test_missing_styles_are_made() -> None:
    """In the face of the house and the colours of the theme, on its own Normal."""
    made = part(word(letterhead()), "word/styles.xml")
    style = next(one for one in made.iter(f"{W}style") if one.find(f"{W}name").get(f"{W}val") == "Bottom Line")
    assert style.find(f"{W}basedOn").get(f"{W}val") == "Normal"
    assert next(style.iter(f"{W}rFonts"), None) is None


def test_a_file_without_styles_numbering_and_settings_gets_them() -> None:
    """The least that Word opens: one part."""
    least = packed(
        {
            TYPES: b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            b'<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
            b'document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="/word/document.xml"/>'
            "</Relationships>".encode(),
            "word/document.xml": f'<w:document xmlns:w="{W[1:-1]}"><w:body/></w:document>'.encode(),
        }
    )
    assert [line.text for line in opened(least, "# T\n\n- a\n").paragraphs] == ["T", "a"]


def test_leftover_notes_do_not_shift_ours() -> None:
    """LibreOffice pairs notes by their order: one that is left over would be shown for ours."""
    with_note = word(letterhead(), "Cover[^1]\n\n[[BODY]]\n\n[^1]: Stale\n")
    again = word(with_note)
    notes = part(again, "word/footnotes.xml")
    assert [note.xpath("string()").strip() for note in notes.iter(f"{W}footnote")] == ["", "", "A note"]


def test_a_relationship_of_libreoffice_does_not_double_the_properties() -> None:
    """Its type for core properties is another; Word rejects a file with two parts of them."""
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    other = "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
    made = word(replaced(letterhead(), "_rels/.rels", kind, other))
    assert [name for name in members(made) if name.startswith("docProps/core")] == ["docProps/core.xml"]
    assert members(made)["_rels/.rels"].count(b"core-properties") == 1


def test_a_template_of_word_becomes_a_document() -> None:
    """A .dotx renamed to .docx has another content type, which Word refuses in a .docx."""
    template = replaced(letterhead(), TYPES, "document.main+xml", "template.main+xml")
    assert b"template.main" not in members(word(template))[TYPES]


def test_a_stale_second_copy_of_the_styles_stays_behind() -> None:
    """Word 2010 left it; validators reject it when it differs from the first."""
    assert "word/stylesWithEffects.xml" not in members(word(saved(docx.Document())))


def test_nothing_that_makes_word_ask_stays() -> None:
    """No template to attach, no fields to update, no protection, no mail merge."""
    asking = replaced(
        letterhead(),
        "word/settings.xml",
        "<w:defaultTabStop",
        '<w:linkStyles/><w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:updateFields w:val="true"/>'
        "<w:defaultTabStop",
    )
    settings = members(word(asking))["word/settings.xml"]
    assert not re.search(rb"linkStyles|documentProtection|updateFields", settings)


def test_comments_stay_behind() -> None:
    """What colleagues said about the letterhead is not for the readers of the brief."""

    def change(package: Package) -> None:
        line = package.paragraphs[0]
        package.add_comment(line.runs, text="Check the logo", author="A. Colleague")

    made = members(word(letterhead(change)))
    assert not any("comments" in name for name in made)
    assert b"comment" not in made["word/document.xml"]


def test_the_same_house_file_gives_the_same_bytes() -> None:
    """Twice the same."""
    house = letterhead()
    assert word(house, EVERYTHING) == word(house, EVERYTHING)


# ---- what is refused -------------------------------------------------------------------------------------------


def test_a_file_that_is_no_word_file_is_refused() -> None:
    """With its name and what to do."""
    assert refused(b"Dear all") == (
        "templates/house.docx: is no Word file, or damaged; save it in Word as “Word Document (.docx)”"
    )


def test_a_password_is_named() -> None:
    """Word encrypts into a container of old, which looks like an old .doc."""
    assert "is behind a password, or an old .doc" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_a_zip_bomb_is_refused_unread() -> None:
    """Its sizes are added up before anything is unpacked."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(65):
            archive.writestr(f"word/{number}.xml", b" " * 1024**2)
    assert "unpacks to 65 parts and 65 MB, more than 2,000 parts and 64 MB; make it smaller" in refused(out.getvalue())


def test_macros_are_refused() -> None:
    """A .docm, whatever it is called."""
    macros = replaced(letterhead(), TYPES, "document.main+xml", "document.macroEnabled.main+xml")
    assert "holds macros" in refused(macros)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    """They read files and fill memory; Word never writes them."""
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
    hostile = packed({**members(letterhead()), "word/document.xml": xml.encode(encoding)})
    assert "declares entities in word/document.xml" in refused(hostile)


def test_damaged_xml_is_named_with_its_part() -> None:
    """Not as a traceback."""
    broken = packed({**members(letterhead()), "word/styles.xml": b"<w:styles"})
    assert "word/styles.xml is damaged" in refused(broken)


def test_a_file_without_main_document_is_refused() -> None:
    """A zip file with the right beginnings and nothing in it."""
    parts = members(letterhead())
    del parts["word/document.xml"]
    assert "has no main document" in refused(packed(parts))


@pytest.mark.parametrize(
    ("name", "kind", "target", "said"),
    [
        ("word/_rels/document.xml.rels", "image", "https://example.org/x.png", "takes a file from outside"),
        ("word/_rels/document.xml.rels", "hyperlink", "file:///etc/passwd", "links to file:///etc/passwd"),
        ("word/_rels/document.xml.rels", "oleObject", "embeddings/x.bin", "holds an embedded object"),
    ],
)
def test_what_reaches_outside_is_refused(name: str, kind: str, target: str, said: str) -> None:
    """Linked pictures, links of other schemes, embedded objects."""
    mode = "" if kind == "oleObject" else ' TargetMode="External"'
    added = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    assert said in refused(replaced(letterhead(), name, "</Relationships>", added))


def test_a_field_that_fetches_is_refused() -> None:
    """Word would read another file on opening; the name may be cut into runs."""

    def change(package: Package) -> None:
        line = package.paragraphs[1]._p
        for piece in ("INCLUDE", 'TEXT "C:\\\\x"'):
            line.append(etree.fromstring(f'<w:r xmlns:w="{W[1:-1]}"><w:instrText>{piece}</w:instrText></w:r>'))

    assert "has a field INCLUDETEXT" in refused(letterhead(change))


def test_every_unknown_placeholder_is_named_at_once() -> None:
    """With the nearest that is known."""

    def change(package: Package) -> None:
        package.paragraphs[0].text = "[[TITEL]]"
        package.sections[0].header.paragraphs[0].text = "[[MARKNIG]]"

    assert refused(letterhead(change)).splitlines() == [
        "templates/house.docx: [[MARKNIG]] is not known. Did you mean 'MARKING'?",
        "templates/house.docx: [[TITEL]] is not known. Did you mean 'TITLE'?",
    ]


def test_two_slots_are_refused() -> None:
    """The text stands once."""
    house = letterhead(lambda package: setattr(package.paragraphs[0], "text", "[[BODY]]"))
    assert refused(house) == "templates/house.docx: has 2 paragraphs [[BODY]]; keep one"


def test_a_slot_in_a_table_is_refused() -> None:
    """There is no room for headings and tables in a cell."""
    house = letterhead(lambda package: setattr(package.tables[0].cell(0, 0), "text", "[[BODY]]"))
    assert "in a paragraph of its own outside tables and text boxes" in refused(house)


def test_the_file_is_named_as_the_user_knows_it() -> None:
    """Problems carry the name that the folder gave."""
    assert read_house(b"", "templates/house.docx")[1][0].file == "templates/house.docx"
    made = letterhead()  # once: a file that is made twice may have two times in it
    assert read_house(made, "x")[0] == HouseFile("x", made)
