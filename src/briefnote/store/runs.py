"""Which periods the runs of each brief have settled: `run-state.json`, so that a missed one is known and none is twice.

What was sent is not here but in the ledger: a run that finds this file gone sends nobody anything twice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from briefnote.errors import BriefnoteError, Problem
from briefnote.model.period import Period, is_period, parse_period, period_of
from briefnote.store.durable import replace_file
from briefnote.store.plain import read_record

STATE = "run-state.json"


@dataclass(frozen=True)
class Settled:
    """The periods of a brief that need no run any more: all to `until`, and those of `after`, which are later."""

    until: str
    after: tuple[str, ...] = ()

    def __contains__(self, period: Period) -> bool:
        return period <= parse_period(self.until) or period.name in self.after

    def and_also(self, period: Period) -> Settled:
        """Returns what is settled once a period is, too."""
        later = sorted({parse_period(name) for name in self.after} | {period})
        until = parse_period(self.until)
        while later and later[0] <= period_of(later[0].every, until.last_day + timedelta(days=1)):
            until = max(until, later.pop(0))
        return Settled(until.name, tuple(one.name for one in later))


def read_settled(root: Path) -> dict[str, Settled]:
    """Returns what is settled of each brief. Raises BriefnoteError where the file cannot be read or was damaged."""
    path = root / STATE
    try:
        plain = json.loads(path.read_bytes())
        found = {name: read_record(Settled, entry, name) for name, entry in plain.items()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BriefnoteError([Problem(STATE, message=f"cannot be read: {error.strerror}")]) from None
    except (ValueError, AttributeError, RecursionError):
        found = None
    if found is None or not all(is_period(name) for one in found.values() for name in (one.until, *one.after)):
        message = "is damaged; remove it, and the next run begins with the present period"
        raise BriefnoteError([Problem(STATE, message=message)])
    return found


def write_settled(root: Path, settled: Mapping[str, Settled]) -> None:
    """Writes the file beside, then renames it. Call it under the lock of the runs. Raises BriefnoteError."""
    try:
        text = json.dumps({name: asdict(one) for name, one in sorted(settled.items())}, indent=1)
        replace_file(root / STATE, f"{text}\n".encode())
    except OSError as error:
        raise BriefnoteError([Problem(STATE, message=f"cannot be written: {error.strerror}")]) from None
