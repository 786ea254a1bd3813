"""What a correction says was changed, and what is no correction."""

from __future__ import annotations

from pathlib import Path

from briefnote.deliver.phrases import PHRASES
from briefnote.pipeline import Request, build
from briefnote.sending.changes import changed
from briefnote.store.folder import open_folder
from delivery_desk import BRIEF, PERIOD, desk, send, settings, who
from mail_servers import Raw, raw_server

ENGLISH = PHRASES["en"]


def test_changes_are_told_by_place() -> None:
    """Changed where the place is the same; else withdrawn and added."""
    before = ("Title\nA", "Leverage, Mud\nIt takes 62%.", "Limits\nGone.", "Sources\nOne")
    after = ("Title\nA", "Leverage, Mud\nIt takes 66%.", "Sources\nOne", "Sources\nTwo")
    assert changed(before, after, ENGLISH) == (
        "Leverage, Mud: “It takes 62%.” now reads “It takes 66%.”",
        "Limits: withdrawn “Gone.”",
        "Sources: added “Two”",
    )
    assert changed(before, before, ENGLISH) == ()


def test_many_changes_are_counted() -> None:
    """Twelve are told; long texts are cut between words."""
    after = tuple(f"Leverage\n{'word ' * 200}{number}" for number in range(30))
    told = changed((), after, ENGLISH)
    assert (len(told), told[-1]) == (13, "and 18 more changes")
    assert told[0].endswith("word …”")


def test_every_language_has_every_place() -> None:
    """A phrase that lost its {places} would tell nothing."""
    for phrases in PHRASES.values():
        assert all("{place}" in text for text in (phrases.now, phrases.added, phrases.withdrawn))
        assert "{before}" in phrases.now
        assert "{after}" in phrases.now
        assert ("{period}" in phrases.corrects, "{link}" in phrases.read_it, "{count}" in phrases.more) == (True,) * 3


def test_a_new_look_or_another_day_is_no_correction(tmp_path: Path) -> None:
    """The issue is built again and says the same: who has it is done, and who does not gets it as it is now."""
    folder = desk(tmp_path, "- {group: all, to: [ada@example.org]}")
    with raw_server(Raw()) as server:
        send(folder, settings(server.port))
        (folder.root / "templates").mkdir(exist_ok=True)
        (folder.root / "templates/theme.yaml").write_text('accent: "660000"\n', encoding="utf-8")
        built = build(open_folder(folder.root), Request(BRIEF, PERIOD, formats=("docx", "pdf")))
        delivered = send(folder, settings(server.port))
    assert built.brief.date != "2026-11-21"
    assert (delivered.revision, who(delivered.skipped), delivered.is_changed) == (1, ["ada"], False)


def test_what_nobody_has_yet_is_no_revision_of_its_own(tmp_path: Path) -> None:
    """All failed; the issue is changed; the next send sends the changed one as the first revision, no correction."""
    folder = desk(tmp_path, "- {group: all, to: [ada@example.org]}")
    with raw_server(Raw(lambda stage, _: "451 later" if stage == "rcpt" else None)) as server:
        send(folder, settings(server.port))
    source = next((folder.root / "sources").glob("*elbonian-trade.yaml"))
    source.write_text(source.read_text(encoding="utf-8").replace("value: 62", "value: 66"), encoding="utf-8")
    build(open_folder(folder.root), Request(BRIEF, PERIOD, formats=("docx", "pdf")))
    with raw_server(Raw()) as server:
        delivered = send(folder, settings(server.port))
    assert (who(delivered.sent), delivered.revision) == (["ada"], 1)
    assert b"Correction" not in server.taken[0][1]


def test_corrections_may_go_by_themselves(tmp_path: Path) -> None:
    """Where brief.yaml says so: corrections: send."""
    folder = desk(tmp_path, "- {group: all, to: [ada@example.org]}", "{wait: 0, corrections: send}")
    with raw_server(Raw()) as server:
        send(folder, settings(server.port))
        source = next((folder.root / "sources").glob("*elbonian-trade.yaml"))
        source.write_text(source.read_text(encoding="utf-8").replace("value: 62", "value: 66"), encoding="utf-8")
        build(open_folder(folder.root), Request(BRIEF, PERIOD, formats=("docx", "pdf")))
        delivered = send(folder, settings(server.port))
    assert (who(delivered.sent), delivered.revision) == (["ada"], 2)
    assert b"Subject: [TLP:CLEAR] Correction: " in server.taken[1][1]
