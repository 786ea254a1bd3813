"""When `briefnote run` must be called, as cron and systemd write it.

cron knows no time zone but the machine's. So it is given every hour at which an issue is due there in the course of two
years: in Berlin at seven is at five or six in UTC, by season. A call too many does nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time

from briefnote.config.brief import BriefConfig
from briefnote.config.schedule import LAST
from briefnote.model.period import Every
from briefnote.schedule.due import due_at, latest_due, zone_of

_AHEAD = {"day": 731, "week": 105, "month": 25}  # periods in two years
Local = Callable[[datetime], datetime]


def cron_times(configs: Sequence[BriefConfig], now: datetime, local: Local) -> tuple[str, ...]:
    """Returns the five fields of each line ("0 5,6 * * 1"). `local` turns a moment into the machine's time."""
    return tuple(sorted({line for config in configs for line in _cron_times(config, now, local)}))


def _cron_times(config: BriefConfig, now: datetime, local: Local) -> Iterator[str]:
    hours: dict[tuple[int, str], set[int]] = defaultdict(set)
    for moment in map(local, moments(config, now)):
        hours[moment.minute, _cron_day(config.every, moment)].add(moment.hour)
    for minute, found in sorted({(minute, tuple(sorted(found))) for (minute, _), found in hours.items()}):
        days = sorted((day for (m, day), own in hours.items() if (m, tuple(sorted(own))) == (minute, found)), key=_key)
        joined, at = ",".join(days), ",".join(map(str, found))
        yield {
            "day": f"{minute} {at} * * *",
            "week": f"{minute} {at} * * {joined}",
            "month": f"{minute} {at} {joined} * *",
        }[config.every]


def _cron_day(every: Every, moment: datetime) -> str:
    """cron counts the days of the week from Sunday, 0."""
    return {"day": "*", "week": str(moment.isoweekday() % 7), "month": str(moment.day)}[every]


def _key(day: str) -> int:
    return 0 if day == "*" else int(day)


def moments(config: BriefConfig, now: datetime) -> Iterator[datetime]:
    """Yields when the issues of two years are due, in UTC."""
    period = latest_due(config, now)
    for _ in range(_AHEAD[config.every]):
        period = period.next()
        yield due_at(config, period)


def calendar_times(configs: Sequence[BriefConfig], now: datetime) -> tuple[str, ...]:
    """Returns systemd's OnCalendar of each ("Mon *-*-* 07:00:00 Europe/Berlin").

    systemd leaves out a day on which the hour does not exist: there, the moment in UTC is added.
    """
    found = {f"{day} {config.schedule.at}:00 {config.schedule.zone}" for config in configs for day in _days(config)}
    lost = {moment for config in configs for moment in moments(config, now) if not _exists(config, moment)}
    return tuple(sorted(found | {f"{moment:%a} *-*-* {moment:%H:%M:%S} UTC" for moment in lost}))


def _days(config: BriefConfig) -> tuple[str, ...]:
    day = (config.schedule.day or "").lower()
    if config.every == "day":
        return ("*-*-*",)
    if config.every == "week":
        return (f"{(day or 'monday')[:3].title()} *-*-*",)
    if day == LAST:
        return ("*-*~01",)
    number = int(day or 1)
    return (f"*-*-{number:02}",) if number < 29 else (f"*-*-{number}", "*-*~01")  # a shorter month: its last


def _exists(config: BriefConfig, moment: datetime) -> bool:
    return moment.astimezone(zone_of(config)).time() == time.fromisoformat(config.schedule.at)
