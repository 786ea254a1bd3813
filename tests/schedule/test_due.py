"""When an issue is due: by week, day and month, in the time zone of its brief, also when the clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.config.brief import BriefConfig, PairConfig, read_brief_config
from briefnote.config.schedule import ScheduleConfig
from briefnote.model.period import Every, parse_period
from briefnote.schedule.due import due_after, due_at, latest_due

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"]


def config(every: Every = "week", **schedule: Any) -> BriefConfig:
    """Returns a brief that is due so."""
    return BriefConfig("A title", (PairConfig("A", "B"),), every=every, schedule=ScheduleConfig(**schedule))


def due(period: str, every: Every = "week", **schedule: Any) -> str:
    """Returns when a period is due, in UTC."""
    return f"{due_at(config(every, **schedule), parse_period(period)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("period", "every", "schedule", "expected"),
    [
        ("2026-W48", "week", {}, "2026-11-23 07:00"),
        ("2026-W48", "week", {"zone": "Europe/Berlin"}, "2026-11-23 06:00"),
        ("2026-W30", "week", {"zone": "Europe/Berlin"}, "2026-07-20 05:00"),
        ("2026-W48", "week", {"day": "Sunday", "at": "18:30"}, "2026-11-29 18:30"),
        ("2026-W53", "week", {"day": "friday"}, "2027-01-01 07:00"),
        ("2026-11-21", "day", {"zone": "Asia/Kolkata"}, "2026-11-21 01:30"),
        ("2026-02", "month", {}, "2026-02-01 07:00"),
        ("2026-02", "month", {"day": "31"}, "2026-02-28 07:00"),
        ("2028-02", "month", {"day": "last"}, "2028-02-29 07:00"),
        ("2026-11", "month", {"day": "15"}, "2026-11-15 07:00"),
    ],
)
def test_a_period_is_due_on_its_day_at_its_hour(
    period: str, every: Every, schedule: dict[str, str], expected: str
) -> None:
    """A week from Monday on unless the brief says otherwise; a month without such a day on its last."""
    assert due(period, every, **schedule) == expected


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29 01:00"),
        ("America/New_York", "2026-03-08", "02:00", "2026-03-08 07:00"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03 15:30"),
        ("Pacific/Apia", "2011-12-30", "07:00", "2011-12-30 10:00"),
    ],
)
def test_an_hour_that_does_not_exist_is_the_moment_the_clocks_are_put_forward(
    zone: str, day: str, at: str, expected: str
) -> None:
    """No later: a cron that makes up for the lost hour finds the issue due. Samoa once left out a whole day."""
    assert due(day, "day", zone=zone, at=at) == expected


def test_an_hour_that_comes_twice_is_the_first() -> None:
    """On 25 October 2026 Berlin has 02:30 at 00:30 and at 01:30 UTC."""
    assert due("2026-10-25", "day", zone="Europe/Berlin", at="02:30") == "2026-10-25 00:30"


@given(
    st.sampled_from(ZONES),
    st.integers(0, 23),
    st.datetimes(datetime(2005, 1, 1), datetime(2037, 12, 1)),
    st.sampled_from(["day", "week", "month"]),
)
def test_at_every_moment_one_period_is_the_present_one(zone: str, hour: int, moment: datetime, every: Every) -> None:
    """It is due, the next is not, and the periods since any earlier one follow one another without a gap."""
    brief, now = config(every, zone=zone, at=f"{hour:02}:00"), moment.replace(tzinfo=UTC)
    present = latest_due(brief, now)
    assert due_at(brief, present) <= now < due_at(brief, present.next())
    before = latest_due(brief, now - timedelta(days=70))
    found = due_after(brief, before, now)
    assert [period.previous() for period in found] == [before, *found][:-1]
    assert found[-1:] in ((present,), ())


BRIEF = """\
title: A title
about: [{holder: A, over: B}]
"""


def problems(text: str) -> list[str]:
    """Returns the problems of a brief.yaml with these lines."""
    return [f"{one.field}: {one.message}" for one in sorted(read_brief_config((BRIEF + text).encode(), "b")[1])]


def test_all_mistakes_of_a_schedule_are_said_at_once() -> None:
    """Zone, day and hour, each with what was expected."""
    assert problems("schedule: {zone: Europe/Berlim, day: mondey}") == [
        "schedule.day: found 'mondey', expected a day of the week. Did you mean 'monday'?",
        "schedule.zone: found 'Europe/Berlim', expected an IANA time zone. Did you mean 'Europe/Berlin'?",
    ]
    assert problems("schedule: {at: 7 o'clock, missed: never, most: 0}\nrun: {sent: false, review: true}") == [
        "schedule.at: found '7 o'clock', expected the hour on that day: 07:00",
        "schedule.missed: found 'never', expected one of catch-up, say.",
        "schedule.most: found '0', expected a number from 1 to 60",
        "run.review: found 'true', expected one of none, required.",
        "run.sent: unknown field. Did you mean 'send'?",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("every: day\nschedule: {day: monday}", "but a brief with `every: day` is due each day; remove it"),
        ("every: month\nschedule: {day: 32}", "found '32', expected a day of the month, 1 to 31, or last"),
        ("schedule: {zone: ../../etc/passwd}", "found '../../etc/passwd', expected an IANA time zone."),
    ],
)
def test_a_schedule_that_fits_no_period_is_refused(text: str, expected: str) -> None:
    """What is wrong and what to do is said."""
    (problem,) = problems(text)
    assert expected in problem
