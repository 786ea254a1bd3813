"""The briefs of this repository, built from its sources: what they say, and that all of it can be traced."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from briefnote.errors import BriefnoteError
from briefnote.pipeline import Request, build
from briefnote.schemas import schema
from briefnote.store.folder import Folder, open_folder
from briefnote.yamltree import read_yaml

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 21)
BRIEFS = ["china-russia", "us-partners"]
ASYMMETRY, RADCHENKO = "2025-05-08-asymmetry", "2025-05-29-radchenko-robust-ties"


def working_copy(target: Path) -> Folder:
    """Returns a copy of the repository's sources, briefs and templates, without built issues."""
    for part in ("sources", "briefs", "templates"):
        shutil.copytree(ROOT / part, target / part, ignore=shutil.ignore_patterns("20??-W*"))
    return open_folder(target)


def edition_of(folder: Folder, brief: str) -> dict[str, Any]:
    """Builds a brief and returns its JSON edition."""
    built = build(folder, Request(brief, day=DAY, formats=("json",)))
    data: dict[str, Any] = json.loads((built.folder / f"{brief}-2026-W47.json").read_bytes())
    return data


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The JSON editions of both briefs."""
    folder = working_copy(tmp_path_factory.mktemp("desk"))
    return {brief: edition_of(folder, brief) for brief in BRIEFS}


def sentences(edition: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for section in edition["sections"]:
        for block in section["blocks"]:
            yield from block["sentences"]


def section(edition: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(part for part in edition["sections"] if part["id"] == name)
    return found


def judgements(edition: dict[str, Any]) -> dict[str, str]:
    """The judgements' texts with their confidence."""
    return {
        block["sentences"][0]["text"]: block["confidence"]["statement"]
        for block in section(edition, "judgements")["blocks"]
    }


@cache
def claims_and_figures(source: str) -> frozenset[str]:
    node, _ = read_yaml((ROOT / f"sources/{source}.yaml").read_bytes(), source)
    assert node is not None
    plain: Any = node.plain()
    return frozenset(entry["id"] for entry in (*plain["claims"], *plain["figures"]))


@pytest.mark.parametrize("brief", BRIEFS)
def test_every_sentence_leads_to_a_rule_and_to_rows_of_its_sources(
    brief: str, editions: dict[str, dict[str, Any]]
) -> None:
    """Each sentence names a rule of the edition, and evidence that stands in the named source file."""
    edition = editions[brief]
    found = list(sentences(edition))
    assert len(found) > 40
    for sentence in found:
        assert sentence["rule"] in edition["rules"]
        assert sentence["evidence"], sentence["text"]
        for row in sentence["evidence"]:
            assert (row["claim"] or row["figure"]) in claims_and_figures(row["source"])
            assert (row["claim"] is None) != (row["figure"] is None)
            assert row["start"] < row["end"]


@pytest.mark.parametrize("brief", BRIEFS)
def test_the_json_edition_keeps_to_its_schema(brief: str, editions: dict[str, dict[str, Any]]) -> None:
    """`briefnote schema edition` describes what is written."""
    jsonschema.Draft202012Validator(dict(schema("edition"))).validate(editions[brief])


@pytest.mark.parametrize("brief", BRIEFS)
def test_a_brief_keeps_to_its_length(brief: str, editions: dict[str, dict[str, Any]]) -> None:
    """The word budget of brief.yaml holds, and what was cut is counted."""
    node, _ = read_yaml((ROOT / f"briefs/{brief}/brief.yaml").read_bytes(), brief)
    assert node is not None
    plain: Any = node.plain()
    assert plain["words"] - 60 < editions[brief]["words"] <= plain["words"]
    assert sum(cut["beyond_section_limit"] + cut["beyond_word_budget"] for cut in editions[brief]["cut"]) > 0


def test_the_five_key_judgements_come_with_their_confidence(editions: dict[str, dict[str, Any]]) -> None:
    """Depth and duration, no coercion, no wedge, slow strain, and who is exposed."""
    assert judgements(editions["china-russia"]) == {
        "Russia’s dependence on China is deep and would outlast an easing of outside pressure such as sanctions.": (
            "high on depth, moderate on duration"
        ),
        "China will bargain and withhold rather than coerce Russia; but quiet pressure would leave little public "
        "trace.": "moderate",
        "An attempt by the United States to split China and Russia is likely to fail in the near term.": "moderate",
        "Strain between the two will grow from resentment in Russia, without an early break.": "low",
        "Europe is the outside party with most to lose.": "low",
    }


def test_confidence_is_given_with_its_reason(editions: dict[str, dict[str, Any]]) -> None:
    """How many independent sources, from which premises, with figures or without, and who dissents."""
    wedge = section(editions["china-russia"], "judgements")["blocks"][2]
    reason = "".join(part["text"] + "".join(f"[{n}]" for n in part["cites"]) for part in wedge["confidence"]["reason"])
    assert reason == (
        "Two independent sources agree[1][3], from opposite premises, without attributed figures; one dissents[4]."
    )


