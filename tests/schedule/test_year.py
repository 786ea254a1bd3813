"""A year of Mondays: cron comes on time, early, late, twice and not at all, and each week's issue goes out once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from schedule_desk import Cron, desk, dropped

from briefnote.store.ledger import LEDGER, open_ledger
from mail_servers import mail_server

MONDAYS = [date(2027, 1, 4) + timedelta(weeks=week) for week in range(52)]
WEEKS = [f"2027-W{week:02}" for week in range(1, 53)]
RECIPIENTS = """\
- {group: archive, folder: outbox, formats: [md]}
- {group: all, to: [ada@example.org], formats: [md]}"""
# What cron does in a week, as the time after seven on Monday: on time, twice, late, not at all, early and on time.
CALLS: list[tuple[timedelta, ...]] = [
    (timedelta(),),
    (timedelta(), timedelta(minutes=1)),
    (timedelta(days=1, hours=8),),
    (),
    (timedelta(minutes=-1), timedelta()),
]


def calls(zone: str) -> Iterator[datetime]:
    """Yields the moments at which cron calls."""
    for week, monday in enumerate(MONDAYS):
        seven = datetime(monday.year, monday.month, monday.day, 7, tzinfo=ZoneInfo(zone))
        yield from (seven + after for after in CALLS[week % 5])


@pytest.mark.slow
@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Kiritimati"]
)
def test_a_year_has_52_issues_each_sent_once(zone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To a folder and to a mail server, in summer time and in winter time."""
    steps = "run: {collect: false, summarise: false, check: false}"
    folder = desk(tmp_path, f"schedule: {{zone: {zone}, without_news: build}}", steps, recipients=RECIPIENTS)
    with mail_server() as box:
        values = {"HOST": "127.0.0.1", "PORT": str(box.port), "SECURITY": "none", "FROM": "desk@example.org"}
        cron = Cron(folder, monkeypatch, {f"BRIEFNOTE_SMTP_{name}": value for name, value in values.items()})
        codes = Counter(cron.at(moment).exit_code for moment in calls(zone))
    assert codes == {0: len(list(calls(zone)))}
    assert dropped(folder) == {f"example-{week}.md": 1 for week in WEEKS}
    messages = [message_from_bytes(data, policy=policy.default) for _, data in box.messages]
    assert [message["Subject"].rpartition(", ")[2] for message in messages] == WEEKS
    assert len({message["Message-ID"] for message in messages}) == 52
    with open_ledger(folder.root / LEDGER) as ledger:
        assert Counter(entry.state for entry in ledger.entries()) == {"sent": 104}
