"""TLS, certificates and passwords, against a real server with a certificate of its own."""

from __future__ import annotations

import logging
import ssl
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme

from briefnote.config.settings import Secret, read_smtp
from delivery_desk import desk, send, settings, who
from mail_servers import Mailbox, Raw, mail_server, raw_server

RECIPIENTS = "- {group: all, to: [ada@example.org, bob@example.org], formats: [pdf]}"
USER, PASSWORD = "desk", "open sesame"


@dataclass
class Keys:
    """A certificate authority of the test, and what a server needs."""

    authority: Path
    server: ssl.SSLContext


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """A server on this machine whose certificate one can trust."""
    return made_for("127.0.0.1", tmp_path_factory.mktemp("keys"))


def made_for(host: str, folder: Path) -> Keys:
    """Returns the keys of a server of that name."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(host).configure_cert(context)
    return Keys(folder / "authority.pem", context)


def keyed_server(security: str, keys: Keys) -> AbstractContextManager[Mailbox]:
    """Returns a server with these keys and a password."""
    if security == "tls":
        return mail_server(tls=keys.server, password=PASSWORD)
    return mail_server(starttls=keys.server, password=PASSWORD)


@pytest.fixture
def trusted(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> Keys:
    """The authority is trusted, as SSL_CERT_FILE says."""
    monkeypatch.setenv("SSL_CERT_FILE", str(keys.authority))
    return keys


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_mail_goes_over_tls_with_user_and_password(security: str, trusted: Keys, tmp_path: Path) -> None:
    """From the first byte or after STARTTLS; the server sees the user, and everyone has the mail."""
    folder = desk(tmp_path, RECIPIENTS)
    with keyed_server(security, trusted) as box:
        delivered = send(folder, settings(box.port, SECURITY=security, USER=USER, PASSWORD=PASSWORD))
    assert who(delivered.sent) == ["ada", "bob"]
    assert [recipient for recipient, _ in box.messages] == ["ada@example.org", "bob@example.org"]
    assert box.logins == [USER]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_that_is_not_trusted_stops_everything(security: str, keys: Keys, tmp_path: Path) -> None:
    """Nothing is sent, no password is given away; all failed, and the next send tries again."""
    folder = desk(tmp_path, RECIPIENTS)
    with keyed_server(security, keys) as box:
        delivered = send(folder, settings(box.port, SECURITY=security, USER=USER, PASSWORD=PASSWORD))
    assert who(delivered.failed) == ["ada", "bob"]
    assert delivered.failed[0].note.startswith("the certificate is not trusted: unable to get local issuer certificate")
    assert (box.messages, box.logins) == ([], [])


def test_a_certificate_for_another_name_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name in it must be the server's."""
    other = made_for("mail.example.org", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(other.authority))
    folder = desk(tmp_path / "desk", RECIPIENTS)
    with mail_server(tls=other.server) as box:
        delivered = send(folder, settings(box.port, SECURITY="tls"))
    assert "IP address mismatch" in delivered.failed[0].note
    assert box.messages == []


def test_a_server_without_starttls_gets_nothing(tmp_path: Path) -> None:
    """It is never sent in the clear instead: not the mail, not the password."""
    folder = desk(tmp_path, RECIPIENTS)
    with raw_server(Raw(extensions=("AUTH PLAIN LOGIN",))) as server:
        delivered = send(folder, settings(server.port, SECURITY="starttls", USER=USER, PASSWORD=PASSWORD))
    assert who(delivered.failed) == ["ada", "bob"]
    assert delivered.failed[0].note == (
        "STARTTLS extension not supported by server.; see BRIEFNOTE_SMTP_SECURITY, _USER"
    )
    assert server.taken == []


def test_a_wrong_password_fails_for_all_and_the_next_send_mends_it(trusted: Keys, tmp_path: Path) -> None:
    """It is no recipient's fault: with the right one, everyone has the mail once."""
    folder = desk(tmp_path, RECIPIENTS)
    with mail_server(starttls=trusted.server, password=PASSWORD) as box:
        wrong = send(folder, settings(box.port, SECURITY="starttls", USER=USER, PASSWORD="sesame"))  # noqa: S106
        assert wrong.failed[0].note.startswith("the server does not accept user and password: 535 ")
        right = send(folder, settings(box.port, SECURITY="starttls", USER=USER, PASSWORD=PASSWORD))
    assert who(right.sent) == ["ada", "bob"]
    assert len(box.messages) == 2


