"""Everyone once: what became of each recipient when the server answers, refuses, or breaks off at any point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefnote.errors import BriefnoteError
from briefnote.sending.delivering import alone
from briefnote.sending.records import resolve
from delivery_desk import BRIEF, NAMES, PERIOD, desk, ledger_of, rebuild, say, send, settings, states, who
from mail_servers import SILENCE, STAGES, Raw, raw_server

Answers = Callable[[str, str], str | None]
AFTER_THE_DOT = {"dot", "answer"}  # the stages at which the server has the message, or may have it
BREAKS = [
    *((stage, "") for stage in STAGES if stage != "content"),
    *((stage, name) for stage in ("rcpt", "data", "dot", "answer") for name in ("ada", "cid", "eve")),
]


def once(stage: str, name: str, answer: str, times: int = 1) -> Answers:
    """Answers so at a stage, to a recipient ("" for any), a number of times; later as usual."""
    left = Counter({stage: times})

    def answers(found: str, recipient: str) -> str | None:
        if found != stage or not recipient.startswith(name) or not left[stage]:
            return None
        left[stage] -= 1
        return answer

    return answers


def always(stage: str, name: str, answer: str) -> Answers:
    """Answers so at a stage, to a recipient, every time."""
    return once(stage, name, answer, 10_000)


def test_everyone_has_it_once_and_a_second_send_sends_nothing(tmp_path: Path) -> None:
    """The second time all are skipped, with the moment they got it; one connection was enough for five."""
    folder = desk(tmp_path)
    with raw_server(Raw()) as server:
        first = send(folder, settings(server.port))
        assert who(first.sent) == list(NAMES)
        assert server.connections == 1
        second = send(folder, settings(server.port))
    assert (second.sent, who(second.skipped)) == ((), list(NAMES))
    assert second.skipped[0].note.startswith("has it since 20")
    assert server.copies == dict.fromkeys(NAMES, 1)
    assert set(states(folder).values()) == {"sent"}


@pytest.mark.parametrize(("stage", "name"), BREAKS)
def test_a_connection_that_breaks_at_any_stage_loses_nobody_and_doubles_nobody(
    stage: str, name: str, tmp_path: Path
) -> None:
    """Broken off before the end of a message, it is sent in the next round; after it, it is unknown, and stays so."""
    folder = desk(tmp_path)
    with raw_server(Raw(once(stage, name, ""))) as server:
        first = send(folder, settings(server.port))
        second = send(folder, settings(server.port))
    lost = [name or "ada"] if stage in AFTER_THE_DOT else []
    assert who(first.unknown) == who(second.unknown) == lost
    assert who(first.sent) == [one for one in NAMES if one not in lost]
    assert second.sent == ()
    expected = dict.fromkeys(NAMES, 1) | dict.fromkeys(lost, 1 if stage == "answer" else 0)
    assert {one: server.copies[one] for one in NAMES} == expected
    assert first.needs_a_person == bool(lost)


@pytest.mark.parametrize("name", ["ada", "cid", "eve"])
def test_a_connection_that_breaks_within_a_message_doubles_nobody(name: str, tmp_path: Path) -> None:
    """The rest of the message may be on its way before the break is seen: then it is unknown, else it is sent again."""
    folder = desk(tmp_path)
    with raw_server(Raw(once("content", name, ""))) as server:
        delivered = send(folder, settings(server.port))
    lost = who(delivered.unknown)
    assert lost in ([], [name])
    assert who(delivered.sent) == [one for one in NAMES if one not in lost]
    assert server.copies == {one: 1 for one in NAMES if one not in lost}


@pytest.mark.parametrize("stage", ["connect", "mail", "rcpt", "data"])
def test_a_server_that_always_breaks_off_is_a_failure_that_the_next_send_mends(stage: str, tmp_path: Path) -> None:
    """Nobody has it, everybody failed, and the note says how; when the server is well again, everyone has it once."""
    folder = desk(tmp_path)
    with raw_server(Raw(always(stage, "", ""))) as server:
        first = send(folder, settings(server.port))
    assert (who(first.failed), first.sent, first.unknown) == (list(NAMES), (), ())
    assert "no connection: " in first.failed[0].note or "the connection broke: " in first.failed[0].note
    with raw_server(Raw()) as server:
        second = send(folder, settings(server.port))
    assert who(second.sent) == list(NAMES)
    assert server.copies == dict.fromkeys(NAMES, 1)


def test_one_message_on_which_the_server_always_breaks_holds_up_nobody(tmp_path: Path) -> None:
    """The others have it; the one failed, for now."""
    folder = desk(tmp_path)
    with raw_server(Raw(always("data", "bob", ""))) as server:
        delivered = send(folder, settings(server.port))
    assert (who(delivered.sent), who(delivered.failed)) == (["ada", "cid", "dot", "eve"], ["bob"])
    assert server.copies == {name: 1 for name in NAMES if name != "bob"}


@pytest.mark.parametrize("stage", ["connect", "rcpt", "answer"])
def test_a_server_that_falls_silent_is_not_waited_for_for_ever(
    stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step has its time limit; silence after the end of a message is unknown, before it a failure for now."""
    monkeypatch.setattr("briefnote.deliver.smtp._LAST_WORD", 1)
    folder = desk(tmp_path, "- {group: all, to: [ada@example.org]}", "{attempts: 1}")
    with raw_server(Raw(once(stage, "", SILENCE))) as server:
        delivered = send(folder, settings(server.port, TIMEOUT="2"))
    assert (who(delivered.unknown) if stage == "answer" else who(delivered.failed)) == ["ada"]
    assert "timed out" in (delivered.unknown + delivered.failed)[0].note


