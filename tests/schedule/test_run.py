"""A run makes and sends what is due, once, and says what it did; what is wrong is said and tried again."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from schedule_desk import ARTICLE, NOWHERE, Cron, add_source, desk, dropped, kinds, with_drop_folder

from briefnote.errors import BriefnoteError
from briefnote.schedule.journal import LOG
from briefnote.schedule.lock import AlreadyRunningError, alone
from briefnote.store.folder import Folder
from briefnote.store.issue import Issue, read_edition
from briefnote.store.ledger import LEDGER, open_ledger
from briefnote.store.runs import STATE
from mail_servers import Raw, raw_server

MONDAY, TUESDAY = "2026-11-23T07:00Z", "2026-11-24T09:00Z"
NEXT, AFTER_THREE = "2026-11-30T07:00Z", "2026-12-14T07:00Z"
Start = Callable[..., tuple[Folder, Cron]]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Returns a folder with such a brief, and its cron."""

    def started(*lines: str, environment: dict[str, str] | None = None, **more: Any) -> tuple[Folder, Cron]:
        folder = desk(tmp_path / "desk", *lines, **more)
        return folder, Cron(folder, monkeypatch, {**NOWHERE, **(environment or {})})

    return started


def say(folder: Folder, old: str, new: str) -> None:
    """Changes words of brief.yaml."""
    path = folder.root / "briefs/example/brief.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def log_of(folder: Folder) -> list[dict[str, Any]]:
    """Returns the log, a value for each line."""
    return [json.loads(line) for line in (folder.root / LOG).read_text(encoding="utf-8").splitlines()]


# ---- what is due -----------------------------------------------------------------------------------------------


def test_an_issue_is_made_and_sent_once_however_often_cron_calls(start: Start) -> None:
    """The first run says so on one line, the others have nothing to say."""
    folder, cron = start()
    first, second, third = cron.at(MONDAY), cron.at(MONDAY), cron.at(TUESDAY)
    assert (first.line, first.exit_code) == ("example 2026-W48: sent to 1", 0)
    assert [(ran.line, ran.exit_code) for ran in (second, third)] == [("", 0), ("", 0)]
    assert dropped(folder) == {"example-2026-W48.md": 1}


def test_before_its_hour_the_former_period_is_the_present_one(start: Start) -> None:
    """A minute to seven belongs to last week."""
    _, cron = start()
    assert kinds(cron.at("2026-11-23T06:59Z")) == ["2026-W47 sent"]
    assert kinds(cron.at("2026-11-23T07:00Z")) == ["2026-W48 skipped"]


def test_missed_periods_are_caught_up_the_earliest_first(start: Start) -> None:
    """As many as `most` says; those before are let go, and that is said once, with exit code 3."""
    folder, cron = start("schedule: {missed: catch-up, most: 2, without_news: build}")
    cron.at(MONDAY)
    ran = cron.at("2026-12-21T07:00Z")
    assert kinds(ran) == ["2026-W49 missed", "2026-W50 sent", "2026-W51 sent", "2026-W52 sent"]
    assert ran.exit_code == 3
    assert cron.at("2026-12-21T08:00Z").line == ""
    assert sorted(dropped(folder)) == [f"example-2026-W{week}.md" for week in (48, 50, 51, 52)]


def test_missed_periods_are_said_where_the_brief_wants_no_more(start: Start) -> None:
    """The present issue goes out all the same."""
    _, cron = start("schedule: {missed: say, without_news: build}")
    cron.at(MONDAY)
    ran = cron.at(AFTER_THREE)
    assert ran.line.startswith("example 2026-W49 to 2026-W50: missed, no run has finished it; example 2026-W51: sent")
    assert ran.exit_code == 3


def test_a_brief_can_be_daily_or_monthly(start: Start) -> None:
    """The same, with days and months."""
    _, cron = start("schedule: {without_news: build, zone: Asia/Tokyo}", every="day")
    assert kinds(cron.at("2026-11-22T21:59Z")) == ["2026-11-22 sent"]
    assert kinds(cron.at("2026-11-22T22:00Z")) == ["2026-11-23 sent"]
    assert kinds(cron.at("2026-11-24T22:00Z")) == ["2026-11-24 sent", "2026-11-25 sent"]


