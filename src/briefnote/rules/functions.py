"""The functions of the language, each in one place: expressions in Python call them, and SQLite does."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

EMPTY = "\\e"  # an empty text in the id of a finding, where null is nothing at all
_INFINITY = float("inf")


def apply(function: str, *arguments: Any) -> Any:
    """Returns a function's value, null where an argument is null."""
    return None if None in arguments else FUNCTIONS[function](*arguments)


def divide(left: float, right: float) -> float | None:
    """Returns the quotient as a double; division by zero is null, and so is what is no number."""
    if not right:
        return None
    found = float(left) / float(right)
    return found if found == found else None  # noqa: PLR0124 - only NaN differs from itself


def like(text: str, pattern: str) -> bool:
    """SQL's LIKE without regard to case: % is any run of characters, _ any one. Takes at most text x pattern steps."""
    text, pattern = lower(text), lower(pattern)
    at, wanted, star, retry = 0, 0, -1, 0
    while at < len(text):
        if wanted < len(pattern) and pattern[wanted] == "%":
            star, retry, wanted = wanted, at, wanted + 1
        elif wanted < len(pattern) and pattern[wanted] in ("_", text[at]):
            at, wanted = at + 1, wanted + 1
        elif star >= 0:  # let the last % take one character more
            retry += 1
            at, wanted = retry, star + 1
        else:
            return False
    return not pattern[wanted:].strip("%")


def round_half_away(value: float, digits: float = 0) -> float:
    """Rounds halves away from zero (Python rounds them to even), to 0 to 15 digits after the point.

    As C's round() does, and with it DuckDB: the number times a power of ten is rounded, then divided by it again.
    """
    factor = float(10 ** int(max(0, min(15, digits))))
    size = abs(value) * factor
    if size == _INFINITY:
        return float(value)
    whole = float(int(size))
    rounded = (whole + (size - whole >= 0.5)) / factor
    return -rounded if value < 0 else rounded


def lower(text: str) -> str:
    """Returns the text in small letters, letter by letter: where that would take two letters, it stays as it is."""
    return text.lower() if text.isascii() else "".join(map(_small, text))


def upper(text: str) -> str:
    """Returns the text in capitals, letter by letter: where that would take two letters (ß), it stays as it is."""
    return text.upper() if text.isascii() else "".join(map(_capital, text))


def _small(letter: str) -> str:
    changed = letter.lower()
    return changed if len(changed) == 1 else letter


def _capital(letter: str) -> str:
    changed = letter.upper()
    return changed if len(changed) == 1 else letter


def number_text(number: float | None) -> str | None:
    """Returns the shortest text that reads back as the number: 2024.0, 0.1, 1e+20."""
    return None if number is None else repr(float(number) + 0.0)  # no minus before a zero


def key_text(value: str | float | None) -> str:
    """Returns a value as it stands in the id of a finding, where | stands between two: no two values look the same."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\\", "\\\\").replace("|", "\\|") or EMPTY
    return str(number_text(value)) if isinstance(value, float) else str(value)


def total(values: Iterable[float]) -> float | None:
    """Returns the sum, from the smallest to the largest: the same to the last bit on every engine; null for none."""
    ordered = sorted(values)
    if not ordered:
        return None
    found = 0.0
    for value in ordered:  # not sum(), which from Python 3.12 on rounds differently from a database
        found += value
    return found if found == found else None  # noqa: PLR0124 - an infinity less an infinity


def mean(values: Sequence[float]) -> float | None:
    """Returns the arithmetic mean, null for none."""
    found = total(values)
    return None if found is None else found / len(values)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "abs": abs,
    "round": round_half_away,
    "greatest": lambda *values: max(values),
    "least": lambda *values: min(values),
    "lower": lower,
    "upper": upper,
    "length": len,
}
AGGREGATES: Mapping[str, Callable[[list[Any]], Any]] = {
    "first": lambda values: values[0] if values else None,
    "list": lambda values: values,
    "count": len,
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
    "sum": total,
    "avg": mean,
}
