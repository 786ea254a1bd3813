"""The quantities of a sentence: a number or a range with its unit, in base units, and how exactly it is meant.

Only what has a unit counts: per cent, percentage points, money, a measure, things of a kind worth counting
(`units.yaml`). Years, ordinals, sections of a law and names with digits in them are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from briefnote.model.value import Value
from briefnote.summarise.data import read_data
from briefnote.summarise.exactness import ends, is_approximate
from briefnote.summarise.numbers import DIGITS, FRACTION, SCALE, WORDS, exact, number
from briefnote.summarise.shares import share_of
from briefnote.summarise.signs import may_hold


class Quantity(Value):
    """`text[start:end]` says `value`, or a range from `low` to `high`; an open range has one of them."""

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    unit: str
    is_approximate: bool

    @property
    def size(self) -> float:
        """Returns the number to compare it by: the value, else the lower, else the upper end."""
        return next((n for n in (self.value, self.low, self.high) if n is not None), 0.0)


class Amount(NamedTuple):
    """A number with its unit, two for a range; `unit` is None where nothing but digits stands there."""

    start: int
    end: int
    values: tuple[float, ...]
    unit: str | None
    scale: float


# Each is one character for one, so that offsets stay.
_PLAIN = str.maketrans({**dict.fromkeys("\n\r\t\xa0\u202f", " "), "‑": "-"})
_OR = re.compile(r"\s*[(,–—-]\s*(?:or\s+)?(?:\w+\s+){0,2}")
_NAMED_BY_NUMBER = re.compile(r"\b(?:article|section|chapter|top|no\.|rule|annex|part|grade|level|group of)\s$", re.I)
_COUNTED_IN_WORDS = frozenset({"ships", "aircraft", "deaths", "weapons", "attacks", "bases"})
_JOIN = re.compile(
    r"\s*(?:[–—-]|\b(to|and|or)\b(?: (?:about|around|nearly|almost|just|only|some|over))?)\s*", re.IGNORECASE
)
_BETWEEN = re.compile(r"\b(between|from)\b[^,;.]{0,20}$", re.IGNORECASE)
_POINTS = re.compile(r"points?")
_MOVED = re.compile(r"\b(?:by|up|down|lost|gained|fell|rose|dropped|slipped)\s+(?:\w+\s+)?$")


def quantities(text: str) -> tuple[Quantity, ...]:
    """Returns the quantities of a sentence, in order; offsets count in `text`."""
    if not may_hold(text):
        return ()
    text = text.translate(_PLAIN)
    found = [_qualified(text, amount) for amount in numerals(text) if amount.unit]
    return tuple(one for at, one in enumerate(found) if not _is_said_again(text, one, found[at + 1 : at + 2]))


def _is_said_again(text: str, one: Quantity, following: list[Quantity]) -> bool:
    """Whether a share in words is followed by its own number: "almost half (47%)", "over half, around 60%,"."""
    if not following or one.unit != "%" or following[0].unit != "%" or re.search(r"\d", text[one.start : one.end]):
        return False
    is_near = abs(one.size - following[0].size) <= one.size / 4
    return is_near and _OR.fullmatch(text, one.end, following[0].start) is not None


# ---- amounts: numbers with a unit ------------------------------------------------------------------------------


@cache
def _units(kind: str) -> dict[str, tuple[str, float]]:
    """Returns each way to write a unit of this kind (before a number, after it, things), its unit and its factor."""
    return {
        written.lower(): (str(unit["unit"]), float(unit.get("times", 1)))
        for unit in read_data("units.yaml")[kind]
        for written in unit["written"]
    }


def _any_of(written: Iterable[str]) -> str:
    """Returns a pattern of these words, the longest first; spaces may be hyphens or line ends."""
    return "|".join(
        re.escape(word).replace(r"\ ", r"[\s-]") for word in sorted(map(str.lower, written), key=len, reverse=True)
    )


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Returns the patterns of an amount and of a fraction in lower case: at case-blind ones Python is half as fast."""
    amount = rf"""(?<![\w.,/:])(?<![^\W\d][-–])(?<!\d[ \xa0])
        (?:(?P<symbol>{_any_of(_units("before"))})\s?)?(?P<number>{DIGITS}|(?=[a-z])(?:{WORDS})\b)(?![\d:/])(?:[\s-]?(?P<scale>{SCALE}))?
        (?:(?:-odd|-plus|\ or\ so)?\s?-?(?P<unit>{_any_of(_units("after"))})(?!\w)
          |(?:[\s-][^\W\d_][\w’'.-]*){{0,3}}?[\s-](?P<thing>{_any_of(_units("things"))})(?!\w))?(?!\w)"""
    parts = rf"(?<![\w-])(?P<parts>{FRACTION})(?![\w])"
    return re.compile(amount, re.VERBOSE), re.compile(parts)


