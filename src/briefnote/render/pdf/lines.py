"""Where lines break."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise

from briefnote.render.pdf.layout import Run
from briefnote.render.typeface import width

# A line may end after a space (but not before a citation like " [1]"), after a hyphen or dash between words,
# between citations, after a slash, and on either side of a CJK character that is not closing punctuation.
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_FIRST_CJK = "\u2e80"
_CLOSING = "、。，．：；？！」』）】〕〉》’”,.;:?!)\\]"
_BREAK = (
    r"(?<=\n)"
    r"|(?<= )(?![ \n]|\[\d)"
    r"|(?<=[^\W\d_]-)(?=[^\W\d_]{2})"
    r"|(?<=\w—)(?=\w)"
    r"|(?<=\d\])(?=\[\d)"
    r"|(?<=[\w-]/)(?=\w)"
)
_CJK_BREAK = (
    rf"|(?<=[{_CJK}])(?=[^\s{_CLOSING}])"
    rf"|(?<=[{_CJK}{_CLOSING}])(?=[{_CJK}])"
)
_LINE_END = re.compile(r"(?<=\n)")
# A word that does not fit on a line of its own may break here; failing that, anywhere.
_DESPERATE_BREAK = re.compile(r"(?<=[/?&=._~%#,;:+-])(?=\w)")


_Piece = list[tuple[Run, str]]
"""Parts of runs: the run a part is cut from, and its text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and how wide it is without the space at its end."""

    runs: tuple[Run, ...]
    width: float


@cache
def _breaks(has_cjk: bool) -> re.Pattern[str]:
    """Returns where a line may end. The table of CJK characters takes 5 ms to make, and most texts have none."""
    return re.compile(_BREAK + _CJK_BREAK if has_cjk else _BREAK)


def _chunks(runs: Iterable[Run]) -> Iterator[_Piece]:
    """Yields the runs cut at each place where a line may end."""
    parts = [(run, run.text) for run in runs]
    has_cjk = any(max(text, default="") >= _FIRST_CJK for _, text in parts)
    return _pieces(parts, _breaks(has_cjk))


def break_lines(runs: Iterable[Run], limit: float) -> list[Line]:
    """Returns the runs as lines no wider than the limit; "\\n" in a run ends a line.

    The space at the end of a line stays in its text: who reads the file without seeing it needs it between
    the words. No runs give no lines.
    """
    lines: list[Line] = []
    line: _Piece = []
    used = 0.0
    for chunk in _chunks(runs):
        for piece, ink in _fitting(chunk, limit):
            if line and used + ink > limit + 0.01:
                lines.append(_line(line))
                line, used = [], 0.0
            line += piece
            used += _advance(piece)
        if chunk[-1][1].endswith("\n"):
            lines.append(_line(line))
            line, used = [], 0.0
    return [*lines, _line(line)] if line else lines


def natural_width(runs: Iterable[Run]) -> float:
    """Returns how wide the runs are on one line (the widest, where they hold line breaks)."""
    return max(map(_ink, _pieces([(run, run.text) for run in runs], _LINE_END)), default=0.0)


def minimal_width(runs: Iterable[Run]) -> float:
    """Returns how wide the widest word is."""
    return max(map(_ink, _chunks(runs)), default=0.0)


def _line(parts: _Piece) -> Line:
    """Returns the parts as a line, those of one run joined again."""
    groups = [list(group) for _, group in groupby(parts, key=lambda part: id(part[0]))]
    runs = [group[0][0]._replace(text="".join(text for _, text in group).replace("\n", " ")) for group in groups]
    return Line(tuple(runs), _ink(parts))


def _pieces(parts: _Piece, pattern: re.Pattern[str]) -> Iterator[_Piece]:
    """Yields the parts cut at each place the pattern matches; the pieces hold all of the text."""
    cuts = [match.start() for match in pattern.finditer("".join(text for _, text in parts))]
    starts = set(cuts)
    piece: _Piece = []
    position = 0
    for run, text in parts:
        end = position + len(text)
        inner = [position, *cuts[bisect_right(cuts, position) : bisect_left(cuts, end)], end]
        for first, last in pairwise(inner):
            if first in starts and piece:
                yield piece
                piece = []
            if last > first or run.anchor:
                piece.append((run, text[first - position : last - position]))
        position = end
    if piece:
        yield piece


def _fitting(chunk: _Piece, limit: float) -> Iterator[tuple[_Piece, float]]:
    """Yields the chunk whole if it fits on a line, else in pieces that do; and the width of each."""
    ink = _ink(chunk)
    if ink <= limit:
        yield chunk, ink
        return
    for piece in _pieces(chunk, _DESPERATE_BREAK):
        ink = _ink(piece)
        if ink <= limit:
            yield piece, ink
        else:
            letters = ([(run, character)] for run, text in piece for character in text or [""])
            yield from ((letter, _ink(letter)) for letter in letters)


def _advance(parts: _Piece) -> float:
    return sum(width(text.rstrip("\n"), run.font, run.size) for run, text in parts)


def _ink(parts: _Piece) -> float:
    """Returns the width without the white space at the end."""
    total = 0.0
    is_end = True
    for run, text in reversed(parts):
        shown = text.rstrip(" \n") if is_end else text
        is_end = is_end and not shown
        total += width(shown, run.font, run.size) if shown else 0.0
    return total
