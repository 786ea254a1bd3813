"""Tells a health check (healthchecks.io and its like) how a run ended: it raises the alarm when it hears nothing.

The address is a secret: who has it can keep the alarm from being raised. It stands in no log and no message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from briefnote.config.settings import Secret, read_healthcheck
from briefnote.deliver.webhook import unlogged
from briefnote.errors import BriefnoteError
from briefnote.schedule.journal import RunLog
from briefnote.schedule.outcome import FAILED
from briefnote.store.settings import find_settings

_SECONDS = 10.0


@dataclass(frozen=True)
class Ping:
    """The address, where one is set."""

    address: Secret | None
    log: RunLog

    def ended(self, code: int) -> None:
        """Tells that a run ended: a POST with its exit code to the address, to ADDRESS/fail where it failed.

        That nobody hears it is written into the log, and is no failure of the run.
        """
        if self.address is None:
            return
        import httpx

        address = self.address.reveal()
        try:
            with unlogged():
                answer = httpx.post(
                    _to_fail(address) if code == FAILED else address, content=f"exit {code}", timeout=_SECONDS
                )
            said = f"{answer.status_code}"
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            said = type(error).__name__
        self.log.event("pinged", answer=said)


def read_ping(environment: Mapping[str, str] | None, log: RunLog) -> Ping:
    """Returns what tells the health check. Raises BriefnoteError where its address, or the settings file, is wrong."""
    found = find_settings(environment)
    address, problems = read_healthcheck(found.values, found.origin)
    if problems:
        raise BriefnoteError(problems)
    return Ping(address, log)


def _to_fail(address: str) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/fail"))
