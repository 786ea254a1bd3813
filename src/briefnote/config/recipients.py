"""Who gets a brief, cleared to what, and how: the `recipients` and `delivery` of brief.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from briefnote.config.addresses import Address, ascii_domain, parse_address
from briefnote.model.edition import Format
from briefnote.model.record import line_field, note
from briefnote.model.summary import MARKINGS, Marking
from briefnote.yamltree import Node

MailLanguage = Literal["en", "de", "es", "fr"]
Found = tuple[int, str, str]  # line, field, message
_NAME = r"[a-z0-9][a-z0-9-]*"
_LINK = re.compile(r"https?://[\w.-]+(:\d{1,5})?(/[^\s{}]*(\{(brief|period)\}[^\s{}]*)*)?")
_SECRETS = ("password", "passwd", "secret", "token", "user", "smtp", "host", "api_key")


@dataclass(frozen=True)
class RecipientGroup:
    """Those who get a brief in the same manner: people, or a folder, or a channel behind a webhook."""

    group: str = note("the group's name: small letters, digits, hyphens", pattern=_NAME)
    to: tuple[str, ...] = note("addresses: ada@example.org, or Ada Lovelace <ada@example.org>", default=())
    folder: str | None = note("a folder, within this one, that the editions are put into", default=None)
    webhook: str | None = note("a channel: BRIEFNOTE_WEBHOOK_<NAME> holds its address", default=None)
    style: Literal["slack", "teams"] = note("what the channel understands", default="slack")
    clearance: Marking = note("the strictest TLP label they may get", default="TLP:CLEAR")
    formats: tuple[Format, ...] = note("the editions they get", default=("docx", "pdf"))
    language: MailLanguage = note("of the words around the brief: en, de, es or fr", default="en")
    test: bool = note("whether they get tests (send --test-recipients) and nothing else", default=False)
    line: int = line_field()

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Returns its addresses; those that are none are left out, for `wrong_recipients` has named them."""
        found = map(parse_address, self.to)
        return tuple(address for address in found if isinstance(address, Address))


@dataclass(frozen=True)
class DeliveryConfig:
    """How a brief is sent. No secrets: those are settings (docs/delivery.md)."""

    organisation: tuple[str, ...] = note("domains within which TLP:AMBER+STRICT may stay", default=())
    reply_to: str | None = note("the address that answers go to; the sender's otherwise", default=None)
    link: str | None = note("where an issue can be read: https://… with {brief} and {period}", default=None)
    on_unknown: Literal["ask", "retry", "hold"] = note(
        "for a recipient of whom a crash left unknown whether it has the issue", default="ask"
    )
    corrections: Literal["ask", "send"] = note("for an issue that was changed after it was sent", default="ask")
    megabytes: float = note(
        "the largest mail; above it PDF alone, then a link", default=10.0, minimum=0.05, maximum=150
    )
    per_minute: int = note("at most so many mails a minute; 0: no limit", default=0, minimum=0, maximum=100_000)
    attempts: int = note("how often a temporary failure is tried in one run", default=5, minimum=1, maximum=20)
    wait: int = note(
        "seconds before the second attempt; doubled before each further", default=60, minimum=0, maximum=3600
    )


def link_to(delivery: DeliveryConfig, brief: str, period: str) -> str | None:
    """Returns where an issue can be read, None where brief.yaml does not say."""
    from urllib.parse import quote

    if delivery.link is None:
        return None
    return delivery.link.replace("{brief}", quote(brief, safe="")).replace("{period}", quote(period, safe=""))


def wrong_recipients(
    groups: Sequence[RecipientGroup], delivery: DeliveryConfig, made: Sequence[str]
) -> Iterator[Found]:
    """Yields what is wrong with the groups; `made` are the endings of the editions that the brief makes."""
    seen: set[str] = set()
    for group in groups:
        place = f"recipients.{group.group}"
        if group.group in seen:
            yield group.line, place, "two groups have this name; rename one"
        seen.add(group.group)
        yield from ((group.line, place, message) for message in _wrong_group(group, delivery))
        for ending in group.formats:
            if ending not in made and not group.webhook:
                yield group.line, f"{place}.formats", f"'{ending}' is not among the brief's formats; add it there"


def held_groups(groups: Sequence[RecipientGroup], marking: str) -> Iterator[Found]:
    """Yields the groups that would never get anything: a brief is at least as strict as brief.yaml marks it."""
    for group in groups:
        if MARKINGS.index(group.clearance) < MARKINGS.index(marking):
            message = f"is {group.clearance}, and the brief is {marking}: they get nothing; raise it if they may"
            yield group.line, f"recipients.{group.group}.clearance", message


def _wrong_group(group: RecipientGroup, delivery: DeliveryConfig) -> Iterator[str]:
    ways = [way for way in (group.to, group.folder, group.webhook) if way]
    if len(ways) != 1:
        yield f"found {len(ways)} of to:, folder: and webhook:, expected one of them"
    keys: set[str] = set()
    for text in group.to:
        address = parse_address(text)
        if isinstance(address, str):
            yield address
            continue
        if address.key in keys:
            yield f"names {address.spec} twice; remove one"
        keys.add(address.key)
    if group.folder and (group.folder.startswith(("/", "~", "\\")) or ".." in re.split(r"[/\\]", group.folder)):
        yield "folder: leaves this folder; name one within it, or make it a link to the other place"
    if group.webhook and not re.fullmatch(_NAME, group.webhook):  # an address holds the channel's secret: never printed
        yield "webhook: expected a name such as desk; its address goes into BRIEFNOTE_WEBHOOK_DESK, never in here"
    if group.webhook and not delivery.link:
        yield "webhook: a channel gets a link and nothing else; give delivery.link"


def wrong_delivery(delivery: DeliveryConfig) -> Iterator[tuple[str, str]]:
    """Yields what is wrong with the delivery: field, message."""
    if delivery.reply_to and isinstance(wrong := parse_address(delivery.reply_to), str):
        yield "delivery.reply_to", wrong
    if delivery.link and not _LINK.fullmatch(delivery.link):
        yield "delivery.link", "expected https://host/path, in it {brief} and {period}, no user and no password"
    for domain in delivery.organisation:
        try:
            ascii_domain(domain)
        except (ValueError, UnicodeError):
            yield "delivery.organisation", f"found '{domain}', expected a domain such as example.org"


def misplaced_secrets(node: Node, path: str = "") -> Iterator[Found]:
    """Yields the fields of a brief.yaml that can only be secrets or the server's; their values are never printed."""
    lines = node.key_lines or {}
    for key, value in (node.items or {}).items():
        place = f"{path}.{key}" if path else key
        if key.lower().removeprefix("briefnote_").removeprefix("smtp_") in _SECRETS:
            yield lines[key], place, "has no place in brief.yaml, which others read; set it as docs/delivery.md says"
        elif not path and key == "delivery":
            yield from misplaced_secrets(value, place)
