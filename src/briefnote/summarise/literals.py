"""What every match of a regular expression has in it, so that most texts need not be searched for it."""

from __future__ import annotations

import re

# Words without a number of times, an escape, a set, how a group opens, how often, any other character.
_PARTS = re.compile(
    r"[\w ]{2,}(?![*+?{])|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:P<\w+>|[:=!]|<[=!])|(?:[*+?]|\{\d*,?\d*\})\??|.",
    re.DOTALL,
)
_REPEATS = ("*", "+", "?", "{")
_PERHAPS = ("*", "?", "{0", "{,")
_LOOKS = ("(?=", "(?!", "(?<")
_SPECIAL = frozenset("()[^$.")


def literals_of(pattern: str) -> frozenset[str]:
    """Returns pieces of text of which every match has one; none where the pattern demands none of a finite number.

    Of what stands in a row, the longest pieces count: of "(?:oil|gas)\\w* pipelines?" it is " pipeline".
    """
    return _of_alternatives(_PARTS.findall(pattern)[::-1])


def _of_alternatives(parts: list[str]) -> frozenset[str]:
    """Takes the parts of a group, or of the whole, off the end of the list."""
    found = [_of_sequence(parts)]
    while parts and parts[-1] == "|":
        parts.pop()
        found.append(_of_sequence(parts))
    return frozenset[str]().union(*found) if all(found) else frozenset()


def _of_sequence(parts: list[str]) -> frozenset[str]:
    runs = [""]
    groups: list[frozenset[str]] = []
    while parts and parts[-1] not in {"|", ")"}:
        part = parts.pop()
        inside, plain = _of_group(part, parts), _plain(part)
        often = parts.pop() if parts and parts[-1].startswith(_REPEATS) else ""
        if not often.startswith(_PERHAPS):
            groups.append(inside)
            runs[-1] += plain
        if often or not plain:
            runs.append("")
    options = [*filter(None, groups), *(frozenset({run}) for run in runs if run)]
    return max(options, key=lambda option: min(map(len, option)), default=frozenset())


def _of_group(opening: str, parts: list[str]) -> frozenset[str]:
    """Returns what the group that opens here demands, and takes it off; looking ahead or back demands nothing."""
    if not opening.startswith("("):
        return frozenset()
    inside = _of_alternatives(parts)
    parts.pop()
    return frozenset() if opening.startswith(_LOOKS) else inside


def _plain(part: str) -> str:
    """Returns the characters that a part stands for, "" where it may be others."""
    if part[0] == "\\":
        return "" if part[1].isalnum() else part[1]
    return part if part[0] not in _SPECIAL else ""
