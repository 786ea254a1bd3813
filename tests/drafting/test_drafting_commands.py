"""`briefnote summarise` and `briefnote draft` as a person meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from briefnote.yamltree import read_yaml
from modelserver import answers, serving

TEXT = """\
Gas for sale

Germany depends heavily on Norway for its gas, and has no alternative sup-
plier of comparable size. In 2024 Norway supplied 48% of German imports of
gas, according to the grid agency.

Norway has never used this, since it could not sell the gas elsewhere.
"""


def run(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs briefnote in a folder and returns what it printed."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BRIEFNOTE_")}
    command = [sys.executable, "-m", "briefnote", *arguments]
    return subprocess.run(
        command, cwd=folder, env={**clean, **environment}, capture_output=True, text=True, timeout=120, check=False
    )


def test_file_can_be_summarised_anywhere(tmp_path: Path) -> None:
    """Without a project folder around, as JSON on standard output; each quote stands in the file."""
    (tmp_path / "gas.txt").write_text(TEXT, encoding="utf-8")
    result = run("summarise", "gas.txt", "--json", folder=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    summary: dict[str, Any] = json.loads(result.stdout)
    raw = " ".join(TEXT.split())
    assert [entry["quote"] for entry in (*summary["claims"], *summary["figures"]) if entry["quote"] not in raw] == []
    assert ("Norway", "Germany") in {(claim["holder"], claim["over"]) for claim in summary["claims"]}
    assert [figure["value"] for figure in summary["figures"]] == [48]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gas.txt"]


def test_quotes_are_as_the_file_has_them(tmp_path: Path) -> None:
    """Words that a line end broke are whole in the text and its claims; in a quote they have their hyphen."""
    raw = (
        "Gas for sale\n\n"
        "Germany depends heavily on Norway for its gas, and there is no alternative sup-\n"
        "plier of comparable size anywhere near its ports. Norway is the one supplier that\n"
        "it has, and every supplier that it may still find will ask for more than Norway.\n\n"
        "Norway has never used this in any quarrel, since its one customer of comparable\n"
        "size is Germany, and no other customer could take so much of its gas so soon.\n"
    )
    (tmp_path / "gas.txt").write_text(raw, encoding="utf-8")
    summary = json.loads(run("summarise", "gas.txt", "--json", folder=tmp_path).stdout)
    assert summary["claims"]
    assert all(claim["quote"] in " ".join(raw.split()) for claim in summary["claims"])
    assert any("sup- plier" in claim["quote"] and "supplier" in claim["text"] for claim in summary["claims"])


def test_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    """It is named with reason and remedy, and the exit code is 1."""
    (tmp_path / "gas.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    result = run("summarise", "empty.txt", "gas.txt", "--json", folder=tmp_path)
    assert result.returncode == 1
    assert json.loads(result.stdout)["source"]["title"] == "Gas for sale"
    assert result.stderr.startswith("empty.txt: ")


def test_without_a_model_there_is_a_message_and_a_draft(tmp_path: Path) -> None:
    """The environment names no server: the extractor drafts, and says so."""
    (tmp_path / "gas.txt").write_text(TEXT, encoding="utf-8")
    result = run("summarise", "gas.txt", "--json", "--with", "model", folder=tmp_path)
    assert result.returncode == 0
    assert json.loads(result.stdout)["by"] == "machine"
    assert result.stderr.splitlines() == [
        "BRIEFNOTE_MODEL_NAME: warning: is not set; set it to the name of its model, or draft without a model; "
        "drafted without a model",
        "BRIEFNOTE_MODEL_URL: warning: is not set; set it to the address of a server (https://…/v1), or draft without "
        "a model; drafted without a model",
    ]


def test_model_is_asked_and_its_cost_is_told(tmp_path: Path) -> None:
    """Tokens, the price of a million of which the environment may give, and what did not stand in the article."""
    (tmp_path / "gas.txt").write_text(TEXT, encoding="utf-8")
    claim = {"quote": "Norway has never used this", "text": "Norway has never used this", "kind": "limit"}
    said = {"summary": "Gas.", "claims": [claim, {**claim, "quote": "Norway has used this"}], "figures": [], "gaps": []}
    with serving(answers(said, tokens=(2_000_000, 500_000))) as server:
        named = {"BRIEFNOTE_MODEL_URL": server.url, "BRIEFNOTE_MODEL_NAME": "m-1", "BRIEFNOTE_MODEL_PRICE": "0.5,2"}
        result = run("summarise", "gas.txt", "--json", "--with", "model", folder=tmp_path, **named)
    assert (result.returncode, json.loads(result.stdout)["by"]) == (0, "model")
    assert result.stderr == (
        "m-1: 2,000,000 tokens in, 500,000 out, 2.0000 at the price given; 1 entries did not stand in the article\n"
    )


def test_brief_is_built_from_articles_alone(tmp_path: Path) -> None:
    """Its drafts lie on a desk of their own; sources/ stays as it was, and the brief says that nobody has read them."""
    assert run("init", "desk", folder=tmp_path).returncode == 0
    (tmp_path / "gas.txt").write_text(TEXT, encoding="utf-8")
    desk = tmp_path / "desk"
    brief = desk / "briefs/example/brief.yaml"
    text = brief.read_text(encoding="utf-8")
    about = text.replace("holder: Ruritania", "holder: Norway").replace("over: Elbonia", "over: Germany")
    brief.write_text(about, encoding="utf-8")
    before = sorted(path.name for path in (desk / "sources").iterdir())
    result = run("draft", "example", "../gas.txt", "--date", "2026-11-21", folder=desk)
    assert result.returncode == 0, result.stderr
    made = desk / "briefs/example-auto"
    edition = json.loads((made / "2026-W47/example-auto-2026-W47.json").read_text(encoding="utf-8"))
    assert "none read against the article" in edition["basis"]
    assert [source["id"] for source in edition["sources"]] == ["undated-gas-for-sale"]
    assert (made / "desk/sources/undated-gas-for-sale.yaml").is_file()
    assert sorted(path.name for path in (desk / "sources").iterdir()) == before
    again = run("-C", str(made / "desk"), "build", "--date", "2026-11-21", "--format", "md", folder=tmp_path)
    assert again.returncode == 0, again.stderr


@pytest.mark.parametrize("name", ["../../out", "a/b", "..", ".hidden", "a\nb"])
def test_drafted_brief_stays_among_the_briefs(name: str, tmp_path: Path) -> None:
    """A name that is no folder's is refused before anything is written, within the folder or outside."""
    assert run("init", "desk", folder=tmp_path).returncode == 0
    (tmp_path / "gas.txt").write_text(TEXT, encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    result = run("draft", "example", "../gas.txt", "--as", name, folder=tmp_path / "desk")
    assert result.returncode == 1
    assert "expected the name of a new folder of briefs/, such as example-auto" in result.stderr
    assert sorted(tmp_path.rglob("*")) == before


TURNED = """\
The pipe

Elbonia takes its water through the pipe, which runs across Ruritania. No other route could replace it.

Ruritania can slow the water, and Elbonia has few means of answering.
"""


def holders(folder: Path) -> set[tuple[str, str]]:
    """Returns who holds what over whom in the drafted summary."""
    node, _ = read_yaml((folder / "sources/undated-pipe.yaml").read_bytes(), "undated-pipe.yaml")
    assert node is not None
    plain: Any = node.plain()
    return {(claim["holder"], claim["over"]) for claim in plain["claims"] if claim.get("holder")}


def test_a_draft_follows_what_the_briefs_ask_about(tmp_path: Path) -> None:
    """Who holds what over whom is read as brief.yaml has it; a draft that is named is made anew when that changes."""
    run("init", ".", folder=tmp_path)
    brief = tmp_path / "briefs/example/brief.yaml"
    (tmp_path / "sources/undated-pipe.txt").write_text(TURNED, encoding="utf-8")
    run("summarise", "undated-pipe", folder=tmp_path)
    assert holders(tmp_path) == {("Ruritania", "Elbonia")}
    text = brief.read_text(encoding="utf-8")
    brief.write_text(text.replace("holder: Ruritania, over: Elbonia", "holder: Elbonia, over: Ruritania"), "utf-8")
    result = run("summarise", "undated-pipe", folder=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert holders(tmp_path) == {("Elbonia", "Ruritania")}
    assert run("summarise", "undated-pipe", folder=tmp_path).stderr == "undated-pipe: up to date\n"


def test_a_brief_that_cannot_be_read_stops_no_draft(tmp_path: Path) -> None:
    """It is said, and the others are drafted for."""
    run("init", ".", folder=tmp_path)
    (tmp_path / "briefs/other").mkdir()
    (tmp_path / "briefs/other/brief.yaml").write_text("title: no pair\n", encoding="utf-8")
    (tmp_path / "sources/undated-pipe.txt").write_text(TURNED, encoding="utf-8")
    result = run("summarise", "undated-pipe", folder=tmp_path)
    assert result.returncode == 0
    assert result.stderr.startswith("briefs/other/brief.yaml:1: warning: about: ")
    assert run("summarise", "undated-pipe", "--brief", "other", folder=tmp_path).returncode == 1
