"""cron and systemd call at every moment at which an issue is due, whatever zone the machine is in."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefnote.config.brief import BriefConfig, PairConfig
from briefnote.config.schedule import ScheduleConfig
from briefnote.model.period import Every
from briefnote.schedule.firing import calendar_times, cron_times, moments

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"]


def config(every: Every = "week", **schedule: Any) -> BriefConfig:
    """Returns a brief that is due so."""
    return BriefConfig("A title", (PairConfig("A", "B"),), every=every, schedule=ScheduleConfig(**schedule))


def lines(*configs: BriefConfig, machine: str = "UTC") -> tuple[str, ...]:
    """Returns cron's lines on a machine in a zone."""
    return cron_times(configs, NOW, lambda moment: moment.astimezone(ZoneInfo(machine)))


def fires(line: str, moment: datetime) -> bool:
    """Returns whether cron calls a line at a moment of its own clock."""
    values = (moment.minute, moment.hour, moment.day, moment.month, moment.isoweekday() % 7)
    return all(
        field == "*" or str(value) in field.split(",") for field, value in zip(line.split(), values, strict=True)
    )


@pytest.mark.parametrize(
    ("every", "schedule", "machine", "expected"),
    [
        ("week", {}, "UTC", ("0 7 * * 1",)),
        ("week", {"zone": "Europe/Berlin"}, "Europe/Berlin", ("0 7 * * 1",)),
        ("week", {"zone": "Europe/Berlin"}, "UTC", ("0 5,6 * * 1",)),
        ("week", {"zone": "Europe/Berlin", "at": "01:15"}, "UTC", ("15 0 * * 1", "15 23 * * 0")),
        ("day", {"zone": "America/New_York", "at": "06:30"}, "UTC", ("30 10,11 * * *",)),
        ("month", {"day": "15"}, "Asia/Kolkata", ("30 12 15 * *",)),
        ("month", {"day": "last"}, "UTC", ("0 7 28,29,30,31 * *",)),
        (
            "week",
            {"day": "sunday", "zone": "Europe/Berlin", "at": "02:30"},
            "Europe/Berlin",
            ("0 3 * * 0", "30 2 * * 0"),
        ),
    ],
)
def test_cron_is_given_the_hours_of_its_own_machine(
    every: Every, schedule: dict[str, str], machine: str, expected: tuple[str, ...]
) -> None:
    """Both hours where the seasons differ, and the moment the clocks are put forward where the hour is lost then."""
    assert lines(config(every, **schedule), machine=machine) == expected


def test_briefs_that_are_due_together_share_a_line() -> None:
    """A run looks at all briefs."""
    assert lines(config(), config(), config(day="friday")) == ("0 7 * * 1", "0 7 * * 5")


@settings(max_examples=60)
@given(
    st.sampled_from(["day", "week", "month"]),
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
    st.integers(0, 23),
    st.sampled_from(["00", "30", "45"]),
)
def test_cron_calls_at_every_moment_an_issue_is_due(
    every: Every, zone: str, machine: str, hour: int, minute: str
) -> None:
    """For two years, whatever the zones of brief and machine."""
    brief = config(every, zone=zone, at=f"{hour:02}:{minute}")
    found = lines(brief, machine=machine)
    local = [moment.astimezone(ZoneInfo(machine)) for moment in moments(brief, NOW)]
    assert [moment for moment in local if not any(fires(line, moment) for line in found)] == []


@pytest.mark.parametrize(
    ("every", "schedule", "expected"),
    [
        ("week", {"zone": "Europe/Berlin"}, ("Mon *-*-* 07:00:00 Europe/Berlin",)),
        ("day", {}, ("*-*-* 07:00:00 UTC",)),
        ("month", {"day": "31"}, ("*-*-31 07:00:00 UTC", "*-*~01 07:00:00 UTC")),
        (
            "week",
            {"day": "sunday", "zone": "Europe/Berlin", "at": "02:30"},
            ("Sun *-*-* 01:00:00 UTC", "Sun *-*-* 02:30:00 Europe/Berlin"),
        ),
    ],
)
def test_systemd_is_given_the_zone_of_the_brief(
    every: Every, schedule: dict[str, str], expected: tuple[str, ...]
) -> None:
    """With the lost hour in UTC beside it: systemd leaves such a day out."""
    assert calendar_times([config(every, **schedule)], NOW) == expected


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("every", ["day", "week", "month"])
def test_systemd_elapses_when_the_next_issues_are_due(every: Every) -> None:
    """systemd's own reading of our times, across both changes of the clocks."""
    days: dict[Every, dict[str, str]] = {"day": {}, "week": {"day": "thursday"}, "month": {"day": "20"}}
    brief = config(every, zone="Europe/Berlin", **days[every])
    (time,) = calendar_times([brief], NOW)
    command = ["systemd-analyze", "calendar", "--base-time", f"{NOW:%Y-%m-%d %H:%M:%S} UTC", "--iterations", "20", time]
    said = subprocess.run(command, env={"TZ": "UTC"}, capture_output=True, text=True, check=True).stdout
    found = [line.split(": ", 1)[1] for line in said.splitlines() if "elapse:" in line or "Iter." in line]
    expected = [f"{moment:%a %Y-%m-%d %H:%M:%S} UTC" for moment in moments(brief, NOW)]
    assert found == expected[: len(found)]
    assert len(found) == 20
