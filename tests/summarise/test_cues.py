"""What every match of a pattern has in it, and which patterns the words of a sentence call for."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefnote.summarise.cues import Cues, Signs
from briefnote.summarise.data import read_data
from briefnote.summarise.literals import literals_of


def signs() -> list[str]:
    """Returns the patterns by which claims are coded."""
    coding = read_data("coding.yaml")
    kinds = coding["mechanisms"].values()
    entries = [*coding["propositions"], *coding["certainty"]]
    alone = [coding[name] for name in ("rejection", "reporting", "denial")]
    return [*coding["themes"].values(), *(sign for kind in kinds for sign in kind.values()), *alone] + [
        entry["sign"] for entry in entries
    ]


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        (r"\b(?:oil|gas)\b", {"oil", "gas"}),
        (r"(?:oil|gas)\w* pipelines?", {" pipeline"}),
        (r"technolog\w+", {"technolog"}),
        (r"defen[cs]e", {"defen"}),
        (r"re(?:ly|lies) on", {" on"}),
        (r"(?:cut )?off", {"off"}),
        (r"(?!not)used", {"used"}),
        (r"(?:coal)+", {"coal"}),
        (r"5g\.x", {"5g.x"}),
        (r"oil|\d+", set()),
        (r"oil*", {"oi"}),
        (r"(?:oil){0,2}", set()),
    ],
)
def test_what_a_pattern_demands_is_known(pattern: str, pieces: set[str]) -> None:
    """The longest piece of what stands in a row, of each alternative; nothing of what may be missing."""
    assert literals_of(pattern) == pieces


@pytest.mark.parametrize("sign", signs())
@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_text_matches_a_sign_without_a_piece_of_it(sign: str, data: st.DataObject) -> None:
    """So a text without any need not be searched."""
    text = data.draw(st.from_regex(sign, alphabet=st.characters(codec="ascii")))
    assert any(piece in text for piece in literals_of(sign))


def test_a_word_calls_for_the_patterns_whose_cues_it_holds() -> None:
    """Within words as well, phrases only whole; a pattern without cues is always called for."""
    cues = Cues([["oil"], ["gas", "turmoil"], ["life support"], [], ["no "]])
    assert cues.called_for("turmoil on life row, no") == [0, 1, 3]
    assert cues.called_for("no life support") == [2, 3, 4]


def test_signs_are_told_apart_by_group() -> None:
    """Only those of the group asked for come, in their order."""
    found = Signs({"fuels": [r"\bgas\b", r"\boil\b", r"\bcoal\b"], "metals": ["tin"]})
    assert found.that_may_match("fuels", "tin, coal, gas") == [
        (0, re.compile(r"\bgas\b")),
        (2, re.compile(r"\bcoal\b")),
    ]
    assert found.that_may_match("metals", "no such thing") == ()
