"""What is known of all articles of a folder, without reading them again: a private cache, checked file by file.

An entry holds as long as the size and time of its record and text do. What is not in the cache, or was changed, is
read; so the catalogue is right also where there is no cache.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from briefnote.cache import keep, read_cached
from briefnote.errors import BriefnoteError, Problem
from briefnote.ingest.canonical import canonical
from briefnote.ingest.duplicates import sketch
from briefnote.model.archive import ArticleRecord
from briefnote.model.article import Stated
from briefnote.store.articles import RECORD, TEXT, article_ids, read_article, sources_folder
from briefnote.store.folder import Folder
from briefnote.text import count_words

_FORMAT = 1


@dataclass(frozen=True)
class Entry:
    """An article in short. `pages` are its canonical URLs; `stamp` says of which files this holds."""

    id: str
    stamp: str
    text: str
    snapshot: str | None
    pages: tuple[str, ...]
    came_from: str | None
    parts: int
    sketch: str
    title: str | None
    publisher: str | None
    published: str | None
    language: str | None
    added: str | None
    origin: str | None
    gates: tuple[str, ...]
    drift: str | None
    version: int
    words: int


def read_catalogue(folder: Folder) -> tuple[dict[str, Entry], list[Problem]]:
    """Returns the articles of a folder by id, sorted, and the problems of those that cannot be read."""
    name = f"articles-{_FORMAT}-{hashlib.sha256(str(folder.root.resolve()).encode()).hexdigest()[:32]}"
    cached = _cached(name)
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for source in article_ids(folder):
        stamp = _stamp(sources_folder(folder), source)
        known = cached.get(source)
        try:
            entries[source] = known if known and known.stamp == stamp else entry_of(read_article(folder, source), stamp)
        except BriefnoteError as error:
            problems += error.problems
    if entries != cached:
        keep(name, json.dumps([astuple(entry) for entry in entries.values()]).encode())
    return entries, problems


def _cached(name: str) -> Mapping[str, Entry]:
    data = read_cached(name)
    try:
        rows = json.loads(data) if data else []
        return {row[0]: _entry(row) for row in rows}
    except (ValueError, TypeError, IndexError):
        return {}


def _entry(row: list[Any]) -> Entry:
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row]
    return Entry(*values)


def _stamp(path: Path, source: str) -> str:
    stamps = []
    for ending in (RECORD, TEXT):
        try:
            found = (path / f"{source}{ending}").stat()
            stamps.append(f"{found.st_size}.{found.st_mtime_ns}.{found.st_ino}")
        except OSError:
            stamps.append("-")
    return " ".join(stamps)


def entry_of(record: ArticleRecord, stamp: str = "") -> Entry:
    """Returns an article in short."""
    article, about = record.article, record.article.metadata
    return Entry(
        id=record.id,
        stamp=stamp,
        text=record.text_sha256,
        snapshot=article.snapshot,
        pages=pages_of(record),
        came_from=record.came_from,
        parts=record.parts,
        sketch="" if article.gates else sketch(article.text),
        title=_value(about.title),
        publisher=_value(about.publisher),
        published=_value(about.published),
        language=_value(about.language),
        added=record.added,
        origin=record.origin,
        gates=tuple(gate.kind for gate in article.gates),
        drift=record.drift.kind if record.drift else None,
        version=record.version,
        words=count_words(article.text),
    )


def pages_of(record: ArticleRecord) -> tuple[str, ...]:
    """Returns the canonical URLs under which an article is known, sorted.

    What a page says its address is counts only if it is of the host that sent the page: no page speaks for another's.
    """
    fetched = (record.fetch.url, record.fetch.answered) if record.fetch else ()
    urls = [url for url in (record.came_from, *fetched) if url and url.startswith(("http://", "https://"))]
    pages = {canonical(url) for url in urls}
    stated = _value(record.article.metadata.url)
    if stated and (not pages or host_of(canonical(stated)) in {host_of(page) for page in pages}):
        pages.add(canonical(stated))
    return tuple(sorted(pages))


def host_of(page: str) -> str:
    """Returns the host of a canonical URL."""
    return page.partition("/")[0].partition("?")[0]


def _value(stated: Stated | None) -> str | None:
    return stated.value if stated else None