def test_mails_go_out_no_faster_than_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """30 a minute: two seconds from one to the next, by a clock that goes on while one sleeps."""
    clock = SimpleNamespace(now=100.0)
    clock.monotonic = lambda: clock.now
    monkeypatch.setattr("briefnote.deliver.rounds.time", clock)
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock.now += seconds

    folder = desk(tmp_path, delivery="{per_minute: 30}")
    with raw_server(Raw()) as server:
        assert who(send(folder, settings(server.port), sleep).sent) == list(NAMES)
    assert slept == [2, 2, 2, 2]


def test_greylisting_is_waited_out(tmp_path: Path) -> None:
    """451 at first for everyone: the second round, a minute later, serves all; the third would be two minutes later."""
    folder = desk(tmp_path, delivery="{wait: 60}")
    seen: set[str] = set()

    def greylisting(stage: str, recipient: str) -> str | None:
        if stage != "rcpt" or recipient in seen:
            return None
        seen.add(recipient)
        return "451 4.7.1 greylisted"

    slept: list[float] = []
    with raw_server(Raw(greylisting)) as server:
        delivered = send(folder, settings(server.port), slept.append)
    assert who(delivered.sent) == list(NAMES)
    assert slept == [60]
    assert server.copies == dict.fromkeys(NAMES, 1)


def test_the_wait_between_rounds_is_doubled_and_ends(tmp_path: Path) -> None:
    """Five rounds as brief.yaml has it, with waits in between; then it is a failure that the next send tries again."""
    folder = desk(tmp_path, delivery="{wait: 10, attempts: 5}")
    slept: list[float] = []
    with raw_server(Raw(always("rcpt", "bob", "452 4.2.2 mailbox full"))) as server:
        delivered = send(folder, settings(server.port), slept.append)
        assert slept == [10, 20, 40, 80]
        assert who(delivered.sent) == ["ada", "cid", "dot", "eve"]
        assert [(one.recipient, one.note) for one in delivered.failed] == [
            ("bob@example.org", "452 4.2.2 mailbox full")
        ]
        server.answers = lambda _stage, _recipient: None
        assert who(send(folder, settings(server.port)).sent) == ["bob"]


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "answer"])
def test_a_refusal_for_good_is_not_tried_again(stage: str, tmp_path: Path) -> None:
    """5xx at any point: failed at once, not in this run and not in the next, unless a person says so."""
    folder = desk(tmp_path)
    tries: list[str] = []
    one = "[bob@example.org]"
    say(folder.root, f"- {{group: all, to: {one}}}")

    def refuse(found: str, _: str) -> str | None:
        if found == stage:
            tries.append(found)
            return "550 5.1.1 no such user"
        return None

    with raw_server(Raw(refuse)) as server:
        for _ in range(2):
            delivered = send(folder, settings(server.port))
            assert [receipt.note for receipt in delivered.failed] == ["550 5.1.1 no such user"]
        assert len(tries) == 1
        server.answers = lambda _stage, _recipient: None
        resolve(folder, BRIEF, PERIOD, ["bob@example.org"], "again")
        assert who(send(folder, settings(server.port)).sent) == ["bob"]


def test_a_temporary_answer_to_the_whole_message_is_no_acceptance(tmp_path: Path) -> None:
    """4xx to the end of DATA: the server has not taken it, and says so; it is sent in the next round."""
    folder = desk(tmp_path)
    with raw_server(Raw(once("answer", "cid", "451 4.3.0 try later"))) as server:
        delivered = send(folder, settings(server.port))
    assert who(delivered.sent) == list(NAMES)
    assert server.copies == dict.fromkeys(NAMES, 1)


