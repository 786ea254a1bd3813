"""What a text says of itself in its first lines: title, authors, dates; nothing is guessed from the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from briefnote.ingest.dates import dates_in
from briefnote.ingest.frontlines import LABEL, is_date_line
from briefnote.ingest.language import language_of
from briefnote.ingest.names import is_byline, names_in, names_of_byline
from briefnote.model.article import Metadata, Stated

_UPDATED = re.compile(r"\b(?:updated|modified|revised|reviewed)\b", re.IGNORECASE)
_LABELLED = {
    "title": "title subject re",
    "authors": "author authors by from",
    "published": "date published",
    "updated": "updated",
    "publisher": "publisher source",
    "url": "url link",
}
_FRONT = 12  # parts before which a byline or a date line may stand


class Part(Protocol):
    """A block of the text to be: what it is, what it says on one line."""

    @property
    def kind(self) -> str:
        """Its kind, as a Block has it."""
        ...

    @property
    def text(self) -> str:
        """What it says."""
        ...


def metadata_of(parts: Sequence[Part], text: str, url: str | None) -> Metadata:
    """Returns what the parts say; `text` is for telling the language, `url` where it was fetched from."""
    labels = _labels(parts[:_FRONT])
    title = _label(labels, "title") or _title(parts)
    address = _label(labels, "url")
    language = language_of(text)
    days = list(_days(parts[:_FRONT]))
    return Metadata(
        title=title,
        authors=_authors(parts, labels),
        publisher=_label(labels, "publisher"),
        published=_labelled_day(labels, "published") or _day(days, updated=False),
        updated=_labelled_day(labels, "updated") or _day(days, updated=True),
        language=Stated(language[0], "words of the text", language[1]) if language else None,
        url=Stated(url, "address", 1.0) if url else address if address and "://" in address.value else None,
    )


def _labels(parts: Sequence[Part]) -> dict[str, str]:
    """Returns the lines of the kind "Date: 8 May 2025" before the body, by what they are about; the first wins."""
    found: dict[str, str] = {}
    for part in parts:
        if part.kind == "note" and (match := LABEL.match(part.text)):
            for name, words in _LABELLED.items():
                if match[1].lower() in words.split():
                    found.setdefault(name, match[2])
    return found


def _label(labels: dict[str, str], name: str) -> Stated | None:
    return Stated(labels[name], "labelled line", 0.9) if name in labels else None


def _labelled_day(labels: dict[str, str], name: str) -> Stated | None:
    days = dates_in(labels.get(name, ""))
    return Stated(days[0].iso, "labelled line", 0.9 if days[0].is_sure else 0.6) if days else None


def _title(parts: Sequence[Part]) -> Stated | None:
    titles = [part.text for part in parts if part.kind == "title"]
    return Stated(titles[0], "first line", 0.9 if len(titles) > 1 else 0.8) if titles else None


def _authors(parts: Sequence[Part], labels: dict[str, str]) -> tuple[Stated, ...]:
    """Returns the authors of a labelled line, else of the byline, else those named under "Author" at the end."""
    if "authors" in labels:
        return tuple(Stated(name, "labelled line", 0.9) for name in names_in(labels["authors"]))
    for part in parts[:_FRONT]:
        if part.kind == "note" and (names := names_of_byline(part.text)):
            return tuple(Stated(name, "byline", 0.9) for name in names)
    return tuple(Stated(name, "author box", 0.7) for name in _boxed(parts))


def _boxed(parts: Sequence[Part]) -> tuple[str, ...]:
    for part, following in pairwise(parts):
        if part.kind == "note" and re.fullmatch(r"(?:about )?(?:the )?authors?:?", part.text, re.IGNORECASE):
            return names_in(following.text.lstrip("•*- ")) if len(following.text) < 80 else ()
    return ()


def _day(days: Sequence[tuple[str, bool, bool]], updated: bool) -> Stated | None:
    """Returns the first day of the date lines; what follows "Updated" is no day of publication."""
    for iso, is_update, is_sure in days:
        if is_update == updated:
            return Stated(iso, "date line", 0.9 if is_sure else 0.6)
    return None


def _days(parts: Sequence[Part]) -> Iterator[tuple[str, bool, bool]]:
    """Yields the days of date lines and bylines: the day, whether "Updated" stands before it, whether it is sure."""
    for part in parts:
        days = dates_in(part.text) if part.kind == "note" else ()
        if days and (is_date_line(part.text) or is_byline(part.text) or _UPDATED.search(part.text)):
            done = 0
            for day in days:
                yield day.iso, _UPDATED.search(part.text, done, day.start) is not None, day.is_sure
                done = day.end
