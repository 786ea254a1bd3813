"""Quotes as the file has them: who reads a plain text beside its summary finds every passage letter by letter.

The clean text joins words that a line end broke; the file has the hyphen.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from briefnote.drafting.batch import Made
from briefnote.model.article import Article, Place
from briefnote.model.summary import Claim, Figure, Locator, Summary

Entry = TypeVar("Entry", bound=Claim | Figure)
_PLAIN = {"text/plain", "text/markdown"}


def in_its_file(made: Made) -> Summary | None:
    """Returns the summary with quotes as its file has them, where it was drafted from a file of plain text."""
    if made.summary is None or made.article is None or made.task.file is None:
        return made.summary
    return as_in_file(made.summary, made.article, made.task.file)


def as_in_file(summary: Summary, article: Article, file: Path) -> Summary:
    """Returns the summary with quotes from the file, where that is plain text; offsets stay those of the clean text."""
    if article.media_type not in _PLAIN or not article.places:
        return summary
    from briefnote.ingest.decoding import decode

    written = decode(file.read_bytes())
    return replace(
        summary,
        claims=tuple(_in_file(claim, article, written) for claim in summary.claims),
        figures=tuple(_in_file(figure, article, written) for figure in summary.figures),
    )


def _in_file(entry: Entry, article: Article, written: str) -> Entry:
    locator = entry.locator or Locator()
    if entry.quote is None or locator.start is None or locator.end is None:
        return entry
    start, last = (_at(offset, article.places) for offset in (locator.start, locator.end - 1))
    if start is None or last is None or not start <= last < len(written):
        return entry
    return replace(entry, quote=" ".join(written[start : last + 1].split()))


def _at(offset: int, places: tuple[Place, ...]) -> int | None:
    """Returns where a character of the text stands in the file, None where it was not read from there."""
    number = bisect_right(places, offset, key=lambda place: place.start) - 1
    if number < 0 or offset >= places[number].end:
        return None
    return places[number].at + offset - places[number].start
