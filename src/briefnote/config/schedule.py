"""When a brief is due, and what a run does for it: the `schedule` and `run` of brief.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from briefnote.errors import did_you_mean
from briefnote.model.period import Every
from briefnote.model.record import note

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Missed = Literal["catch-up", "say"]
WithoutNews = Literal["skip", "no-change", "build"]
WEEKDAYS: tuple[str, ...] = get_args(Weekday)
LAST = "last"  # day of a month
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"


@dataclass(frozen=True)
class ScheduleConfig:
    """When the issue of a period is due, and what becomes of periods that are missed or bring nothing new."""

    zone: str = note("the time zone in which it is due, by its IANA name: Europe/Berlin", default="UTC")
    day: str | None = note(
        "the first day of its period: monday to sunday; of a monthly brief 1 to 31, or last", default=None
    )
    at: str = note("the hour on that day: 07:00", default="07:00", pattern=_CLOCK)
    missed: Missed = note("periods that no run has seen: catch-up, or say so and leave them", default="catch-up")
    most: int = note("how many missed periods are caught up at most, the latest", default=4, minimum=1, maximum=60)
    without_news: WithoutNews = note(
        "a period without a new or changed source: skip it, send it as no-change, or build it all the same",
        default="skip",
    )


@dataclass(frozen=True)
class RunConfig:
    """Which steps `briefnote run` takes for a brief."""

    collect: bool = note("ask the feeds of sources/feeds.yaml for what is new", default=True)
    summarise: bool = note("draft the summaries of articles that have none", default=True)
    draft_with: Literal["extractive", "model"] = note("who drafts them", default="extractive")
    check: bool = note("check sources, rules and templates first, warnings included", default=True)
    build: bool = note("build the issue", default=True)
    send: bool = note("send it to the recipients", default=True)
    review: Literal["none", "required"] = note("required: stop before sending, a person sends it", default="none")


def wrong_schedule(every: Every, schedule: ScheduleConfig) -> Iterator[tuple[str, str]]:
    """Yields what is wrong with a schedule: field, message."""
    if message := _wrong_zone(schedule.zone):
        yield "schedule.zone", message
    if schedule.day is None:
        return
    day = schedule.day.lower()
    if every == "day":
        yield "schedule.day", f"found '{schedule.day}', but a brief with `every: day` is due each day; remove it"
    if every == "week" and day not in WEEKDAYS:
        yield "schedule.day", f"found '{schedule.day}', expected a day of the week.{did_you_mean(day, WEEKDAYS)}"
    if every == "month" and day not in (LAST, *map(str, range(1, 32))):
        yield "schedule.day", f"found '{schedule.day}', expected a day of the month, 1 to 31, or last"


def _wrong_zone(zone: str) -> str | None:
    if zone == "UTC":
        return None
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        near = did_you_mean(zone, available_timezones())
        return f"found '{zone}', expected an IANA time zone.{near if 'mean' in near else ' Such as Europe/Berlin.'}"
    return None
