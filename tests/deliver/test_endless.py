"""A mail server whose answers have no end: each is cut off, by lines, by bytes or by time."""

from __future__ import annotations

import select
import smtplib
import socket
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest

from briefnote.deliver.bounded import BoundedSMTP
from delivery_desk import desk, send, settings, states
from mail_servers import Raw, raw_server

ONE = "- {group: all, to: [ada@example.org], formats: [pdf]}"
ONCE = "{wait: 0, attempts: 1}"


class Endless(Raw):
    """Answers as others do up to a stage, and there says the same bytes for ever."""

    stage = "banner"
    said = b"220-more\r\n"

    def talk(self, channel: socket.socket) -> None:
        """Holds the dialogue until the client hangs up."""
        self.connections += 1
        lines = channel.makefile("rb")
        with suppress(OSError):
            if self.stage != "banner":
                channel.sendall(b"220 mail.test\r\n")
                while not lines.readline().upper().startswith(self.stage.upper().encode()):
                    channel.sendall(b"250 ok\r\n")
            if self.stage == "data":
                channel.sendall(b"354 go on\r\n")
                while lines.readline() != b".\r\n":
                    pass
            while True:
                channel.sendall(self.said)


def endless(stage: str, said: bytes) -> Endless:
    """Returns such a server."""
    server = Endless()
    server.stage, server.said = stage, said
    return server


@pytest.mark.parametrize(
    ("stage", "said", "note"),
    [
        ("banner", b"220-more\r\n", "no connection: the answer has more than 100 lines"),
        ("banner", b"220 mor", "no connection: the answer has a line of more than 8192 bytes"),
        ("ehlo", b"250-SIZE 30000000\r\n", "no connection: the answer has more than 100 lines"),
        ("mail", b"250-yes\r\n", "the connection broke: the answer has more than 100 lines"),
        ("rcpt", b"250-y", "the connection broke: the answer has a line of more than 8192 bytes"),
    ],
)
def test_an_answer_without_end_is_a_failure_for_now(stage: str, said: bytes, note: str, tmp_path: Path) -> None:
    """Nothing was accepted, surely; the next send tries again."""
    folder = desk(tmp_path, ONE, ONCE)
    with raw_server(endless(stage, said)) as server:
        delivered = send(folder, settings(server.port))
    assert [receipt.note for receipt in delivered.failed] == [note]
    assert server.connections == 1


def test_an_answer_without_end_to_the_end_of_a_message_is_unknown(tmp_path: Path) -> None:
    """It may have been accepted."""
    folder = desk(tmp_path, ONE, ONCE)
    with raw_server(endless("data", b"250-taken\r\n")) as server:
        delivered = send(folder, settings(server.port))
    assert [receipt.note for receipt in delivered.unknown] == [
        "no answer to the end of the message: the answer has more than 100 lines"
    ]
    assert states(folder) == {"ada": "unknown"}


def test_the_time_limit_holds_for_an_answer_as_a_whole() -> None:
    """A server that drips a byte now and then, each in time, is cut off when the whole answer is late."""
    ours, theirs = socket.socketpair()
    dripping = threading.Thread(target=drip, args=(theirs,))
    with ours, theirs, closing(BoundedSMTP()) as client:
        client.sock = ours
        ours.settimeout(0.2)
        dripping.start()
        with pytest.raises(smtplib.SMTPServerDisconnected, match="the answer takes too long|timed out"):
            client.getreply()
        dripping.join(10)
    assert not dripping.is_alive()


def drip(channel: socket.socket) -> None:
    """Sends a byte every few milliseconds, until the other end hangs up."""
    with suppress(OSError):
        while not select.select([channel], [], [], 0.01)[0]:
            channel.sendall(b"2")


def test_answers_of_many_lines_and_in_pieces_are_read_whole() -> None:
    """Up to a hundred lines, however they are cut into pieces on their way; the next answer begins after them."""
    ours, theirs = socket.socketpair()
    with ours, theirs, closing(BoundedSMTP()) as client:
        client.sock = ours
        ours.settimeout(10)
        lines = [f"250-{number}" for number in range(99)]
        theirs.sendall("\r\n".join([*lines, "250 99", "354 go on", "nonsense", ""]).encode())
        code, said = client.getreply()
        assert (code, said.split(b"\n")) == (250, [str(number).encode() for number in range(100)])
        assert client.getreply() == (354, b"go on")
        assert client.getreply()[0] == -1
        assert ours.gettimeout() == 10