def test_key_figures_stand_beside_their_earlier_values(editions: dict[str, dict[str, Any]]) -> None:
    """Duplicates are one row, the change is marked as ours, and nothing is averaged."""
    rows = [
        ["".join(part["text"] for part in cell) for cell in block["cells"]]
        for block in section(editions["china-russia"], "key-figures")["blocks"]
    ]
    assert rows[:3] == [
        ["China’s share of Russia’s trade", "34–35%", "2024", "At most 18% (before the war)", ""],
        [
            "Two-way trade, China and Russia",
            "$245 billion",
            "2024",
            "About $147 billion (at the invasion): +67%, ours",
            "",
        ],
        ["Russia’s share of China’s trade", "About 4%", "2024", "", ""],
    ]
    assert len(rows) >= 10


def test_disagreements_are_printed_with_a_reading(editions: dict[str, dict[str, Any]]) -> None:
    """Both views stand side by side; the reading names the horizon, the sense, the window or the evidence."""
    rows = {
        block["cells"][0][0]["text"]: block["cells"][3][0]["text"]
        for block in section(editions["china-russia"], "disagreements")["blocks"]
    }
    assert rows == {
        "Is the tie durable?": (
            "Mostly a difference of horizon: the first looks to the near term, the second to the long term."
        ),
        "Is Russia subordinate to China?": (
            "Compatible in part: the first speaks of unequal terms of exchange, the second of political coercion."
        ),
        "Does trade still have momentum?": (
            "Both can be true: different windows (since the invasion of 2022; 2024 against 2023)."
        ),
        "Do the two share values?": "Unresolved; the second view rests on sources of low reliability.",
    }


def test_what_to_watch_says_which_judgement_it_would_change(editions: dict[str, dict[str, Any]]) -> None:
    """Each indicator under its handle, with the number of the judgement."""
    watched = {
        block["handle"]: block["sentences"][0]["text"].rpartition("would ")[2]
        for block in section(editions["china-russia"], "watch")["blocks"]
    }
    assert watched == {
        "Terms of Power of Siberia 2": "weaken judgement 2.",
        "Yuan above 7.2 per dollar": "strengthen judgement 1.",
        "Polls": "strengthen judgement 4.",
        "Chinese investment well above $18 billion": "strengthen judgement 1.",
        "Russian curbs on Chinese vehicles": "strengthen judgement 4.",
        "A threat tied to a demand": "overturn judgement 2.",
    }


def test_without_a_source_its_judgements_vanish_and_the_others_lose_confidence(tmp_path: Path) -> None:
    """Take the historian away: what two premises supported is low now, and the brief rests on four sources."""
    folder = working_copy(tmp_path)
    (folder.root / f"sources/{RADCHENKO}.yaml").unlink()
    edition = edition_of(folder, "china-russia")
    assert list(judgements(edition).values()) == ["moderate on depth, low on duration", "low", "low", "moderate", "low"]
    assert edition["basis"].startswith("Drawn only from four sources, [1]–[4]")
    assert RADCHENKO not in [source["id"] for source in edition["sources"]]


def test_without_its_only_source_a_judgement_is_not_made(tmp_path: Path) -> None:
    """Only one commentary calls Europe the most exposed: without it nobody does."""
    folder = working_copy(tmp_path)
    (folder.root / "sources/undated-trump-era-bet.yaml").unlink()
    assert not any("most to lose" in text for text in judgements(edition_of(folder, "china-russia")))


def test_a_section_without_findings_says_so(tmp_path: Path) -> None:
    """It is never filled by force."""
    folder = working_copy(tmp_path)
    config = folder.root / "briefs/china-russia/brief.yaml"
    config.write_text(
        config.read_text(encoding="utf-8").replace(
            "  europe: {actor: Europe}", "  europe: {actor: Europe}\n  asean: {actor: ASEAN}"
        ),
        encoding="utf-8",
    )
    empty = section(edition_of(folder, "china-russia"), "implications-asean")
    assert empty["blocks"] == []
    assert empty["nothing_found"] == "Nothing in the sources of this issue supports a finding here."


def test_a_brief_is_as_strict_as_its_strictest_source(tmp_path: Path) -> None:
    """One source for a limited audience raises the marking of the whole (TLP 2.0), and the build says so."""
    folder = working_copy(tmp_path)
    source = folder.root / f"sources/{ASYMMETRY}.yaml"
    source.write_text(
        source.read_text(encoding="utf-8").replace("marking: TLP:CLEAR", "marking: TLP:AMBER"), encoding="utf-8"
    )
    built = build(folder, Request("china-russia", day=DAY, formats=("json",)))
    assert built.brief.marking == "TLP:AMBER"
    assert "raised from TLP:CLEAR to TLP:AMBER" in built.warnings[0].message


@pytest.mark.parametrize("brief", BRIEFS)
def test_the_same_inputs_give_the_same_bytes(brief: str, tmp_path: Path) -> None:
    """Two hash seeds, two working directories, one date: every edition has the same SHA-256."""
    digests = []
    for seed in ("1", "2"):
        folder = working_copy(tmp_path / f"desk-{seed}").root
        place = tmp_path / f"elsewhere-{seed}"
        place.mkdir()
        subprocess.run(
            [sys.executable, "-m", "briefnote", "-C", str(folder), "build", brief, "--date", "2026-11-21"],
            cwd=place,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        issue = folder / f"briefs/{brief}/2026-W47"
        digests.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(issue.iterdir())})
    assert digests[0] == digests[1]
    assert len(digests[0]) == 6


