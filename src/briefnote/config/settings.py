"""Settings of the machine, not of a brief: the mail server and other secrets, which never stand in brief.yaml."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from briefnote.config.addresses import Address, parse_address
from briefnote.errors import Problem, did_you_mean

Security = Literal["starttls", "tls", "none"]
PREFIX = "BRIEFNOTE_"
_PORTS: Mapping[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
_WEBHOOK = f"{PREFIX}WEBHOOK_"
_SMTP = f"{PREFIX}SMTP_"
_HEALTHCHECK = f"{PREFIX}HEALTHCHECK_URL"
KNOWN = (
    *(f"{_SMTP}{name}" for name in ("HOST", "PORT", "SECURITY", "USER", "PASSWORD", "FROM", "TIMEOUT", "ALLOW_PLAIN")),
    *(f"{PREFIX}MODEL_{name}" for name in ("URL", "KEY", "NAME", "PRICE", "TIMEOUT")),
    _HEALTHCHECK,
)


class Secret:
    """A text that shows itself to nobody: not in a log, not in a message, not in a traceback's values."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Returns the text, for the one who must send it."""
        return self._text

    def hide_in(self, text: str) -> str:
        """Returns the text with every occurrence of the secret blotted out."""
        return text.replace(self._text, "(hidden)") if self._text else text

    def encoded(self, user: str) -> tuple[Secret, ...]:
        """Returns the forms in which AUTH carries it: PLAIN behind the user, LOGIN alone; none where it is empty."""
        from base64 import b64encode

        texts = (f"\0{user}\0{self._text}", self._text) if self._text else ()
        return tuple(Secret(b64encode(text.encode()).decode("ascii")) for text in texts)

    def __repr__(self) -> str:
        return "Secret(hidden)"

    def __reduce__(self) -> str:
        raise TypeError("a secret is not pickled")


@dataclass(frozen=True)
class SmtpSettings:
    """How to reach the mail server. `timeout` is in seconds, of each step of the dialogue."""

    host: str
    port: int
    security: Security
    sender: Address
    user: str | None = None
    password: Secret | None = None
    timeout: float = 60.0


def read_smtp(values: Mapping[str, str], origin: str) -> tuple[SmtpSettings | None, list[Problem]]:
    """Returns the settings (None where anything is wrong with them) and every problem found.

    `values` are by name (BRIEFNOTE_SMTP_HOST); `origin` says for messages where they come from.
    """
    reading = _Reading(values, origin)
    security = reading.security()
    host = reading.required("HOST", "the mail server's name, such as mail.example.org")
    sender = reading.sender()
    port = reading.number("PORT", _PORTS[security], 1, 65_535)
    timeout = reading.number("TIMEOUT", 60, 1, 3600)
    user, password = reading.get("USER"), reading.get("PASSWORD")
    if password and not user:
        reading.problem("USER", "missing, but there is a password; set it, or unset the password")
    for name, value in (("USER", user), ("PASSWORD", password)):
        if not value.isprintable():
            reading.problem(name, "holds a character that is not printable, which logging in cannot carry; change it")
    if user and not password:
        reading.problem("PASSWORD", "missing, but there is a user; set it, or unset the user (docs/delivery.md)")
    if security == "none" and host and not is_loopback(host) and reading.get("ALLOW_PLAIN") != "yes":
        message = f"'none' sends everything readable over the network to {host}; use starttls or tls"
        reading.problem("SECURITY", f"{message}, or set {_SMTP}ALLOW_PLAIN=yes if the network is yours alone")
    if reading.problems or sender is None:
        return None, reading.problems
    secret = Secret(password) if password else None
    return SmtpSettings(host, port, security, sender, user or None, secret, float(timeout)), []


def read_webhook(values: Mapping[str, str], name: str, origin: str) -> tuple[Secret | None, list[Problem]]:
    """Returns the address of a channel, which is a secret in itself, or what is wrong with it."""
    key = f"{_WEBHOOK}{name.upper().replace('-', '_')}"
    if not values.get(key, "").strip():
        return None, [Problem(origin, field=key, message="missing; expected the address that the channel gave you")]
    return _read_address(values, key, origin)


def read_healthcheck(values: Mapping[str, str], origin: str) -> tuple[Secret | None, list[Problem]]:
    """Returns the address that is told how a run ended, None where none is set, or what is wrong with it."""
    return _read_address(values, _HEALTHCHECK, origin) if values.get(_HEALTHCHECK, "").strip() else (None, [])


def _read_address(values: Mapping[str, str], key: str, origin: str) -> tuple[Secret | None, list[Problem]]:
    from urllib.parse import urlsplit

    address = values[key].strip()
    try:
        parts = urlsplit(address)
        host, user = parts.hostname or "", parts.username
    except ValueError:
        host, user = "", None
    is_safe = bool(host) and user is None and address.isprintable()
    if not is_safe or not (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))):
        return None, [Problem(origin, field=key, message="expected an address that begins with https://")]
    return Secret(address), []


def unknown_settings(names: Mapping[str, int], file: str) -> list[Problem]:
    """Returns a problem for each name (with its line) that is no setting, with what was probably meant."""
    wrong = [name for name in names if name not in KNOWN and not name.startswith(_WEBHOOK)]
    return [
        Problem(file, names[name], name, f"unknown setting.{did_you_mean(name, [*KNOWN, f'{_WEBHOOK}NAME'])}")
        for name in wrong
    ]


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class _Reading:
    def __init__(self, values: Mapping[str, str], origin: str) -> None:
        self._values = values
        self._origin = origin
        self.problems: list[Problem] = []

    def get(self, name: str) -> str:
        return self._values.get(f"{_SMTP}{name}", "").strip()

    def problem(self, name: str, message: str) -> None:
        self.problems.append(Problem(self._origin, field=f"{_SMTP}{name}", message=message))

    def required(self, name: str, what: str) -> str:
        value = self.get(name)
        if not value:
            self.problem(name, f"missing; expected {what}")
        elif not value.isprintable() or " " in value:
            self.problem(name, f"expected {what}")
        return value

    def security(self) -> Security:
        value = self.get("SECURITY") or "starttls"
        if value not in get_args(Security):
            self.problem("SECURITY", f"found '{value[:20]}', expected starttls, tls or none")
            return "starttls"
        return value  # type: ignore[return-value]

    def number(self, name: str, default: int, low: int, high: int) -> int:
        value = self.get(name) or str(default)
        if value.isascii() and value.isdigit() and low <= int(value) <= high:
            return int(value)
        self.problem(name, f"found '{value[:20]}', expected a whole number from {low} to {high}")
        return default

    def sender(self) -> Address | None:
        text = self.required_text("FROM", "the sender: Policy desk <desk@example.org>")
        address = parse_address(text) if text else None
        if isinstance(address, str):
            self.problem("FROM", address)
            return None
        return address

    def required_text(self, name: str, what: str) -> str:
        if not self.get(name):
            self.problem(name, f"missing; expected {what}")
        return self.get(name)
