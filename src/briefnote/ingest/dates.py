"""Dates as articles write them: "8 May 2025", "May 8, 2025", "04/16/2026", "2025-05-08T10:00Z", "8. Mai 2025"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

# The months by their first letters, in the languages of sources that are met most; the longer ones first.
_MONTHS = {
    1: "january januar janvier enero gennaio janeiro januari jan ene gen",
    2: "february februar février fevrier febrero febbraio fevereiro februari feb févr fev",
    3: "march märz marz mars marzo março marco maart mar mär",
    4: "april avril abril aprile apr avr abr",
    5: "may mai mayo maggio maio mei",
    6: "june juni juin junio giugno junho jun",
    7: "july juli juillet julio luglio julho jul juil",
    8: "august août aout agosto augustus aug ago",
    9: "september septembre septiembre settembre setembro sept sep set",
    10: "october oktober octobre octubre ottobre outubro oct okt ott out",
    11: "november novembre noviembre novembro nov",
    12: "december dezember décembre decembre diciembre dicembre dezembro dec dez déc dic",
}
_NUMBER = {name: number for number, names in _MONTHS.items() for name in names.split()}
_NAME = "|".join(sorted(_NUMBER, key=len, reverse=True))
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.|er|º)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH = rf"(?P<month>{_NAME})\b\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}[-/.](?P<number>0?[1-9]|1[0-2])[-/.](?P<day>[0-3]?\d)(?!\d)",
        rf"(?<![\w.]){_DAY}\s+(?:of\s+|de\s+)?{_MONTH},?\s+(?:de\s+)?{_YEAR}(?!\d)",
        rf"(?<!\w){_MONTH}\s+{_DAY}(?:\s*,\s*|\s+){_YEAR}(?!\d)",
        rf"(?<![\d/.])(?P<first>[0-3]?\d)(?P<mark>[/.])(?P<second>[0-3]?\d)(?P=mark){_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}\s*年\s*(?P<number>0?[1-9]|1[0-2])\s*月\s*(?P<day>[0-3]?\d)\s*日",
        rf"(?<![\w/-])(?P<day>[0-3]?\d)-(?P<month>{_NAME})-{_YEAR}(?!\d)",
    )
)
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True)
class Found:
    """A date and where it stands. `is_sure` is False where day and month could be the other way round."""

    iso: str
    start: int
    end: int
    is_sure: bool = True


def dates_in(text: str) -> tuple[Found, ...]:
    """Returns the dates of a text in the order in which they stand; what is no day of the calendar is none."""
    if not _ANY_YEAR.search(text):
        return ()  # every form has a year: what has none is told in a fiftieth of the time
    found = [day for form in _FORMS for match in form.finditer(text) if (day := _found(match))]
    return tuple(_apart(sorted(found, key=lambda day: (day.start, -day.end))))


def day_of(text: str) -> str | None:
    """Returns the first date of a text as an ISO 8601 day, None where there is none."""
    return next((day.iso for day in dates_in(text)), None)


def _found(match: re.Match[str]) -> Found | None:
    parts = match.groupdict()
    if "first" in parts:
        return _by_numbers(match)
    number = int(parts["number"]) if parts.get("number") else _NUMBER[parts["month"].lower()]
    iso = _iso(int(parts["year"]), number, int(parts["day"]))
    return Found(iso, match.start(), match.end()) if iso else None


def _by_numbers(match: re.Match[str]) -> Found | None:
    """Reads 04/16/2026. With strokes the month comes first, as in the United States, where both are possible."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    american, european = _iso(year, first, second), _iso(year, second, first)
    iso = (american or european) if match["mark"] == "/" else (european or american)
    is_sure = first == second or not (american and european) or match["mark"] == "."
    return Found(iso, match.start(), match.end(), is_sure) if iso else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if found >= _EARLIEST else None


def _apart(days: list[Found]) -> Iterator[Found]:
    """Yields those that do not begin inside an earlier one."""
    end = 0
    for day in days:
        if day.start >= end:
            yield day
            end = day.end
