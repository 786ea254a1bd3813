"""Mail servers for tests: real ones on this machine, that obey, answer what they are told to, or break off."""

from __future__ import annotations

import socket
import ssl
import threading
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

# Where a server may break off: before or after it has said or heard something.
SILENCE = "says nothing"  # an answer: the connection stays open, and nothing comes
STAGES = ("connect", "banner", "ehlo", "mail", "rcpt", "data", "content", "dot", "answer", "quit")


@dataclass
class Raw:
    """A server that speaks SMTP word by word. It can be told what to answer, and where to break off.

    `taken` are the messages whose end it has seen and accepted, by recipient; whether it could say so is another
    matter. `answers(stage, recipient)` returns an answer instead of its own, or None; "" breaks the connection off.
    """

    answers: Callable[[str, str], str | None] = lambda _stage, _recipient: None
    extensions: tuple[str, ...] = ("SIZE 30000000", "SMTPUTF8", "8BITMIME")
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    @property
    def copies(self) -> Counter[str]:
        """How often each recipient has a message, by the first part of its address."""
        return Counter(recipient.split("@")[0] for recipient, _ in self.taken)

    def talk(self, channel: socket.socket) -> None:
        """Holds one dialogue, to its end or to where it is broken off."""
        self.connections += 1
        sender = _Line(channel)
        if not self._say(sender, "connect", "", "220 mail.test ESMTP"):
            return
        if self.answers("banner", "") == "":
            return
        recipient = ""
        while (line := sender.read()) is not None:
            verb = line[:4].upper()
            if verb == "RCPT":
                recipient = line.partition("<")[2].partition(">")[0]
            if verb == "DATA":
                if not self._data(sender, recipient):
                    return
                continue
            answer = "250 mail.test\n" + "\n".join(f"250 {name}" for name in self.extensions)
            said = {"EHLO": answer, "QUIT": "221 bye"}.get(verb, "250 ok")
            if not self._say(sender, line[:4].lower(), recipient, said) or verb == "QUIT":
                return

    def _data(self, sender: _Line, recipient: str) -> bool:
        said = self.answers("data", recipient)
        if said is not None:
            return self._said(sender, said)
        sender.write("354 go on")
        if self.answers("content", recipient) == "":
            sender.read()
            return False
        content = sender.until_dot()
        if content is None or self.answers("dot", recipient) == "":
            return False
        said = self.answers("answer", recipient)
        if said == SILENCE:
            return sender.wait_for_the_end()
        if said is None or said == "" or said.startswith("2"):
            self.taken.append((recipient, content))
        sender.write("250 taken" if said is None else said)
        return said != ""

    def _say(self, sender: _Line, stage: str, recipient: str, usual: str) -> bool:
        said = self.answers(stage, recipient)
        return self._said(sender, usual if said is None else said)

    def _said(self, sender: _Line, said: str) -> bool:
        """Says it, and returns whether the dialogue goes on."""
        if said == SILENCE:
            return sender.wait_for_the_end()
        sender.write(said)
        return bool(said)


class _Line:
    """Reads and writes lines on a connection; a connection that is gone reads as None."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._read = b""

    def write(self, text: str) -> None:
        lines = text.split("\n") if text else []
        for number, line in enumerate(lines, 1):
            sign = " " if number == len(lines) else "-"
            with suppress(OSError):
                self._channel.sendall(f"{line[:3]}{sign}{line[4:]}\r\n".encode())

    def read(self) -> str | None:
        while b"\r\n" not in self._read:
            if not self._more():
                return None
        line, self._read = self._read.split(b"\r\n", 1)
        return line.decode("utf-8", "replace")

    def wait_for_the_end(self) -> bool:
        while self._more():
            pass
        return False

    def until_dot(self) -> bytes | None:
        while b"\r\n.\r\n" not in self._read:
            if not self._more():
                return None
        content, self._read = self._read.split(b"\r\n.\r\n", 1)
        return content.replace(b"\r\n..", b"\r\n.") + b"\r\n"

    def _more(self) -> bool:
        try:
            data = self._channel.recv(1 << 20)
        except OSError:
            return False
        self._read += data
        return bool(data)


@contextmanager
def raw_server(server: Raw) -> Iterator[Raw]:
    """Yields the server while it listens; connections are served one after the other, each by a thread."""
    listener = socket.create_server(("127.0.0.1", 0))
    server.port = listener.getsockname()[1]
    threads: list[threading.Thread] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                channel, _ = listener.accept()
                threads.append(threading.Thread(target=_served, args=(server, channel), daemon=True))
                threads[-1].start()

    accepting = threading.Thread(target=serve, daemon=True)
    accepting.start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join(10)
        for thread in threads:
            thread.join(10)


def _served(server: Raw, channel: socket.socket) -> None:
    with channel:
        server.talk(channel)
        with suppress(OSError):
            channel.shutdown(socket.SHUT_RDWR)


@dataclass
class Mailbox:
    """What an obedient server has taken: recipient and message, in order; and who logged in."""

    port: int
    messages: list[tuple[str, bytes]] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        """Takes the message."""
        self.messages += [(recipient, envelope.content) for recipient in envelope.rcpt_tos]
        return "250 taken"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def mail_server(
    *,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    password: str | None = None,
    utf8: bool = True,
    size: int = 30_000_000,
    without: tuple[str, ...] = (),
) -> Iterator[Mailbox]:
    """Yields the mailbox of aiosmtpd: with TLS from the start or after STARTTLS, and with a password where given.

    It offers AUTH PLAIN and AUTH LOGIN, but for those of `without`.
    """
    box = Mailbox(0)

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        box.logins.append(data.login.decode())
        return AuthResult(success=data.password.decode() == password, handled=False)

    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=_free_port(),
        ssl_context=tls,
        enable_SMTPUTF8=utf8,
        data_size_limit=size,
        tls_context=starttls,
        require_starttls=starttls is not None,
        authenticator=check if password else None,
        auth_required=password is not None,
        auth_require_tls=starttls is not None,
        auth_exclude_mechanism=without,
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")  # it is TLS from the first byte
        controller.start()
        box.port = controller.port
        try:
            yield box
        finally:
            controller.stop()
