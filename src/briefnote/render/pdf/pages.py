"""What stands on which page: the text from the top, the notes it calls at the foot of the same page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefnote.render.pdf.layout import Block, Bookmark, Fill, Page, Placed, Slice

NOTE_GAP = 14.0  # between the text and the first note; the rule stands in it
NOTE_SHARE = 0.5  # notes take at most this share of a page; what is beyond goes on to the next


def paginate(blocks: Iterable[Block], notes: Mapping[int, Sequence[Slice]], height: float) -> tuple[Page, ...]:
    """Returns the pages, each `height` points high; always at least one.

    A slice stands on one page with the notes it calls, and on the page of the next slice where it keeps with
    it, unless these are higher than a page. A repeated head stands above the rest of its table.
    """
    filler = _Filler(notes, height)
    for group in _groups(blocks):
        filler.place(group)
    return filler.finish()


@dataclass(frozen=True)
class _Entry:
    """A slice, the gap above it (unless it begins a page), and the head it stands under."""

    slice: Slice
    gap: float
    head: tuple[Slice, ...]


def _groups(blocks: Iterable[Block]) -> Iterator[list[_Entry]]:
    """Yields the slices in order, in groups that are to stand on one page."""
    group: list[_Entry] = []
    above = 0.0
    for block in blocks:
        for index, piece in enumerate(block.slices):
            gap = max(above, block.before) if index == 0 else 0.0
            head = block.head if index >= len(block.head) else ()  # the head itself has none above it
            group.append(_Entry(piece, gap, head))
            if not piece.keeps_next:
                yield group
                group = []
        above = block.after
    if group:
        yield group


def _is_rule(piece: Slice) -> bool:
    """Whether the slice only decorates."""
    return bool(piece.items) and all(isinstance(item, Fill | Bookmark) for item in piece.items)


class _Filler:
    """Fills one page after the other."""

    def __init__(self, notes: Mapping[int, Sequence[Slice]], height: float) -> None:
        self._sources = notes
        self._height = height
        self._pages: list[Page] = []
        self._called: set[int] = set()
        self._body: list[Placed] = []
        self._notes: list[Slice] = []
        self._y = 0.0

    def place(self, group: Sequence[_Entry]) -> None:
        """Puts the group on the page, or on a new one, or in parts where it is higher than a page."""
        if self._fits(group):
            for entry in group:
                self._put(entry)
        elif self._body and all(_is_rule(entry.slice) for entry in group):
            pass  # the end of the page parts what the rule would have parted
        elif self._body or self._notes:
            self._end_page()  # which, without text, is one of notes that former pages had no room for
            self.place(group)
        elif len(group) > 1:
            for entry in group:
                self.place([entry])
        else:
            self._put(group[0])

    def finish(self) -> tuple[Page, ...]:
        """Returns the pages; notes for which there was no room get pages of their own."""
        self._end_page()
        while self._notes:
            self._end_page()
        return tuple(self._pages)

    def _fits(self, group: Sequence[_Entry]) -> bool:
        needed = sum(entry.slice.height + entry.gap for entry in group)
        if not self._body:
            needed += sum(piece.height for piece in group[0].head) - group[0].gap
        numbers = dict.fromkeys(number for entry in group for number in self._numbers(entry.slice))
        called = [self._sources[number] for number in numbers]
        return self._y + needed + self._room(called) <= self._height + 0.01

    def _room(self, called: Sequence[Sequence[Slice]]) -> float:
        """Returns the room for the notes of the page and those called: of the last, its beginning is enough."""
        notes = [*self._notes, *(piece for note in called for piece in note)]
        if not notes:
            return 0.0
        whole = sum(piece.height for piece in notes) + NOTE_GAP
        rest = sum(piece.height for piece in called[-1][1:]) if called else 0.0
        return min(whole, max(whole - rest, self._height * NOTE_SHARE))

    def _put(self, entry: _Entry) -> None:
        if self._body:
            self._y += entry.gap
        else:
            for piece in entry.head:
                self._append(piece, is_repeated=True)
        notes = self._called_by(entry.slice)
        self._called.update(self._numbers(entry.slice))
        self._append(entry.slice)
        self._notes += notes

    def _append(self, piece: Slice, is_repeated: bool = False) -> None:
        self._body.append(Placed(piece, self._y, is_repeated))
        self._y += piece.height

    def _called_by(self, piece: Slice) -> list[Slice]:
        return [line for number in self._numbers(piece) for line in self._sources[number]]

    def _numbers(self, piece: Slice) -> list[int]:
        """Returns the notes the slice calls that are not yet printed, and those that these notes call."""
        numbers = [number for number in piece.notes if self._is_new(number)]
        for number in numbers:
            inner = (called for line in self._sources[number] for called in line.notes)
            numbers += [called for called in inner if self._is_new(called) and called not in numbers]
        return numbers

    def _is_new(self, number: int) -> bool:
        return number in self._sources and number not in self._called

    def _end_page(self) -> None:
        room = max(self._height - self._y - NOTE_GAP, 0.0)
        kept: list[Slice] = []
        while self._notes and (self._notes[0].height <= room + 0.01 or not (self._body or kept)):
            room -= self._notes[0].height
            kept.append(self._notes.pop(0))
        self._pages.append(Page(tuple(self._body), tuple(self._at_foot(kept))))
        self._body = []
        self._y = 0.0

    def _at_foot(self, notes: Sequence[Slice]) -> Iterator[Placed]:
        y = self._height - sum(piece.height for piece in notes)
        for piece in notes:
            yield Placed(piece, y)
            y += piece.height
