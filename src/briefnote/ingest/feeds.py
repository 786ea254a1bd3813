"""RSS, Atom and JSON Feed → the articles that a feed lists. Of a million items only the first ones cost anything.

What a feed says is hostile until checked: addresses are http or https, texts one line, days days of the calendar.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from briefnote.ingest.dates import day_of
from briefnote.text import one_line

MOST_BYTES = 20_000_000
_ITEM = re.compile(rb"<(?:[A-Za-z0-9]+:)?(item|entry)[\s>/]", re.IGNORECASE)
_ROOT = re.compile(rb"<((?:[A-Za-z0-9]+:)?(?:rss|feed|RDF|channel))[\s>]", re.IGNORECASE)
_LONGEST = 500  # characters of a title or a name


class FeedError(Exception):
    """What came is no feed. The message says what it is instead."""


@dataclass(frozen=True)
class FeedEntry:
    """An article that a feed lists: its address ("" where it has none) and what the feed says of it."""

    url: str
    title: str | None
    published: str | None
    authors: tuple[str, ...]
    content: str | None


@dataclass(frozen=True)
class FeedRead:
    """A feed: its title, and its entries in its own order."""

    title: str | None
    entries: tuple[FeedEntry, ...]


def read_feed(data: bytes, url: str, media_type: str | None, most: int) -> FeedRead:
    """Returns at most the first `most` entries of a feed. Raises FeedError where it is none."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(data, url, most)
    return _xml_feed(data, url, media_type, most)


# ---- RSS and Atom -----------------------------------------------------------------------------------------------


def _xml_feed(data: bytes, url: str, media_type: str | None, most: int) -> FeedRead:
    import io

    import feedparser  # type: ignore[import-untyped]

    if not _ROOT.search(data[:100_000]):
        shown = "an HTML page" if b"<html" in data[:2000].lower() else "something else"
        raise FeedError(f"is no feed but {shown}; give the address of its RSS, Atom or JSON feed")
    headers = {"content-location": url, "content-type": media_type or "application/xml"}
    parsed = feedparser.parse(io.BytesIO(_first_items(data, most)), response_headers=headers)
    if not parsed.version and not parsed.entries:
        raise FeedError("cannot be read as RSS or Atom; the server may be sending half a file")
    entries = tuple(_xml_entry(entry, url) for entry in parsed.entries[:most])
    return FeedRead(_line(parsed.feed.get("title")), entries)


def _first_items(data: bytes, most: int) -> bytes:
    """Returns the feed cut before the item that is one too many, and closed: parsing takes time for each."""
    starts = [match.start() for number, match in zip(range(most + 1), _ITEM.finditer(data), strict=False)]
    if len(starts) <= most:
        return data
    root = _ROOT.search(data[:100_000])
    name = root[1] if root else b"rss"
    closing = b"</channel></" + name + b">" if name.lower() == b"rss" else b"</" + name + b">"
    return data[: starts[most]] + closing


def _xml_entry(entry: Mapping[str, Any], base: str) -> FeedEntry:
    contents = entry.get("content") or []
    content = max((str(part.get("value") or "") for part in contents), key=len, default="")
    day = entry.get("published") or entry.get("created") or entry.get("updated")
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    published = f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}" if parsed else None
    authors = [author.get("name") for author in entry.get("authors") or [] if isinstance(author, Mapping)]
    return FeedEntry(
        url=_address(entry.get("link"), base),
        title=_line(entry.get("title")),
        published=day_of(published or str(day or "")),
        authors=_names(authors),
        content=content or str(entry.get("summary") or "") or None,
    )


# ---- JSON Feed --------------------------------------------------------------------------------------------------


def _json_feed(data: bytes, url: str, most: int) -> FeedRead:
    try:
        plain = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise FeedError("is no feed: it begins like JSON and breaks off or has errors") from None
    items = plain.get("items") if isinstance(plain, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(plain.get("version")):
        raise FeedError("is JSON and no JSON Feed (its version must name jsonfeed.org)")
    entries = tuple(_json_entry(item, url) for item in items[:most] if isinstance(item, dict))
    return FeedRead(_line(plain.get("title")), entries)


def _json_entry(item: Mapping[str, Any], base: str) -> FeedEntry:
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    text = item.get("content_text")
    return FeedEntry(
        url=_address(item.get("url") or item.get("external_url") or item.get("id"), base),
        title=_line(item.get("title")),
        published=day_of(str(item.get("date_published") or "")),
        authors=_names(author.get("name") for author in authors or [] if isinstance(author, dict)),
        content=_string(item.get("content_html")) or (_paragraphs(text) if isinstance(text, str) else None),
    )


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())


# ---- both -------------------------------------------------------------------------------------------------------


def _address(value: object, base: str) -> str:
    """Returns an http or https address, resolved against the feed's; "" for anything else."""
    if not isinstance(value, str) or not value.strip() or re.search(r"[\x00-\x20]", value.strip()):
        return ""
    try:
        found = urljoin(base, value.strip())
    except ValueError:
        return ""
    return found if found.startswith(("http://", "https://")) and len(found) <= 2000 else ""


def _line(value: object) -> str | None:
    """Returns plain text on one line: titles come as HTML as often as not."""
    if not isinstance(value, str):
        return None
    plain = one_line(html.unescape(re.sub(r"<[^<>]{0,1000}>", "", value)))
    return plain[:_LONGEST] or None


def _names(values: Iterator[object] | Sequence[object]) -> tuple[str, ...]:
    return tuple(name for value in values if (name := _line(value)))[:20]


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
