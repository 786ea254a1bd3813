"""The other ways out: a folder that others take issues from, and a channel that is told where to read."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.deliver.outlet import Notice
from briefnote.deliver.webhook import slack_body, teams_body
from briefnote.store.folder import Folder
from delivery_desk import BRIEF, PERIOD, desk, rebuild, send, states, who

FOLDER = "- {group: archive, folder: out/box, formats: [pdf, json]}"
CHANNEL = "- {group: channel, webhook: desk}"
LINKED = '{wait: 0, link: "https://intranet.example.org/{brief}/{period}/"}'
NAME = f"{BRIEF}-{PERIOD}"


def dropped(folder: Folder) -> dict[str, list[str]]:
    """Returns what lies in the drop folder, hidden things as well."""
    box = folder.root / "out/box"
    return {place.name: sorted(path.name for path in place.iterdir()) for place in sorted(box.iterdir())}


def test_a_folder_gets_the_editions_whole_and_once(tmp_path: Path) -> None:
    """In a folder of the issue; a second send does nothing, a correction goes beside it."""
    folder = desk(tmp_path, FOLDER)
    environment = {"HOME": "/nonexistent"}
    assert who(send(folder, environment).sent) == ["folder:out/box"]
    assert who(send(folder, environment).skipped) == ["folder:out/box"]
    made = folder.root / f"briefs/{BRIEF}/{PERIOD}"
    assert dropped(folder) == {NAME: [f"{NAME}.json", f"{NAME}.pdf"]}
    for name in (f"{NAME}.json", f"{NAME}.pdf"):
        assert (folder.root / "out/box" / NAME / name).read_bytes() == (made / name).read_bytes()
    rebuild(folder, ("value: 62", "value: 66"))
    send(folder, environment, correction=True)
    assert list(dropped(folder)) == [NAME, f"{NAME}-r2"]


def test_what_stands_in_a_drop_folder_is_not_touched(tmp_path: Path) -> None:
    """It may be a person's, or half read."""
    folder = desk(tmp_path, FOLDER)
    (tmp_path / "out/box" / NAME).mkdir(parents=True)
    (tmp_path / "out/box" / NAME / "mine.txt").write_text("mine")
    (receipt,) = send(folder, {"HOME": "/nonexistent"}).failed
    assert receipt.note.endswith(f"out/box/{NAME} is in the way")
    assert dropped(folder) == {NAME: ["mine.txt"]}


def test_a_folder_that_cannot_be_written_is_a_failure_for_now(tmp_path: Path) -> None:
    """A file is in the way; when it is gone, the next send does it."""
    folder = desk(tmp_path, FOLDER)
    (tmp_path / "out").write_text("a file")
    (receipt,) = send(folder, {"HOME": "/nonexistent"}).failed
    assert receipt.note == f"{tmp_path}/out/box cannot be written: Not a directory"
    (tmp_path / "out").unlink()
    assert who(send(folder, {"HOME": "/nonexistent"}).sent) == ["folder:out/box"]


# ---- channels --------------------------------------------------------------------------------------------------


