"""The layouts that are no pages: PDF, Word, OpenDocument, mail, plain text, each made from the "
"article by its own tool."""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from typing import Any
from xml.sax.saxutils import escape

import docx
from ingest_corpus import RELATED, Gold
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageTemplate, Paragraph, Spacer

ODF = "urn:oasis:names:tc:opendocument:xmlns"


def uk(iso: str) -> str:
    """Returns a day as "4 May 2025"."""
    return date.fromisoformat(iso).strftime("%-d %B %Y")


def us(iso: str) -> str:
    """Returns a day as "May 4, 2025"."""
    return date.fromisoformat(iso).strftime("%B %-d, %Y")


# ---- PDF ---------------------------------------------------------------------------------------------------------


def _furniture(gold: Gold) -> Callable[[Any, Any], None]:
    """Returns what draws the running head and foot of a page."""

    def draw(canvas: Any, template: Any) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, A4[1] - 36, f"{gold.publisher}")
        canvas.drawRightString(A4[0] - 60, A4[1] - 36, gold.title)
        canvas.drawCentredString(A4[0] / 2, 30, f"Page {template.page}")
        canvas.drawString(60, 30, "www.x.example")
        canvas.restoreState()

    return draw


def _pdf(gold: Gold, frames: list[Frame], first: list[Frame], size: float, pad: int) -> bytes:
    """Returns a PDF; `pad` says how often the body is set, so that heads and feet repeat."""
    styles = getSampleStyleSheet()
    body = ParagraphStyle("body", parent=styles["Normal"], fontSize=size, leading=1.3 * size, spaceAfter=6)
    body.alignment = TA_JUSTIFY
    body.hyphenationLang = ""
    title = ParagraphStyle("t", parent=styles["Title"], fontSize=20, leading=24, alignment=0)
    note = ParagraphStyle("n", parent=body, fontSize=7.5, leading=9)
    story: list[Any] = [Paragraph(escape(gold.title), title)]
    if gold.authors:
        story.append(Paragraph("By " + ", ".join(gold.authors), body))
    story += [Paragraph(uk(gold.published), body), Spacer(1, 8), NextPageTemplate("later")]
    for part in gold.parts:
        if part.kind == "heading":
            story.append(Paragraph(escape(part.text), styles["Heading2"]))
        elif part.kind == "item":
            story.append(Paragraph(escape(part.text), body, bulletText="•"))
        else:
            story.append(Paragraph(escape(part.text), body))
    story += [Spacer(1, 4)] * pad
    story.append(Paragraph("1. Customs data were taken from the yearbook of the harbour office.", note))
    out = io.BytesIO()
    templates = [
        PageTemplate("first", first, onPage=_furniture(gold)),
        PageTemplate("later", frames, onPage=_furniture(gold)),
    ]
    BaseDocTemplate(out, pagesize=A4, pageTemplates=templates, title="untitled", invariant=1).build(story)
    return out.getvalue()


def report_pdf(gold: Gold) -> bytes:
    """A report in one column on small pages, with running head, foot and page number."""
    frame = Frame(60, 420, A4[0] - 120, A4[1] - 480)
    return _pdf(gold, [frame], [Frame(60, 420, A4[0] - 120, A4[1] - 480)], 11, 0)


def columns_pdf(gold: Gold) -> bytes:
    """A journal in two justified columns."""
    width = (A4[0] - 140) / 2
    columns = [Frame(60, 60, width, A4[1] - 130), Frame(80 + width, 60, width, A4[1] - 130)]
    first = [Frame(60, 480, width, A4[1] - 550), Frame(80 + width, 480, width, A4[1] - 550)]
    return _pdf(gold, columns, first, 9.5, 0)


# ---- Word and OpenDocument ---------------------------------------------------------------------------------------


