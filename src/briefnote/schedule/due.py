"""When the issue of a period is due, in the time zone of its brief, and which periods are due by a moment.

A period is due on its day at its hour. Where the clocks are put forward and the hour does not exist, it is due the
moment they are; where they are put back and the hour comes twice, the first time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from briefnote.config.brief import BriefConfig
from briefnote.config.schedule import LAST, WEEKDAYS
from briefnote.model.period import Period, period_of

_SECOND = timedelta(seconds=1)


def due_at(config: BriefConfig, period: Period) -> datetime:
    """Returns the moment, in UTC, from which the issue of a period is due."""
    wall = time.fromisoformat(config.schedule.at)
    return first_moment(datetime.combine(_due_day(config, period), wall), zone_of(config))


def latest_due(config: BriefConfig, now: datetime) -> Period:
    """Returns the latest period that is due at a moment."""
    period = period_of(config.every, now.astimezone(zone_of(config)).date())
    while due_at(config, period) > now:
        period = period.previous()
    return period


def due_after(config: BriefConfig, settled: Period, now: datetime) -> tuple[Period, ...]:
    """Returns the periods after `settled` that are due at a moment, the earliest first."""
    found = []
    period = latest_due(config, now)
    while period > settled:
        found.append(period)
        period = period.previous()
    return tuple(reversed(found))


def zone_of(config: BriefConfig) -> ZoneInfo:
    """Returns the time zone of a brief."""
    return ZoneInfo(config.schedule.zone)


def local_day(config: BriefConfig, moment: datetime) -> date:
    """Returns the day that a moment is in the zone of a brief."""
    return moment.astimezone(zone_of(config)).date()


def first_moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """Returns the first moment, in UTC, at which a clock on the wall of a zone shows this time or a later one."""
    late = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if late.astimezone(zone).replace(tzinfo=None) == wall:
        return late
    early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)  # before the clocks are put forward; `late` is after
    while late - early > _SECOND:
        middle = early + (late - early) // 2
        early, late = (middle, late) if middle.astimezone(zone).replace(tzinfo=None) < wall else (early, middle)
    return late.replace(microsecond=0)


def _due_day(config: BriefConfig, period: Period) -> date:
    """Returns the day of the period on which it is due; where a month has no such day, its last."""
    day = (config.schedule.day or "").lower()
    if config.every == "week" and day:
        return period.first_day + timedelta(days=WEEKDAYS.index(day))
    if config.every == "month" and day:
        wanted = 31 if day == LAST else int(day)
        return min(period.first_day + timedelta(days=wanted - 1), period.last_day)
    return period.first_day
