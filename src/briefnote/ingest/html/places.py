"""Where the words of a page stand in its source: the visible characters in order, white space left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from briefnote.ingest.passages import Run

# Everything that is no text: elements without words, comments, tags.
_MARKUP = re.compile(
    r"<(?:script|style|noscript|template)\b[^>]*>[^<]*(?:<(?!/(?:script|style|noscript|template))[^<]*)*"
    # calls of notes, which `page` takes out of the tree
    r"|<sup\b[^>]*>(?:\s|<[^>]*>)*?<a\b[^>]*>(?:\s|<[^>]*>|[\[\]()*†]|\d{1,3})*?</sup>"
    r"|<a\b[^>]*>\s*<sup\b[^>]*>(?:\s|<[^>]*>|[\[\]()*†]|\d{1,3})*?</sup>\s*</a>"
    r"|<!--.*?(?:-->|\Z)|<[!/?a-zA-Z][^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Characters of the source between two marks, or an entity; what it says starts at `start` of the visible text."""

    start: int
    text: str
    at: int
    is_entity: bool = False


class SourceMap:
    """Finds passages of the text in the source of the page, each after the one before it where that is possible."""

    def __init__(self, source: str) -> None:
        self._stretches: list[_Stretch] = []
        visible: list[str] = []
        length = 0
        for text, at, is_entity in _stretches(source):
            self._stretches.append(_Stretch(length, text, at, is_entity))
            squeezed = "".join(text.split())
            visible.append(squeezed)
            length += len(squeezed)
        self._starts = [stretch.start for stretch in self._stretches]
        self._visible = "".join(visible)
        self._done = 0

    @property
    def size(self) -> int:
        """How many visible characters the page has, its menus included, white space not."""
        return len(self._visible)

    def spans(self, texts: Sequence[str]) -> list[tuple[int, int] | None]:
        """Returns where each text begins and ends among the visible characters, None where it is not in the source."""
        done = self._done
        found = [self._span(text) for text in texts]
        self._done = done
        return found

    def runs(self, text: str) -> tuple[Run, ...]:
        """Returns the text in runs with their places; in one run without a place where it is not in the source."""
        span = self._span(text)
        if span is None:
            return (Run(text),)
        runs = tuple(self._between(*span))
        if "".join(run.text for run in runs).split() == text.split() and "\n" not in text:
            return runs
        return tuple(_spaced(text, runs))

    def _span(self, text: str) -> tuple[int, int] | None:
        squeezed = "".join(text.split())
        found = self._visible.find(squeezed, self._done)
        if found < 0:
            found = self._visible.find(squeezed)
        if found < 0 or not squeezed:
            return None
        self._done = found + len(squeezed)
        return found, self._done

    def _between(self, start: int, end: int) -> Iterator[Run]:
        """Yields the stretches that hold the visible characters from `start` to `end`, as the source has them."""
        number = bisect_right(self._starts, start) - 1
        while number < len(self._stretches) and self._stretches[number].start < end:
            stretch = self._stretches[number]
            first = _offset(stretch.text, start - stretch.start) if stretch.start < start else 0
            last = _offset(stretch.text, end - stretch.start - 1) + 1
            yield Run(stretch.text[first:last], "", stretch.at + first, stretch.is_entity)
            number += 1


def _offset(text: str, count: int) -> int:
    """Returns where the character stands that `count` others than white space come before; the last one's for more."""
    if count < len(text) and not re.search(r"\s", text[: count + 1]):
        return count
    for match in re.finditer(r"\S+", text):
        if count < match.end() - match.start():
            return match.start() + count
        count -= match.end() - match.start()
    return len(text) - 1


def _spaced(text: str, runs: tuple[Run, ...]) -> Iterator[Run]:
    """Yields the runs with the white space of the text in place of the source's: a break may be a tag there."""
    done = 0
    for run in runs:
        for word in re.finditer(r"\S+", run.text):
            at = word.start()
            while at < word.end():
                gap = re.compile(r"\s+").match(text, done)
                if gap:
                    yield Run(gap[0])
                    done = gap.end()
                size = min(word.end() - at, (re.compile(r"\S+").match(text, done) or word).end() - done)
                yield Run(run.text[at : at + size], run.part, None if run.at is None else run.at + at, run.is_entity)
                at, done = at + size, done + size


def _stretches(source: str) -> Iterator[tuple[str, int, bool]]:
    """Yields the characters between two marks, where they begin, whether they are an entity."""
    done = 0
    for markup in _MARKUP.finditer(source):
        start = markup.start()
        if start > done:
            yield from _text(source, done, start)
        done = markup.end()
    yield from _text(source, done, len(source))


def _text(source: str, start: int, end: int) -> Iterator[tuple[str, int, bool]]:
    text = source[start:end]
    done = 0
    for entity in _ENTITY.finditer(text) if "&" in text else ():
        if entity.start() > done:
            yield text[done : entity.start()], start + done, False
        yield unescape(entity[0]), start + entity.start(), True
        done = entity.end()
    if done < len(text):
        yield text[done:], start + done, False
