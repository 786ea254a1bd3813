"""Reading a mailbox of a real IMAP server."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from briefnote.collecting.adding import Adder
from briefnote.collecting.collecting import collect, health
from briefnote.collecting.outcome import Collected
from briefnote.store.articles import read_article
from briefnote.store.folder import Folder
from mail_server import PASSWORD, USER, MailSite, mail_site
from stories import paragraphs
from web_server import patient


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailSite]:
    with mail_site(tmp_path_factory.mktemp("mail")) as site:
        yield site


@pytest.fixture
def box(server: MailSite, request: pytest.FixtureRequest) -> str:
    """A folder of the mailbox that is this test's own."""
    name = f"Test {request.node.name}".replace("[", "-").replace("]", "")
    with server.client() as client:
        client.create(f'"{name}"')
    return name


@pytest.fixture(autouse=True)
def _environment(server: MailSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
    monkeypatch.setenv("BRIEFNOTE_IMAP_PASSWORD_NEWS", PASSWORD)


def message(title: str, seed: int = 1, sender: str = "Elbe Institute <news@elbe.example>") -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "desk@a.example", title
    made["Date"], made["Message-ID"] = "Thu, 05 Mar 2026 08:00:00 +0000", f"<{seed}@elbe.example>"
    made.set_content("\n\n".join([title, *paragraphs(seed)]))
    return bytes(made)


def feeds(folder: Folder, server: MailSite, box: str, more: str = "") -> None:
    (folder.root / "sources" / "feeds.yaml").write_text(
        f"""mailboxes:
  - name: news
    host: localhost
    port: {server.port}
    security: starttls
    user: {USER}
    folder: {box}
{more}"""
    )


def collected(folder: Folder) -> Collected:
    return collect(folder, fetcher_of=patient)


def said(found: Collected) -> list[str]:
    return [str(item) for item in found.items]


def test_messages_become_sources(folder: Folder, server: MailSite, box: str) -> None:
    """Each message since last time is read once; the record knows the message."""
    feeds(folder, server, box)
    server.put(message("The ferry", 1), message("The bridge", 2), folder=f'"{box}"')
    assert [item.kind for item in collected(folder).items] == ["added", "added"]
    assert collected(folder).items == ()
    server.put(message("The tunnel", 3), folder=f'"{box}"')
    (item,) = collected(folder).items
    assert item.source is not None
    assert read_article(folder, item.source).came_from == "mail:<3@elbe.example>"


def test_nothing_is_changed_in_a_mailbox(folder: Folder, server: MailSite) -> None:
    """Messages stay unread."""
    feeds(folder, server, "INBOX")
    server.put(message("The ferry", 1))
    assert [item.kind for item in collected(folder).items] == ["added"]
    assert not any(b"Seen" in flags for flags in server.flags())


def test_only_wanted_senders(folder: Folder, server: MailSite, box: str) -> None:
    """The address decides: a forged name does not help, nor an address within another."""
    feeds(folder, server, box, "    senders: ['@elbe.example', one@b.example]\n")
    server.put(
        message("Forged", 1, '"news@elbe.example" <spam@evil.example>'),
        message("Longer", 2, "<x@elbe.example.evil.example>"),
        message("Wanted", 3, "ONE@b.example"),
        message("Also wanted", 4),
        folder=f'"{box}"',
    )
    names = [item.source for item in collected(folder).items if item.source]
    titles = [read_article(folder, name).article.metadata.title for name in names]
    assert [title.value for title in titles if title] == ["Wanted", "Also wanted"]


def test_a_folder_may_have_any_name(folder: Folder, server: MailSite) -> None:
    """Names beyond ASCII are spelt as IMAP wants them."""
    with server.client() as client:
        client.create('"Entw&APw-rfe &- mehr"')
    server.put(message("The ferry"), folder='"Entw&APw-rfe &- mehr"')
    feeds(folder, server, "Entwürfe & mehr")
    assert [item.kind for item in collected(folder).items] == ["added"]


def test_a_message_that_is_too_large_is_not_fetched(
    folder: Folder, server: MailSite, box: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said, with the remedy; the next one is read."""
    monkeypatch.setattr("briefnote.ingest.mailbox.MOST_BYTES", 20_000)
    feeds(folder, server, box)
    server.put(message("Long") + b"x" * 20_000, message("The ferry", 2), folder=f'"{box}"')
    found = collected(folder)
    assert [item.kind for item in found.items] == ["failed", "added"]
    assert "save the article and add the file" in found.items[0].message


# ---- what can be wrong ------------------------------------------------------------------------------------------


def test_a_wrong_password_is_said_and_not_printed(
    folder: Folder, server: MailSite, box: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mailbox is broken since today; the password stands nowhere."""
    monkeypatch.setenv("BRIEFNOTE_IMAP_PASSWORD_NEWS", "s3cret")
    feeds(folder, server, box)
    (line,) = said(collected(folder))
    assert line.startswith("failed  news: the server takes neither this user nor this password; check both")
    assert str(health(folder)[0]).startswith("news: broken since 2026-11-21: ")
    assert "s3cret" not in line + (folder.root / "sources" / ".feeds.json").read_text()


def test_no_password_is_a_message(folder: Folder, server: MailSite, box: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says the variable to set."""
    monkeypatch.delenv("BRIEFNOTE_IMAP_PASSWORD_NEWS")
    feeds(folder, server, box)
    assert said(collected(folder)) == [
        "failed  news: has no password; set BRIEFNOTE_IMAP_PASSWORD_NEWS, or name a password_file in feeds.yaml"
    ]


@pytest.mark.parametrize(("mode", "kind"), [(0o600, "added"), (0o640, "failed"), (0o604, "failed")])
def test_a_password_file_is_its_owners_alone(
    folder: Folder, server: MailSite, box: str, tmp_path: Path, mode: int, kind: str
) -> None:
    """What others can read is no secret."""
    path = tmp_path / "password"
    path.write_text(PASSWORD + "\n")
    path.chmod(mode)
    feeds(folder, server, box, f"    password_file: {path}\n")
    server.put(message("The ferry"), folder=f'"{box}"')
    assert [item.kind for item in collected(folder).items] == [kind]


def test_a_bad_certificate_ends_it(folder: Folder, server: MailSite, box: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No password is sent to a server that cannot prove who it is."""
    monkeypatch.delenv("SSL_CERT_FILE")
    feeds(folder, server, box)
    assert "its certificate does not hold" in said(collected(folder))[0]


def test_an_unknown_folder_is_said(folder: Folder, server: MailSite) -> None:
    """With its name."""
    feeds(folder, server, "Nowhere")
    assert said(collected(folder))[0].startswith("failed  news: check the folder 'Nowhere'")


def test_a_message_stays_unread_by_us_until_it_is_kept(
    folder: Folder, server: MailSite, box: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped between two messages, the next run goes on; nothing is lost and nothing comes twice."""
    feeds(folder, server, box)
    server.put(message("The ferry", 1), message("The bridge", 2), folder=f'"{box}"')
    real, left = Adder.data, [1]

    def data(self: Adder, *arguments: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return real(self, *arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(Adder, "data", data)
        with pytest.raises(KeyboardInterrupt):
            collected(folder)
    assert [item.kind for item in collected(folder).items] == ["known", "added"]