def memo_docx(gold: Gold) -> bytes:
    """A Word memo: from, to, date and subject in lines of their own, a letterhead, numbered questions."""
    document = docx.Document()
    document.core_properties.author = "user"
    document.sections[0].header.paragraphs[0].text = f"{gold.publisher} - INTERNAL"
    document.sections[0].footer.paragraphs[0].text = "1 of 3"
    for label, value in (("From", ", ".join(gold.authors)), ("Date", uk(gold.published)), ("Subject", gold.title)):
        document.add_paragraph(f"{label}: {value}")
    for part in gold.parts:
        style = {"item": "List Number", "heading": "Heading 1", "quote": "Quote"}.get(part.kind)
        document.add_paragraph(part.text, style)
    return _saved(document)


def report_docx(gold: Gold) -> bytes:
    """A Word report: title style, byline, a caption and a table that are no part of the argument."""
    document = docx.Document()
    document.core_properties.title = gold.title
    document.core_properties.author = gold.authors[0]
    document.add_heading(gold.title, 0)
    document.add_paragraph(f"By {' and '.join(gold.authors)}")
    document.add_paragraph(us(gold.published))
    for part in gold.parts:
        style = {"item": "List Bullet", "heading": "Heading 1", "quote": "Intense Quote"}.get(part.kind)
        document.add_paragraph(part.text, style)
    document.add_paragraph("Table 1. Cases by year", "Caption")
    return _saved(document)


def unstyled_docx(gold: Gold) -> bytes:
    """A Word file without styles: the title large and bold, headings bold, bullets typed."""
    document = docx.Document()
    document.core_properties.author = ""
    document.add_paragraph().add_run(gold.title).bold = True
    document.add_paragraph(f"{', '.join(gold.authors)}")
    document.add_paragraph(us(gold.published))
    for part in gold.parts:
        run = document.add_paragraph().add_run(f"• {part.text}" if part.kind == "item" else part.text)
        run.bold = part.kind == "heading"
    document.core_properties.author = ", ".join(gold.authors)
    return _saved(document)


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def note_odt(gold: Gold) -> bytes:
    """An OpenDocument note as writers save it: automatic styles, a list, a footnote, hard spaces."""
    parts = [f'<text:p text:style-name="Title">{escape(gold.title)}</text:p>']
    parts.append(f"<text:p>By {', '.join(gold.authors)}</text:p><text:p>{uk(gold.published)}</text:p>")
    for number, part in enumerate(gold.parts):
        words = escape(part.text).replace(" ", '<text:s text:c="1"/>', 1)
        if number == 1:
            note = "<text:note-body><text:p>See the yearbook.</text:p></text:note-body>"
            words += f"<text:note><text:note-citation>1</text:note-citation>{note}</text:note>"
        if part.kind == "heading":
            parts.append(f'<text:h text:outline-level="2">{words}</text:h>')
        elif part.kind == "item":
            parts.append(f"<text:list><text:list-item><text:p>{words}</text:p></text:list-item></text:list>")
        else:
            parts.append(f'<text:p text:style-name="P1">{words}</text:p>')
    names = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "style", "table"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:automatic-styles>'
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Text_20_body"/>'
        f"</office:automatic-styles><office:body><office:text>{''.join(parts)}</office:text></office:body>"
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# ---- mail --------------------------------------------------------------------------------------------------------


def _mail(gold: Gold) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f'"{gold.authors[0]}" <letters@x.example>'
    message["To"] = "analyst@example.org"
    message["Subject"] = gold.title
    message["Date"] = date.fromisoformat(gold.published).strftime("%a, %d %b %Y 07:15:00 +0200")
    message["Message-ID"] = "<1@x.example>"
    return message


def letter_eml(gold: Gold) -> bytes:
    """A mail in plain text and HTML, with a signature and a foot."""
    message = _mail(gold)
    message["List-Id"] = f'"{gold.publisher}" <letters.x.example>'
    message.set_content("\n\n".join(textwrap.fill(part.text, 72) for part in gold.parts))
    body = "".join(f"<p>{escape(part.text)}</p>" for part in gold.parts)
    foot = "<p><small>You are receiving this email because you signed up. <a href='https://x.example/u'>Unsubscribe</a></small></p>"
    message.add_alternative(f"<html><body>{body}{foot}</body></html>", subtype="html")
    return message.as_bytes()


