"""Slices on pages, in Word's manner: what is kept together moves together, notes take room at the foot.

No two programs set lines equally high: what LibreOffice takes for Cambria has lines 2 % lower. So the pages are
reckoned several times, with heights as they are, a little lower and a little higher. Where they disagree on the page of
a heading, and would agree if it began a page, it is told to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefnote.model.value import Value
from briefnote.render.word.paging.slices import Slice

_SCALES = (1.0, 0.985, 1.015, 0.97, 1.03)  # of heights: as reckoned, and as they may be elsewhere
_NEAR = 3  # of them, which are to agree at least


class Stretch(Value):
    """Slices on pages of one height, with a line above the notes of another (in twips).

    `begins_page`: it does not go on where the former stretch ended; `first`: the number of its first page.
    """

    slices: Sequence[Slice]
    height: float
    begins_page: bool = True
    first: int | None = None
    separator: float = 0.0


class Pages(Value):
    """The page of each bookmark, how many pages there are, and the bookmarks that are to begin a page."""

    of: Mapping[str, int]
    count: int
    anchored: frozenset[str]


def paginate(stretches: Iterable[Stretch], anchors: frozenset[str] = frozenset()) -> Pages:
    """Returns the pages; bookmarks of `anchors` are made to begin one where that, and only that, makes it sure."""
    flows = [_Flow(scale) for scale in (_SCALES if anchors else _SCALES[:1])]
    anchored: list[str] = []
    for stretch in stretches:
        for flow in flows:
            flow.begin(stretch)
        for chunk in _chunks(stretch.slices):
            marks = [mark for piece in chunk for mark in piece.marks if mark in anchors]
            if marks and (_is_doubtful(flows, chunk) or _is_doubtful(flows[:_NEAR], chunk)):
                anchored.append(marks[0])
                chunk[0].breaks_page = True
            for flow in flows:
                flow.place(chunk)
    return Pages(flows[0].of, flows[0].count, frozenset(anchored))


def _is_doubtful(flows: Sequence[_Flow], chunk: list[Slice]) -> bool:
    """Whether the flows disagree on the page of a chunk, and would not if it began one."""
    natural = {flow.number + flow.turns_for(chunk) for flow in flows}
    return len(natural) > 1 and len({flow.number + flow.is_begun for flow in flows}) == 1


class _Flow:
    """Pages as they fill, all heights multiplied by a scale."""

    def __init__(self, scale: float) -> None:
        self._scale = scale
        self.height = 1.0
        self._used = 0.0
        self._notes = 0.0
        self._separator = 0.0
        self._is_told = True
        self.of: dict[str, int] = {}
        self.number = 1
        self.count = 1

    @property
    def is_begun(self) -> bool:
        """Whether the page at hand has anything on it."""
        return self._used > 0

    def begin(self, stretch: Stretch) -> None:
        """Goes on with the pages of a stretch."""
        if stretch.begins_page:
            self._turn(is_told=True)
        self.height = max(stretch.height, 1.0)
        self._separator = stretch.separator
        self.number = stretch.first if stretch.first is not None else self.number

    def turns_for(self, chunk: list[Slice]) -> bool:
        """Whether a chunk goes to the next page."""
        return self.is_begun and (chunk[0].breaks_page or self._need(chunk) > self.left)

    def place(self, chunk: list[Slice]) -> None:
        """Puts what is kept together on this page or the next; what is higher than a page is taken apart."""
        if self.turns_for(chunk):
            self._turn(is_told=chunk[0].breaks_page)
        for piece in chunk:
            if self.is_begun and self._need([piece]) > self.left:
                self._turn()
            if not self.is_begun:
                self._used += piece.head * self._scale
            notes = piece.notes + (self._separator if piece.notes and not self._notes else 0.0)
            self._used += (piece.height + (piece.gap if self.is_begun or self._is_told else 0.0)) * self._scale
            self._notes += notes * self._scale
            self.of.update(dict.fromkeys(piece.marks, self.number))

    @property
    def left(self) -> float:
        """Returns the room between text and notes."""
        return self.height - self._used - self._notes

    def _need(self, chunk: list[Slice]) -> float:
        gaps = sum(piece.gap for piece in (chunk if self.is_begun or self._is_told else chunk[1:]))
        notes = sum(piece.notes for piece in chunk)
        notes += self._separator if notes and not self._notes else 0.0
        return (gaps + sum(piece.height for piece in chunk) + notes) * self._scale

    def _turn(self, *, is_told: bool = False) -> None:
        """Begins a page. Where the file tells to, the space above its first line is kept."""
        self._is_told = is_told
        self._used = self._notes = 0.0
        self.number += 1
        self.count += 1


def _chunks(slices: Sequence[Slice]) -> Iterator[list[Slice]]:
    """Yields the slices that are kept on one page."""
    chunk: list[Slice] = []
    for piece in slices:
        if piece.breaks_page and chunk:
            yield chunk
            chunk = []
        chunk.append(piece)
        if not piece.keeps_next:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