@contextmanager
def channel(*answers: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yields the address of a channel and what it was told. It answers so, in turn; 0: it hangs up."""
    told: list[dict[str, Any]] = []
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            answer = left.pop(0) if left else 200
            if not answer:
                self.close_connection = True
                return
            self.send_response(answer)
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook/sesame", told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def environment(address: str) -> dict[str, str]:
    """Returns the settings that name a channel."""
    return {"HOME": "/nonexistent", "BRIEFNOTE_WEBHOOK_DESK": address}


def test_a_channel_is_told_title_marking_and_link_and_nothing_else(tmp_path: Path) -> None:
    """Not a word of what the issue says."""
    folder = desk(tmp_path, CHANNEL, LINKED)
    with channel() as (address, told):
        assert who(send(folder, environment(address)).sent) == ["webhook:desk"]
        assert who(send(folder, environment(address)).skipped) == ["webhook:desk"]
    heading = "[TLP:CLEAR] Ruritania’s leverage over Elbonia, 2026-W47"
    link = "<https://intranet.example.org/example/2026-W47/|Read the issue>"
    assert told == [
        {
            "text": heading,
            "blocks": [
                {"type": "header", "text": {"type": "plain_text", "text": heading, "emoji": False}},
                {"type": "section", "text": {"type": "mrkdwn", "text": link}},
            ],
        }
    ]


def test_teams_gets_a_card(tmp_path: Path) -> None:
    """An adaptive card with a button, as its workflows take it."""
    folder = desk(tmp_path, "- {group: channel, webhook: desk, style: teams}", LINKED)
    with channel() as (address, told):
        send(folder, environment(address))
    (attachment,) = told[0]["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert attachment["content"]["actions"] == [
        {
            "type": "Action.OpenUrl",
            "title": "Read the issue",
            "url": "https://intranet.example.org/example/2026-W47/",
        }
    ]


def test_a_channel_without_clearance_is_told_nothing(tmp_path: Path) -> None:
    """Not even the title."""
    folder = desk(tmp_path, CHANNEL, LINKED, marking="TLP:GREEN")
    rebuild(folder)
    with channel() as (address, told):
        delivered = send(folder, environment(address))
    assert told == []
    assert [one.note for one in delivered.held] == ["cleared to TLP:CLEAR only, the brief is TLP:GREEN"]


@pytest.mark.parametrize(
    ("answers", "state", "times"),
    [
        ((429, 503, 200), "sent", 3),
        ((404,), "failed", 1),
        ((301,), "failed", 1),
        ((500,), "failed", 1),
        ((502,), "unknown", 1),
        ((504,), "unknown", 1),
        ((0,), "unknown", 1),
    ],
)
def test_what_a_channel_answers_decides(answers: tuple[int, ...], state: str, times: int, tmp_path: Path) -> None:
    """Later, refused, or nobody knows; what nobody knows is not told twice."""
    folder = desk(tmp_path, CHANNEL, LINKED)
    with channel(*answers) as (address, told):
        send(folder, environment(address))
        delivered = send(folder, environment(address))
    assert len(told) == times
    assert states(folder) == {"webhook:desk": state}
    assert "sesame" not in str(delivered)


def test_the_address_of_a_channel_stands_in_no_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Not at the finest level, though the library that asks it would write it down; other logs go on afterwards."""
    caplog.set_level(logging.DEBUG)
    folder = desk(tmp_path, CHANNEL, LINKED)
    with channel() as (address, told):
        send(folder, environment(address))
    logging.getLogger("another").debug("goes on")
    assert len(told) == 1
    assert "sesame" not in caplog.text
    assert "goes on" in caplog.text


def test_a_channel_that_is_not_there_is_a_failure_for_now_and_its_address_stays_hidden(tmp_path: Path) -> None:
    """Nothing was told, surely; the next send tries again."""
    folder = desk(tmp_path, CHANNEL, LINKED)
    with channel() as (address, told):
        pass
    (receipt,) = send(folder, environment(address)).failed
    assert receipt.note.startswith("no connection: ")
    assert "sesame" not in receipt.note
    with channel() as (again, told):
        assert who(send(folder, environment(again)).sent) == ["webhook:desk"]
    assert len(told) == 1


@given(title=st.text(max_size=200))
@pytest.mark.parametrize("body", [slack_body, teams_body])
def test_a_title_is_text_and_no_markup(body: Callable[[Notice], dict[str, Any]], title: str) -> None:
    """In Slack, <…> would be a link or call everyone; in a card, text stands in a run, which knows no mark-up."""
    told = body(Notice(title, "2026-W47", "TLP:CLEAR", "https://x.org/?a=1&b=2"))
    if "blocks" in told:
        assert "<" not in told["text"]
        assert told["blocks"][0]["text"]["type"] == "plain_text"
        assert told["blocks"][1]["text"]["text"] == "<https://x.org/?a=1&amp;b=2|Read the issue>"
        assert len(told["blocks"][0]["text"]["text"]) <= 150
    else:
        (run,) = told["attachments"][0]["content"]["body"][0]["inlines"]
        assert run["type"] == "TextRun"