def digest_eml(gold: Gold) -> bytes:
    """A newsletter of one long article in nested tables, as mailing services set them."""
    message = _mail(gold)
    rows = "".join(
        f'<tr><td style="padding:8px">{"<h2>" if part.kind == "heading" else ""}{escape(part.text)}'
        f"{'</h2>' if part.kind == 'heading' else ''}</td></tr>"
        for part in gold.parts
    )
    hidden = '<div style="display:none;max-height:0">A preview that nobody sees in the mail itself</div>'
    foot = "<tr><td>© X. Our mailing address is 1 Road. <a href='https://x.example/u'>Unsubscribe</a></td></tr>"
    table = f'<table width="600"><tr><td><table>{rows}{foot}</table></td></tr></table>'
    message.set_content(f"<html><body>{hidden}{table}</body></html>", subtype="html")
    return message.as_bytes()


def newsletter_eml(golds: list[Gold]) -> bytes:
    """A newsletter that lists several articles, each with headline, words and a link, and adverts between them."""
    message = _mail(golds[0])
    message.replace_header("Subject", "This week: five things to read")
    stories = "".join(
        f'<tr><td><h2><a href="{gold.url}?utm_source=mail">{escape(gold.title)}</a></h2>'
        f"<p>{escape(gold.parts[0].text)}</p><p><a href='{gold.url}?utm_source=mail'>Read more</a></p></td></tr>"
        for gold in golds
    )
    head = '<tr><td><a href="https://x.example/view">View in your browser</a><h1>The weekly</h1></td></tr>'
    foot = f'<tr><td>{RELATED[0]["teaser"]}</td></tr><tr><td><a href="https://x.example/u">Unsubscribe</a></td></tr>'
    message.set_content(f"<html><body><table>{head}{stories}{foot}</table></body></html>", subtype="html")
    return message.as_bytes()


# ---- text --------------------------------------------------------------------------------------------------------


def wrapped_txt(gold: Gold) -> bytes:
    """A text wrapped at 72 columns, as old archives keep them, with Windows line ends."""
    lines = [gold.title, "", f"By {', '.join(gold.authors)}", f"Published: {uk(gold.published)}", ""]
    for part in gold.parts:
        lines += [textwrap.fill(part.text, 72, initial_indent="  * " if part.kind == "item" else ""), ""]
    return "\r\n".join("\n".join(lines).split("\n")).encode("cp1252")


def copied_txt(gold: Gold) -> bytes:
    """A text copied from a page: a caption first, the title twice, one line a paragraph, an author box at the end."""
    lines = ["A crane at the quay, May 3, 2019. (Ann Poe/Agency via AP)", "", gold.title, "", gold.title, ""]
    lines += [us(gold.published), ""]
    lines += [f"  • {part.text}" if part.kind == "item" else part.text + "\n" for part in gold.parts]
    lines += ["", "Author", "", gold.authors[0], "", "#pf-body #pf-title{margin:0;font-size:24px;}"]
    return "\n".join(lines).encode()


def note_md(gold: Gold) -> bytes:
    """A Markdown note with front matter, links and emphasis."""
    marks = {"heading": "## ", "item": "* ", "quote": "> "}
    authors = "\n".join(f"  - {author}" for author in gold.authors)
    front = f'---\ntitle: "{gold.title}"\nauthors:\n{authors}\ndate: {gold.published}\n---\n\n# {gold.title}\n\n'
    body = [f"{marks.get(part.kind, '')}{part.text.replace(' the ', ' *the* ', 1)}" for part in gold.parts]
    return (front + "\n\n".join(body) + "\n").encode()


MAKERS: dict[str, Callable[[Gold], bytes]] = {
    "report-pdf": report_pdf,
    "columns-pdf": columns_pdf,
    "memo-docx": memo_docx,
    "report-docx": report_docx,
    "unstyled-docx": unstyled_docx,
    "note-odt": note_odt,
    "letter-eml": letter_eml,
    "digest-eml": digest_eml,
    "wrapped-txt": wrapped_txt,
    "copied-txt": copied_txt,
    "note-md": note_md,
}
