"""Confidence by the stated rule (packs/estimative.yaml): points for voices, data, reliability, premises; dissent costs.

Moderate from 2 points, high from 4. Levels are those of ICD 203.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.model.finding import Assessment
from support import judged, spoken

RULES = """
rules:
  - id: usable
    section: judgements
    match: {c: {claim: any, proposition: usable, stance: for, holder: $holder, over: $over, polarity: asserted}}
    group: [holder, over]
    confidence: c
    judgement: true
    say: We judge that {{ holder }} can use it.
"""


def says(row: str, proposition: str = "usable", stance: str = "for", **more: Any) -> dict[str, Any]:
    """A claim of a source on a question about Elbonia and Ruritania."""
    place = {"id": row, "holder": "Elbonia", "over": "Ruritania"}
    return {**place, "proposition": proposition, "stance": stance, **more}


def assessed(claims: list[dict[str, Any]], reliable: str = "", data: tuple[str, ...] = ()) -> Assessment:
    """The assessment of the judgement; `reliable` sources have a B, claims in `data` bring an attributed figure."""
    sources = sorted({claim["id"].partition("#")[0] for claim in claims})
    rows = {
        "claim": claims,
        "source": [{"id": name, "reliability": "B" if name in reliable.split() else "C"} for name in sources],
        "figure": [
            {"id": f"{claim.partition('#')[0]}#f{number}", "claim": claim, "value": 1, "attributed_to": "Customs"}
            for number, claim in enumerate(data)
        ],
    }
    (finding,) = judged(RULES, rows).findings
    assert finding.assessment is not None
    return finding.assessment


def level(assessment: Assessment) -> str:
    """The level of a judgement of one aspect."""
    return assessment.levels[""]


def test_one_voice_is_low() -> None:
    """One source of middling reliability, without data, gives low confidence."""
    found = assessed([says("s1#c1")])
    assert level(found) == "low"
    assert spoken(found.reason) == (
        "One independent source supports this[s1#c1], without attributed figures; none dissents."
    )


def test_one_voice_may_say_it_often() -> None:
    """Many claims of one source are one voice."""
    found = assessed([says("s1#c1"), says("s1#c2"), says("s1#c3")])
    assert (level(found), found.voices) == ("low", 1)


def test_two_reliable_voices_are_moderate() -> None:
    """A second independent voice and a reliable one are two points."""
    found = assessed([says("s1#c1"), says("s2#c1")], reliable="s1 s2")
    assert level(found) == "moderate"
    assert spoken(found.reason) == (
        "Two independent sources agree[s1#c1 s2#c1], without attributed figures; none dissents."
    )


def test_two_unreliable_voices_are_low() -> None:
    """Agreement of two sources alone is one point."""
    assert level(assessed([says("s1#c1"), says("s2#c1")])) == "low"


def test_three_reliable_voices_with_data_are_high() -> None:
    """Three voices, a reliable one and attributed figures are four points."""
    claims = [says("s1#c1"), says("s2#c1"), says("s3#c1")]
    found = assessed(claims, reliable="s1", data=("s2#c1",))
    assert level(found) == "high"
    assert spoken(found.reason) == (
        "Three independent sources agree[s1#c1 s2#c1 s3#c1], one with attributed figures; none dissents."
    )


def test_fourth_voice_adds_nothing() -> None:
    """Voices count up to the third."""
    claims = [says(f"s{number}#c1") for number in range(1, 8)]
    assert level(assessed(claims)) == "moderate"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ((), ", without attributed figures"),
        (("s1#c1",), ", one with attributed figures"),
        (("s1#c1", "s2#c1"), ", all with attributed figures"),
    ],
)
def test_reason_says_how_many_bring_figures(data: tuple[str, ...], words: str) -> None:
    """The reason counts the voices that bring figures with a named origin."""
    found = assessed([says("s1#c1"), says("s2#c1")], data=data)
    assert f"agree[s1#c1 s2#c1]{words}; none dissents." in spoken(found.reason)


def test_copies_are_one_voice() -> None:
    """A copy and its original are one voice, however often they are counted."""
    found = assessed([says("s1#c1"), says("s2#c1", voice="s1"), says("s3#c1", voice="s1")])
    assert (level(found), found.voices) == ("low", 1)


def test_opposite_premises_raise_confidence() -> None:
    """Two voices that disagree on another question about the same pair, yet agree here, are worth a point more."""
    claims = [says("s1#c1"), says("s2#c1"), says("s1#c2", "lasting", "for"), says("s2#c2", "lasting", "against")]
    found = assessed(claims)
    assert level(found) == "moderate"
    assert spoken(found.reason) == (
        "Two independent sources agree[s1#c1 s2#c1], from opposite premises, without attributed figures; none dissents."
    )


def test_premises_about_other_actors_do_not_count() -> None:
    """Disagreement about another pair of actors is no opposite premise here."""
    other = {"holder": "Freedonia"}
    claims = [
        says("s1#c1"),
        says("s2#c1"),
        says("s1#c2", "lasting", "for") | other,
        says("s2#c2", "lasting", "against") | other,
    ]
    assert level(assessed(claims)) == "low"


def test_dissent_lowers_confidence_and_is_cited() -> None:
    """A voice on the other side of the question takes a point, and the reason names it."""
    claims = [says("s1#c1"), says("s2#c1"), says("s3#c1", stance="against")]
    found = assessed(claims, reliable="s1")
    assert (level(found), found.dissenting) == ("low", 1)
    assert spoken(found.reason) == (
        "Two independent sources agree[s1#c1 s2#c1], without attributed figures; one dissents[s3#c1]."
    )


def test_reliable_dissent_costs_two_points() -> None:
    """Dissent of a reliable source weighs more than that of another."""
    claims = [says("s1#c1"), says("s2#c1"), says("s3#c1"), says("s4#c1", stance="against")]
    assert level(assessed(claims, reliable="s1")) == "moderate"
    assert level(assessed(claims, reliable="s1 s4")) == "low"


def test_source_does_not_dissent_from_itself() -> None:
    """A source that gives both sides is no dissenter of its own claim."""
    found = assessed([says("s1#c1"), says("s1#c2", stance="against")])
    assert found.dissenting == 0


@pytest.mark.parametrize("more", [{"kind": "indicator"}, {"polarity": "rejected"}])
def test_what_a_source_does_not_hold_is_no_dissent(more: dict[str, str]) -> None:
    """An indicator says what would count, and a rejected claim is not its source's view."""
    found = assessed([says("s1#c1"), says("s2#c1", stance="against", **more)])
    assert found.dissenting == 0


