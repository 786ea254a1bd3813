"""What installing or removing would change in the crontab or among the units, to be shown first and then done."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from briefnote import clock
from briefnote.errors import BriefnoteError, visible
from briefnote.schedule.agenda import read_config
from briefnote.schedule.calling import call_of
from briefnote.schedule.crontab import block, read_crontab, with_block, without_block, write_crontab
from briefnote.schedule.firing import calendar_times, cron_times
from briefnote.schedule.units import read_unit, remove_units, unit_name, units, write_units
from briefnote.store.folder import Folder, all_briefs

Scheduler = Literal["cron", "systemd"]


@dataclass(frozen=True)
class Change:
    """Texts by their place ("crontab", a unit's file) as they are and as they would be; `apply` does it."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    apply: Callable[[], None] = field(repr=False)

    @property
    def is_empty(self) -> bool:
        """Returns whether all is as it would be."""
        return self.before == self.after

    def diff(self) -> list[str]:
        """Returns what changes, as lines of a unified diff."""
        return [
            visible(line.rstrip("\n"))
            for place in self.before
            for line in difflib.unified_diff(
                self.before[place].splitlines(keepends=True),
                self.after[place].splitlines(keepends=True),
                f"{place} (as it is)",
                f"{place} (as it would be)",
            )
        ]


def lines_for(folder: Folder, scheduler: Scheduler, local: Callable[[datetime], datetime] | None = None) -> str:
    """Returns the crontab's lines or the units for a folder. Raises BriefnoteError where a brief.yaml is wrong."""
    wanted = _wanted(folder, scheduler, local)
    return "\n".join(wanted.values()) if scheduler == "systemd" else wanted["crontab"]


def state_of(folder: Folder, scheduler: Scheduler) -> str:
    """Returns whether the lines for a folder are installed, in words; where nobody can tell, why."""
    try:
        change = installing(folder, scheduler)
        is_there = not removing(folder, scheduler).is_empty
    except BriefnoteError as error:
        return "; ".join(problem.message for problem in error.problems)
    if change.is_empty:
        return "installed"
    return "installed, and out of date; install it again" if is_there else "not installed"


def installing(folder: Folder, scheduler: Scheduler) -> Change:
    """Returns what installing would change. Raises BriefnoteError where a brief.yaml is wrong."""
    wanted = _wanted(folder, scheduler)
    if scheduler == "systemd":
        return Change({name: read_unit(name) for name in wanted}, wanted, lambda: write_units(wanted))
    crontab = read_crontab()
    after = with_block(crontab, folder.root, wanted["crontab"])
    return Change({"crontab": crontab}, {"crontab": after}, lambda: write_crontab(after))


def removing(folder: Folder, scheduler: Scheduler) -> Change:
    """Returns what removing would change."""
    if scheduler == "systemd":
        before = {name: read_unit(name) for name in _unit_files(folder.root)}
        return Change(before, dict.fromkeys(before, ""), lambda: remove_units(tuple(before)))
    crontab = read_crontab()
    after = without_block(crontab, folder.root)
    return Change({"crontab": crontab}, {"crontab": after}, lambda: write_crontab(after))


def _wanted(
    folder: Folder, scheduler: Scheduler, local: Callable[[datetime], datetime] | None = None
) -> dict[str, str]:
    configs = [read_config(folder, name) for name in all_briefs(folder)]
    call, now = call_of(folder.root), clock.now()
    if scheduler == "systemd":
        return units(call, calendar_times(configs, now))
    return {"crontab": block(call, cron_times(configs, now, local or datetime.astimezone))}


def _unit_files(root: Path) -> tuple[str, ...]:
    name = unit_name(root)
    return f"{name}.service", f"{name}.timer"
