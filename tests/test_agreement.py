"""`check` finds what would only show as an empty section: settings that agree with no rule, source or template."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from briefnote.errors import BriefnoteError, Problem
from briefnote.inputs import check
from briefnote.pipeline import Request, build
from briefnote.starter import start_folder
from briefnote.store.folder import Folder, open_folder
from briefnote.store.issue import Issue, periods, read_edition


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder as `briefnote init` makes it."""
    start_folder(tmp_path / "desk")
    return open_folder(tmp_path / "desk")


def said(folder: Folder) -> list[str]:
    return [str(problem) for problem in check(open_folder(folder.root), ())]


def add(folder: Folder, lines: str) -> None:
    with (folder.root / "briefs/example/brief.yaml").open("a", encoding="utf-8") as file:
        file.write(lines)


def change(folder: Folder, path: str, old: str, new: str) -> None:
    text = (folder.root / path).read_text(encoding="utf-8")
    assert old in text
    (folder.root / path).write_text(text.replace(old, new), encoding="utf-8")


def test_folder_as_it_is_made_has_nothing_to_mend(folder: Folder) -> None:
    """What `init` writes agrees with itself."""
    assert said(folder) == []


def test_section_that_no_rule_writes_for(folder: Folder) -> None:
    """A misspelt section would be empty in every issue."""
    add(folder, "sections:\n  - {id: limts, title: Limits}\n")
    assert said(folder) == [
        "briefs/example/brief.yaml:3: sections.limts: no rule writes for 'limts'. Did you mean 'limits'?"
    ]


def test_column_that_no_rule_fills(folder: Folder) -> None:
    """A misspelt column would be empty in every row; one like no other may wait for its rule."""
    add(folder, "sections:\n  - {id: key-figures, title: Figures, kind: table, columns: {mesure: Measure}}\n")
    assert said(folder) == [
        "briefs/example/brief.yaml:3: warning: sections.key-figures.columns: "
        "no rule of 'key-figures' fills 'mesure'. Did you mean 'measure'?"
    ]


def test_section_with_the_name_of_a_part_of_every_brief(folder: Folder) -> None:
    """The headline and the list of sources are set by briefnote itself."""
    add(folder, "sections:\n  - {id: sources, title: Sources, of: leverage}\n")
    assert said(folder) == [
        "briefs/example/brief.yaml:3: sections: 'sources' is what briefnote itself prints there; choose another id"
    ]


def test_actor_that_no_source_names(folder: Folder) -> None:
    """A misspelt actor has no leverage over anyone."""
    change(folder, "briefs/example/brief.yaml", "holder: Ruritania", "holder: Ruritanja")
    assert said(folder) == [
        "briefs/example/brief.yaml:3: warning: about: no source in use names 'Ruritanja'. Did you mean 'Ruritania'?"
    ]


def test_audience_that_no_claim_is_for(folder: Folder) -> None:
    """A misspelt audience has no implications."""
    change(folder, "briefs/example/brief.yaml", "partners: {actor", "partner: {actor")
    assert said(folder) == [
        "briefs/example/brief.yaml:3: warning: audiences: no source in use names 'partner'. Did you mean 'partners'?"
    ]


def test_template_that_cannot_be_read(folder: Folder) -> None:
    """A tag left open is found before the Monday build."""
    (folder.root / "templates/brief.md.j2").write_text("one\n{{ brief.title", encoding="utf-8")
    assert said(folder) == ["brief.md.j2:2: unexpected end of template, expected 'end of print statement'."]


def test_summary_with_another_ending(folder: Folder) -> None:
    """A .yml file is not read; that is said, not left to be noticed."""
    (folder.root / "sources/more.yml").write_text("x: 1\n", encoding="utf-8")
    assert said(folder) == ["sources/more.yml: warning: is not read: a summary's file ends in .yaml; rename it"]


def test_hidden_files_are_not_summaries(folder: Folder) -> None:
    """What an editor or a file manager leaves behind is none of ours."""
    (folder.root / "sources/._2026.yaml").write_bytes(b"\0\1")
    assert said(folder) == []


def test_value_beside_its_range(folder: Folder) -> None:
    """A value below its low end is a slip of the pen."""
    (folder.root / "sources/slip.yaml").write_text(
        "source: {id: slip, title: T, kind: news, reliability: B, reliability_reason: R}\nsummary: S\n"
        "figures:\n  - {id: f1, metric: trade_share, subject: Elbonia, unit: '%', value: 1.5, low: 2, high: 3}\n",
        encoding="utf-8",
    )
    assert said(folder) == [
        "sources/slip.yaml:4: figures.f1: value 1.5 does not lie between its low and high; mend one of them"
    ]


def test_check_and_build_without_a_brief(tmp_path: Path) -> None:
    """Both say what is missing."""
    (tmp_path / "briefs").mkdir()
    with pytest.raises(BriefnoteError, match="there is no brief here; start one with `briefnote init DIR`"):
        check(open_folder(tmp_path), ())


def test_score_without_end_names_its_rule(folder: Folder) -> None:
    """An infinite score could not be written as JSON."""
    times = " * ".join(["9999999999999999"] * 20)
    (folder.root / "briefs/example/rules.yaml").write_text(
        "rules:\n  - id: endless\n    section: leverage\n    handle: Endless\n"
        "    match: {c: {claim: leverage, holder: $holder}}\n"
        f"    score: c.certainty * {times}\n    say: '{{{{ holder }}}}.'\n",
        encoding="utf-8",
    )
    with pytest.raises(BriefnoteError, match=r"rules.yaml:2: rule 'endless': its score is inf; keep it finite"):
        build(open_folder(folder.root), Request("example", "2026-W47"))


@pytest.mark.parametrize("text", ['{"sections": [1]}', "[" * 100_000, '{"sections": [], "sources": [{}]}', "{"])
def test_damaged_edition_is_said_to_be_one(text: str, tmp_path: Path) -> None:
    """Whatever is wrong with the file, there is a message with its name."""
    (tmp_path / "2026-W01").mkdir()
    (tmp_path / "2026-W01/b-2026-W01.json").write_text(text, encoding="utf-8")
    with pytest.raises(BriefnoteError, match=r"b-2026-W01.json: is no JSON edition; build it again"):
        read_edition(Issue(tmp_path, "b", "2026-W01"))


def test_signs_of_a_pattern_in_a_name_are_letters(tmp_path: Path) -> None:
    """A brief named `a[b]` finds its own issues."""
    (tmp_path / "2026-W01").mkdir()
    (tmp_path / "2026-W01/a[b]-2026-W01.json").write_text(json.dumps({"sections": []}), encoding="utf-8")
    assert periods(tmp_path, "a[b]") == ["2026-W01"]


def test_message_shows_what_a_terminal_would_act_on() -> None:
    """Escapes, line ends and overrides, in a file's name as in a value, are printed, not obeyed: it is one line."""
    problem = Problem("a\nb\x1b[2J\u2028.yaml", 1, "x\u202ey", "näme 'ok'\nsecond line")
    assert str(problem) == "a\\nb\\x1b[2J\\u2028.yaml:1: x\\u202ey: näme 'ok'\\nsecond line"


@pytest.mark.skipif(os.name != "posix", reason="names of 300 characters are too long on POSIX systems")
def test_name_that_the_system_refuses(folder: Folder) -> None:
    """A folder whose name is too long is reported by the system with its name, which the command line prints."""
    with pytest.raises(OSError, match="File name too long"):
        build(folder, Request("example", "2026-W47", out=folder.root / ("a" * 300)))
