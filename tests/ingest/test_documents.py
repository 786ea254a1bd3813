"""Word, OpenDocument, PDF and mail: structure, places, what is left out, on files of their own tools."""

from __future__ import annotations

import io
import shutil
import subprocess
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from briefnote.ingest.gates import gates
from briefnote.ingest.reading import read, read_all
from briefnote.model.article import Article

SENTENCE = "The ferry carries most of the grain that crosses the straits in winter. "
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def parts(article: Article) -> list[tuple[str, str]]:
    """Returns each block as (kind, text)."""
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def memo(deleted: str = "Never said.") -> bytes:
    """Returns a Word memo: heading, list, table, quote, caption, header, deleted words."""
    document: Any = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Restricted circulation"
    document.add_heading("Grain and the straits", 0)
    document.add_paragraph("By Jane Roe")
    document.add_paragraph("4 May 2025")
    document.add_heading("The ferry", 1)
    document.add_paragraph(SENTENCE * 3)
    document.add_paragraph("It sails at six.", "List Bullet")
    document.add_paragraph("It is full.", "List Bullet 2")
    table = document.add_table(2, 2)
    for row, cells in enumerate((("Year", "Tonnes"), ("2024", "61,000"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_paragraph("A boat is a promise.", "Quote")
    document.add_paragraph("Figure 1. The quay", "Caption")
    change = f'<w:del xmlns:w="{W}" w:id="1"><w:r><w:delText>{deleted}</w:delText></w:r></w:del>'
    document.add_paragraph("What stays. ")._p.append(parse_xml(change))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


EXPECTED = [
    ("title", "Grain and the straits"),
    ("note", "By Jane Roe"),
    ("note", "4 May 2025"),
    ("heading", "The ferry"),
    ("paragraph", (SENTENCE * 3).strip()),
    ("item", "It sails at six."),
    ("item", "It is full."),
    ("table", "Year\tTonnes\n2024\t61,000"),
    ("quote", "A boat is a promise."),
    ("caption", "Figure 1. The quay"),
    ("paragraph", "What stays."),
]


def test_a_word_memo_keeps_its_structure() -> None:
    """Styles become structure; running heads and deleted words are no text."""
    article = read(memo(), "memo.docx")
    assert parts(article) == EXPECTED
    assert article.metadata.title is not None
    assert article.metadata.title.value == "Grain and the straits"
    assert article.metadata.published is not None
    assert article.metadata.published.value == "2025-05-04"
    assert [author.value for author in article.metadata.authors] == ["Jane Roe"]


def test_places_of_a_word_file_name_its_paragraphs() -> None:
    """The fifth paragraph of the document part is where the fifth block was read."""
    article = read(memo(), "memo.docx")
    block = article.blocks[4]
    (place,) = [place for place in article.places if place.start == block.start]
    assert (place.part, place.at) == ("word/document.xml#5", 0)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Jane Roe, Institute of Ferries, 12 November 2026", "2026-11-12"),
        ("Vilnius (12 November 2026)", "2026-11-12"),
        ("The ferry has not sailed since 12 November 2026", "2013-12-23"),
        ("Since 3 May, 2026, and not since 12 November 2026, the ferry is late", "2013-12-23"),
    ],
)
def test_the_day_of_a_first_line_is_more_than_that_of_the_file(line: str, day: str) -> None:
    """A template hands the day on which it was made (here 2013-12-23) to all files that are made of it."""
    document: Any = docx.Document()
    document.add_heading("The ferry", 0)
    document.add_paragraph(line)
    document.add_paragraph("It is late again, and nobody can say why that is so this time.")
    file = io.BytesIO()
    document.save(file)
    published = read(file.getvalue(), "ferry.docx").metadata.published
    assert published is not None
    assert published.value == day


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["odt", "pdf"])
def test_what_libreoffice_makes_of_it_says_the_same(kind: str, tmp_path: Path) -> None:
    """The memo as LibreOffice saves it in another format has the same title, headings, items and words."""
    (tmp_path / "memo.docx").write_bytes(memo(deleted=""))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "memo.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = parts(read((tmp_path / f"memo.{kind}").read_bytes(), f"memo.{kind}"))
    kept = {"title", "heading", "item", "caption"}
    assert [part for part in found if part[0] in kept] == [part for part in EXPECTED if part[0] in kept]
    assert found[-1] == ("paragraph", "What stays.")


