"""What the next run would do, and when the next issues are due, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from briefnote import clock
from briefnote.config.brief import BriefConfig
from briefnote.model.period import Period
from briefnote.schedule.agenda import read_config, unsettled
from briefnote.schedule.due import due_at, latest_due, zone_of
from briefnote.store.folder import Folder, all_briefs
from briefnote.store.runs import read_settled


def coming(folder: Folder, briefs: Sequence[str] = ()) -> list[str]:
    """Returns a line for each issue that is due now, and one for the next issue of each brief.

    Raises BriefnoteError where a brief.yaml is wrong.
    """
    now, settled = clock.now(), read_settled(folder.root)
    lines = []
    for name in briefs or all_briefs(folder):
        config = read_config(folder, name)
        lines += [f"{name} {period}: due now" for period in unsettled(config, settled.get(name), now)]
        lines.append(f"{name} {_next_line(config, latest_due(config, now).next())}")
    return lines


def _next_line(config: BriefConfig, period: Period) -> str:
    return f"{period}: due on {_shown(due_at(config, period), config)}"


def _shown(moment: datetime, config: BriefConfig) -> str:
    local = moment.astimezone(zone_of(config))
    return f"{local:%A %Y-%m-%d %H:%M} {config.schedule.zone}"
