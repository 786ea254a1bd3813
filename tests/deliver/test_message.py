"""The message as it arrives: read by the standard library's parser, as a mail program would."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from briefnote.config.addresses import Address, parse_address
from briefnote.config.settings import read_smtp
from briefnote.deliver.message import Envelope, File, Letter, compose
from briefnote.deliver.outlet import Parcel
from briefnote.deliver.smtp import MailOutlet
from briefnote.text import one_line
from delivery_desk import BRIEF, PERIOD, desk, rebuild, send, settings, who
from mail_servers import Raw, mail_server, raw_server

MOMENT = datetime(2026, 11, 23, 7, tzinfo=UTC)
DESK = Address("Desk", "desk", "example.org")


def parsed(data: bytes) -> EmailMessage:
    """Returns a message as the standard library reads it."""
    return email.message_from_bytes(data, policy=email.policy.default)


def envelope(to: Address, title: str = "A brief") -> Envelope:
    """Returns an envelope to somebody."""
    return Envelope(DESK, to, "<2026-W47.r1.abc@example.org>", MOMENT, (title, "example.example.org"), DESK)


def arrived(root: Path, recipients: str, delivery: str = "") -> dict[str, EmailMessage]:
    """Returns what arrived, by recipient."""
    folder = desk(root, recipients, delivery)
    with mail_server() as box:
        send(folder, settings(box.port))
    return {recipient: parsed(data) for recipient, data in box.messages}


LINK = "Read the issue and its other editions at https://x.org/w47"
ADA = '- {group: all, to: ["Ada Lovelace <ada@example.org>"]}'


def test_the_head_says_from_whom_to_whom_what_and_of_which_list(tmp_path: Path) -> None:
    """One recipient in To, no other anywhere; the label in the subject; what keeps absence notes away."""
    message = arrived(tmp_path, ADA, "{reply_to: answers@example.org}")["ada@example.org"]
    assert message.defects == []
    assert {
        name: str(message[name]) for name in ("From", "To", "Reply-To", "Subject", "List-Id", "Auto-Submitted")
    } == {
        "From": "Desk <desk@example.org>",
        "To": "Ada Lovelace <ada@example.org>",
        "Reply-To": "answers@example.org",
        "Subject": "[TLP:CLEAR] Ruritania’s leverage over Elbonia, 2026-W47",
        "List-Id": "Ruritania's leverage over Elbonia <example.example.org>",
        "Auto-Submitted": "auto-generated",
    }
    assert message["Message-ID"].startswith("<2026-W47.r1.")
    assert message["Date"].datetime.tzinfo is not None
    assert {"Cc", "Bcc", "In-Reply-To"}.isdisjoint(message.keys())


def test_the_message_id_is_the_same_for_issue_and_recipient_and_tells_no_name(tmp_path: Path) -> None:
    """Two folders with the same issue make the same id; another recipient has another."""
    both = '- {group: all, to: ["ada@example.org", bob@example.org]}'
    first, second = arrived(tmp_path / "a", both), arrived(tmp_path / "b", both)
    assert first["ada@example.org"]["Message-ID"] == second["ada@example.org"]["Message-ID"]
    assert first["ada@example.org"]["Message-ID"] != first["bob@example.org"]["Message-ID"]
    assert "ada" not in first["ada@example.org"]["Message-ID"]


def test_text_and_html_and_chart_and_editions(tmp_path: Path) -> None:
    """The tree that mail programs know, each part of the right type, and everything named in the HTML is there."""
    message = arrived(tmp_path, ADA)["ada@example.org"]
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/pdf",
    ]
    picture = next(part for part in message.walk() if part.get_content_type() == "image/png")
    page = message.get_body(("html",))
    assert page is not None
    assert f'src="cid:{picture["Content-ID"][1:-1]}"' in page.get_content()
    assert picture.get_content_disposition() == "inline"
    assert page["Content-Language"] == "en"


def test_both_bodies_have_the_label_above_the_content(tmp_path: Path) -> None:
    """Before the first word of the brief, as TLP 2.0 asks."""
    message = arrived(tmp_path, ADA)["ada@example.org"]
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert body is not None
        said = body.get_content().partition("<body")[2] or body.get_content()
        assert 0 <= said.index("TLP:CLEAR") < said.index("leverage over")


def test_attachments_are_the_editions_to_the_byte(tmp_path: Path) -> None:
    """The SHA-256 of each is that of the manifest."""
    message = arrived(tmp_path, ADA)["ada@example.org"]
    folder = tmp_path / f"briefs/{BRIEF}/{PERIOD}"
    got = {part.get_filename(): sha256(part.get_content()).hexdigest() for part in message.iter_attachments()}
    assert got == {
        name: sha256((folder / name).read_bytes()).hexdigest()
        for name in (f"{BRIEF}-{PERIOD}.docx", f"{BRIEF}-{PERIOD}.pdf")
    }


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Zürich-2026-W47.pdf", b"filename*=utf-8''Z%C3%BCrich-2026-W47.pdf"),
        ("北京.pdf", b"filename*=utf-8''%E5%8C%97%E4%BA%AC.pdf"),
        ('a "b"; c.pdf', b'filename="a \\"b\\"; c.pdf"'),
    ],
)
def test_names_of_files_are_written_by_rfc_2231(name: str, written: bytes) -> None:
    """And read as they were."""
    data = compose(Letter("x", "x", "x", "en", {}, (File(name, "application/pdf", b"x"),)), envelope(DESK))
    assert written in data
    assert [part.get_filename() for part in parsed(data).iter_attachments()] == [name]


def test_names_that_are_not_ascii_arrive_as_they_are(tmp_path: Path) -> None:
    """A name with a comma, a domain with an umlaut: the name as it was written, the domain in ASCII for the server."""
    recipients = "- {group: all, to: ['\"Müller, Jörg 北京\" <joerg@straße.example>']}"
    (found,) = arrived(tmp_path, recipients).items()
    recipient, message = found
    assert recipient == "joerg@xn--strae-oqa.example"
    (address,) = message["To"].addresses
    assert (address.display_name, address.addr_spec) == ("Müller, Jörg 北京", "joerg@xn--strae-oqa.example")


def test_an_address_that_is_not_ascii_needs_a_server_that_takes_it(tmp_path: Path) -> None:
    """With SMTPUTF8 it arrives; without, it is refused for good and the note says why."""
    recipients = "- {group: all, to: ['Jörg <jörg@example.org>']}"
    ((recipient, message),) = arrived(tmp_path / "a", recipients).items()
    assert recipient == "jörg@example.org"
    assert str(message["To"]).encode("utf-8", "surrogateescape").decode() == "Jörg <jörg@example.org>"
    folder = desk(tmp_path / "b", recipients)
    with raw_server(Raw(extensions=("SIZE 1000000",))) as server:
        (receipt,) = send(folder, settings(server.port)).failed
    assert receipt.note == "the server does not take addresses that are not ASCII (SMTPUTF8)"


def test_the_words_around_the_brief_are_in_the_group_s_language(tmp_path: Path) -> None:
    """A correction says so in German, in its subject and above the content. Who never had the issue gets none."""
    german = "- {group: de, to: [uwe@example.org], language: de, formats: [pdf]}"
    folder = desk(tmp_path, german)
    with mail_server() as box:
        send(folder, settings(box.port))
        rebuild(folder, ("value: 62", "value: 66"))
        desk_yaml = folder.root / "briefs/example/brief.yaml"
        text = desk_yaml.read_text(encoding="utf-8")
        desk_yaml.write_text(text.replace("recipients:\n", "recipients:\n- {group: new, to: [new@example.org]}\n"))
        assert who(send(folder, settings(box.port), correction=True).sent) == ["new", "uwe"]
    first, new, corrected = (parsed(data) for _, data in box.messages)
    assert corrected["Subject"] == "[TLP:CLEAR] Berichtigung: Ruritania’s leverage over Elbonia, 2026-W47"
    assert corrected["In-Reply-To"] == first["Message-ID"] != corrected["Message-ID"]
    body = corrected.get_body(("plain",))
    assert body is not None
    above = " ".join(body.get_content().partition("* * *")[0].split())
    assert above.startswith(
        "TLP:CLEAR Berichtigung: Diese Fassung ersetzt die Ausgabe 2026-W47, die Sie erhalten haben. Geändert: – "
    )
    assert (
        "– Bottom line: statt „Ruritania takes 62% of Elbonia’s trade; Elbonia is about 3% of Ruritania’s.“ heißt "
        "es nun „Ruritania takes 66% of Elbonia’s trade; Elbonia is about 3% of Ruritania’s.“"
    ) in above
    assert new["Subject"] == "[TLP:CLEAR] Ruritania’s leverage over Elbonia, 2026-W47"
    assert new["In-Reply-To"] is None


@pytest.mark.parametrize(
    ("largest", "files", "words"),
    [
        (10, ["docx", "pdf"], ""),
        (0.20, ["pdf"], f"All editions together are too large for a mail: only the PDF is attached. {LINK}"),
        (0.05, [], f"The editions are too large for a mail. {LINK}"),
    ],
)
def test_a_mail_that_is_too_large_goes_with_less(largest: float, files: list[str], words: str, tmp_path: Path) -> None:
    """PDF alone, then a link; and the mail says so above the content."""
    (folder, editions) = (desk(tmp_path, ADA), f"briefs/{BRIEF}/{PERIOD}")
    for ending in ("docx", "pdf"):  # two editions of known size
        _grow(folder.root / editions, ending)
    _say(folder.root, largest)
    with mail_server() as box:
        assert who(send(folder, settings(box.port)).sent) == ["ada"]
    ((_, data),) = box.messages
    message = parsed(data)
    assert [str(part.get_filename()).rpartition(".")[2] for part in message.iter_attachments()] == files
    body = message.get_body(("plain",))
    assert body is not None
    above = " ".join(body.get_content().partition("* * *")[0].split()) if words else "TLP:CLEAR"
    assert above == f"TLP:CLEAR {words}".strip()


def test_the_server_s_own_limit_counts(tmp_path: Path) -> None:
    """SIZE of EHLO, and a refusal of the message as too large: less is tried at once."""
    folder = desk(tmp_path, ADA)
    refused: list[str] = []

    def too_large(stage: str, _: str) -> str | None:
        if stage == "answer" and not refused:
            refused.append(stage)
            return "552 5.3.4 message too big for system"
        return None

    with raw_server(Raw(too_large)) as server:
        assert who(send(folder, settings(server.port)).sent) == ["ada"]
    assert [part.get_content_type() for part in parsed(server.taken[0][1]).iter_attachments()] == ["application/pdf"]


def _grow(folder: Path, ending: str) -> None:
    """Makes an edition 70 kB long, in the manifest as well."""
    path, manifest = folder / f"{BRIEF}-{PERIOD}.{ending}", folder / "manifest.json"
    before = sha256(path.read_bytes()).hexdigest()
    path.write_bytes(bytes(70_000))
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace(before, sha256(path.read_bytes()).hexdigest()), encoding="utf-8")


def _say(root: Path, largest: float) -> None:
    path = root / "briefs/example/brief.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("delivery: {", f'delivery: {{megabytes: {largest}, link: "https://x.org/w47", '))


def test_lines_that_begin_with_a_full_stop_arrive_as_they_are() -> None:
    """Also one that is nothing else, which would end the message."""
    letter = Letter("x", ".one\n..two\n.\nthree\n", "<p>\n.</p>", "en")
    with raw_server(Raw()) as server:
        smtp, _ = read_smtp(settings(server.port), "test")
        assert smtp is not None
        outlet = MailOutlet(smtp, 1_000_000)
        outcome = outlet.deliver(Parcel("ada@example.org", (letter,), envelope(DESK)), lambda: None)
        outlet.close()
    assert outcome.result == "sent"
    assert server.taken == [("desk@example.org", compose(letter, envelope(DESK)))]
    body = parsed(server.taken[0][1]).get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == [".one", "..two", ".", "three"]


# ---- what hostile names and titles can do: nothing -------------------------------------------------------------

ANY = st.text(max_size=120)
HEADERS = [
    *("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted"),
    *("MIME-Version", "Content-Type"),
]


@example_settings(max_examples=120)
@given(title=ANY, name=ANY, list_name=ANY, text=ANY, file=st.text(min_size=1, max_size=60))
def test_no_title_name_or_file_adds_a_header_or_a_recipient(
    title: str, name: str, list_name: str, text: str, file: str
) -> None:
    """Whatever they hold, the head has its own headers once each, and To its one address; what is said is said."""
    letter = Letter(title, text, "<p>x</p>", "en", {"c@x": b"png"}, (File(file, "application/pdf", b"%PDF"),))
    data = compose(letter, envelope(Address(name, "ada", "example.org"), list_name))
    message = parsed(data)
    assert list(message.keys()) == HEADERS
    assert [address.addr_spec for address in message["To"].addresses] == ["ada@example.org"]
    assert message["To"].addresses[0].display_name == one_line(name)
    assert squeezed(message["Subject"]) == squeezed(one_line(title))
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert data.isascii()
    (attachment,) = message.iter_attachments()
    assert attachment.get_content() == b"%PDF"


def squeezed(words: object) -> str:
    """Returns the words without white space: folding a header may add and lose some."""
    return "".join(str(words).split())


@given(text=st.text(max_size=200))
def test_what_is_taken_for_an_address_is_one(text: str) -> None:
    """Any text is either refused, or one address that comes out of a message as it went in."""
    address = parse_address(text)
    if isinstance(address, str):
        return
    data = compose(Letter("x", "x", "x", "en"), envelope(address))
    (found,) = parsed(data)["To"].addresses
    assert found.addr_spec.casefold() in {address.spec.casefold(), address.route.casefold()}
    assert not any(character in address.route for character in " \r\n<>")


@pytest.mark.parametrize(
    "text",
    [
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org, b@example.org",
        "Team: a@example.org, b@example.org;",
        "Ada <a@example.org> <b@example.org>",
        "Ada",
        "a@b",
        "a@[127.0.0.1]",
        '"a b"@example.org',
        "a@example..org",
        "a@-example.org",
        f"{'a' * 65}@example.org",
        "",
    ],
)
def test_what_is_not_one_address_is_refused(text: str) -> None:
    """Several, none, or one with a line break; the message says what was found."""
    assert isinstance(parse_address(text), str)
