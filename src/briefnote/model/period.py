"""The period an issue stands for: an ISO week (ISO 8601), "2026-W47"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from briefnote.errors import BriefnoteError, Problem

_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")


@dataclass(frozen=True, order=True)
class Week:
    """An ISO week, Monday to Sunday."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"

    @property
    def first_day(self) -> date:
        """Returns its Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """Returns its Sunday."""
        return self.first_day + timedelta(days=6)


def week_of(day: date) -> Week:
    """Returns the ISO week that holds the day."""
    year, number, _ = day.isocalendar()
    return Week(year, number)


def parse_week(text: str) -> Week:
    """Returns the week. Raises BriefnoteError where the text is no ISO week (2025 has 52, 2026 has 53)."""
    match = _WEEK.fullmatch(text)
    if match:
        week = Week(int(match[1]), int(match[2]))
        try:
            week.first_day  # noqa: B018 - raises for a week the year does not have
        except ValueError:
            pass
        else:
            return week
    message = f"found '{text}', expected an ISO week such as 2026-W47 (01 to 52, in long years 53)"
    raise BriefnoteError([Problem("--period", message=message)])
