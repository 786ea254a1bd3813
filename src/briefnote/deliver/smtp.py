"""Mail by SMTP (RFC 5321): one message a recipient, one connection for many.

What counts as accepted is the answer to the end of DATA, the lone full stop. Whatever breaks before the full stop is
sent leaves nothing behind at the other end, and may be tried again; what breaks after it is unknown.
"""

from __future__ import annotations

import re
import select
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress

from briefnote.config.addresses import Address, ascii_domain
from briefnote.config.settings import Secret, SmtpSettings
from briefnote.deliver.bounded import BoundedSMTP, connected
from briefnote.deliver.message import Envelope, compose
from briefnote.deliver.outlet import Outcome, Parcel, Result, noted

_LAST_WORD = 10  # times the time limit of other steps: RFC 5321 4.5.3.2.6 asks for ten minutes
_TOO_LARGE = re.compile(r"5\.(3\.4|2\.3)\b")  # RFC 3463: the message is too large for the server, for the mailbox
_BROKEN = (OSError, smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError)
_NOTHING = Secret("")
_BREAKS = 3  # dialogues in a row that broke: then the others wait for the next round


class MailOutlet:
    """A mail server. `largest` is the most bytes a message may have; the server may allow for less."""

    def __init__(self, settings: SmtpSettings, largest: int) -> None:
        self._settings = settings
        self._largest = largest
        self._server: BoundedSMTP | None = None
        self._has_served = False
        self._breaks = 0

    def deliver(self, parcel: Parcel, no_way_back: Callable[[], None]) -> Outcome:
        """See `Outlet`. A connection that the server has closed since the last message is opened anew, once."""
        is_reused = self._has_served
        outcome = self._tried(parcel, no_way_back)
        if is_reused and outcome.result == "later" and self._server is None:
            outcome = self._tried(parcel, no_way_back)
        return outcome

    def close(self) -> None:
        """Says goodbye; whether that is heard does not matter."""
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
        self._drop()

    def _tried(self, parcel: Parcel, no_way_back: Callable[[], None]) -> Outcome:
        try:
            server = self._server or self._connected()
        except ssl.SSLCertVerificationError as error:
            remedy = "SSL_CERT_FILE names a certificate authority of your own"
            return self._closed("refused", f"the certificate is not trusted: {error.verify_message}; {remedy}")
        except smtplib.SMTPNotSupportedError as error:
            return self._closed("refused", f"{error}; see BRIEFNOTE_SMTP_SECURITY, _USER")
        except smtplib.SMTPAuthenticationError as error:
            result: Result = "later" if 400 <= error.smtp_code < 500 else "refused"
            return self._closed(result, f"the server does not accept user and password: {self._said(error)}")
        except smtplib.SMTPResponseException as error:
            return self._closed("later" if error.smtp_code < 500 else "refused", self._said(error))
        except (*_BROKEN, smtplib.SMTPException, UnicodeError) as error:
            return self._closed("later", f"no connection: {self._hidden(error)}")
        return self._fitting(server, parcel, no_way_back)

    def _connected(self) -> BoundedSMTP:
        settings = self._settings
        own_name = ascii_domain(settings.sender.domain)
        tls = ssl.create_default_context() if settings.security == "tls" else None
        self._server = connected(settings.host, settings.port, own_name, settings.timeout, tls)
        if settings.security == "starttls":
            self._server.starttls(context=ssl.create_default_context())
        self._server.ehlo_or_helo_if_needed()
        if settings.user is not None and settings.password is not None:
            self._server.log_in(settings.user, settings.password.reveal())
        self._has_served = False
        return self._server

    def _fitting(self, server: smtplib.SMTP, parcel: Parcel, no_way_back: Callable[[], None]) -> Outcome:
        """Sends the largest letter that the limits, and the server, let pass."""
        envelope = parcel.envelope
        if envelope is None:
            raise ValueError("a mail needs an envelope")
        outcome = Outcome("refused", "even without the editions it is larger than the limit")
        for letter in parcel.letters:
            message = compose(letter, envelope)
            if len(message) > self._limit(server) and letter is not parcel.letters[-1]:
                continue
            outcome = self._guarded(server, envelope, message, no_way_back)
            if outcome.result != "refused" or not _TOO_LARGE.search(outcome.note):
                break
        return outcome

    def _limit(self, server: smtplib.SMTP) -> int:
        announced = server.esmtp_features.get("size", "")
        allowed = int(announced) if announced.isascii() and announced.isdigit() else 0
        return min(self._largest, allowed) if allowed else self._largest

    def _guarded(
        self, server: smtplib.SMTP, envelope: Envelope, message: bytes, no_way_back: Callable[[], None]
    ) -> Outcome:
        try:
            return self._dialogue(server, envelope, message, no_way_back)
        except (*_BROKEN, smtplib.SMTPException) as error:
            return self._lost("later", f"the connection broke: {self._hidden(error)}")
        except BaseException:
            self._drop()  # without a full stop: the server forgets the message
            raise

    def _dialogue(
        self, server: smtplib.SMTP, envelope: Envelope, message: bytes, no_way_back: Callable[[], None]
    ) -> Outcome:
        options = [f"size={len(message)}"] if server.has_extn("size") else []
        if envelope.needs_utf8:
            if not server.has_extn("smtputf8"):
                return Outcome("refused", "the server does not take addresses that are not ASCII (SMTPUTF8)")
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        code, said = server.mail(_route(envelope.sender, envelope), options)
        if 200 <= code < 300:
            code, said = server.rcpt(_route(envelope.to, envelope))
        if 200 <= code < 300:
            return self._data(server, message, no_way_back)
        return self._turned_down(server, code, said)

    def _data(self, server: smtplib.SMTP, message: bytes, no_way_back: Callable[[], None]) -> Outcome:
        code, said = server.docmd("DATA")
        if code != 354:
            return self._turned_down(server, code, said)
        server.send(_stuffed(message))
        if _has_hung_up(server):
            return self._lost("later", "the server hung up within the message")
        no_way_back()
        try:
            if server.sock is not None:
                server.sock.settimeout(self._settings.timeout * _LAST_WORD)
            server.send(b".\r\n")
            code, said = server.getreply()
            if server.sock is not None:
                server.sock.settimeout(self._settings.timeout)
        except (*_BROKEN, smtplib.SMTPException) as error:
            return self._lost("unknown", f"no answer to the end of the message: {self._hidden(error)}")
        self._has_served, self._breaks = True, 0
        if 200 <= code < 300:
            return Outcome("sent", f"{code} {self._hidden(said)}")
        if not 400 <= code < 600:
            return self._lost("unknown", f"no answer that SMTP knows: {code}")
        return self._turned_down(server, code, said)

    def _turned_down(self, server: smtplib.SMTP, code: int, said: bytes) -> Outcome:
        note = f"{code} {self._hidden(said)}"
        if code == 421 or code < 0:
            return self._lost("later", note)
        with suppress(*_BROKEN, smtplib.SMTPException):
            server.rset()
        return Outcome("refused" if code >= 500 else "later", note)

    def _lost(self, result: Result, note: str) -> Outcome:
        """Returns what came of a dialogue that broke; when several break in a row, it is not the recipients."""
        self._breaks += 1
        return self._closed(result, note, for_all=self._breaks % _BREAKS == 0)

    def _closed(self, result: Result, note: str, *, for_all: bool = True) -> Outcome:
        self._drop()
        return Outcome(result, note, for_all)

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server, self._has_served = None, False

    def _said(self, error: smtplib.SMTPResponseException) -> str:
        return f"{error.smtp_code} {self._hidden(error.smtp_error)}"

    def _hidden(self, said: object) -> str:
        """Returns what went wrong in words, the password blotted out should a server say it, in clear or as sent."""
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        password = self._settings.password or _NOTHING
        for secret in (*password.encoded(self._settings.user or ""), password):
            words = secret.hide_in(words)
        return noted(words) or type(said).__name__


def _route(address: Address, envelope: Envelope) -> str:
    return address.spec if envelope.needs_utf8 and not address.local.isascii() else address.route


def _has_hung_up(server: smtplib.SMTP) -> bool:
    """Whether the end of the connection is there to be read already: then a full stop would reach nobody.

    One look at the socket below TLS, without waiting: it spares most of the cases that would have to be called unknown.
    """
    if server.sock is None:
        return True
    if not select.select([server.sock], [], [], 0)[0]:
        return False
    try:
        return not socket.socket.recv(server.sock, 1, socket.MSG_PEEK)
    except OSError:
        return True


def _stuffed(message: bytes) -> bytes:
    """Returns the message as DATA carries it: a line that begins with a full stop gets another (RFC 5321 4.5.2)."""
    return re.sub(rb"(?m)^\.", b"..", message if message.endswith(b"\r\n") else message + b"\r\n")