def numerals(text: str) -> list[Amount]:
    """Returns all numbers of a text in order, ranges as one; `unit` is None where none is written."""
    text = text.translate(_PLAIN)
    amount, parts = _patterns()
    lower = text.lower() if len(text.lower()) == len(text) else text  # "İ" is two characters in lower case
    found = _ranges(text, [_read(match) for match in amount.finditer(lower)])
    shares = [Amount(*share, 1) for match in parts.finditer(lower) if (share := share_of(lower, match))]
    found = [one for one in found if not any(share.start <= one.start and one.end <= share.end for share in shares)]
    taken = [one for one in found if one.unit]
    free = [one for one in shares if not any(one.start < other.end and other.start < one.end for other in taken)]
    return sorted([*found, *free], key=lambda one: one.start)


def _read(match: re.Match[str]) -> Amount:
    """Returns the number with its unit; a thing is counted from its number on, without the noun."""
    value = number(match["number"], match["scale"])
    scale = number("1", match["scale"])
    if match["symbol"]:
        unit, factor = _units("before")[match["symbol"].lower()]
    elif match["unit"]:
        if _POINTS.fullmatch(match["unit"]) and not _MOVED.search(match.string, 0, match.start()):
            return Amount(match.start(), match.end("number"), (value,), None, scale)
        unit, factor = _units("after")[_written_unit(match["unit"])]
    elif match["thing"] and _is_count(match):
        unit, factor = _units("things")[_written_unit(match["thing"])]
        return Amount(
            match.start(), match.end("scale") if match["scale"] else match.end("number"), (value,), unit, scale
        )
    else:
        return Amount(match.start(), match.end("number"), (value,), None, scale)
    return Amount(match.start(), match.end(), (exact(value * factor),), unit, scale * factor)


def _written_unit(found: str) -> str:
    """Returns a unit as the table writes it, on one line."""
    return re.sub(r"[\s-]+", " ", found.lower())


def _is_count(match: re.Match[str]) -> bool:
    """Whether things are counted: not "two countries", "Article 34.7 states", "in 2024 ships", but "two ships"."""
    written, unit = match["number"], _units("things")[_written_unit(match["thing"])][0]
    if _NAMED_BY_NUMBER.search(match.string, max(0, match.start() - 12), match.start()):
        return False
    if written[0].isdigit():
        return match["scale"] is not None or not ("." in written or _is_year(written))
    return match["scale"] is not None or number(written) > 12 or unit in _COUNTED_IN_WORDS


def _is_year(written: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", written) is not None


def _ranges(text: str, found: list[Amount]) -> list[Amount]:
    """Returns the amounts with two ends of a range as one; an end without a unit or scale takes the other's."""
    kept: list[Amount] = []
    for one in found:
        joined = _joined(text, kept[-1], one) if kept else None
        kept = [*kept[:-1], *joined] if joined else [*kept, one]
    return kept


def _joined(text: str, first: Amount, second: Amount) -> list[Amount] | None:
    """Returns the range that two numbers make, or both where they are two values of one unit; None otherwise."""
    join = _JOIN.fullmatch(text, first.end, second.start)
    units = {first.unit, second.unit} - {None}
    if not join or len(first.values) > 1 or len(units) != 1:
        return None
    word, between = (join[1] or "").lower(), _BETWEEN.search(text, max(0, first.start - 30), first.start)
    if first.unit != second.unit and (_is_year(text[first.start : first.end]) or (word == "and" and not between)):
        return None
    ends = _ends_of_range(first, second)
    is_change = (between is not None and between[1].lower() == "from") or (word == "and" and not between)
    if ends[0] < ends[1] and not is_change and (word != "or" or first.unit != second.unit):
        return [Amount(first.start, second.end, ends, units.pop(), second.scale)]
    unit = units.pop()
    is_pair = second.unit or (is_change and unit == "%" and not _is_year(text[second.start : second.end]))
    return [first._replace(values=ends[:1], unit=unit), second._replace(unit=unit)] if is_pair else None


def _ends_of_range(first: Amount, second: Amount) -> tuple[float, float]:
    """Returns both ends in base units: in "$3–5 billion" the scale of the second is that of the first as well."""
    low, high = first.values[0], second.values[0]
    shares_scale = first.scale == 1 and low < high / second.scale
    return (exact(low * second.scale) if shares_scale else low), high


def _qualified(text: str, amount: Amount) -> Quantity:
    """Returns the quantity: "more than 80%" is at least 80, "up to 45%" at most 45, "nearly 80%" about 80."""
    before, after = text[max(0, amount.start - 40) : amount.start], text[amount.end : amount.end + 14]
    value, low, high = ends(before, after, amount.values)
    about = is_approximate(before, after)
    return Quantity(amount.start, amount.end, value, low, high, amount.unit or "", about)
