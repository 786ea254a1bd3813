"""The command line as a person or cron meets it: the real command in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from terminal import on_terminal

BUILD = ["build", "--date", "2026-11-21"]


def run(*arguments: str, folder: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs briefnote and returns what it printed."""
    return subprocess.run(
        [sys.executable, "-m", "briefnote", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new folder as `briefnote init` makes it."""
    assert run("init", str(tmp_path / "desk")).returncode == 0
    return tmp_path / "desk"


def test_a_new_folder_builds_at_once(folder: Path) -> None:
    """`init` then `build` makes an issue with every edition and a manifest."""
    result = run(*BUILD, folder=folder)
    assert result.returncode == 0, result.stderr
    assert sorted(path.name for path in (folder / "briefs/example/2026-W47").iterdir()) == [
        "example-2026-W47.docx",
        "example-2026-W47.html",
        "example-2026-W47.json",
        "example-2026-W47.md",
        "example-2026-W47.pdf",
        "manifest.json",
    ]


def test_init_keeps_a_file_that_is_already_there(folder: Path) -> None:
    """Nothing a person wrote is overwritten."""
    mine = folder / "briefs/example/brief.yaml"
    mine.write_text("title: mine\n", encoding="utf-8")
    assert run("init", str(folder)).returncode == 0
    assert mine.read_text(encoding="utf-8") == "title: mine\n"


def test_build_prints_only_paths_on_standard_output(folder: Path) -> None:
    """Data goes to stdout, one file a line; there is no progress where nobody watches."""
    result = run(*BUILD, "--format", "md", folder=folder)
    assert [Path(line).name for line in result.stdout.splitlines()] == [
        "example-2026-W47.json",
        "example-2026-W47.md",
    ]
    assert result.stderr == ""


def test_one_edition_more_leaves_the_others_where_nothing_has_changed(folder: Path) -> None:
    """`--format md` after a whole build changes nothing; after a change the older editions go, and that is said."""
    assert run(*BUILD, folder=folder).returncode == 0
    issue = folder / "briefs/example/2026-W47"
    before = {path.name: path.read_bytes() for path in issue.iterdir()}
    again = run(*BUILD, "--format", "md", folder=folder)
    assert (again.returncode, again.stderr) == (0, "")
    assert {path.name: path.read_bytes() for path in issue.iterdir()} == before
    brief = folder / "briefs/example/brief.yaml"
    brief.write_text(brief.read_text(encoding="utf-8").replace("title: ", "title: On "), encoding="utf-8")
    changed = run(*BUILD, "--format", "md", folder=folder)
    names = ", ".join(f"example-2026-W47.{ending}" for ending in ("docx", "html", "pdf"))
    assert changed.stderr == (
        f"{issue.resolve()}: warning: not made this time, and taken away: {names} said what was so before\n"
    )
    assert sorted(path.name for path in issue.iterdir()) == [
        "example-2026-W47.json",
        "example-2026-W47.md",
        "manifest.json",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_message_never_stands_behind_a_line_of_progress(folder: Path) -> None:
    """The line that says what is being done is cleared before the message, and fits a narrow terminal."""
    (folder / "briefs/example/rules.yaml").write_text("rules: 3\n", encoding="utf-8")
    shown = on_terminal("build", folder=folder, columns=16)
    problem = "briefs/example/rules.yaml:1: rules[1]: found '3', expected a map of fields"
    assert shown == f"\r\x1b[Kexample: readin\r\x1b[K{problem}\r\n"


def test_build_writes_where_it_is_told(folder: Path, tmp_path: Path) -> None:
    """--out leaves the folder of the brief alone."""
    assert run(*BUILD, "--format", "md", "--out", str(tmp_path / "out"), folder=folder).returncode == 0
    assert (tmp_path / "out/example/2026-W47/example-2026-W47.md").is_file()
    assert not (folder / "briefs/example/2026-W47").exists()


def test_the_clock_obeys_source_date_epoch(folder: Path) -> None:
    """Without --date the issue is dated by SOURCE_DATE_EPOCH."""
    result = run("build", "--format", "md", folder=folder, SOURCE_DATE_EPOCH="1795219200")
    assert result.returncode == 0, result.stderr
    assert (folder / "briefs/example/2026-W47/example-2026-W47.md").is_file()


@pytest.mark.parametrize("period", ["2026-47", "2025-W53", "last week", "2026-W00"])
def test_a_period_that_is_no_iso_week_is_refused(folder: Path, period: str) -> None:
    """The message says what was found and what is expected; nothing is written."""
    result = run("build", "--period", period, folder=folder)
    assert result.returncode == 1
    assert f"--period: found '{period}', expected an ISO week such as 2026-W47" in result.stderr
    assert [path.name for path in (folder / "briefs/example").iterdir()] == ["brief.yaml"]


def test_misuse_ends_with_exit_code_two(folder: Path) -> None:
    """An option that does not exist is misuse, not failure."""
    assert run("build", "--formt", "pdf", folder=folder).returncode == 2


def test_a_folder_without_briefs_gets_a_remedy(tmp_path: Path) -> None:
    """Who stands in the wrong folder is told how to find or make the right one."""
    result = run("build", folder=tmp_path)
    assert result.returncode == 1
    assert "no briefs/ here; go to the folder that holds it, or start one with `briefnote init DIR`" in result.stderr


def test_a_misspelt_brief_gets_a_suggestion(folder: Path) -> None:
    """A brief that is not there is named, with the nearest that is."""
    result = run("build", "exmaple", folder=folder)
    assert result.returncode == 1
    assert result.stderr == "briefs/: no brief 'exmaple'. Did you mean 'example'?\n"


def test_check_reports_all_problems_of_all_files_at_once(folder: Path) -> None:
    """Two files, three mistakes: one run names them all, with file and line, and exits with 1."""
    first = folder / "sources/2026-01-12-elbonian-trade.yaml"
    first.write_text(
        first.read_text(encoding="utf-8")
        .replace("mechanism: no-alternative", "mechanism: no-alternatve")
        .replace("publisher:", "publsher:"),
        encoding="utf-8",
    )
    second = folder / "sources/2026-01-20-ruritanian-review.yaml"
    second.write_text(second.read_text(encoding="utf-8").replace("reliability: C", "reliability: G"), encoding="utf-8")
    result = run("check", folder=folder)
    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        "sources/2026-01-12-elbonian-trade.yaml:8: source.publsher: unknown field. Did you mean 'publisher'?",
        "sources/2026-01-12-elbonian-trade.yaml:23: claims[1].mechanism: unknown mechanism 'no-alternatve'. "
        "Did you mean 'no-alternative'?",
        "sources/2026-01-20-ruritanian-review.yaml:11: source.reliability: found 'G', "
        "expected one of A, B, C, D, E, F.",
    ]


def test_check_passes_a_sound_folder(folder: Path) -> None:
    """Nothing to mend, nothing on stdout, exit code 0, warnings counted."""
    result = run("check", "--strict", folder=folder)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "Nothing to mend.\n")


def test_a_failed_build_leaves_the_former_issue_untouched(folder: Path) -> None:
    """A mistake in a source stops the build before anything is written."""
    run(*BUILD, folder=folder)
    issue = folder / "briefs/example/2026-W47"
    before = {path.name: path.read_bytes() for path in issue.iterdir()}
    (folder / "sources/2026-01-12-elbonian-trade.yaml").write_bytes(b"source:\n  title: caf\xe9\n")
    result = run(*BUILD, folder=folder)
    assert result.returncode == 1
    assert "sources/2026-01-12-elbonian-trade.yaml:2: not UTF-8 (byte 0xE9); save the file as UTF-8" in result.stderr
    assert {path.name: path.read_bytes() for path in issue.iterdir()} == before


def test_an_empty_sources_folder_is_an_error(folder: Path) -> None:
    """There is nothing to say without sources, and the message says how to write one."""
    for path in (folder / "sources").iterdir():
        path.unlink()
    result = run(*BUILD, folder=folder)
    assert result.returncode == 1
    assert "sources/: has no summaries (*.yaml); write one (docs/summaries.md)" in result.stderr


def test_a_template_that_names_an_unknown_variable_is_refused(folder: Path) -> None:
    """The template's file and line are named, and nothing is written."""
    template = folder / "templates/brief.md.j2"
    template.write_text("# {{ brief.title }}\n\n{{ brief.autor }}\n", encoding="utf-8")
    result = run(*BUILD, folder=folder)
    assert result.returncode == 1
    assert "brief.md.j2:3" in result.stderr
    assert "Did you mean 'author'?" in result.stderr
    assert not (folder / "briefs/example/2026-W47").exists()


def test_explain_leads_from_a_sentence_to_rule_and_passages(folder: Path) -> None:
    """How do you know? The rule, what it bound, the claims and where they stand."""
    run(*BUILD, folder=folder)
    result = run("explain", "example", "judgements.1", folder=folder)
    assert result.returncode == 0
    for expected in (
        "judgements.1  Elbonia depends deeply on Ruritania.",
        "Rule dependence-deep  (pack:leverage/judgements.yaml:",
        "holder = Ruritania",
        "Confidence moderate",
        "[1] 2026-01-12-elbonian-trade  c1  (paragraph 2)",
        "Elbonia has no other customer of comparable size for its mud",
    ):
        assert expected in result.stdout


def test_explain_shows_the_passage_where_the_article_is_beside_the_summary(folder: Path) -> None:
    """With the article's text in sources/, the very words are printed."""
    source = folder / "sources/2026-01-12-elbonian-trade.yaml"
    text = source.read_text(encoding="utf-8")
    source.write_text(
        text.replace("locator: {paragraph: 2}", "locator: {paragraph: 2, start: 8, end: 25}"), encoding="utf-8"
    )
    (folder / "sources/2026-01-12-elbonian-trade.txt").write_text("Title.\n\nThe mud goes west, all of it.")
    run(*BUILD, "--format", "json", folder=folder)
    assert "“The mud goes west”" in run("explain", "example", "leverage.1", folder=folder).stdout


def test_explain_without_a_sentence_lists_them(folder: Path) -> None:
    """Each line has the id to ask for and the text."""
    run(*BUILD, "--format", "json", folder=folder)
    lines = run("explain", "example", folder=folder).stdout.splitlines()
    assert "leverage.1               Elbonia has no other customer of comparable size for its mud." in lines


def test_explain_of_an_unbuilt_brief_says_how_to_build_it(folder: Path) -> None:
    """No issue, no explanation, but the remedy."""
    result = run("explain", "example", folder=folder)
    assert result.returncode == 1
    assert "build it first (`briefnote build example`)" in result.stderr


def test_an_edition_edited_by_a_person_is_not_overwritten(folder: Path) -> None:
    """Who corrected the Word file by hand is told, and keeps it."""
    run(*BUILD, folder=folder)
    word = folder / "briefs/example/2026-W47/example-2026-W47.docx"
    word.write_bytes(b"my corrections")
    result = run(*BUILD, folder=folder)
    assert result.returncode == 1
    assert "was edited since it was built and is not overwritten" in result.stderr
    assert word.read_bytes() == b"my corrections"


def test_the_next_issue_says_what_changed(folder: Path) -> None:
    """A source less: the judgement that rested on it alone is dropped, the other one updated, with the reason."""
    run("build", "--date", "2026-11-14", folder=folder)
    (folder / "sources/2026-01-20-ruritanian-review.yaml").unlink()
    run(*BUILD, folder=folder)
    edition = json.loads((folder / "briefs/example/2026-W47/example-2026-W47.json").read_text(encoding="utf-8"))
    assert edition["changes_summary"] == "Since 2026-W46, of the key judgements: one updated and one dropped."
    assert [(change["kind"], change["why"]) for change in edition["changes"]] == [
        ("updated", "no longer rests on 2026-01-20-ruritanian-review"),
        ("dropped", "no longer supported by the sources in use"),
    ]


@pytest.mark.parametrize("command", ["init", "check", "build", "explain", "schema"])
def test_every_command_shows_an_example(command: str) -> None:
    """Help that cannot be tried is no help."""
    assert "Example:" in run(command, "--help").stdout
