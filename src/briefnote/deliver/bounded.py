"""An SMTP client for servers that one need not trust: no answer is endless, and any user and password can log in."""

from __future__ import annotations

import smtplib
import socket
import ssl
from base64 import b64encode
from time import monotonic

_MOST_LINES = 100  # of one answer; servers that tell all they can do need about twenty
_LONGEST_LINE = 8192  # bytes; RFC 5321 4.5.3.1.5 allows 512


class BoundedSMTP(smtplib.SMTP):
    """Like the standard library's, with answers that have an end and logins in UTF-8.

    The time limit of the connection holds for an answer as a whole, however slowly the server drips it.
    """

    def getreply(self) -> tuple[int, bytes]:
        """Returns the code and the words of an answer. Raises SMTPServerDisconnected where it does not end."""
        channel = self.sock
        if channel is None:
            raise smtplib.SMTPServerDisconnected("the connection is closed")
        limit = channel.gettimeout()
        deadline = None if limit is None else monotonic() + limit
        said: list[bytes] = []
        while len(said) < _MOST_LINES:
            line = self._line(channel, deadline)
            said.append(line[4:].strip(b" \t\r\n"))
            code = int(line[:3]) if line[:3].isdigit() else -1
            if code < 0 or line[3:4] != b"-":
                channel.settimeout(limit)
                return code, b"\n".join(said)
        raise self._ended(f"the answer has more than {_MOST_LINES} lines")

    def _line(self, channel: socket.socket, deadline: float | None) -> bytes:
        """Returns a line; each look at the connection takes what is there, and waits no longer than the deadline."""
        if self.file is None:
            self.file = channel.makefile("rb")
        line = b""
        while not line.endswith(b"\n"):
            left = None if deadline is None else deadline - monotonic()
            if left is not None and left <= 0:
                raise self._ended("the answer takes too long")
            channel.settimeout(left)
            try:
                waiting = self.file.peek(1)
            except OSError as error:
                raise self._ended(f"Connection unexpectedly closed: {error}") from None
            if not waiting:
                raise self._ended("Connection unexpectedly closed")
            line += self.file.read(waiting.find(b"\n") + 1 or len(waiting))
            if len(line) > _LONGEST_LINE:
                raise self._ended(f"the answer has a line of more than {_LONGEST_LINE} bytes")
        return line

    def _ended(self, why: str) -> smtplib.SMTPServerDisconnected:
        self.close()
        return smtplib.SMTPServerDisconnected(why)

    def log_in(self, user: str, password: str) -> None:
        """Logs in, in the best way that the server offers; what is not ASCII goes as UTF-8 by PLAIN or LOGIN.

        RFC 4616 has UTF-8 for PLAIN, and servers take LOGIN so as well. Raises as `login` does.
        """
        if user.isascii() and password.isascii():
            self.login(user, password)
            return
        self.ehlo_or_helo_if_needed()
        offered = self.esmtp_features.get("auth", "").upper().split()
        ways = {"PLAIN": (f"\0{user}\0{password}",), "LOGIN": (user, password)}
        way = next((way for way in ways if way in offered), None)
        if way is None:
            ours = "user or password is not ASCII, and the server offers neither AUTH PLAIN nor AUTH LOGIN"
            raise smtplib.SMTPNotSupportedError(ours)
        code, said = self.docmd("AUTH", way)
        for text in ways[way]:
            if code == 334:
                code, said = self.docmd(b64encode(text.encode()).decode("ascii"))
        if code not in (235, 503):
            raise smtplib.SMTPAuthenticationError(code, said)


class BoundedSMTPTLS(BoundedSMTP, smtplib.SMTP_SSL):
    """The same with TLS from the first byte."""


def connected(host: str, port: int, own_name: str, timeout: float, tls: ssl.SSLContext | None) -> BoundedSMTP:
    """Returns a client that has been greeted; with TLS from the first byte where a context is given."""
    if tls is not None:
        return BoundedSMTPTLS(host, port, own_name, timeout=timeout, context=tls)
    return BoundedSMTP(host, port, own_name, timeout=timeout)
