"""Which periods are settled: in whatever order they are, none is forgotten and none is made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.errors import BriefnoteError
from briefnote.model.period import Every, Period, parse_period
from briefnote.store.runs import STATE, Settled, read_settled, write_settled

FIRST: dict[Every, str] = {"day": "2026-12-28", "week": "2026-W52", "month": "2026-11"}


def after(period: Period, count: int) -> Period:
    """Returns the period so many later."""
    for _ in range(count):
        period = period.next()
    return period


@given(st.sampled_from(["day", "week", "month"]), st.lists(st.integers(1, 12)))
def test_exactly_what_was_settled_is(every: Every, order: list[int]) -> None:
    """Across the end of a year of 53 weeks, too."""
    first = parse_period(FIRST[every])
    settled = Settled(first.name)
    for number in order:
        settled = settled.and_also(after(first, number))
    assert [number for number in range(1, 13) if after(first, number) in settled] == sorted(set(order))
    assert first in settled
    assert first.previous() in settled


def test_a_week_is_followed_by_the_days_after_it() -> None:
    """A brief that turns from weekly to daily."""
    settled = Settled("2026-W47").and_also(parse_period("2026-11-24"))
    assert settled == Settled("2026-W47", ("2026-11-24",))
    assert settled.and_also(parse_period("2026-11-23")) == Settled("2026-11-24")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """And nothing is settled where there is no file."""
    assert read_settled(tmp_path) == {}
    found = {"b": Settled("2026-W47", ("2026-W49",)), "a": Settled("2026-11")}
    write_settled(tmp_path, found)
    assert read_settled(tmp_path) == found


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"a": {}}', '{"a": {"until": "2026-W54"}}', '{"a": {"until": "2026-11", "after": [1]}}']
)
def test_a_damaged_file_is_said(text: str, tmp_path: Path) -> None:
    """With the remedy."""
    (tmp_path / STATE).write_text(text, encoding="utf-8")
    with pytest.raises(BriefnoteError, match=r"is damaged; remove it, and the next run begins with the present period"):
        read_settled(tmp_path)
