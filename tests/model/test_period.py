"""The period of an issue: an ISO week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.errors import BriefnoteError
from briefnote.model.period import Week, parse_week, week_of


def test_week_runs_from_monday_to_sunday() -> None:
    """2026-W47 is 16 to 22 November 2026."""
    week = parse_week("2026-W47")
    assert (week.first_day, week.last_day) == (date(2026, 11, 16), date(2026, 11, 22))


def test_long_year_has_a_week_53() -> None:
    """2026 has 53 weeks; the last one ends in 2027."""
    assert parse_week("2026-W53").last_day == date(2027, 1, 3)


@pytest.mark.parametrize(
    "text",
    [
        "2025-W53",
        "2026-W54",
        "2026-W00",
        "2026-W7",
        "2026W47",
        "2026-47",
        "26-W47",
        "2026-w47",
        "2026-W47 ",
        "",
        "0000-W01",
        "２０２６-W47",
        "2026-11-16",
    ],
)
def test_what_is_no_iso_week_is_refused(text: str) -> None:
    """A week that the year does not have, or another way of writing it, is an error that shows the right way."""
    with pytest.raises(BriefnoteError) as error:
        parse_week(text)
    assert str(error.value) == (
        f"--period: found '{text}', expected an ISO week such as 2026-W47 (01 to 52, in long years 53)"
    )


@pytest.mark.parametrize(
    ("day", "week"),
    [(date(2025, 12, 29), "2026-W01"), (date(2027, 1, 3), "2026-W53"), (date(2026, 11, 22), "2026-W47")],
)
def test_days_around_new_year_belong_to_the_week_of_their_thursday(day: date, week: str) -> None:
    """The year of a week is that of its Thursday (ISO 8601)."""
    assert str(week_of(day)) == week


@given(day=st.dates(date(1, 1, 1), date(9999, 12, 20)))
def test_week_holds_its_day_and_survives_writing(day: date) -> None:
    """The week of a day holds it, is written in a form that reads back, and weeks sort as their texts do."""
    week = week_of(day)
    assert week.first_day <= day <= week.last_day
    assert parse_week(str(week)) == week
    assert str(week) < str(week_of(day + timedelta(days=7)))


def test_weeks_sort_by_time() -> None:
    """An earlier week is smaller."""
    assert Week(2025, 52) < Week(2026, 1) < Week(2026, 2)
