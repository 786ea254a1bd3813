"""Everyone once: what became of each recipient when the server answers, refuses, or breaks off at any point."""

from __future__ import annotations

from pathlib import Path

from delivery_desk import NAMES, desk, send, settings, states, who
from mail_servers import Raw, raw_server


def test_everyone_has_it_once_and_a_second_send_sends_nothing(tmp_path: Path) -> None:
    """The second time all are skipped, with the moment they got it; one connection was enough for five."""
    folder = desk(tmp_path)
    with raw_server(Raw()) as server:
        first = send(folder, settings(server.port))
        assert who(first.sent) == list(NAMES)
        assert server.connections == 1
        second = send(folder, settings(server.port))
    assert (second.sent, who(second.skipped)) == ((), list(NAMES))
    assert second.skipped[0].note.startswith("has it since 20")
    assert server.copies == dict.fromkeys(NAMES, 1)
    assert set(states(folder).values()) == {"sent"}
