"""Where a level of confidence comes from, item by item.

Each item is weighed alone, by the assessor itself with every other weight at nought: there is no second copy of
the reckoning that could come to differ from the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from briefnote.rules.confidence import Assessor, ConfidenceRule
from briefnote.rules.facts import Rows

Row = Mapping[str, Any]
_MARKS = ("moderate", "high")
_FAR = 1_000_000


@dataclass(frozen=True)
class Point:
    """One item of the sum: how many points for what ("for a second independent voice")."""

    points: int
    what: str


def points(rule: ConfidenceRule, rows: Rows, support: Sequence[Row]) -> list[Point]:
    """Returns the items that count for the supporting rows, in the order of the rule; their sum gives the level."""
    found = []
    for field in fields(rule):
        weight = getattr(rule, field.name)
        if field.name in _MARKS or not isinstance(weight, int) or weight == 0:
            continue
        times = _times(rule, field.name, rows, support)
        if times:
            found.append(Point(times * weight, str(field.metadata["about"])))
    return found


def _times(rule: ConfidenceRule, name: str, rows: Rows, support: Sequence[Row]) -> int:
    """Returns how often an item is given (above 0) or taken off (below 0)."""
    for sign in (1, -1):
        count = 0
        while _reaches(_alone(rule, name, sign, count + 1), rows, support):
            count += 1
        if count:
            return sign * count
    return 0


def _alone(rule: ConfidenceRule, name: str, weight: int, mark: int) -> ConfidenceRule:
    """The rule with one weight; what it takes off is given, so that it can be counted."""
    nought: dict[str, Any] = {field.name: 0 for field in fields(rule) if isinstance(getattr(rule, field.name), int)}
    return replace(rule, **{**nought, name: weight, "moderate": mark, "high": _FAR})


def _reaches(rule: ConfidenceRule, rows: Rows, support: Sequence[Row]) -> bool:
    return Assessor(rule, rows).assess({"": support}).levels[""] == "moderate"
