"""An article from the bytes of a file, a page or a mail: the one way in for every kind of source."""

from __future__ import annotations

from dataclasses import fields, replace

from briefnote.ingest.snapshot import Reader, Snapshot
from briefnote.ingest.sniffing import Kind, kind_of
from briefnote.model.article import Article, Metadata, Stated
from briefnote.text import clean

MOST_BYTES = 100_000_000

_MEDIA_TYPES: dict[Kind, str] = {
    "text": "text/plain",
    "markdown": "text/markdown",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "mail": "message/rfc822",
}


def read(data: bytes, name: str, url: str | None = None, media_type: str | None = None) -> Article:
    """Returns the article. A newsletter is one article here; `read_all` takes it apart.

    `name` is what messages call the source; `url` is where it was fetched from, `media_type` what its server said.
    Raises BriefnoteError with name, reason and remedy.
    """
    snapshot = Snapshot(data, name, url, media_type)
    kind = _kind(snapshot)
    return _finished(_reader(kind)(snapshot), snapshot, kind)


def read_all(data: bytes, name: str, url: str | None = None, media_type: str | None = None) -> tuple[Article, ...]:
    """Returns the articles in order: one, or those that a newsletter lists. Raises as `read` does."""
    snapshot = Snapshot(data, name, url, media_type)
    if _kind(snapshot) == "mail":
        from briefnote.ingest.mail.reader import split

        if stories := split(snapshot):
            return tuple(_finished(story, snapshot, "mail") for story in stories)
    return (read(data, name, url, media_type),)


def _kind(snapshot: Snapshot) -> Kind:
    if len(snapshot.data) > MOST_BYTES:
        snapshot.refuse(f"has {len(snapshot.data):,} bytes, more than {MOST_BYTES:,}; save the article alone")
    return kind_of(snapshot)


def _reader(kind: Kind) -> Reader:
    """Returns the reader of a kind; it and its libraries are imported only when one is met."""
    if kind == "html":
        from briefnote.ingest.html.reader import read as reader
    elif kind == "pdf":
        from briefnote.ingest.pdf.reader import read as reader
    elif kind == "docx":
        from briefnote.ingest.office.docx import read as reader
    elif kind == "odt":
        from briefnote.ingest.office.odt import read as reader
    elif kind == "mail":
        from briefnote.ingest.mail.reader import read as reader
    elif kind == "markdown":
        from briefnote.ingest.plain.markdown import read as reader
    else:
        from briefnote.ingest.plain.reader import read as reader
    return reader


def _finished(article: Article, snapshot: Snapshot, kind: Kind) -> Article:
    about = _printable(article.metadata)
    return replace(article, metadata=about, media_type=_MEDIA_TYPES[kind], snapshot=snapshot.sha256)


def _printable(about: Metadata) -> Metadata:
    """Returns it without what a terminal would act on, which the readers leave out of the text as well."""
    said = {field.name: getattr(about, field.name) for field in fields(about)}
    authors = tuple(replace(author, value=clean(author.value)) for author in about.authors)
    others = {name: replace(one, value=clean(one.value)) for name, one in said.items() if isinstance(one, Stated)}
    return replace(about, authors=authors, **others)
