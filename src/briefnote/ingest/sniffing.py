"""What bytes are, by what they hold; the name and the media type only break ties."""

from __future__ import annotations

import re
from typing import Literal

from briefnote.ingest.decoding import declared_charset, decode
from briefnote.ingest.snapshot import Snapshot

Kind = Literal["text", "markdown", "html", "pdf", "docx", "odt", "mail"]

KNOWN = "plain text, Markdown, HTML, PDF, Word (.docx), OpenDocument (.odt) and mail (.eml)"
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old or an encrypted Office file; save it as .docx without a password"),
    (b"{\\rtf", "is a Rich Text file; save it as .docx or .txt"),
    (b"\x1f\x8b", "is compressed (gzip); unpack it first"),
    (b"\xfd7zXZ\0", "is compressed (xz); unpack it first"),
    (b"BZh", "is compressed (bzip2); unpack it first"),
    (b"7z\xbc\xaf", "is a 7-Zip archive; unpack it first"),
    (b"Rar!", "is a RAR archive; unpack it first"),
    (b"\x89PNG", "is a picture; save the article itself, or a PDF of it"),
    (b"\xff\xd8\xff", "is a picture; save the article itself, or a PDF of it"),
    (b"GIF8", "is a picture; save the article itself, or a PDF of it"),
    (b"II*\0", "is a picture; save the article itself, or a PDF of it"),
    (b"MM\0*", "is a picture; save the article itself, or a PDF of it"),
    (b"%!PS", "is PostScript; print it to a PDF"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:[ \t\r\n]|From \S|[ \t]+\S|>From ")
_ENVELOPE = re.compile(rb"^(received|return-path|message-id|mime-version|delivered-to|content-type):", re.I | re.M)
_LETTER = re.compile(rb"^(from|date|subject|to):", re.I | re.M)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b", re.I | re.S
)
_TAG = re.compile(r"</?(?:p|div|span|a|br|h[1-6]|ul|li|table|td|article|section|script|style|img)\b[^<>]*>", re.I)
_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.I | re.S)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")


def kind_of(snapshot: Snapshot) -> Kind:
    """Returns the kind. Raises BriefnoteError for what is empty, or is no article in a form that is known."""
    data = snapshot.data
    if not data[:1000].strip() and not data.strip():
        snapshot.refuse("is empty; put the article there, or remove the file")
    for mark, reason in _REFUSED:
        if data.startswith(mark):
            snapshot.refuse(reason)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_ZIP):
        return _kind_of_zip(snapshot)
    if _is_mail(snapshot):
        return "mail"
    return _kind_of_text(snapshot)


def _kind_of_zip(snapshot: Snapshot) -> Kind:
    """Looks for the names of parts in the bytes: what is broken inside is the reader's to say."""
    data = snapshot.data
    if b"word/document" in data or snapshot.suffix == ".docx":
        return "docx"
    if b"application/vnd.oasis.opendocument.text" in data[:200] or snapshot.suffix == ".odt":
        return "odt"
    return snapshot.refuse(f"is a zip archive, but no Word or OpenDocument text; briefnote reads {KNOWN}")


def _is_mail(snapshot: Snapshot) -> bool:
    """Says whether the first lines are headers; in a .txt, "Date:" and "Subject:" alone may open a memo."""
    head = snapshot.data[:20_000].lstrip(b"\xef\xbb\xbf\r\n \t")
    if not _HEADER.match(head):
        return False
    lines = re.split(rb"\r?\n\r?\n|\r\r", head, maxsplit=1)[0].splitlines()
    if not lines or not all(_HEADER.match(line + b"\n") for line in lines):
        return False
    block = b"\n".join(lines)
    is_named = snapshot.suffix in {".eml", ".mht", ".mhtml"} or (snapshot.media_type or "").startswith("message/")
    return len(_ENVELOPE.findall(block)) + len(_LETTER.findall(block)) > 1 and (
        is_named or _ENVELOPE.search(block) is not None
    )


def _kind_of_text(snapshot: Snapshot) -> Kind:
    charset = declared_charset(snapshot.data, snapshot.media_type)
    head = decode(snapshot.data[:2_000], charset)
    media_type = (snapshot.media_type or "").split(";")[0].strip().lower()
    if _FEED.match(head):
        snapshot.refuse("is a feed, not an article; name its address in sources/feeds.yaml")
    if _HTML.match(head):
        return "html"
    head = decode(snapshot.data[:50_000], charset)
    if _is_marked_up(head) and media_type != "text/plain":
        return "html"
    if len(_CONTROLS.findall(head)) > 0.02 * len(head):
        snapshot.refuse(f"is not text, whatever its name says; briefnote reads {KNOWN}")
    if media_type == "text/markdown" or snapshot.suffix in {".md", ".markdown", ".mdown"}:
        return "markdown"
    return "text"


def _is_marked_up(head: str) -> bool:
    """Says whether it is a piece of a page: it begins with a tag, or has one in every 400 characters."""
    tags = len(_TAG.findall(head))
    return tags > 2 and (head.lstrip().startswith("<") or tags * 400 > len(head))
