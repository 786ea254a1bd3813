"""Lines of a text → its paragraphs: what stood on several lines because a line was full is one again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from briefnote.ingest.frontlines import is_kicker
from briefnote.ingest.hyphens import Vocabulary
from briefnote.ingest.passages import Run

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]*(?:\r\n|[\r\n\f\v\x85\u2028\u2029]|$)")
MARKER = re.compile(
    r"(?:[•●◦▪‣■·\uf0a7\uf0b7\uf0d8\uf076*+o–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\[\d{1,3}\])\s+(?=\S)"
)
_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_BY = re.compile(r"\s*By [A-Z]")
_NARROWEST, _WIDEST = 40, 140


@dataclass(frozen=True)
class Line:
    """A line: its characters without the end of the line, where they begin, how far it is indented."""

    text: str
    at: int

    @property
    def indent(self) -> int:
        """The columns of white space that it begins with."""
        bare = self.text.expandtabs(4)
        return len(bare) - len(bare.lstrip())

    @property
    def is_blank(self) -> bool:
        """Whether nothing is to be seen on it."""
        return not self.text.strip()

    @property
    def opens_item(self) -> bool:
        """Whether it begins with the mark of a list item."""
        return MARKER.match(self.text.lstrip()) is not None


@dataclass(frozen=True)
class Paragraph:
    """The lines of a paragraph; whether it is the first and the last between two blank lines."""

    lines: tuple[Line, ...]
    is_first: bool
    is_last: bool

    @property
    def text(self) -> str:
        """What it says, on one line."""
        return " ".join(" ".join(line.text for line in self.lines).split())


def lines_of(text: str) -> list[Line]:
    """Returns the lines of a text in order."""
    found = [(match[0], match.start()) for match in _LINE.finditer(text) if match[0]]
    return [Line(line.rstrip("\r\n\f\v\x85\u2028\u2029"), at) for line, at in found]


def paragraphs(text: str) -> list[Paragraph]:
    """Returns the paragraphs in order."""
    groups = list(_groups(lines_of(text)))
    width = _width(groups)
    found = []
    for group in groups:
        parts = list(_split(group, width))
        for number, part in enumerate(parts):
            found.append(Paragraph(tuple(part), number == 0, number == len(parts) - 1))
    return found


def runs_of(paragraph: Paragraph, vocabulary: Vocabulary, part: str) -> tuple[Run, ...]:
    """Returns its characters, the lines joined by a space or, where a word was divided, by nothing."""
    runs = []
    for line, following in zip_longest(paragraph.lines, paragraph.lines[1:]):
        joined = vocabulary.joined(line.text, following.text) if following else None
        runs.append(Run(line.text if joined is None else joined, part, line.at))
        if following and joined is None:
            runs.append(Run(" ", part, line.at + len(line.text)))
    return tuple(runs)


def _groups(lines: list[Line]) -> Iterator[list[Line]]:
    """Yields the lines between blank lines."""
    group: list[Line] = []
    for line in lines:
        if line.is_blank and group:
            yield group
            group = []
        elif not line.is_blank:
            group.append(line)
    if group:
        yield group


def _width(groups: list[list[Line]]) -> int:
    """Returns the column at which lines were broken; 0 where each line is a paragraph of its own."""
    inner = [line for group in groups for line, following in pairwise(group) if not following.opens_item]
    lengths = sorted(len(line.text.rstrip()) for line in inner)
    if len(lengths) < 3:
        return 0
    width = lengths[int(0.95 * (len(lengths) - 1))]
    unended = sum(1 for line in inner if not _END.search(line.text.rstrip()))
    full = sum(1 for length in lengths if length >= 0.75 * width)
    is_wrapped = unended > 0.4 * len(inner) and full > 0.5 * len(inner)
    return width if _NARROWEST <= width <= _WIDEST and is_wrapped else 0


def _split(group: list[Line], width: int) -> Iterator[list[Line]]:
    """Yields the paragraphs of a group: a line goes on where the one before was full."""
    part = [group[0]]
    for line in group[1:]:
        if _hangs(part, line) or (width and _goes_on(part, line, width)):
            part.append(line)
        else:
            yield part
            part = [line]
    yield part


def _hangs(part: list[Line], line: Line) -> bool:
    """Says whether it continues a list item, under whose words it is indented."""
    return part[0].opens_item and not line.opens_item and line.indent >= part[0].indent + 2


def _goes_on(part: list[Line], line: Line, width: int) -> bool:
    """Says whether the next line continues the last: its first word had no place there, and it is not set apart."""
    last = part[-1]
    if len(part) == 1 and (is_kicker(last.text.strip()) or _BY.match(line.text)):
        return False
    if line.opens_item and (part[0].opens_item or _END.search(last.text.rstrip())):
        return False
    first_word = line.text.split(maxsplit=1)[0]
    if len(last.text.rstrip()) + 1 + len(first_word) < 0.88 * width:
        return False
    hangs = part[0].opens_item or len(part) > 1
    return line.indent <= last.indent + 1 or (hangs and line.indent <= part[0].indent + 6)