# ---- periods without news --------------------------------------------------------------------------------------


def test_a_period_without_news_is_skipped_with_its_reason(start: Start) -> None:
    """A new source, or a changed one, is news."""
    folder, cron = start()
    cron.at(MONDAY)
    assert cron.at(NEXT).line == "example 2026-W49: skipped, no new or changed source since 2026-W48"
    add_source(folder, "2026-02-02-another")
    assert kinds(cron.at("2026-12-07T07:00Z")) == ["2026-W50 sent"]
    path = folder.root / "sources/2026-02-02-another.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("published: 2026-01-20", "published: 2026-01-21"))
    assert kinds(cron.at(AFTER_THREE)) == ["2026-W51 sent"]


def test_a_period_without_news_can_say_so(start: Start) -> None:
    """The issue is whole, and its title tells that nothing has changed."""
    folder, cron = start("schedule: {without_news: no-change}")
    assert kinds(cron.at(MONDAY)) == ["2026-W48 sent"]
    assert kinds(cron.at(NEXT)) == ["2026-W49 sent"]
    place = folder.root / "briefs/example"
    titles = [read_edition(Issue(place, "example", period))["title"] for period in ("2026-W48", "2026-W49")]
    assert titles == [
        "Ruritania’s leverage over Elbonia",
        "Ruritania’s leverage over Elbonia (no change since 2026-W48)",
    ]


def test_no_change_is_said_in_the_language_of_the_brief(start: Start) -> None:
    """Where it is one of four; else in English."""
    folder, cron = start("schedule: {without_news: no-change}", "language: de-AT")
    cron.at(MONDAY)
    cron.at(NEXT)
    title = read_edition(Issue(folder.root / "briefs/example", "example", "2026-W49"))["title"]
    assert title.endswith(" (unverändert seit 2026-W48)")


# ---- steps that are left out -----------------------------------------------------------------------------------


def test_review_required_stops_before_sending_and_says_so(start: Start) -> None:
    """Once: the next run leaves the issue to the person who reads it."""
    folder, cron = start("run: {review: required}")
    line = "example 2026-W48: waits for review, then: briefnote send example --period 2026-W48"
    assert cron.at(MONDAY).line == line
    assert cron.at(TUESDAY).line == ""
    assert (folder.root / "briefs/example/2026-W48").is_dir()
    assert not (folder.root / "outbox").exists()


def test_sending_can_be_left_out(start: Start) -> None:
    """The issue is built."""
    folder, cron = start("run: {send: false}")
    assert cron.at(MONDAY).line == "example 2026-W48: built"
    assert not (folder.root / "outbox").exists()


def test_a_brief_without_recipients_is_built(start: Start) -> None:
    """There is nobody to send it to."""
    _, cron = start(recipients="")
    assert cron.at(MONDAY).line == "example 2026-W48: built"


def test_building_can_be_left_out(start: Start) -> None:
    """What a person has built is sent; where there is nothing, that is said, and tried again."""
    folder, cron = start("run: {build: false}")
    ran = cron.at(MONDAY)
    assert (ran.exit_code, kinds(ran)) == (1, ["2026-W48 failed"])
    assert str(ran.problems[0]) == (
        "briefs/example/brief.yaml: run.build: is false, and there is no issue 2026-W48; "
        "build it (`briefnote build example`)"
    )
    say(folder, "run: {build: false}", "run: {send: false}")
    cron.at(MONDAY)
    assert not (folder.root / "outbox").exists()


# ---- collecting and summarising --------------------------------------------------------------------------------


def test_what_comes_in_is_collected_summarised_and_printed(start: Start) -> None:
    """An article in the drop folder is in the next issue."""
    folder, cron = start()
    with_drop_folder(folder)
    cron.at(MONDAY)
    (folder.root / "incoming/gas.txt").write_text(ARTICLE, encoding="utf-8")
    ran = cron.at(NEXT)
    assert ran.line == "example 2026-W49: sent to 1; 1 new or changed sources, 1 drafted"
    edition = read_edition(Issue(folder.root / "briefs/example", "example", "2026-W49"))
    assert "Ruritania squeezes Elbonia" in [source["title"] for source in edition["sources"]]
    assert cron.at("2026-12-07T07:00Z").line.endswith("skipped, no new or changed source since 2026-W49")


