"""The period of an issue: an ISO week, a day or a month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.errors import BriefnoteError
from briefnote.model.period import Every, is_period, parse_period, period_of


@pytest.mark.parametrize(
    ("text", "every", "first", "last"),
    [
        ("2026-W47", "week", date(2026, 11, 16), date(2026, 11, 22)),
        ("2026-W53", "week", date(2026, 12, 28), date(2027, 1, 3)),
        ("2026-11-21", "day", date(2026, 11, 21), date(2026, 11, 21)),
        ("2026-11", "month", date(2026, 11, 1), date(2026, 11, 30)),
        ("2028-02", "month", date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_period_has_its_first_and_last_day(text: str, every: Every, first: date, last: date) -> None:
    """A week runs from Monday to Sunday, a month to its last day, and 2026 has a week 53."""
    period = parse_period(text)
    assert (period.every, period.first_day, period.last_day, str(period)) == (every, first, last, text)


@pytest.mark.parametrize(
    "text",
    [
        "2025-W53",
        "2026-W54",
        "2026-W00",
        "2026-W7",
        "2026W47",
        "26-W47",
        "2026-w47",
        "2026-W47 ",
        "",
        "0000-W01",
        "２０２６-W47",
        "2026-13",
        "2026-00",
        "2026-47",
        "2026-02-30",
        "2026-1-1",
        "0000-01",
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    """A week, day or month that does not exist, or another way of writing it, is an error that shows the right way."""
    with pytest.raises(BriefnoteError) as error:
        parse_period(text)
    assert str(error.value) == (
        f"--period: found '{text}', expected an ISO week such as 2026-W47 (01 to 52, in long years 53), "
        "a day such as 2026-11-21 or a month such as 2026-11"
    )
    assert not is_period(text)


@pytest.mark.parametrize(
    ("day", "week"),
    [(date(2025, 12, 29), "2026-W01"), (date(2027, 1, 3), "2026-W53"), (date(2026, 11, 22), "2026-W47")],
)
def test_days_around_new_year_belong_to_the_week_of_their_thursday(day: date, week: str) -> None:
    """The year of a week is that of its Thursday (ISO 8601)."""
    assert str(period_of("week", day)) == week


@given(day=st.dates(date(2, 1, 1), date(9999, 11, 20)), every=st.sampled_from(["week", "day", "month"]))
def test_period_holds_its_day_and_survives_writing(day: date, every: Every) -> None:
    """The period of a day holds it and reads back as it is written; the next one begins the day after it ends."""
    period = period_of(every, day)
    assert period.first_day <= day <= period.last_day
    assert parse_period(str(period)) == period
    assert period.next().first_day == period.last_day + timedelta(days=1)
    assert period.next().previous() == period < period.next()
    assert str(period) < str(period.next())


def test_last_month_of_the_calendar() -> None:
    """December 9999 ends where dates end."""
    assert parse_period("9999-12").last_day == date.max
