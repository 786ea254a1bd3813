"""`send` and `ledger` as a person or cron meets them: the real command in a process of its own, a real mail server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from briefnote.store.folder import open_folder
from delivery_desk import ADA, desk, rebuild, settings
from mail_servers import Raw, raw_server

RECIPIENTS = """\
- {group: analysts, to: [Ada Lovelace <ada@example.org>, bob@example.org], clearance: TLP:AMBER}
- {group: public, to: [cid@example.org]}
- {group: try, to: [tim@example.org], clearance: TLP:AMBER, test: true}
"""


def run(folder: Path, *arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs briefnote in a folder and returns what it printed."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BRIEFNOTE_")}
    return subprocess.run(
        [sys.executable, "-m", "briefnote", *arguments],
        cwd=folder,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def without_times(text: str) -> str:
    """Returns the text with moments as MOMENT."""
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:]+\+00:00", "MOMENT", text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an issue marked TLP:GREEN, and three groups."""
    opened = desk(tmp_path, RECIPIENTS, marking="TLP:GREEN")
    rebuild(opened)
    return tmp_path


def test_send_says_what_became_of_everyone(folder: Path) -> None:
    """Data on stdout, the count on stderr; who is not cleared is held back and named, which is no failure."""
    with raw_server(Raw()) as server:
        first = run(folder, "send", "example", environment=settings(server.port))
        second = run(folder, "send", "example", environment=settings(server.port))
    held = "held     cid@example.org (public): cleared to TLP:CLEAR only, the brief is TLP:GREEN\n"
    assert first.stdout == (
        f"sent     ada@example.org (analysts): 250 taken\nsent     bob@example.org (analysts): 250 taken\n{held}"
    )
    assert first.stderr == "example 2026-W47, revision 1: 2 sent, 0 failed, 0 unknown, 1 held, 0 skipped\n"
    assert without_times(second.stdout) == (
        f"{held}skipped  ada@example.org (analysts): has it since MOMENT\n"
        "skipped  bob@example.org (analysts): has it since MOMENT\n"
    )
    assert (first.returncode, second.returncode) == (0, 0)


def test_send_fails_where_someone_may_not_have_it(folder: Path) -> None:
    """Exit code 1; the way to settle it is named; the ledger commands show it, as text and as JSON."""
    with raw_server(Raw(lambda stage, to: "" if stage == "answer" and to == ADA else None)) as server:
        environment = settings(server.port)
        sent = run(folder, "send", "example", "--json", environment=environment)
        assert sent.returncode == 1
        assert [one["recipient"] for one in json.loads(sent.stdout)["unknown"]] == ["ada@example.org"]
        assert "then: briefnote ledger resolve --help" in sent.stderr
        listed = run(folder, "ledger", "list", "--state", "unknown", environment=environment)
        assert listed.stdout == (
            "unknown  example 2026-W47 r1  ada@example.org: no answer to the end of the message: "
            "Connection unexpectedly closed\n"
        )
        resolve = ("ledger", "resolve", "example", "2026-W47", "ada@example.org")
        assert run(folder, *resolve, environment=environment).returncode == 2
        assert run(folder, *resolve, "--sent", environment=environment).stdout == (
            "sent     example 2026-W47 r1  ada@example.org: a person says that it arrived\n"
        )
        assert run(folder, "send", "example", environment=environment).returncode == 0
    shown = run(folder, "ledger", "show", "example", "2026-W47", environment=environment)
    assert without_times(shown.stdout).splitlines() == [
        "MOMENT  r1  planned  ada@example.org",
        "MOMENT  r1  planned  bob@example.org",
        "MOMENT  r1  sending  ada@example.org",
        "MOMENT  r1  unknown  ada@example.org: no answer to the end of the message: Connection unexpectedly closed",
        "MOMENT  r1  sending  bob@example.org",
        "MOMENT  r1  sent     bob@example.org: 250 taken",
        "MOMENT  r1  sent     ada@example.org: a person says that it arrived",
    ]
    as_json = json.loads(run(folder, "ledger", "list", "example", "--json", environment=environment).stdout)
    assert [(entry["recipient"], entry["state"], entry["attempts"]) for entry in as_json] == [
        ("ada@example.org", "sent", 1),
        ("bob@example.org", "sent", 1),
    ]


