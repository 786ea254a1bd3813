"""The period an issue stands for, as ISO 8601 writes it: a week (2026-W47), a day (2026-11-21) or a month (2026-11)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from briefnote.errors import BriefnoteError, Problem

Every = Literal["week", "day", "month"]
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


@dataclass(frozen=True, order=True)
class Period:
    """A run of days, both ends in it. Periods sort by time; `name` is what an issue and its folder are called."""

    last_day: date
    first_day: date
    name: str
    every: Every

    def __str__(self) -> str:
        return self.name

    def next(self) -> Period:
        """Returns the period that follows."""
        return period_of(self.every, self.last_day + timedelta(days=1))

    def previous(self) -> Period:
        """Returns the period before."""
        return period_of(self.every, self.first_day - timedelta(days=1))


def period_of(every: Every, day: date) -> Period:
    """Returns the week (Monday to Sunday), day or month that holds a day."""
    if every == "day":
        return Period(day, day, day.isoformat(), every)
    if every == "month":
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1) if first < _LAST else date.max
        return Period(last, first, f"{day.year:04d}-{day.month:02d}", every)
    year, number, weekday = day.isocalendar()
    first = day - timedelta(days=weekday - 1)
    return Period(first + timedelta(days=6), first, f"{year:04d}-W{number:02d}", every)


_LAST = date(9999, 12, 1)


def parse_period(text: str) -> Period:
    """Returns the period. Raises BriefnoteError where the text is none (2025 has 52 weeks, 2026 has 53)."""
    found = _parsed(text)
    if found is None or found.name != text:
        message = (
            f"found '{text}', expected an ISO week such as 2026-W47 (01 to 52, in long years 53), "
            "a day such as 2026-11-21 or a month such as 2026-11"
        )
        raise BriefnoteError([Problem("--period", message=message)])
    return found


def is_period(text: str) -> bool:
    """Returns whether a text, such as a folder's name, is a period."""
    found = _parsed(text)
    return found is not None and found.name == text


def _parsed(text: str) -> Period | None:
    try:
        if week := _WEEK.fullmatch(text):
            return period_of("week", date.fromisocalendar(int(week[1]), int(week[2]), 1))
        if _DAY.fullmatch(text):
            return period_of("day", date.fromisoformat(text))
        if _MONTH.fullmatch(text):
            return period_of("month", date.fromisoformat(f"{text}-01"))
    except (ValueError, OverflowError):
        pass
    return None