def two_pages() -> bytes:
    """Returns a PDF of two pages with running head and page number, and a word divided at the end of a line."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    lines = [
        "Cooperation between the two harbours has never been close, and the mayor",
        "knows that more coop-",
        "eration would cost votes. So the ferry sails half empty, and nobody asks",
    ]
    for page in (1, 2):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 815, "The Harbour Review")
        canvas.drawString(290, 25, str(page))
        canvas.setFont("Helvetica", 11)
        for number, line in enumerate(lines if page == 1 else ["why this is so. The answer is short."]):
            canvas.drawString(60, 700 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_pages_are_joined_and_their_furniture_is_left_out() -> None:
    """A sentence goes on over the page; the divided word is whole; head and page number are gone; the page is kept."""
    article = read(two_pages(), "review.pdf")
    assert article.text == (
        "Cooperation between the two harbours has never been close, and the mayor knows that more "
        "cooperation would cost "
        "votes. So the ferry sails half empty, and nobody asks why this is so. The answer is short."
    )
    assert [(block.kind, block.page) for block in article.blocks] == [("paragraph", 1)]
    assert {place.part for place in article.places} == {"page 1", "page 2"}


def scan() -> bytes:
    """Returns a PDF that is a picture of words."""
    image = Image.new("L", (1700, 600), 255)
    font = ImageFont.load_default(60)
    for number, line in enumerate(("The ferry sails at six", "and returns at noon.")):
        ImageDraw.Draw(image).text((80, 80 + 120 * number), line, 0, font=font)
    out = io.BytesIO()
    image.save(out, "PDF", resolution=200)
    return out.getvalue()


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_picture_of_words_is_recognised() -> None:
    """With tesseract and the extra [ocr], a PDF without text layer is read."""
    pytest.importorskip("pytesseract")
    assert " ".join(read(scan(), "scan.pdf").text.split()) == "The ferry sails at six and returns at noon."


def test_a_picture_of_words_has_its_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without tesseract the file is kept, and the reason why it is not analysed."""
    monkeypatch.setenv("PATH", "")
    (gate,) = gates(read(scan(), "scan.pdf"))
    assert gate.kind == "no-text-layer"
    assert "tesseract" in gate.reason


def letter() -> bytes:
    """Returns a forwarded mail with an attachment."""
    message = EmailMessage()
    message["From"] = '"Jane Roe" <jane@x.example>'
    message["Subject"] = "Fwd: [Weekly] The ferry"
    message["Date"] = "Sun, 04 May 2025 23:30:00 -0500"
    message.set_content(SENTENCE * 6)
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="../../etc/passwd")
    return message.as_bytes()


def test_a_mail_says_who_and_when() -> None:
    """Subject without prefixes, sender, the day where it was sent; the name of an attachment is nobody's title."""
    article = read(letter(), "letter.eml")
    assert article.text == (SENTENCE * 6).strip()
    said = article.metadata
    assert said.title is not None
    assert said.published is not None
    assert (said.title.value, said.published.value) == ("The ferry", "2025-05-04")
    assert [(author.value, author.where) for author in said.authors] == [("Jane Roe", "mail From")]


PLAIN_NEWSLETTER = f"""\
Good morning. Here is the week.

The ferry is late again

{SENTENCE}It was three hours this time.
https://x.example/ferry

----

A bridge nobody asked for

{SENTENCE}The mayor will open it in June.
Read more: https://x.example/bridge

You are receiving this email because you signed up.
Unsubscribe: https://x.example/u
"""


def test_a_plain_newsletter_is_taken_apart() -> None:
    """Headline, words and link of each story; greeting and foot are none."""
    message = EmailMessage()
    message["From"] = "Weekly <w@x.example>"
    message["Subject"] = "The week"
    message["Message-ID"] = "<1@x.example>"
    message.set_content(PLAIN_NEWSLETTER)
    found = read_all(message.as_bytes(), "weekly.eml")
    said = [
        (a.metadata.title and a.metadata.title.value, a.metadata.url and a.metadata.url.value, a.text) for a in found
    ]
    assert said == [
        ("The ferry is late again", "https://x.example/ferry", SENTENCE + "It was three hours this time."),
        ("A bridge nobody asked for", "https://x.example/bridge", SENTENCE + "The mayor will open it in June."),
    ]
