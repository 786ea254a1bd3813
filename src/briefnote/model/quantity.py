"""Numbers in words, as a brief prints them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

_WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "AUD": "A$", "CNY": "¥", "RUB": "₽"}


def in_words(number: float) -> str:
    """Returns a count in words up to twelve, then in digits; zero is "no"."""
    return _WORDS[int(number)] if number == int(number) and 0 <= number <= 12 else as_number(number)


def count_of(number: float, singular: str, plural: str) -> str:
    """Returns "three sources", "one source", "no sources"."""
    return f"{in_words(number)} {singular if number == 1 else plural}"


def as_number(number: float) -> str:
    """Returns a number with at most two decimals, thousands separated and a true minus."""
    rounded = round(number, 2) or 0.0  # no minus before a zero
    return f"{rounded:,.2f}".rstrip("0").rstrip(".").replace("-", "−")


def year_in_words(year: float | None) -> str:
    """Returns "2024", whatever part of it is meant (2024.5); "undated" where there is none."""
    return "undated" if year is None else str(int(year))


def signed(number: float) -> str:
    """Returns a whole number with its sign, with a true minus."""
    return f"{round(number):+d}".replace("-", "−")


def joined(words: Sequence[str]) -> str:
    """Returns "a", "a and b" or "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))


def quantity(number: float, unit: str) -> str:
    """Returns a number with its unit: 34%, $245 billion, 55 billion m³."""
    scales = () if unit == "%" else _SCALES
    # What rounds up to a thousand of one scale is one of the next: 999,999,999 is a billion.
    scale, word = next(((s, w) for s, w in scales if round(abs(number) / s, 5) >= 1), (1.0, ""))
    digits = as_number(abs(number) / scale)
    sign = "−" if number < 0 and digits != "0" else ""
    amount = f"{digits} {word}".strip()
    if unit == "%":
        return f"{sign}{digits}%"
    return f"{sign}{_SYMBOLS[unit]}{amount}" if unit in _SYMBOLS else f"{sign}{amount} {unit}".strip()


def figure_range(row: Mapping[str, Any]) -> str:
    """Returns a figure as it is printed: 34–35%, about 4%, at most 18%, at least 3; never a mean of two values.

    `row` has value, low, high (any may be None), unit and approximate.
    """
    value, low, high, unit = row.get("value"), row.get("low"), row.get("high"), row.get("unit") or ""
    about = "about " if row.get("approximate") else ""
    if low is not None and high is not None and low != high:
        first = quantity(low, unit)
        last = quantity(high, unit)
        shared = _shared_tail(first, last)
        return f"{about}{first.removesuffix(shared)}–{last.lstrip(_symbol(unit)) if unit in _SYMBOLS else last}"
    if value is None and low is None and high is not None:
        return f"at most {quantity(high, unit)}"
    if value is None and high is None and low is not None:
        return f"at least {quantity(low, unit)}"
    number = value if value is not None else low
    return f"{about}{quantity(number, unit)}" if number is not None else "not given"


def _symbol(unit: str) -> str:
    return _SYMBOLS.get(unit, "")


def _shared_tail(first: str, last: str) -> str:
    """Returns the unit both ends share ("%", " billion people", " people"), which is printed once."""
    tails = (first[place:] for place, character in enumerate(first) if character in " %")
    return next((tail for tail in tails if last.endswith(tail)), "")