def test_an_answer_that_is_no_answer_leaves_it_unknown(tmp_path: Path) -> None:
    """What the server says to the end of a message must be a code; otherwise nobody knows."""
    folder = desk(tmp_path)
    with raw_server(Raw(once("answer", "cid", "what is this"))) as server:
        delivered = send(folder, settings(server.port))
    assert who(delivered.unknown) == ["cid"]
    assert who(delivered.sent) == ["ada", "bob", "dot", "eve"]


def test_a_server_that_goes_away_between_two_messages_is_called_again(tmp_path: Path) -> None:
    """421 instead of an answer to MAIL: a new connection, at once, without waiting for the next round."""
    folder = desk(tmp_path, delivery="{attempts: 1}")
    count = Counter[str]()

    def three_at_most(stage: str, _: str) -> str | None:
        count[stage] += 1
        return "421 4.7.0 too many messages" if stage == "mail" and count[stage] == 3 else None

    with raw_server(Raw(three_at_most)) as server:
        assert who(send(folder, settings(server.port)).sent) == list(NAMES)
    assert server.connections == 2


@pytest.mark.parametrize(("rule", "copies", "person"), [("ask", 1, True), ("hold", 1, False), ("retry", 2, False)])
def test_the_stated_rule_decides_on_the_unknown(rule: str, copies: int, person: bool, tmp_path: Path) -> None:
    """The server has taken cid's message and died before it could say so. Only `retry` makes a second copy."""
    folder = desk(tmp_path, delivery=f"{{wait: 0, on_unknown: {rule}}}")
    with raw_server(Raw(once("answer", "cid", ""))) as server:
        assert who(send(folder, settings(server.port)).unknown) == ["cid"]
        second = send(folder, settings(server.port))
    assert server.copies["cid"] == copies
    assert second.needs_a_person == person
    assert states(folder)["cid"] == ("sent" if rule == "retry" else "unknown")
    same = {message.partition(b"Message-ID: ")[2].partition(b"\r\n")[0] for to, message in server.taken if to[0] == "c"}
    assert len(same) == 1


def test_retry_makes_no_third_copy(tmp_path: Path) -> None:
    """A server that takes every message and never says so gets two of each, then a person is asked."""
    folder = desk(tmp_path, "- {group: all, to: [cid@example.org]}", "{wait: 0, on_unknown: retry}")
    with raw_server(Raw(always("answer", "cid", ""))) as server:
        results = [send(folder, settings(server.port)) for _ in range(4)]
    assert server.copies == {"cid": 2}
    assert [who(result.unknown) for result in results] == [["cid"]] * 4
    assert results[-1].needs_a_person


@pytest.mark.parametrize(("verdict", "copies"), [("sent", 1), ("again", 2), ("failed", 1)])
def test_a_person_settles_the_unknown(verdict: str, copies: int, tmp_path: Path) -> None:
    """The ledger keeps what the person found out, and the next send acts on it."""
    folder = desk(tmp_path)
    with raw_server(Raw(once("answer", "cid", ""))) as server:
        send(folder, settings(server.port))
        (entry,) = resolve(folder, BRIEF, PERIOD, ["CID@example.org"], verdict)  # type: ignore[arg-type]
        assert entry.note.startswith("a person says that it")
        send(folder, settings(server.port))
    assert server.copies["cid"] == copies


def test_there_is_nothing_to_resolve_about_what_is_certain(tmp_path: Path) -> None:
    """Who has it has it; a name that is not there is named, with the nearest."""
    folder = desk(tmp_path)
    with raw_server(Raw()) as server:
        send(folder, settings(server.port))
    with pytest.raises(BriefnoteError) as error:
        resolve(folder, BRIEF, PERIOD, ["ada@example.org", "bop@example.org"], "again")
    assert str(error.value) == (
        "ledger.sqlite: 'bop@example.org' is no recipient of this issue. Did you mean 'bob@example.org'?\n"
        "ledger.sqlite: ada@example.org is sent: there is nothing to resolve as again"
    )


def test_two_processes_do_not_send_at_the_same_time(tmp_path: Path) -> None:
    """The second one says so, and has sent nothing."""
    folder = desk(tmp_path)
    with (
        alone(folder.root),
        raw_server(Raw()) as server,
        pytest.raises(BriefnoteError, match="another briefnote is sending from this folder; wait until it is done"),
    ):
        send(folder, settings(server.port))
    assert server.connections == 0


