"""What others wrote reaches the terminal as words: no escape, no override, no line of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefnote.ingest.reading import read
from briefnote.starter import start_folder

BAD = "\x1b[31m\u202e"
LINE = "Elbonia depends on Ruritania for its mud, and nobody else in the world has ever bought as much of it. "
ARTICLE = f"Mud{BAD} for sale\n\nBy Jane{BAD} Roe\n\nElbonia has{BAD} no choice. {LINE * 9}\n\n{LINE * 9}\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A new folder."""
    start_folder(tmp_path)
    return tmp_path


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs briefnote and returns what it printed."""
    command = [sys.executable, "-m", "briefnote", *arguments]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795219200"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def is_harmless(text: str) -> bool:
    """Says whether a terminal would only print it."""
    return not any(sign in text for sign in "\x1b\u202e")


def test_an_article_is_read_without_what_a_terminal_would_act_on() -> None:
    """Neither its text nor what it says of itself has any of it."""
    article = read(ARTICLE.encode(), "mud.txt")
    assert is_harmless(str(article))
    assert article.text.startswith("Mud[31m for sale\n")
    assert article.metadata.title is not None
    assert article.metadata.title.value == "Mud[31m for sale"


def test_no_command_hands_an_escape_to_the_terminal(desk: Path) -> None:
    """Not of an article that is added, drafted and listed; not of one whose text a person put beside its summary."""
    (desk / "mud.txt").write_text(ARTICLE, encoding="utf-8")
    review = desk / "sources/2026-01-20-ruritanian-review"
    review.with_suffix(".txt").write_text(f"One{BAD} customer.\n\nAnother{BAD} line.\n", encoding="utf-8")
    assert is_harmless(run("add", "mud.txt", folder=desk).stdout)
    (text,) = (desk / "sources").glob("undated-*for-sale.txt")
    source = text.stem
    commands = (
        ("sources", "list"),
        ("sources", "show", source),
        ("sources", "show", review.name),
        ("summarise", source),
        ("summarise", "mud.txt", "--explain"),
        ("check",),
        ("build", "--format", "md"),
        ("explain", "example"),
        ("explain", "example", "leverage.1"),
        ("explain", "example", "limits.1"),
        ("rules", "explain", "example", "judgements.1"),
    )
    for command in commands:
        result = run(*command, folder=desk)
        assert is_harmless(result.stdout + result.stderr), command
        assert "Traceback" not in result.stderr, command
    assert is_harmless((desk / f"sources/{source}.yaml").read_text(encoding="utf-8"))


def test_a_brief_whose_name_cannot_be_printed_is_refused(desk: Path) -> None:
    """It would stand in paths, subjects and logs."""
    (desk / "briefs/example").rename(desk / "briefs/ex\nample")
    result = run("build", folder=desk)
    assert result.returncode == 1
    assert result.stderr == ("briefs/ex\\nample: has a character in its name that cannot be printed; rename it\n")


@pytest.mark.parametrize("place", ["sources", "briefs", "briefs/example"])
def test_a_folder_that_may_not_be_read_is_not_taken_for_an_empty_one(place: str, desk: Path) -> None:
    """The message says that it is its rights."""
    (desk / place).chmod(0)
    if os.access(desk / place, os.R_OK):
        pytest.skip("this user may read everything")
    try:
        result = run("build", folder=desk)
    finally:
        (desk / place).chmod(0o755)
    assert result.stderr == f"{desk / place}: cannot be read: Permission denied; see to its rights\n"