def test_three_commands_at_the_same_time_send_once(folder: Path) -> None:
    """One sends; the other finds it done, or says that somebody is at it. Nobody has two."""
    with raw_server(Raw()) as server:
        environment = {**os.environ, **settings(server.port)}
        command = [sys.executable, "-m", "briefnote", "send", "example"]
        all_three = [
            subprocess.Popen(
                command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            for _ in range(3)
        ]
        ended = [(process.communicate(timeout=120), process.returncode) for process in all_three]
    busy = "ledger.lock: another briefnote is sending from this folder; wait until it is done\n"
    assert all(code == 0 or (code == 1 and err == busy) for (_, err), code in ended)
    assert server.copies == {"ada": 1, "bob": 1}


def test_a_rehearsal_writes_the_mails_and_says_why(folder: Path) -> None:
    """Nothing is sent, the ledger is not begun; each mail is a file that can be opened."""
    environment = settings(1)
    result = run(folder, "send", "example", "--dry-run", environment=environment)
    assert result.stdout == (
        "ada@example.org (analysts): example-2026-W47.docx, example-2026-W47.pdf. "
        "cleared to TLP:AMBER, the brief is TLP:GREEN\n"
        "  dry-run/example-2026-W47/analysts-ada@example.org.eml\n"
        "bob@example.org (analysts): example-2026-W47.docx, example-2026-W47.pdf. "
        "cleared to TLP:AMBER, the brief is TLP:GREEN\n"
        "  dry-run/example-2026-W47/analysts-bob@example.org.eml\n"
        "cid@example.org (public): held. cleared to TLP:CLEAR only, the brief is TLP:GREEN\n"
    )
    assert (result.stderr, result.returncode) == ("", 0)
    assert not (folder / "ledger.sqlite").exists()
    mails = sorted((folder / "dry-run/example-2026-W47").iterdir())
    assert [path.name for path in mails] == ["analysts-ada@example.org.eml", "analysts-bob@example.org.eml"]
    assert message_from_bytes(mails[0].read_bytes(), policy=policy.default)["To"] == "Ada Lovelace <ada@example.org>"
    assert mails[0].stat().st_mode & 0o777 == 0o600


def test_a_rehearsal_needs_no_mail_server_and_says_what_sending_would_need(folder: Path) -> None:
    """The missing settings are named on stderr; a group can be asked for, tests as well."""
    result = run(folder, "send", "example", "--dry-run", "--test-recipients", "--json", environment={"HOME": "/none"})
    assert [one["recipient"] for one in json.loads(result.stdout)] == ["tim@example.org"]
    assert "BRIEFNOTE_SMTP_HOST: missing; expected the mail server's name" in result.stderr
    assert result.returncode == 0


def test_a_rehearsal_says_who_has_it_already(folder: Path) -> None:
    """And writes no mail for them."""
    with raw_server(Raw()) as server:
        run(folder, "send", "example", "--to", "bob@example.org", environment=settings(server.port))
    result = run(folder, "send", "example", "--dry-run", environment=settings(1))
    assert "bob@example.org (analysts): nothing. sent at MOMENT (revision 1)\n" in (without_times(result.stdout))
    assert len(list((folder / "dry-run/example-2026-W47").iterdir())) == 1


def test_a_correction_can_be_rehearsed(folder: Path) -> None:
    """Who has the issue gets nothing unasked; with --correction the mail is there to be read, and nothing was sent."""
    with raw_server(Raw()) as server:
        run(folder, "send", "example", "--to", "bob@example.org", environment=settings(server.port))
    rebuild(open_folder(folder), ("value: 62", "value: 66"))
    unasked = run(folder, "send", "example", "--dry-run", environment=settings(1))
    assert (
        "bob@example.org (analysts): nothing. the issue was changed since it was sent; send the correction with "
        "--correction\n"
    ) in unasked.stdout
    asked = run(folder, "send", "example", "--dry-run", "--correction", environment=settings(1))
    assert "bob@example.org (analysts): example-2026-W47.docx, example-2026-W47.pdf. " in asked.stdout
    mails = folder / "dry-run/example-2026-W47"
    ada, bob = ((mails / f"analysts-{name}@example.org.eml").read_bytes() for name in ("ada", "bob"))
    assert b"Subject: [TLP:GREEN] Correction: " in bob
    assert b"Correction" not in ada
    listed = json.loads(run(folder, "ledger", "list", "--json", environment=settings(1)).stdout)
    assert [(entry["recipient"], entry["revision"]) for entry in listed] == [("bob@example.org", 1)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("send", "exmaple"), "briefs/: no brief 'exmaple'. Did you mean 'example'?\n"),
        (("send", "example", "--period", "2026-W48"), "--period: no issue 2026-W48. Did you mean '2026-W47'?\n"),
        (
            ("ledger", "list"),
            "ledger.sqlite: does not exist: nothing was sent from this folder yet\n",
        ),
    ],
)
def test_a_mistake_is_said_with_its_remedy(arguments: tuple[str, ...], message: str, folder: Path) -> None:
    """On stderr, with exit code 1."""
    result = run(folder, *arguments, environment=settings(1))
    assert (result.returncode, result.stdout, result.stderr) == (1, "", message)


def test_a_brief_without_recipients_is_told_where_they_go(tmp_path: Path) -> None:
    """Before any setting is asked for."""
    desk(tmp_path)
    brief = tmp_path / "briefs/example/brief.yaml"
    brief.write_text(brief.read_text(encoding="utf-8").partition("recipients:")[0], encoding="utf-8")
    result = run(tmp_path, "send", "example", environment=settings(1))
    assert result.stderr == (
        "briefs/example/brief.yaml: recipients: names nobody; say who gets the brief (docs/delivery.md)\n"
    )
