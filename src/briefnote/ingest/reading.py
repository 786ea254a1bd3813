"""An article from the bytes of a file, a page or a mail: the one way in for every kind of source."""

from __future__ import annotations

from dataclasses import replace

from briefnote.ingest.snapshot import Reader, Snapshot
from briefnote.ingest.sniffing import Kind, kind_of
from briefnote.model.article import Article

MOST_BYTES = 100_000_000

_MEDIA_TYPES: dict[Kind, str] = {"text": "text/plain", "markdown": "text/markdown", "html": "text/html"}


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
    return (read(data, name, url, media_type),)


def _kind(snapshot: Snapshot) -> Kind:
    if len(snapshot.data) > MOST_BYTES:
        snapshot.refuse(f"has {len(snapshot.data):,} bytes, more than {MOST_BYTES:,}; save the article alone")
    return kind_of(snapshot)


def _reader(kind: Kind) -> Reader:
    """Returns the reader of a kind; its libraries are imported only when one is met."""
    if kind == "html":
        from briefnote.ingest.html.reader import read as read_html

        return read_html
    if kind == "markdown":
        from briefnote.ingest.plain.markdown import read as read_markdown

        return read_markdown
    from briefnote.ingest.plain.reader import read as read_plain

    return read_plain


def _finished(article: Article, snapshot: Snapshot, kind: Kind) -> Article:
    return replace(article, media_type=_MEDIA_TYPES.get(kind, "text/plain"), snapshot=snapshot.sha256)