def test_the_manifest_lists_every_input_and_output(tmp_path: Path) -> None:
    """With the manifest anyone can check that these files came from those."""
    folder = working_copy(tmp_path)
    built = build(folder, Request("china-russia", day=DAY))
    manifest = json.loads((built.folder / "manifest.json").read_bytes())
    assert {"briefs/china-russia/brief.yaml", f"sources/{ASYMMETRY}.yaml", "templates/brief.md.j2"} <= set(
        manifest["inputs"]
    )
    assert "pack:leverage/judgements.yaml" in manifest["inputs"]
    for name, digest in manifest["outputs"].items():
        assert hashlib.sha256((built.folder / name).read_bytes()).hexdigest() == digest
    assert set(manifest["versions"]) >= {"briefnote", "pillow", "reportlab"}


@pytest.mark.parametrize("brief", BRIEFS)
def test_the_lint_has_nothing_to_say(brief: str, tmp_path: Path) -> None:
    """The briefs keep to one scale, keep likelihood and confidence apart, and mark what they conclude."""
    built = build(working_copy(tmp_path), Request(brief, day=DAY, formats=("json",)))
    assert [str(warning) for warning in built.warnings] == []


def test_the_lint_names_the_sentence_and_the_rule(tmp_path: Path) -> None:
    """A hedge in a rule's wording is a warning of the build."""
    folder = working_copy(tmp_path)
    rules = folder.root / "briefs/us-partners/rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("differ in kind:", "arguably differ in kind:"), "utf-8")
    built = build(folder, Request("us-partners", day=DAY, formats=("json",)))
    assert [str(warning) for warning in built.warnings] == [
        "briefs/us-partners/rules.yaml:4: warning: rule 'three-kinds': bottom-line.1: 'arguably' is a hedge "
        "of no scale; use a term of ICD 203"
    ]


HOSTILE = "<b>Łódź & Ко</b> {{ 7*7 }} {% x %} | pipe [^1] `code` *Ελλάδα* 北京 [a](https://x.example)"


def test_hostile_text_comes_out_as_plain_text(tmp_path: Path) -> None:
    """Markup, template syntax and Markdown in a claim are printed as they stand, in every edition."""
    folder = working_copy(tmp_path)
    source = folder.root / f"sources/{ASYMMETRY}.yaml"
    text = source.read_text(encoding="utf-8")
    start = text.index("    text: Under sanctions")
    end = text.index("\n", start)
    source.write_text(f"{text[:start]}    text: '{HOSTILE}'{text[end:]}", encoding="utf-8")
    built = build(folder, Request("china-russia", day=DAY))
    edition = json.loads((built.folder / "china-russia-2026-W47.json").read_bytes())
    assert f"{HOSTILE}." in [sentence["text"] for sentence in sentences(edition)]
    page = (built.folder / "china-russia-2026-W47.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;Łódź &amp; Ко&lt;/b&gt; {{ 7*7 }}" in page
    assert "<b>Łódź" not in page


def test_control_characters_are_refused_with_their_place(tmp_path: Path) -> None:
    """No edition can print them: the file, the line and the code point are named, and nothing is written."""
    folder = working_copy(tmp_path)
    source = folder.root / f"sources/{ASYMMETRY}.yaml"
    source.write_text(
        source.read_text(encoding="utf-8").replace("Under sanctions", "Under\x07 sanctions"), encoding="utf-8"
    )
    with pytest.raises(BriefnoteError, match=r"asymmetry\.yaml:\d+: holds the control character U\+0007; remove it"):
        build(folder, Request("china-russia", day=DAY))
    assert not (folder.root / "briefs/china-russia/2026-W47").exists()


def test_the_committed_schemas_are_those_of_the_code() -> None:
    """docs/schemas is what `make schemas` writes."""
    for kind in ("summary", "brief", "rules", "theme", "edition"):
        committed = json.loads((ROOT / f"docs/schemas/{kind}.schema.json").read_text(encoding="utf-8"))
        assert committed == schema(kind)


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("summary", "sources/*.yaml"),
        ("brief", "briefs/*/brief.yaml"),
        ("rules", "briefs/*/rules.yaml"),
        ("rules", "src/briefnote/packs/leverage/*.yaml"),
        ("theme", "templates/theme.yaml"),
    ],
)
def test_the_files_of_this_repository_keep_to_the_schemas(kind: str, pattern: str) -> None:
    """What an editor shows while typing agrees with what `briefnote check` says."""
    validator = jsonschema.Draft202012Validator(dict(schema(kind)))
    paths = sorted(ROOT.glob(pattern))
    assert paths
    for path in paths:
        node, _ = read_yaml(path.read_bytes(), path.name)
        assert node is not None
        validator.validate(node.plain())