def test_collecting_and_summarising_can_be_left_out(start: Start) -> None:
    """Then nothing is looked for."""
    folder, cron = start("run: {collect: false, summarise: false}")
    with_drop_folder(folder)
    (folder.root / "incoming/gas.txt").write_text(ARTICLE, encoding="utf-8")
    assert cron.at(MONDAY).line == "example 2026-W48: sent to 1"
    assert [path.name for path in (folder.root / "sources").glob("*squeezes*")] == []


def test_a_feed_that_fails_is_said_and_stops_no_issue(start: Start) -> None:
    """Exit code 3: all went out, and something is to be seen to."""
    folder, cron = start()
    text = "drops:\n  - {name: incoming, folder: gone}\n"
    (folder.root / "sources/feeds.yaml").write_text(text, encoding="utf-8")
    ran = cron.at(MONDAY)
    assert (kinds(ran), ran.exit_code) == (["2026-W48 sent"], 3)
    assert [problem.file for problem in ran.problems] == ["feed incoming"]


# ---- what goes wrong -------------------------------------------------------------------------------------------


def test_a_brief_with_a_mistake_does_not_stop_the_others(start: Start) -> None:
    """Its problems are said, exit code 1, and the next run tries it again."""
    folder, cron = start()
    wrong = folder.root / "briefs/wrong/brief.yaml"
    wrong.parent.mkdir()
    wrong.write_text("title: Wrong\nabout: []\nschedule: {zone: Nowhere}\n", encoding="utf-8")
    ran = cron.at(MONDAY)
    assert ran.line == "example 2026-W48: sent to 1; wrong: failed"
    assert ran.exit_code == 1
    assert [problem.field for problem in ran.problems] == ["about", "schedule.zone"]


def test_a_build_that_failed_is_tried_again(start: Start) -> None:
    """Once the mistake is mended, the same period's issue goes out."""
    folder, cron = start()
    path = folder.root / "sources/2026-02-02-broken.yaml"
    path.write_text("source: {}\n", encoding="utf-8")
    assert kinds(cron.at(MONDAY)) == ["2026-W48 failed"]
    path.unlink()
    assert kinds(cron.at(TUESDAY)) == ["2026-W48 sent"]
    assert dropped(folder) == {"example-2026-W48.md": 1}


def test_who_could_not_be_reached_is_tried_again_and_nobody_else(start: Start) -> None:
    """The issue is not built again: what some have is what the others get."""
    groups = "- {group: archive, folder: outbox, formats: [md]}\n- {group: all, to: [ada@example.org], formats: [md]}"
    smtp = {"HOST": "127.0.0.1", "PORT": "9", "SECURITY": "none", "FROM": "desk@example.org"}
    environment = {f"BRIEFNOTE_SMTP_{name}": value for name, value in smtp.items()}
    folder, cron = start(recipients=groups, environment=environment)
    first = cron.at(MONDAY)
    assert (first.exit_code, first.line) == (1, "example 2026-W48: sent to 1, 1 failed")
    add_source(folder, "2026-02-02-another")
    second = cron.at(TUESDAY)
    assert (second.exit_code, second.line) == (1, "example 2026-W48: sent to 0, 1 failed, 1 had it")
    with open_ledger(folder.root / LEDGER) as ledger:
        assert ledger.revision("example", "2026-W48")[0] == 1


def test_the_loss_of_what_runs_have_settled_sends_nobody_anything_twice(start: Start) -> None:
    """The ledger knows; a damaged file is said."""
    folder, cron = start()
    cron.at(MONDAY)
    (folder.root / STATE).unlink()
    assert cron.at(TUESDAY).line == "example 2026-W48: sent to 0, 1 had it"
    (folder.root / STATE).write_text('{"example": {"until": "2026-W99"}}', encoding="utf-8")
    with pytest.raises(BriefnoteError, match=r"run-state\.json: is damaged; remove it"):
        cron.at(TUESDAY)
    assert log_of(folder)[-1]["message"].startswith("run-state.json: is damaged")
    assert dropped(folder) == {"example-2026-W48.md": 1}


