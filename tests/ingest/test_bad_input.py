"""Bad input ends in a message with the file's name, the reason and the remedy; in bounded time and memory."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from briefnote.errors import BriefnoteError
from briefnote.ingest.gates import gates
from briefnote.ingest.reading import read, read_all

CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def archive(parts: dict[str, bytes | str]) -> bytes:
    """Returns a zip archive of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def word_file(document: bytes | str) -> bytes:
    """Returns a Word file with this document part."""
    return archive({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document})


def word_document() -> bytes:
    """Returns a Word file as python-docx saves it."""
    document = docx.Document()
    document.add_paragraph("The ferry sails at six. " * 40)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def encrypted_pdf() -> bytes:
    """Returns a PDF that asks for a password."""
    from reportlab.lib import pdfencrypt

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=pdfencrypt.StandardEncryption("secret", "owner", strength=128))
    canvas.drawString(72, 700, "Nobody reads this.")
    canvas.save()
    return out.getvalue()


def bomb() -> bytes:
    """Returns a Word file whose document unpacks to 300 MB, in a file of 0.3 MB."""
    return word_file(b" " * 300_000_000)


def lying_bomb() -> bytes:
    """Returns a bomb whose directory says that the part has 1,000 bytes."""
    data = bytearray(word_file(b"<a/>" + b" " * 80_000_000))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):  # where a header says the size
        at = data.rfind(mark)
        data[at + offset : at + offset + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def with_entities() -> bytes:
    """Returns a Word file that names a file of the machine as an external entity."""
    declared = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return word_file(
        f'<?xml version="1.0"?>{declared}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&x;</w:t>'
        "</w:r></w:p></w:body></w:document>"
    )


def laughs() -> bytes:
    """Returns a Word file with entities that grow to a thousand million."""
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<!DOCTYPE w [<!ENTITY l0 "ha">{lines}]>'
    return word_file(f'<?xml version="1.0"?>{declared}<w:document xmlns:w="{W}"><w:body>&l9;</w:body></w:document>')


def nested_mail(depth: int) -> bytes:
    """Returns a mail whose parts lie in one another."""
    head = b"From: a@x.example\nSubject: Deep\nMIME-Version: 1.0\n"
    parts = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth))
    return head + parts + b"Content-Type: text/plain\n\nAt the bottom.\n"


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.txt": (lambda: b"", "is empty; put the article there, or remove the file"),
    "blank.html": (lambda: b" \n\t ", "is empty; put the article there, or remove the file"),
    "program.txt": (lambda: bytes(range(256)) * 400, "is not text, whatever its name says"),
    "picture.txt": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "is a picture; save the article itself, or a PDF of it"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "is an old or an encrypted Office file"),
    "packed.txt": (lambda: b"\x1f\x8b\x08\0" + zlib.compress(b"x" * 99), "is compressed (gzip); unpack it first"),
    "pack.docx.zip": (lambda: archive({"a.txt": "text"}), "is a zip archive, but no Word or OpenDocument text"),
    "feed.xml": (lambda: b'<?xml version="1.0"?><rss><channel/></rss>', "is a feed, not an article"),
    "locked.pdf": (encrypted_pdf, "is encrypted; save a copy without the password"),
    "broken.pdf": (lambda: b"%PDF-1.7\nand no more", "is no readable PDF (broken or cut off)"),
    "cut.docx": (lambda: word_document()[:-400], "is a broken zip archive; open it in a word processor"),
    "spoilt.docx": (lambda: word_document().replace(b"word/document", b"word/dokument"), "has no text"),
    "bomb.docx": (bomb, "a zip bomb; do not open it"),
    "lying.docx": (lying_bomb, "is a broken zip archive"),
    "entities.docx": (with_entities, "word/document.xml declares a document type, which may hold entities"),
    "laughs.docx": (laughs, "word/document.xml"),
    "crooked.docx": (lambda: word_file("<w:document>"), "word/document.xml is no well-formed XML"),
    "large.html": (
        lambda: b"<html><body>" + b"<p>word</p>" * 3_000_000,
        "is a page of 33,000,012 bytes, more than 25,000,000",
    ),
    "huge.html": (lambda: b"<html><body>" + b"<p>word</p>" * 9_100_000, "has 100,100,012 bytes, more than 100,000,000"),
    "dense.html": (
        lambda: b"<html><body>" + b"<p>word</p>" * 400_000,
        "characters without scripts, more than 4,000,000",
    ),
    "deep.html": (lambda: b"<div>" * 100_000 + b"x" + b"</div>" * 100_000, "nested more than 2,000 deep"),
    "parts.eml": (lambda: nested_mail(2_000), "has more than 500 parts"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_by_name_with_reason_and_remedy(name: str) -> None:
    """One problem, the file's name in it, and what to do."""
    make, message = REFUSED[name]
    with pytest.raises(BriefnoteError) as caught:
        read(make(), name)
    (problem,) = caught.value.problems
    assert problem.file == name
    assert message in problem.message
    assert ";" in problem.message or ":" in problem.message


@pytest.mark.parametrize("depth", [50, 400])
def test_a_mail_of_parts_in_parts_is_no_crash(depth: int) -> None:
    """As deep as the limit allows, it is read, or refused by name."""
    try:
        said = str(read(nested_mail(depth), "deep.eml").metadata.title)
    except BriefnoteError as error:
        said = str(error)
    assert "Deep" in said or said.startswith("deep.eml: ")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Prices rose in Zürich.".encode("cp1252"), "Prices rose in Zürich."),
        ("Prices rose in Zürich.".encode("utf-16"), "Prices rose in Zürich."),
        ("Prices rose in Zürich.".encode("utf-16-le"), "Prices rose in Zürich."),
        (b"\xef\xbb\xbf" + "Prices rose in Zürich.".encode(), "Prices rose in Zürich."),
        (
            "Żółw – “tak” – cena w Łodzi wzrosła.".encode() + b" It\x92s so.",
            "Żółw – “tak” – cena w Łodzi wzrosła. It’s so.",
        ),
        (b"One\0 word\x07 and another." + b" And so on." * 20, "One word and another." + " And so on." * 20),
    ],
    ids=["windows", "utf-16", "utf-16 without mark", "mark", "two encodings", "controls"],
)
def test_text_is_decoded_whatever_it_is_in(data: bytes, said: str) -> None:
    """A text that does not say its encoding, or mixes two, is read; control characters are left out."""
    assert read(data, "text.txt").text == said


