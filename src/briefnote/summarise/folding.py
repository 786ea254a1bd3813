"""Where a quote stands in a text, whatever became of its white space, quotation marks and dashes on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What word processors, web pages and PDF readers change without asking. Each character is replaced by these.
_FOLDED = {
    **dict.fromkeys("’‘‛ʼ′`", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("–—‐‑‒―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "…": "...",
    "ﬁ": "fi",
    "ﬂ": "fl",
}
_TABLE = str.maketrans(_FOLDED)
_MOVED = re.compile(rf"[\s{''.join(_FOLDED)}]")
_LEFT_OUT = re.compile(r"\s*(?:\[\s*\.\.\.\s*\]|\(\s*\.\.\.\s*\)|\.\.\.|\. \. \.)\s*")


def fold(text: str) -> str:
    """Returns the text on one line with straight quotes and plain hyphens, without soft hyphens."""
    return " ".join(text.translate(_TABLE).split())


@dataclass(frozen=True)
class FoldedText:
    """A text to look quotes up in: as it is, folded, and for each folded character its offset in the text."""

    text: str
    folded: str
    offsets: tuple[int, ...]

    def find(self, quote: str, near: int = 0) -> tuple[int, int] | None:
        """Returns where in the text a quote stands (start, end), the place nearest to `near`; None if nowhere.

        A quote may leave words out where it has "…" or "[…]": then its parts stand in order, from first to last.
        """
        needle = fold(quote)
        if not needle:
            return None
        places = [match.start() for match in re.finditer(re.escape(needle), self.folded)]
        if places:
            at = min(places, key=lambda place: abs(self.offsets[place] - near))
            return self.offsets[at], self.offsets[at + len(needle) - 1] + 1
        return self._in_parts([part for part in _LEFT_OUT.split(needle) if part])

    def _in_parts(self, parts: list[str]) -> tuple[int, int] | None:
        if len(parts) < 2:
            return None
        at, first = 0, -1
        for part in parts:
            at = self.folded.find(part, at)
            if at < 0:
                return None
            first, at = (at if first < 0 else first), at + len(part)
        return self.offsets[first], self.offsets[at - 1] + 1


def folded_text(text: str) -> FoldedText:
    """Returns the text folded, ready for quotes to be found in it."""
    pieces: list[str] = []
    offsets: list[int] = []
    done, after_space = 0, True
    for match in _MOVED.finditer(text):
        at = match.start()
        pieces.append(text[done:at])
        offsets.extend(range(done, at))
        after_space = after_space and done == at
        new = " " if match[0].isspace() else _FOLDED[match[0]]
        if new and not (new == " " and after_space):
            pieces.append(new)
            offsets.extend([at] * len(new))
            after_space = new == " "
        done = at + 1
    pieces.append(text[done:])
    offsets.extend(range(done, len(text)))
    return FoldedText(text, "".join(pieces), tuple(offsets))
