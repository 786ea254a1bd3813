"""Passages, as a reader finds them, put together to a text whose blocks and places are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from briefnote.model.article import Block, BlockKind, Place

# Characters that no text of an article keeps: controls, soft hyphens, zero-width and bidirectional marks, lone
# surrogates. The joiners U+200C and U+200D stay: scripts and emoji need them.
_DROPPED = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
)
_GAP = re.compile(rf"[\s{_DROPPED}]{{2,}}|[{_DROPPED}]")
_SPACE = re.compile(r"\s")
_SPACES = {code: " " for code in range(0x3001) if chr(code).isspace()}
_CONTROLS = bytes([*range(0x20), 0x7F])  # of ASCII, what is not printed
_SPACE_BUT_LAYOUT = re.compile(r"[^\S\n\t]")


class Run(NamedTuple):
    """Characters of the snapshot as they stand there, from `at` on in its `part`; `at` is None where none is known.

    One that `is_entity` stands there as "&eacute;" or the like. A tuple and no dataclass: a page has hundreds.
    """

    text: str
    part: str = ""
    at: int | None = None
    is_entity: bool = False


@dataclass(frozen=True)
class Passage:
    """One block to be: its runs, in order. White space in them is folded, but a table keeps its tabs and lines."""

    kind: BlockKind
    runs: tuple[Run, ...]
    level: int = 0
    page: int | None = None

    @property
    def length(self) -> int:
        """How many characters it has, white space counted as it stands."""
        return sum(len(run.text) for run in self.runs)

    @cached_property
    def text(self) -> str:
        """What it says, on one line."""
        return " ".join("".join(run.text for run in self.runs).split())


@dataclass(frozen=True)
class Body:
    """The text of an article with its blocks and the places of its characters."""

    text: str
    blocks: tuple[Block, ...]
    places: tuple[Place, ...]


def assemble(passages: Iterable[Passage]) -> Body:
    """Returns the body made of the passages. Empty ones are left out; items of a list stand on lines of their own."""
    text: list[str] = []
    blocks: list[Block] = []
    places: list[Place] = []
    length = 0
    before = None
    for passage in passages:
        kind = passage.kind
        plain = _plain(passage)
        pieces = (plain,) if plain else _trimmed(list(_folded(passage)))
        if not pieces:
            continue
        if before:
            gap = "\n" if kind == before == "item" else "\n\n"
            text.append(gap)
            length += len(gap)
        before, start = kind, length
        for words, part, at, is_entity in pieces:
            end = length + len(words)
            if at is not None:
                if length > start and places and not is_entity and _continues(places[-1], length, part, at):
                    last = places.pop()
                    places.append(Place(last.start, end, part, last.at))
                else:
                    places.append(Place(length, end, part, at))
            text.append(words)
            length = end
        blocks.append(Block(kind, start, length, passage.level, passage.page))
    return Body("".join(text), tuple(blocks), tuple(places))


def _folded(passage: Passage) -> Iterator[Run]:
    """Yields runs in which white space is single; no run but the first begins with a space after a space."""
    spaced = True
    for run in passage.runs:
        for piece in _pieces(run, passage.kind == "table"):
            whole, at = piece.text, piece.at
            if spaced and whole[:1] == " ":
                whole, at = whole[1:], _moved(piece, 1)
            if whole:
                spaced = whole[-1] in " \n\t"
                yield Run(whole, piece.part, at, run.is_entity)


def _plain(passage: Passage) -> tuple[str, str, int | None, bool] | None:
    """Returns the one run of a passage as a whole where there is no gap in it or around it, else None.

    It is a plain tuple, made in a third of the time: most passages are like this.
    """
    if len(passage.runs) != 1 or passage.kind == "table":
        return None
    words, part, at, is_entity = passage.runs[0]
    flat = _flat(words)
    if not flat or flat[0] == " " or flat[-1] == " ":
        return None
    return flat, part, at, is_entity


def _flat(text: str) -> str | None:
    """Returns a text on one line where it has no gap but ends of lines, else None.

    That is told without a regular expression, which takes ten times as long.
    """
    flat = text.replace("\n", " ")
    if "  " in flat:
        return None
    if flat.isascii():  # told in half the time
        return flat if len(flat.encode().translate(None, _CONTROLS)) == len(flat) else None
    return flat if flat.isprintable() else None


def _pieces(run: Run, is_table: bool) -> Iterator[Run]:
    """Yields the run, its white space as spaces, cut at every gap.

    Of a gap, what is dropped is gone, and what holds white space is its first space.
    """
    flat = None if is_table else _flat(run.text)
    if flat is not None:
        yield Run(flat, run.part, run.at)
        return
    text = _SPACE_BUT_LAYOUT.sub(" ", run.text) if is_table else run.text.translate(_SPACES)
    done = 0
    for gap in _GAP.finditer(text):
        first = _white_space(gap[0], is_table)
        if first == 0:
            yield Run(text[done : gap.start() + 1], run.part, _moved(run, done))
        else:
            yield Run(text[done : gap.start()], run.part, _moved(run, done))
            if first is not None:
                at = gap.start() + first
                yield Run(text[at : at + 1], run.part, _moved(run, at))
        done = gap.end()
    yield Run(text[done:], run.part, _moved(run, done))


def _white_space(gap: str, is_table: bool) -> int | None:
    """Returns where the white space stands that a gap is folded to: in a table, a line end before a tab or a space."""
    if is_table:
        for mark in "\n\t":
            if mark in gap:
                return gap.index(mark)
    found = _SPACE.search(gap)
    return found.start() if found else None


def _moved(run: Run, by: int) -> int | None:
    return None if run.at is None else run.at + by


def _trimmed(pieces: list[Run]) -> list[Run]:
    """Returns the pieces without the white space at either end."""
    while pieces and not pieces[-1].text.rstrip():
        pieces.pop()
    if pieces:
        pieces[-1] = pieces[-1]._replace(text=pieces[-1].text.rstrip())
    while pieces and not pieces[0].text.lstrip():
        pieces.pop(0)
    if pieces:
        bare = pieces[0].text.lstrip()
        pieces[0] = pieces[0]._replace(text=bare, at=_moved(pieces[0], len(pieces[0].text) - len(bare)))
    return pieces


def _continues(last: Place, start: int, part: str, at: int) -> bool:
    """Says whether a place goes on where the last one ends, in the text and in the snapshot."""
    return last.end == start and last.part == part and last.at + start - last.start == at