def test_a_page_that_names_a_wrong_encoding_is_read_by_its_bytes() -> None:
    """UTF-8 that is declared to be Latin-1 stays UTF-8."""
    paragraph = "<p>" + "Die Preise in Zürich und Genève stiegen über Nacht. " * 12 + "</p>"
    head = '<meta charset="iso-8859-1"><title>Zürich</title>'
    page = f"<html><head>{head}</head><body><article>{paragraph}</article></body></html>"
    article = read(page.encode(), "page.html", media_type="text/html; charset=iso-8859-1")
    assert article.text.startswith("Die Preise in Zürich und Genève stiegen")
    assert article.metadata.title is not None
    assert article.metadata.title.value == "Zürich"


def test_a_forged_sender_is_not_the_author() -> None:
    """A name that shows another address than the one that sent the mail is not believed."""
    body = b"\n\n" + b"The ferry sails at six, and nobody knows why it should. " * 10
    forged = b'From: "Jane Roe <jane@ministry.example>" <x@evil.example>\nSubject: Report\nMIME-Version: 1.0' + body
    honest = b'From: "Jane Roe" <jane@ministry.example>\nSubject: Report\nMIME-Version: 1.0' + body
    assert read(forged, "a.eml").metadata.authors == ()
    assert [author.value for author in read(honest, "b.eml").metadata.authors] == ["Jane Roe"]


def test_a_mail_with_broken_headers_is_read() -> None:
    """Headers without sense, a date that is none and an unknown charset stop nothing."""
    mail = (
        b"From: =?bad?Q?=FF\nDate: the day before\nSubject: =?utf-8?B?w7w=?= \n over two lines\nMIME-Version: 1.0\n"
        b"Content-Type: text/plain; charset=martian\n\nWords enough to be read.\n"
    )
    article = read(mail, "odd.eml")
    assert article.text == "Words enough to be read."
    assert article.metadata.published is None


def test_a_pdf_of_pictures_has_a_gate() -> None:
    """Where nothing can recognise the text, the reason is recorded and the article is empty."""
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.rect(72, 600, 200, 100, fill=1)
    canvas.save()
    article = read(out.getvalue(), "scan.pdf")
    assert article.text == ""
    assert {gate.kind for gate in gates(article)} <= {"no-text-layer", "too-short"}


def test_unclosed_scripts_cost_no_quadratic_time() -> None:
    """Two million characters of opening tags that nothing closes are read once, not once each."""
    opened = b"<script>" * 120_000 + b"<!--" * 120_000 + b"<style>" * 120_000
    assert read(b"<html><body><p>Words.</p>" + opened, "open.html").media_type == "text/html"


def test_a_newsletter_without_stories_is_one_article() -> None:
    """What lists nothing is not taken apart."""
    mail = b"From: a@x.example\nSubject: A letter\nMIME-Version: 1.0\n\n" + b"One thought, told at length. " * 30
    assert len(read_all(mail, "letter.eml")) == 1