def test_who_joins_later_gets_it_and_nobody_else(tmp_path: Path) -> None:
    """A recipient that brief.yaml names after the issue was sent is sent it by the next send."""
    folder = desk(tmp_path, "- {group: all, to: [ada@example.org]}")
    with raw_server(Raw()) as server:
        send(folder, settings(server.port))
        say(folder.root, "- {group: all, to: [Ada <ADA@Example.ORG>, bob@example.org]}")
        delivered = send(folder, settings(server.port))
    assert (who(delivered.sent), who(delivered.skipped)) == (["bob"], ["ADA"])
    assert server.copies == {"ada": 1, "bob": 1}


def test_only_those_asked_for_get_it(tmp_path: Path) -> None:
    """By group or by address; who is in no group is refused."""
    folder = desk(tmp_path, "- {group: one, to: [ada@example.org]}\n- {group: two, to: [bob@example.org]}")
    with raw_server(Raw()) as server:
        assert who(send(folder, settings(server.port), to=("two",)).sent) == ["bob"]
        assert who(send(folder, settings(server.port), to=("ADA@example.org",)).sent) == ["ada"]
        with pytest.raises(BriefnoteError, match="--to: 'onee' is no group and no recipient of this brief"):
            send(folder, settings(server.port), to=("onee",))


def test_tests_go_to_test_groups_alone_as_often_as_one_asks(tmp_path: Path) -> None:
    """They say that they are tests, and the ledger knows nothing of them."""
    folder = desk(tmp_path, "- {group: all, to: [ada@example.org]}\n- {group: try, to: [tim@example.org], test: true}")
    with raw_server(Raw()) as server:
        for _ in range(2):
            assert who(send(folder, settings(server.port), is_test=True).sent) == ["tim"]
        assert server.copies == {"tim": 2}
        assert b"Subject: [Test] [TLP:CLEAR] " in server.taken[0][1]
        assert not (folder.root / "ledger.sqlite").exists()
        assert who(send(folder, settings(server.port)).sent) == ["ada"]


def test_a_wrong_setting_is_said_before_anything_is_sent(tmp_path: Path) -> None:
    """All of them at once, and the ledger is not begun."""
    folder = desk(tmp_path)
    with pytest.raises(BriefnoteError) as error:
        send(folder, settings(25, HOST="mail.example.org", FROM="desk", PASSWORD="sesame"))  # noqa: S106
    assert str(error.value) == (
        "environment (or /nonexistent/.config/briefnote/settings): BRIEFNOTE_SMTP_FROM: found 'desk', expected one "
        'mail address; write ada@example.org, or "Lovelace, Ada" <ada@example.org>\n'
        "environment (or /nonexistent/.config/briefnote/settings): BRIEFNOTE_SMTP_SECURITY: 'none' sends everything "
        "readable over the network to mail.example.org; use starttls or tls, or set BRIEFNOTE_SMTP_ALLOW_PLAIN=yes if "
        "the network is yours alone\n"
        "environment (or /nonexistent/.config/briefnote/settings): BRIEFNOTE_SMTP_USER: missing, but there is a "
        "password; set it, or unset the password"
    )
    assert not (folder.root / "ledger.sqlite").exists()


def test_an_edition_that_was_edited_is_not_sent(tmp_path: Path) -> None:
    """The others would say something else."""
    folder = desk(tmp_path)
    path = folder.root / f"briefs/{BRIEF}/{PERIOD}/{BRIEF}-{PERIOD}.docx"
    path.write_bytes(b"edited")
    with pytest.raises(BriefnoteError, match="was edited since it was built, and the other editions were not"):
        send(folder, settings(25))


# ---- corrections -----------------------------------------------------------------------------------------------


def test_a_changed_issue_waits_until_it_is_asked_for(tmp_path: Path) -> None:
    """Who has it gets the correction only with --correction: as revision 2, which says what changed."""
    folder = desk(tmp_path)
    with raw_server(Raw()) as server:
        send(folder, settings(server.port))
        rebuild(folder, ("value: 62", "value: 66"))
        waiting = send(folder, settings(server.port))
        assert (waiting.sent, waiting.is_changed, waiting.needs_a_person) == ((), True, True)
        assert waiting.held[0].note.startswith("the issue was changed since it was sent; send the correction with")
        corrected = send(folder, settings(server.port), correction=True)
        assert (who(corrected.sent), corrected.revision) == (list(NAMES), 2)
        again = send(folder, settings(server.port), correction=True)
    assert (again.sent, who(again.skipped)) == ((), list(NAMES))
    assert server.copies == dict.fromkeys(NAMES, 2)
    assert {entry.revision for entry in ledger_of(folder)} == {1, 2}