def divided(*_: object, **__: object) -> float:
    """Stands for a bug."""
    return 1 / 0


@pytest.mark.parametrize(
    ("where", "kind", "code"),
    [("drafting.summarising.missing_summaries", "sent", 3), ("schedule.issuing.build", "failed", 1)],
)
def test_a_bug_stops_one_step_and_keeps_its_traceback(
    where: str, kind: str, code: int, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the log. A bug in the summariser stops no issue, one in the making of an issue no other, and no later run."""
    folder, cron = start()
    with monkeypatch.context() as patched:
        patched.setattr(f"briefnote.{where}", divided)
        ran = cron.at(MONDAY)
    assert (kinds(ran), ran.exit_code) == ([f"2026-W48 {kind}"], code)
    assert [problem.message for problem in ran.problems] == [
        "ZeroDivisionError: division by zero; this is a bug, or the machine's fault: the log has all of it"
    ]
    (bug,) = [event for event in log_of(folder) if event["event"] == "bug"]
    assert bug["traceback"].endswith("ZeroDivisionError: division by zero")
    cron.at(TUESDAY)
    assert dropped(folder) == {"example-2026-W48.md": 1}


# ---- the lock --------------------------------------------------------------------------------------------------


def command(folder: Folder, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs briefnote in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "briefnote", "-C", str(folder.root), *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_of_two_runs_at_the_same_time_one_works_and_the_other_says_so(start: Start) -> None:
    """The other has exit code 75, has done nothing and written no log."""
    folder, _ = start()
    with alone(folder.root):
        result = command(folder, "run")
    assert (result.returncode, result.stdout) == (75, "")
    assert result.stderr == "run.lock: another run is at work in this folder; this one has done nothing\n"
    assert not (folder.root / LOG).exists()


def test_two_runs_that_start_together_send_once(start: Start) -> None:
    """Two processes: whichever comes first."""
    folder, _ = start()
    codes: list[int] = []
    threads = [threading.Thread(target=lambda: codes.append(command(folder, "run").returncode)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) in ([0, 75], [0, 0])
    assert list(dropped(folder).values()) == [1]


def test_the_lock_of_a_process_that_was_killed_is_taken_over(start: Start) -> None:
    """Also where a child of it lives on."""
    folder, cron = start()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with alone(folder.root):
            if os.fork() == 0:
                os.read(reader, 1)
                os._exit(0)
            os.kill(os.getpid(), 9)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9
    try:
        assert kinds(cron.at(MONDAY)) == ["2026-W48 sent"]
    finally:
        os.write(writer, b"x")
        os.close(writer)
        os.close(reader)


def test_a_run_within_a_run_is_refused(start: Start) -> None:
    """The library raises an error of its own."""
    folder, cron = start()
    with alone(folder.root), pytest.raises(AlreadyRunningError):
        cron.at(MONDAY)


# ---- what is written down --------------------------------------------------------------------------------------


def test_the_log_has_a_line_of_json_for_each_step(start: Start) -> None:
    """Only its owner may read it."""
    folder, cron = start()
    cron.at(MONDAY)
    events = log_of(folder)
    assert [event["event"] for event in events] == ["news", "built", "sent", "ended"]
    assert [event["level"] for event in events] == ["info"] * 4
    assert len({event["run"] for event in events}) == 1
    assert events[2] | {"run": ""} == {
        "at": "2026-11-23T07:00:00+00:00",
        "level": "info",
        "run": "",
        "event": "sent",
        "brief": "example",
        "period": "2026-W48",
        "revision": 1,
        "sent": 1,
        "failed": 0,
        "unknown": 0,
        "held": 0,
        "skipped": 0,
    }
    assert stat.S_IMODE((folder.root / LOG).stat().st_mode) == 0o600


def test_half_a_line_of_a_killed_run_spoils_no_other(start: Start) -> None:
    """The next run begins on a line of its own."""
    folder, cron = start()
    (folder.root / LOG).write_text('{"at": "2026-11', encoding="utf-8")
    cron.at(MONDAY)
    torn, *whole = (folder.root / LOG).read_text(encoding="utf-8").splitlines()
    assert torn == '{"at": "2026-11'
    assert [json.loads(line)["event"] for line in whole] == ["news", "built", "sent", "ended"]


def test_the_log_is_rotated(start: Start) -> None:
    """At a megabyte; five former ones are kept."""
    folder, cron = start()
    (folder.root / LOG).write_text("x" * 1_000_000 + "\n", encoding="utf-8")
    cron.at(MONDAY)
    assert (folder.root / f"{LOG}.1").stat().st_size == 1_000_001
    assert [event["event"] for event in log_of(folder)] == ["news", "built", "sent", "ended"]


def test_each_step_is_told_to_who_watches(start: Start) -> None:
    """As a line."""
    _, cron = start()
    told: list[str] = []
    cron.at(MONDAY, tell=told.append)
    assert told[1] == "built: brief=example period=2026-W48 files=2"


# ---- the health check ------------------------------------------------------------------------------------------


class _Heard(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """Keeps what was posted."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, body.decode()))  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def health() -> Any:
    """A health check on this machine; `heard` are path and body of what it was told."""
    server: Any = HTTPServer(("127.0.0.1", 0), _Heard)
    server.heard = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_health_check_is_told_how_a_run_ended(start: Start, health: Any) -> None:
    """Its address for a run that ended well, the same with /fail for one that did not; the log does not name it."""
    address = f"http://127.0.0.1:{health.server_port}/ping/s3cret?x=1"
    folder, cron = start(environment={"BRIEFNOTE_HEALTHCHECK_URL": address})
    broken = folder.root / "sources/2026-02-02-broken.yaml"
    broken.write_text("source: {}\n", encoding="utf-8")
    cron.at(MONDAY)
    broken.unlink()
    cron.at(MONDAY)
    assert health.heard == [("/ping/s3cret/fail?x=1", "exit 1"), ("/ping/s3cret?x=1", "exit 0")]
    assert "s3cret" not in (folder.root / LOG).read_text(encoding="utf-8")


def test_a_health_check_that_does_not_answer_is_no_failure(start: Start) -> None:
    """The log says so."""
    folder, cron = start(environment={"BRIEFNOTE_HEALTHCHECK_URL": "http://127.0.0.1:9/s3cret"})
    assert cron.at(MONDAY).exit_code == 0
    assert log_of(folder)[-1]["answer"] == "ConnectError"


def test_one_settings_file_holds_them_all(start: Start, health: Any, tmp_path: Path) -> None:
    """The mail server, the health check and a model: cron knows no environment."""
    path = tmp_path / "settings"
    with raw_server(Raw()) as server:
        smtp = f"HOST=127.0.0.1 PORT={server.port} SECURITY=none FROM=desk@example.org"
        names = [f"SMTP_{one}" for one in smtp.split()]
        names += [f"HEALTHCHECK_URL=http://127.0.0.1:{health.server_port}/ping", "MODEL_URL=https://m.example/v1"]
        path.write_text("".join(f"BRIEFNOTE_{name}\n" for name in names), encoding="utf-8")
        path.chmod(0o600)
        recipients = "- {group: all, to: [ada@example.org], formats: [md]}"
        _, cron = start(recipients=recipients, environment={"BRIEFNOTE_SETTINGS": str(path)})
        assert cron.at(MONDAY).line == "example 2026-W48: sent to 1"
    assert server.copies == {"ada": 1}
    assert health.heard == [("/ping", "exit 0")]


def test_the_address_of_a_health_check_is_checked(start: Start) -> None:
    """It is not printed."""
    _, cron = start(environment={"BRIEFNOTE_HEALTHCHECK_URL": "http://example.org/s3cret"})
    with pytest.raises(BriefnoteError, match="BRIEFNOTE_HEALTHCHECK_URL: expected an address that begins with https"):
        cron.at(MONDAY)
