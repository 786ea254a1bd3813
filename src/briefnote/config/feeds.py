"""sources/feeds.yaml: where new articles come from, and how to behave when fetching them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from briefnote.errors import Problem
from briefnote.model.record import Reader, line_field, note
from briefnote.yamltree import read_yaml

MailSecurity = Literal["tls", "starttls", "none"]
_NAME = r"[a-z0-9][a-z0-9-]{0,59}"


@dataclass(frozen=True)
class FeedConfig:
    """A feed (RSS, Atom or JSON Feed), asked at every `briefnote collect`."""

    name: str = note("its name in messages and states: small letters, digits, hyphens", pattern=_NAME)
    url: str = note("its http or https address, without a password", pattern=r"https?://\S+")
    publisher: str | None = note("who publishes it, where its articles do not say", default=None)
    text: Literal["page", "feed"] = note(
        "page: fetch each article's page; feed: take the text that the feed carries", default="page"
    )
    include: str | None = note("only articles whose title or address has this (a regular expression)", default=None)
    exclude: str | None = note("no articles whose title or address has this (a regular expression)", default=None)
    most: int = note("at most so many articles at a time, the first ones", default=100, minimum=1, maximum=10_000)
    line: int = line_field()


@dataclass(frozen=True)
class MailboxConfig:
    """A folder of a mailbox, read by IMAP and left as it is: nothing is marked, moved or deleted."""

    name: str = note("its name in messages and states: small letters, digits, hyphens", pattern=_NAME)
    host: str = note("the IMAP server", pattern=r"[A-Za-z0-9._:\[\]-]+")
    user: str = note("the user it is opened for")
    folder: str = note("the folder of the mailbox", default="INBOX")
    port: int | None = note("993 with tls, 143 otherwise", default=None, minimum=1, maximum=65_535)
    security: MailSecurity = note("tls, starttls, or none (to this machine only)", default="tls")
    password_file: str | None = note(
        "a file that only its owner can read; BRIEFNOTE_IMAP_PASSWORD_<NAME> in the environment otherwise", default=None
    )
    senders: tuple[str, ...] = note("only messages from these addresses or domains (@a.example)", default=())
    most: int = note("at most so many messages at a time", default=200, minimum=1, maximum=10_000)
    line: int = line_field()

    @property
    def variable(self) -> str:
        """Returns the name of the environment variable that holds the password."""
        return f"BRIEFNOTE_IMAP_PASSWORD_{self.name.upper().replace('-', '_')}"


@dataclass(frozen=True)
class DropConfig:
    """A folder into which people put files. They stay there; what was read before is known by its content."""

    name: str = note("its name in messages and states: small letters, digits, hyphens", pattern=_NAME)
    folder: str = note("the folder, relative to the one that holds sources/")
    line: int = line_field()


@dataclass(frozen=True)
class FeedsConfig:
    """The whole of sources/feeds.yaml."""

    contact: str | None = note(
        "an address or page where a webmaster finds you; it is told to every server", default=None
    )
    feeds: tuple[FeedConfig, ...] = note("RSS, Atom and JSON feeds", default=())
    mailboxes: tuple[MailboxConfig, ...] = note("IMAP folders", default=())
    drops: tuple[DropConfig, ...] = note("folders into which people put files", default=())
    allow_hosts: tuple[str, ...] = note("hosts inside your own network that may be fetched from", default=())
    pause: float = note("seconds between two requests to one host", default=1.0, minimum=0, maximum=60)
    line: int = line_field()

    def all(self) -> tuple[FeedConfig | MailboxConfig | DropConfig, ...]:
        """Returns all feeds, mailboxes and drop folders, in order."""
        return (*self.feeds, *self.mailboxes, *self.drops)


def read_feeds_config(data: bytes, file: str) -> tuple[FeedsConfig | None, list[Problem]]:
    """Returns the configuration (None where anything is wrong with it) and every problem found."""
    node, problems = read_yaml(data, file)
    if node is None:
        return None, problems
    reader = Reader(file)
    config = reader.read(node, FeedsConfig)
    if config is not None:
        _cross_checked(config, reader)
    problems = [*problems, *reader.problems]
    return (None if any(not problem.is_warning for problem in problems) else config), problems


def _cross_checked(config: FeedsConfig, reader: Reader) -> None:
    seen: set[str] = set()
    for one in config.all():
        if one.name in seen:
            reader.problem(one.line, "name", f"'{one.name}' is the name of another one too; rename one")
        seen.add(one.name)
    for feed in config.feeds:
        _feed(feed, reader)
    for box in config.mailboxes:
        if box.security == "none" and box.host not in ("localhost", "127.0.0.1", "::1"):
            message = "found none, which sends the password in the clear; expected tls or starttls"
            reader.problem(box.line, "security", message)


def _feed(feed: FeedConfig, reader: Reader) -> None:
    if "@" in feed.url.split("/")[2]:
        reader.problem(feed.line, "url", "holds a user or password; give an address without one")
    for name, pattern in (("include", feed.include), ("exclude", feed.exclude)):
        try:
            re.compile(pattern or "")
        except re.error as error:
            reader.problem(feed.line, name, f"no regular expression: {error}; mend it")