@pytest.mark.parametrize("without", [(), ("PLAIN",), ("LOGIN",)])
def test_user_and_password_may_have_letters_of_any_script(
    without: tuple[str, ...], trusted: Keys, tmp_path: Path
) -> None:
    """They go as UTF-8, by AUTH PLAIN or AUTH LOGIN, as the server offers; a wrong one is refused as any other."""
    folder = desk(tmp_path, RECIPIENTS)
    user, password = "jörg@example.org", "Öffne dich, Сезам"
    with mail_server(starttls=trusted.server, password=password, without=without) as box:
        wrong = send(folder, settings(box.port, SECURITY="starttls", USER=user, PASSWORD="Öffne dich"))  # noqa: S106
        right = send(folder, settings(box.port, SECURITY="starttls", USER=user, PASSWORD=password))
    assert wrong.failed[0].note.startswith("the server does not accept user and password: 535 ")
    assert who(right.sent) == ["ada", "bob"]
    assert box.logins == [user, user]


def test_a_server_that_can_carry_no_such_password_is_told(tmp_path: Path) -> None:
    """CRAM-MD5 says nothing of letters that are not ASCII; nothing is sent, and the note says why."""
    folder = desk(tmp_path, RECIPIENTS)
    with raw_server(Raw(extensions=("AUTH CRAM-MD5",))) as server:
        delivered = send(folder, settings(server.port, USER=USER, PASSWORD="Öffne dich"))  # noqa: S106
    assert delivered.failed[0].note == (
        "user or password is not ASCII, and the server offers neither AUTH PLAIN nor AUTH LOGIN; "
        "see BRIEFNOTE_SMTP_SECURITY, _USER"
    )
    assert server.taken == []


@pytest.mark.parametrize("said", ["b3BlbiBzZXNhbWU=", "AGRlc2sAb3BlbiBzZXNhbWU=", "open sesame"])
def test_a_password_that_is_said_back_is_blotted_out(said: str, tmp_path: Path) -> None:
    """In clear, and as AUTH LOGIN and AUTH PLAIN sent it."""
    folder = desk(tmp_path, RECIPIENTS)
    with raw_server(Raw(lambda stage, _: f"535 no {said}" if stage == "auth" else None, ("AUTH PLAIN",))) as server:
        delivered = send(folder, settings(server.port, USER=USER, PASSWORD=PASSWORD))
    assert delivered.failed[0].note == "the server does not accept user and password: 535 no (hidden)"


def test_no_password_is_ever_shown(
    trusted: Keys, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not by a server that says it back, not in the ledger, not in a log at the finest level."""
    caplog.set_level(logging.DEBUG)
    folder = desk(tmp_path, RECIPIENTS)
    answers = {"auth": "235 welcome", "rcpt": f"550 {PASSWORD}?"}
    with raw_server(Raw(lambda stage, _: answers.get(stage), ("AUTH PLAIN",))) as server:
        delivered = send(folder, settings(server.port, USER=USER, PASSWORD=PASSWORD))
    assert delivered.failed[0].note == "550 (hidden)?"
    shown = capfd.readouterr()
    for text in (caplog.text, shown.out, shown.err, str(delivered)):
        assert PASSWORD not in text
    assert PASSWORD.encode() not in b"".join(path.read_bytes() for path in tmp_path.glob("ledger*"))


def test_settings_show_no_password() -> None:
    """In no way of printing them."""
    values = {f"BRIEFNOTE_SMTP_{key}": value for key, value in {"USER": USER, "PASSWORD": PASSWORD}.items()}
    values |= {"BRIEFNOTE_SMTP_HOST": "mail.example.org", "BRIEFNOTE_SMTP_FROM": "desk@example.org"}
    smtp, problems = read_smtp(values, "test")
    assert problems == []
    assert smtp is not None
    assert PASSWORD not in f"{smtp!r} {smtp} {vars(smtp)}"
    assert smtp.password is not None
    assert smtp.password.reveal() == PASSWORD
    assert str(Secret("x")) == "Secret(hidden)"
