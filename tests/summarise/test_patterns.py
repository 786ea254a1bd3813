"""Each frame and each family of words finds the sentence written for it, and leaves the other alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from sentences_of import mentions_of

from briefnote.summarise.data import read_data
from briefnote.summarise.frames import Hit, find_frames, mask
from briefnote.summarise.lexicon import find_families
from briefnote.summarise.reading import tokens_of

PACK = Path(__file__).parents[2] / "src" / "briefnote" / "packs" / "leverage"
FRAMES: list[dict[str, Any]] = read_data("frames.yaml")["frames"]
FAMILIES: dict[str, dict[str, Any]] = read_data("lexicon.yaml")["families"]


def hits(text: str) -> dict[str, Hit]:
    mentions = mentions_of(text)
    return {hit.frame.id: hit for hit in find_frames(mask(text, 0, mentions), mentions)}


def families(text: str) -> set[str]:
    return {family for _, family in find_families(tokens_of(text.lower()))}


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame["id"])
def test_a_frame_matches_its_sentence_with_its_roles(frame: dict[str, Any]) -> None:
    """The frame is found, and the actors take the roles that the data file names ("?" for nobody)."""
    holder, over = (None if name == "?" else name for name in frame["roles"].split(" > "))
    hit = hits(frame["match"])[frame["id"]]
    assert (hit.holder, hit.over) == (holder, over)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame["id"])
def test_a_frame_leaves_the_other_sentence_alone(frame: dict[str, Any]) -> None:
    """A sentence with some of its words, but not its sense, is not matched."""
    assert frame["id"] not in hits(frame["not"])


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_is_found_in_its_sentence_only(name: str) -> None:
    """A family of words has a sentence that holds it and one that does not."""
    assert name in families(FAMILIES[name]["match"])
    assert name not in families(FAMILIES[name]["not"])


def test_a_frame_needs_one_of_its_cues() -> None:
    """Cues only save time: each frame's own sentence holds one."""
    without = [frame["id"] for frame in FRAMES if not any(cue in frame["match"].lower() for cue in frame["cue"])]
    assert without == []


def test_codes_are_those_of_the_pack() -> None:
    """Themes, mechanisms and questions that the extractor gives are known to the leverage pack."""
    pack = yaml.safe_load((PACK / "vocabulary.yaml").read_text(encoding="utf-8"))["vocabulary"]
    coding = read_data("coding.yaml")
    mechanisms = {name: kind for kind, signs in coding["mechanisms"].items() for name in signs}
    assert set(coding["themes"]) <= set(pack["themes"])
    assert {name: pack["mechanisms"][name]["kind"] for name in mechanisms} == mechanisms
    assert {entry["name"] for entry in coding["propositions"]} <= set(pack["propositions"])
    assert {frame["mechanism"] for frame in FRAMES} <= set(mechanisms)
