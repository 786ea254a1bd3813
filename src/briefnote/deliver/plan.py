"""Who gets an issue, what and why; who is held back, and why. Nothing is sent here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from briefnote.config.addresses import Address, ascii_domain
from briefnote.config.brief import BriefConfig
from briefnote.config.recipients import RecipientGroup
from briefnote.errors import BriefnoteError, Problem, did_you_mean
from briefnote.model.summary import MARKINGS


@dataclass(frozen=True)
class Recipient:
    """One who is to get an issue, or a folder or channel (no address). `key` is its name in the ledger."""

    key: str
    group: RecipientGroup
    address: Address | None
    why: str

    @property
    def shown(self) -> str:
        """Returns the recipient for a person: the address as it was written, else the key."""
        return self.address.spec if self.address else self.key


@dataclass(frozen=True)
class Plan:
    """Who is to get an issue and who is held back, each once, in the order of brief.yaml; `why` says it in words."""

    cleared: tuple[Recipient, ...]
    held: tuple[Recipient, ...]


def plan(config: BriefConfig, marking: str, *, wanted: Collection[str] = (), test: bool = False) -> Plan:
    """Returns the plan for an issue of a marking. `wanted`: only these groups or addresses; `test`: only test groups.

    Who stands in several groups gets what the first group that may have it gets. Raises BriefnoteError where
    `wanted` names somebody who is in no group.
    """
    chosen = [
        (recipient, held)
        for group in config.recipients
        if group.test == test
        for recipient, held in _judged(group, config, marking)
    ]
    _refuse_unknown(wanted, [recipient for recipient, _ in chosen])
    chosen = [(one, held) for one, held in chosen if not wanted or _names(one) & {name.casefold() for name in wanted}]
    cleared: dict[str, Recipient] = {}
    held_back: dict[str, Recipient] = {}
    for recipient, held in chosen:
        (held_back if held else cleared).setdefault(recipient.key, recipient)
    return Plan(tuple(cleared.values()), tuple(one for key, one in held_back.items() if key not in cleared))


def _judged(group: RecipientGroup, config: BriefConfig, marking: str) -> Iterator[tuple[Recipient, bool]]:
    """Yields a group's recipients, each with whether it is held back."""
    for key, address in _members(group):
        held = held_because(marking, group, address, config.delivery.organisation)
        why = held or f"cleared to {group.clearance}, the brief is {marking}"
        yield Recipient(key, group, address, why), bool(held)


def _members(group: RecipientGroup) -> Iterator[tuple[str, Address | None]]:
    if group.folder:
        yield f"folder:{group.folder}", None
    if group.webhook:
        yield f"webhook:{group.webhook}", None
    for address in group.addresses:
        yield address.key, address


def held_because(
    marking: str, group: RecipientGroup, address: Address | None, organisation: Collection[str]
) -> str | None:
    """Returns why TLP 2.0 keeps an issue from a recipient, None where it may go."""
    if MARKINGS.index(marking) > MARKINGS.index(group.clearance):
        return f"cleared to {group.clearance} only, the brief is {marking}"
    if marking == "TLP:RED" and (address is None or not address.name):
        return "TLP:RED is for named individuals; write the name before the address, Ada Lovelace <…>"
    if marking == "TLP:AMBER+STRICT" and group.webhook:
        return "TLP:AMBER+STRICT stays within the organisation; a channel may lead out of it"
    if marking == "TLP:AMBER+STRICT" and address is not None and not _is_within(address, organisation):
        return f"TLP:AMBER+STRICT stays within the organisation; {address.domain} is not in delivery.organisation"
    return None


def _is_within(address: Address, organisation: Collection[str]) -> bool:
    domain = ascii_domain(address.domain)
    return any(domain == own or domain.endswith(f".{own}") for own in map(ascii_domain, organisation))


def _refuse_unknown(wanted: Collection[str], known: list[Recipient]) -> None:
    names = {name for recipient in known for name in _names(recipient)}
    unknown = [name for name in wanted if name.casefold() not in names]
    if unknown:
        message = "is no group and no recipient of this brief"
        near = [did_you_mean(name, names) for name in unknown]
        found = zip(unknown, near, strict=True)
        raise BriefnoteError([Problem("--to", message=f"'{name}' {message}.{hint}") for name, hint in found])


def _names(recipient: Recipient) -> set[str]:
    return {recipient.key.casefold(), recipient.shown.casefold(), recipient.group.group.casefold()}
