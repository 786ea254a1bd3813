"""Killed at any point of sending and started again: everyone has exactly one copy, or is known to be unknown."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from briefnote.store.folder import Folder
from delivery_desk import desk, send, settings, states, who
from killing import Point, kill_after, kill_at, points_of, spread, within
from mail_servers import Raw, raw_server

MODULES = ("briefnote.sending", "briefnote.deliver", "briefnote.store.ledger", "smtplib")
RECIPIENTS = "- {group: all, to: [ada@example.org, bob@example.org, cid@example.org], formats: [pdf]}"
EVERYWHERE, NEAR_THE_FULL_STOP = 16, 16
FULL_STOP = ("smtp._data:", "journal.no_way_back:", "journal.ended:", "ledger.move:", "ledger._write:")


def sent_again(folder: Folder, server: Raw) -> None:
    """Sends twice more after a kill: the last time, there is nothing left to do."""
    second = send(folder, settings(server.port))
    third = send(folder, settings(server.port))
    assert (second.failed, third.failed, third.sent) == ((), (), ())
    assert who(third.unknown) == who(second.unknown)
    assert len(third.unknown) <= 1  # one message at a time is on its way


def is_true(folder: Folder, server: Raw) -> None:
    """The ledger says of nobody that it has what it has not, or has not what it has; nobody has two."""
    for name, state in states(folder).items():
        assert state in ("sent", "unknown")
        assert server.copies[name] == 1 or (state == "unknown" and server.copies[name] == 0)
    assert len(states(folder)) == 3


@pytest.fixture(scope="module")
def points(tmp_path_factory: pytest.TempPathFactory) -> list[Point]:
    """The lines that an undisturbed delivery comes to."""
    folder = desk(tmp_path_factory.mktemp("points"), RECIPIENTS)
    with raw_server(Raw()) as server:
        return points_of(lambda: send(folder, settings(server.port)), MODULES)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(EVERYWHERE))
def test_killed_anywhere(number: int, points: list[Point], tmp_path: Path) -> None:
    """At points spread evenly over the whole delivery, from the reading of the issue to the last goodbye."""
    folder = desk(tmp_path, RECIPIENTS)
    with raw_server(Raw()) as server:
        kill_at(lambda: send(folder, settings(server.port)), MODULES, spread(points, EVERYWHERE)[number])
        sent_again(folder, server)
    is_true(folder, server)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(NEAR_THE_FULL_STOP))
def test_killed_around_the_full_stop(number: int, points: list[Point], tmp_path: Path) -> None:
    """At the lines that send the end of a message, and those that write it into the ledger."""
    folder = desk(tmp_path, RECIPIENTS)
    point = spread(within(points, *FULL_STOP), NEAR_THE_FULL_STOP)[number]
    with raw_server(Raw()) as server:
        assert kill_at(lambda: send(folder, settings(server.port)), MODULES, point)
        sent_again(folder, server)
    is_true(folder, server)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_killed_at_a_random_moment(seed: int, tmp_path: Path) -> None:
    """Wherever it is then, also within the database or the kernel."""
    folder = desk(tmp_path, RECIPIENTS)
    with raw_server(Raw()) as server:
        kill_after(lambda: send(folder, settings(server.port)), random.Random(seed).uniform(0.05, 0.4))  # noqa: S311
        sent_again(folder, server)
    is_true(folder, server)


@pytest.mark.slow
def test_a_kill_before_the_full_stop_is_no_unknown(points: list[Point], tmp_path: Path) -> None:
    """Up to the step before it, nobody is unknown afterwards: all have one copy."""
    folder = desk(tmp_path, RECIPIENTS)
    first = within(points, "journal.no_way_back:")[0]
    with raw_server(Raw()) as server:
        assert kill_at(lambda: send(folder, settings(server.port)), MODULES, first)
        assert who(send(folder, settings(server.port)).sent) == ["ada", "bob", "cid"]
    assert server.copies == {"ada": 1, "bob": 1, "cid": 1}
