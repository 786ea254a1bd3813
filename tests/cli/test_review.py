"""The review of a draft on a terminal of its own: keys go in, decisions are on disk."""

from __future__ import annotations

import os
import pty
import select
import sys
import termios
from pathlib import Path
from typing import Any

import pytest

from briefnote.starter import start_folder
from briefnote.yamltree import read_yaml

ARTICLE = "Elbonia sells 62% of its mud to Ruritania. Its spas would suffer first. Nobody else buys mud.\n"
SUMMARY = """\
# my notes on the mud
source:
  id: mud
  title: Mud
  kind: news
  reliability: F
  reliability_reason: "machine draft: not judged"
summary: Mud is all.
reviewed: false
by: machine
claims:
  - id: c1
    # the thesis
    text: Elbonia sells its mud to Ruritania
    kind: leverage
    holder: Ruritania
    over: Elbonia
    quote: Elbonia sells 62% of its mud to Ruritania.
  - {id: c2, text: Its spas would suffer first, kind: limit, holder: Ruritania, over: Elbonia}
  - id: c3
    text: Nobody else buys mud
    kind: leverage
    quote: Nobody else buys mud.
figures:
  - {id: f1, claim: c1, metric: supply_share, subject: Elbonia, counterpart: Ruritania, value: 62, unit: "%"}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with an article and its draft."""
    start_folder(tmp_path)
    (tmp_path / "sources/mud.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "sources/mud.yaml").write_text(SUMMARY, encoding="utf-8")
    return tmp_path


def review(desk: Path, *steps: tuple[str, str], editor: str = "") -> str:
    """Runs the review on a pseudo-terminal; each step waits for words on the screen, then types."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ |= {"COLUMNS": "100", "TERM": "dumb", "SOURCE_DATE_EPOCH": "1795219200"}
        os.environ |= {"EDITOR": editor, "VISUAL": ""}
        command = [sys.executable, "-m", "briefnote", "-C", str(desk), "review", "mud", "--by", "C. Reader"]
        os.execv(sys.executable, command)  # noqa: S606
    screen = ""
    for wanted, keys in steps:
        start = len(screen)
        while wanted not in screen[start:]:
            ready, _, _ = select.select([terminal], [], [], 20)
            if not ready:
                raise AssertionError(f"waited for {wanted!r}, saw:\n{screen}")
            screen += _read(terminal, wanted, screen)
        while keys in "adcnsq" and termios.tcgetattr(terminal)[3] & termios.ICANON:
            select.select([], [], [], 0.005)  # keys count from when the terminal hands them over one by one
        os.write(terminal, keys.encode())
    while more := _read(terminal):
        screen += more
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0, screen
    return screen


def _read(terminal: int, wanted: str = "", screen: str = "") -> str:
    try:
        found = os.read(terminal, 65536).decode("utf-8", "replace")
    except OSError:  # the other end is closed
        found = ""
    if not found and wanted:
        raise AssertionError(f"ended before {wanted!r}:\n{screen}")
    return found


def written(desk: Path) -> dict[str, Any]:
    node, problems = read_yaml((desk / "sources/mud.yaml").read_bytes(), "mud.yaml")
    assert problems == []
    assert node is not None
    plain: dict[str, Any] = node.plain()  # type: ignore[assignment]
    return plain


KEYS = "quit and save"


def test_all_accepted_is_reviewed(desk: Path) -> None:
    """Each claim is shown beside its passage, its figures after it; then the source is judged, and all is said."""
    screen = review(
        desk, (KEYS, "a"), (KEYS, "a"), (KEYS, "a"), (KEYS, "a"), ("Reliability", "b\r"), ("Why", "Customs data.\r")
    )
    assert "c1  1 of 4" in screen
    assert "f1  2 of 4" in screen
    assert "supply_share (Elbonia, Ruritania): 62%" in screen
    assert "Its spas would suffer first" in screen
    assert "Reviewed: 3 claims and 1 figures in sources/mud.yaml" in screen
    plain = written(desk)
    assert (plain["reviewed"], plain["reviewed_by"], plain["reviewed_on"]) == (True, "C. Reader", "2026-11-21")
    assert (plain["source"]["reliability"], plain["source"]["reliability_reason"]) == ("B", "Customs data.")
    assert all(entry["reviewed"] for entry in (*plain["claims"], *plain["figures"]))


def test_what_a_person_wrote_around_the_entries_stays(desk: Path) -> None:
    """Comments and the order of fields are as they were; only marks were added."""
    review(desk, (KEYS, "a"), (KEYS, "q"))
    text = (desk / "sources/mud.yaml").read_text(encoding="utf-8")
    line = "    quote: Elbonia sells 62% of its mud to Ruritania.\n"
    assert text == SUMMARY.replace(line, line + "    reviewed: true\n")


def test_review_goes_on_where_it_stopped(desk: Path) -> None:
    """What was seen is not shown again."""
    assert "3 left" in review(desk, (KEYS, "a"), (KEYS, "q"))
    screen = review(desk, (KEYS, "a"), (KEYS, "a"), (KEYS, "a"), ("Reliability", "\r"))
    assert "f1  1 of 3" in screen
    assert "Elbonia sells its mud to Ruritania" not in screen
    assert written(desk)["reviewed"] is True


def test_dropped_claim_is_gone_and_its_figure_stays(desk: Path) -> None:
    """The figure stands on its own."""
    review(desk, (KEYS, "d"), (KEYS, "q"))
    plain = written(desk)
    assert [claim["id"] for claim in plain["claims"]] == ["c2", "c3"]
    assert "claim" not in plain["figures"][0]


def test_skipped_claim_is_shown_next_time(desk: Path) -> None:
    """A summary is not reviewed before all of it was seen."""
    screen = review(desk, (KEYS, "s"), (KEYS, "a"), (KEYS, "a"), (KEYS, "a"))
    assert "not marked as reviewed yet" in screen
    assert written(desk)["reviewed"] is False
    assert "c1  1 of 1" in review(desk, (KEYS, "q"))


def test_correction_field_by_field(desk: Path) -> None:
    """Without an editor, a field is said anew; the entry is seen with that."""
    review(
        desk,
        (KEYS, "c"),
        ("> ", "certainty = 0.4\r"),
        ("> ", "text = Elbonia sells most of its mud to Ruritania\r"),
        ("> ", "\r"),
        (KEYS, "q"),
    )
    claim = written(desk)["claims"][0]
    assert (claim["text"], claim["certainty"]) == ("Elbonia sells most of its mud to Ruritania", 0.4)
    assert claim["reviewed"] is True


def test_correction_in_an_editor(desk: Path) -> None:
    """$EDITOR opens on the one claim."""
    review(desk, (KEYS, "c"), (KEYS, "q"), editor="sed -i 's/^text: .*/text: Elbonia gives its mud/'")
    assert written(desk)["claims"][0]["text"] == "Elbonia gives its mud"


def test_quote_that_is_not_in_the_article_is_refused(desk: Path) -> None:
    """The problem is said, and nothing is changed."""
    screen = review(
        desk,
        (KEYS, "c"),
        ("> ", "quote = Elbonia gives all mud away.\r"),
        ("> ", "\r"),
        ("Mend it?", "n\r"),
        (KEYS, "q"),
    )
    assert "this quote is not in the article" in " ".join(screen.split())
    assert (desk / "sources/mud.yaml").read_text(encoding="utf-8") == SUMMARY


@pytest.mark.parametrize(
    ("mechanism", "message"),
    [
        ("chokepont", "mechanism: unknown mechanism 'chokepont'. Did you mean 'chokepoint'?"),
        ("counter-levers", "mechanism: 'counter-levers' is a kind of limit, the claim is a leverage; change one"),
    ],
)
def test_a_word_that_no_brief_knows_is_refused(desk: Path, mechanism: str, message: str) -> None:
    """A build would stop at it later."""
    screen = review(
        desk, (KEYS, "c"), ("> ", f"mechanism = {mechanism}\r"), ("> ", "\r"), ("Mend it?", "n\r"), (KEYS, "q")
    )
    assert message in " ".join(screen.split())
    assert (desk / "sources/mud.yaml").read_text(encoding="utf-8") == SUMMARY


def test_new_claim_is_added(desk: Path) -> None:
    """It gets a free id, the place of its quote, and counts as seen."""
    review(
        desk,
        (KEYS, "n"),
        ("> ", "text = Mud has one buyer\r"),
        ("> ", "kind = leverage\r"),
        ("> ", "quote = Nobody else buys mud.\r"),
        ("> ", "\r"),
        (KEYS, "q"),
    )
    claim = written(desk)["claims"][-1]
    assert (claim["id"], claim["text"], claim["reviewed"]) == ("c4", "Mud has one buyer", True)
    assert claim["locator"] == {"start": 72, "end": 93, "paragraph": 1}


def test_file_that_was_changed_meanwhile_is_not_overwritten(desk: Path) -> None:
    """Somebody else edits the summary while it is reviewed."""
    from briefnote.errors import BriefnoteError
    from briefnote.store.folder import open_folder
    from briefnote.workbench.reviewing import accept, open_review

    opened = open_review(open_folder(desk), "mud")
    (desk / "sources/mud.yaml").write_text(SUMMARY + "# theirs\n", encoding="utf-8")
    with pytest.raises(BriefnoteError, match="was changed by somebody else meanwhile"):
        accept(opened, opened.summary.claims[0])
