"""Mailboxes with TLS from the start (port 993): certificates are always checked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import trustme

from briefnote.ingest.mailbox import MailboxError, MailServer, fetch_message, new_messages, opened
from certificates import secure
from mail_server import PASSWORD, USER, MailSite, mail_site
from tls_tunnel import tunnel


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailSite]:
    with mail_site(tmp_path_factory.mktemp("mail"), has_tls=False) as site:
        site.put(b"Subject: The ferry\r\n\r\nIt sails at six.\r\n")
        yield site


def read_first(port: int) -> bytes | None:
    """Returns the first message of the INBOX, as it is read from a server with TLS from the start."""
    with opened(MailServer("localhost", port, "tls", USER, "INBOX"), PASSWORD) as (client, _):
        (uid,) = new_messages(client, 0, 10)
        return fetch_message(client, uid).data


def test_a_mailbox_is_read_over_tls(plain: MailSite, authority: trustme.CA) -> None:
    """Where a known authority vouches for the name that was asked."""
    with tunnel(plain.port, secure(authority, "localhost")) as port:
        assert read_first(port) == b"Subject: The ferry\r\n\r\nIt sails at six.\r\n"


@pytest.mark.parametrize("who", ["another authority", "another name"])
def test_a_bad_certificate_ends_it(plain: MailSite, authority: trustme.CA, who: str) -> None:
    """The password is not sent; there is no way to switch the check off."""
    bad = secure(trustme.CA(), "localhost") if who == "another authority" else secure(authority, "other.example")
    with (
        tunnel(plain.port, bad) as port,
        pytest.raises(MailboxError, match="^no connection to localhost: its certificate does not hold: "),
    ):
        read_first(port)


def test_a_server_without_tls_is_not_spoken_to(plain: MailSite, authority: trustme.CA) -> None:
    """What was to be secret is never sent in the clear instead."""
    with pytest.raises(MailboxError, match="^no connection to localhost: "):
        read_first(plain.port)
