"""All that is known of one source, in lines or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from briefnote.collecting.listing import known_source
from briefnote.collecting.resting import judgements_on
from briefnote.model.archive import ArticleRecord
from briefnote.model.article import Metadata, Stated
from briefnote.store.articles import has_article, read_article
from briefnote.store.folder import Folder
from briefnote.text import count_words

_FIELDS = ("title", "publisher", "published", "updated", "language", "url")


def record_json(folder: Folder, source: str) -> str:
    """Returns the record of a source, its text left out, as JSON. Raises BriefnoteError."""
    known_source(folder, source)
    plain = asdict(read_article(folder, source))
    del plain["article"]["text"]
    return json.dumps(plain, ensure_ascii=False, indent=1)


def record_lines(folder: Folder, source: str) -> list[str]:
    """Returns what is known of a source, one piece a line, with where it was found and how sure that is."""
    listed = known_source(folder, source)
    lines = [f"{source}: {listed.state}"]
    if not has_article(folder, source):
        return [*lines, "  its article is not here; `briefnote add` it"]
    record = read_article(folder, source)
    lines += [f"  {line}" for line in (*_about(record.article.metadata), *_history(record))]
    resting = judgements_on(folder).get(source, ())
    return [*lines, *(f"  {one} rests on it" for one in resting)]


def _about(about: Metadata) -> Iterator[str]:
    for name in _FIELDS:
        stated: Stated | None = getattr(about, name)
        yield f"{name}: {_stated(stated)}"
    for author in about.authors:
        yield f"author: {_stated(author)}"


def _stated(stated: Stated | None) -> str:
    return f"{stated.value}  ({stated.where}, {stated.certainty:.0%} sure)" if stated else "–"


def _history(record: ArticleRecord) -> Iterator[str]:
    yield f"text: {count_words(record.article.text):,} words, {record.text_sha256[:12]}…"
    if record.is_edited:
        yield "text: edited by hand since it was read"
    yield f"from: {record.came_from or 'put here by hand'}{f', added {record.added}' if record.added else ''}"
    if record.fetch:
        yield f"fetched: {record.fetch.answered}, last on {record.fetch.on}"
    for gate in record.article.gates:
        yield f"gated: {gate.reason}"
    if record.origin:
        yield f"copy of: {record.origin}"
    for version in record.versions:
        yield f"version {version.number}: in use until {version.until}"
    if record.drift:
        yield f"{record.drift.kind}: {record.drift.what}, seen on {record.drift.on}"
