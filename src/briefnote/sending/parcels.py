"""From recipients to parcels, and from parcels to the ways out that carry them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefnote.config.addresses import Address, parse_address
from briefnote.config.recipients import link_to
from briefnote.config.settings import SmtpSettings, read_smtp, read_webhook, unknown_settings
from briefnote.deliver.message import Envelope
from briefnote.deliver.outlet import Notice, Outlet, Parcel
from briefnote.deliver.plan import Recipient
from briefnote.deliver.rounds import Journal, Pace, send_all
from briefnote.errors import BriefnoteError
from briefnote.sending.issue import IssueToSend
from briefnote.sending.letters import Letters, list_id
from briefnote.store.folder import Folder
from briefnote.store.settings import FoundSettings

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Addressed:
    """A recipient with what is its own: the id of its message, and which revision, of which id, this one corrects."""

    recipient: Recipient
    message_id: str
    answers_to: str | None = None
    corrects: int = 0


def read_mail_settings(found: FoundSettings, recipients: Collection[Recipient]) -> SmtpSettings | None:
    """Returns how to reach the mail server, None where nobody gets mail.

    Raises BriefnoteError with all that is wrong with the settings, those of webhooks too.
    """
    problems = unknown_settings(found.lines, found.file)
    smtp = None
    if any(recipient.address for recipient in recipients):
        smtp, wrong = read_smtp(found.values, found.origin)
        problems += wrong
    for recipient in recipients:
        if recipient.group.webhook:
            problems += read_webhook(found.values, recipient.group.webhook, found.origin)[1]
    if problems:
        raise BriefnoteError(problems)
    return smtp


def parcel_for(
    made: IssueToSend, addressed: Addressed, letters: Letters, sender: Address | None, revision: int, moment: datetime
) -> Parcel:
    """Returns what a recipient gets."""
    recipient, group = addressed.recipient, addressed.recipient.group
    name = f"{made.issue.name}-{made.issue.period}" + (f"-r{revision}" if revision > 1 else "")
    if group.webhook:
        return Parcel(recipient.key, (), notice=_notice(made, addressed))
    if recipient.address is None or sender is None:
        return Parcel(recipient.key, (), files=tuple(letters.files(group.formats)), name=name)
    reply_to = parse_address(made.config.delivery.reply_to) if made.config.delivery.reply_to else None
    envelope = Envelope(
        sender,
        recipient.address,
        addressed.message_id,
        moment,
        list_id(made, sender),
        reply_to if isinstance(reply_to, Address) else None,
        addressed.answers_to,
    )
    written = letters.of(group.language, group.formats, addressed.corrects)
    return Parcel(recipient.key, written, envelope)


def _notice(made: IssueToSend, addressed: Addressed) -> Notice:
    link = link_to(made.config.delivery, made.issue.name, made.issue.period) or ""
    brief = made.brief
    return Notice(brief.title, brief.period, brief.marking, link, addressed.corrects > 0)


def carry(
    folder: Folder,
    made: IssueToSend,
    parcels: Sequence[tuple[Recipient, Parcel]],
    settings: tuple[SmtpSettings | None, FoundSettings],
    journal: Journal,
    sleep: Callable[[float], None],
) -> None:
    """Hands the parcels to their ways out, folders and channels first."""
    delivery = made.config.delivery
    pace = Pace(delivery.attempts, delivery.wait, delivery.per_minute)
    for outlet, own in _outlets(folder, made, parcels, settings):
        send_all(own, outlet, journal, pace, sleep)


def _outlets(
    folder: Folder,
    made: IssueToSend,
    parcels: Sequence[tuple[Recipient, Parcel]],
    settings: tuple[SmtpSettings | None, FoundSettings],
) -> Iterator[tuple[Outlet, list[Parcel]]]:
    from briefnote.deliver.drop import DropOutlet
    from briefnote.deliver.smtp import MailOutlet
    from briefnote.deliver.webhook import WebhookOutlet

    smtp, found = settings
    for recipient, parcel in parcels:
        if recipient.group.folder:
            yield DropOutlet(folder.root / recipient.group.folder), [parcel]
        if recipient.group.webhook:
            address, _ = read_webhook(found.values, recipient.group.webhook, found.origin)
            if address is not None:
                yield WebhookOutlet(address, recipient.group.style), [parcel]
    mail = [parcel for recipient, parcel in parcels if recipient.address is not None]
    if mail and smtp is not None:
        yield MailOutlet(smtp, int(made.config.delivery.megabytes * MEGABYTE)), mail