def test_aspects_are_weighed_each_by_itself() -> None:
    """A judgement with several aspects has a level and a reason for each."""
    rules = """
rules:
  - id: deep
    section: judgements
    match:
      now: {claim: any, proposition: usable, stance: for, holder: $holder}
      later: {claim: any, proposition: lasting, stance: for, holder: $holder}
    group: [holder]
    confidence: {depth: now, duration: [later]}
    say: We judge so of {{ holder }}.
"""
    claims = [says("s1#c1"), says("s2#c1"), says("s3#c1"), says("s1#c2", "lasting")]
    (finding,) = judged(rules, {"claim": claims}).findings
    assert finding.assessment is not None
    assert finding.assessment.levels == {"depth": "moderate", "duration": "low"}
    assert spoken(finding.assessment.reason) == (
        "On depth, three independent sources agree[s1#c1 s2#c1 s3#c1], without attributed figures; none dissents. "
        "On duration, one independent source supports this[s1#c2], without attributed figures; none dissents."
    )


def test_position_says_what_a_judgement_is_about() -> None:
    """Issues compare judgements by question, actors and side, whatever their wording."""
    (finding,) = judged(RULES, {"claim": [says("s1#c1")]}).findings
    assert finding.position == ("usable|Elbonia|Ruritania", "for")


LEVELS = ("low", "moderate", "high")


@given(supporters=st.integers(1, 5), dissenters=st.integers(0, 3), reliable=st.booleans(), data=st.booleans())
def test_more_support_never_lowers_and_more_dissent_never_raises(
    supporters: int, dissenters: int, reliable: bool, data: bool
) -> None:
    """Confidence grows with support and falls with dissent, whatever else holds."""

    def rank(support: int, against: int) -> int:
        claims = [says(f"s{number}#c1") for number in range(support)]
        claims += [says(f"t{number}#c1", stance="against") for number in range(against)]
        found = assessed(claims, "s0" if reliable else "", ("s0#c1",) if data else ())
        return LEVELS.index(level(found))

    here = rank(supporters, dissenters)
    assert rank(supporters + 1, dissenters) >= here
    assert rank(supporters, dissenters + 1) <= here


FIGURES = """
rules:
  - id: shown
    section: judgements
    match:
      f: {figure: any, subject: $subject}
    group: [subject]
    confidence: f
    judgement: true
    let: {voices: count(distinct f.voice)}
    say: We judge that {{ subject }} depends.
"""


def test_figure_that_two_repeat_is_one_voice() -> None:
    """What both took from one publisher is one voice, for confidence and for having: alike."""
    rows = [
        {"id": f"{name}#f1", "subject": "Elbonia", "voice": "s1", "attributed_to": "Customs"} for name in ("s1", "s2")
    ]
    (finding,) = judged(FIGURES, {"figure": rows, "source": [{"id": "s1"}, {"id": "s2"}]}).findings
    assert finding.assessment is not None
    assert (finding.assessment.voices, finding.bindings["voices"]) == (1, 1)


def test_repeated_figure_adds_no_voice_to_its_own_source() -> None:
    """A claim and a figure of one source are one voice, though the figure has the voice of another that has it too."""
    rules = RULES.replace("match: {c: {claim: any,", "match: {f: {figure: any, claim: $row}, c: {claim: any, id: $row,")
    rows = {
        "claim": [says("s2#c1")],
        "figure": [{"id": "s2#f1", "claim": "s2#c1", "voice": "s1", "attributed_to": "Customs"}],
        "source": [{"id": "s1"}, {"id": "s2"}],
    }
    (finding,) = judged(rules.replace("confidence: c", "confidence: [c, f]"), rows).findings
    assert finding.assessment is not None
    assert finding.assessment.voices == 1
