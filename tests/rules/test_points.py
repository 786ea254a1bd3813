"""The points of confidence item by item: their sum gives the level that the assessor gives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefnote.rules.confidence import Assessor, ConfidenceRule
from briefnote.rules.points import Point, points
from support import confidence_rule, rows

SUPPORT = {"proposition": "usable", "stance": "for", "holder": "A", "over": "B"}


def world(claims: list[dict[str, Any]], letters: dict[str, str], figures: list[str] = ()) -> dict[str, Any]:  # type: ignore[assignment]
    """Returns rows: claims on two questions, the letters of their sources, and which claims have attributed figures."""
    return rows(
        {
            "claim": claims,
            "figure": [{"id": f"{claim}f", "claim": claim, "attributed_to": "Customs"} for claim in figures],
            "source": [{"id": source, "reliability": letter} for source, letter in letters.items()],
        }
    )


def of(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns the supporting claims of a world."""
    return [claim for claim in found["claim"] if claim["proposition"] == "usable" and claim["stance"] == "for"]


def test_each_item_is_named_with_its_points() -> None:
    """Two voices, one reliable and with data, against one reliable dissenter and one other."""
    found = world(
        [
            {"id": "a#1", **SUPPORT},
            {"id": "b#1", **SUPPORT},
            {"id": "c#1", **SUPPORT, "stance": "against"},
            {"id": "d#1", **SUPPORT, "stance": "against"},
        ],
        {"a": "A", "b": "C", "c": "B", "d": "D"},
        ["a#1"],
    )
    assert points(confidence_rule(), found, of(found)) == [
        Point(1, "for a second independent voice"),
        Point(1, "if a voice brings figures attributed to a named origin"),
        Point(1, "if a voice has one of the reliable letters"),
        Point(-1, "taken off for a dissenting voice"),
        Point(-2, "taken off for a dissenting voice with one of the reliable letters"),
    ]


def test_two_dissenters_are_counted_twice() -> None:
    """Each of them takes off its points."""
    dissent = [{"id": f"{name}#1", **SUPPORT, "stance": "against"} for name in "bc"]
    found = world([{"id": "a#1", **SUPPORT}, *dissent], {})
    assert points(confidence_rule(), found, of(found)) == [Point(-2, "taken off for a dissenting voice")]


_SOURCES = "abcd"
_CLAIM = st.fixed_dictionaries(
    {"proposition": st.sampled_from(["usable", "lasting"]), "stance": st.sampled_from(["for", "against"])}
)
_WEIGHT = st.integers(0, 3)


@given(
    st.lists(st.tuples(st.sampled_from(_SOURCES), _CLAIM), min_size=1, max_size=8),
    st.fixed_dictionaries({source: st.sampled_from("ABCF") for source in _SOURCES}),
    st.lists(st.integers(0, 7), max_size=3, unique=True),
    st.tuples(_WEIGHT, _WEIGHT, _WEIGHT, _WEIGHT, _WEIGHT, _WEIGHT, _WEIGHT),
)
def test_the_sum_of_the_items_gives_the_level(
    said: list[tuple[str, dict[str, str]]], letters: dict[str, str], data: list[int], weights: tuple[int, ...]
) -> None:
    """Whatever the claims and the weights, the sum meets the marks just as the assessor's level does."""
    claims = [{"id": f"{source}#{n}", "holder": "A", "over": "B", **claim} for n, (source, claim) in enumerate(said)]
    found = world(claims, letters, [str(claims[n]["id"]) for n in data if n < len(claims)])
    if not (support := of(found)):
        return
    names = ("second_voice", "third_voice", "data", "reliable", "opposite_premises", "dissent", "reliable_dissent")
    rule: ConfidenceRule = replace(confidence_rule(), **dict(zip(names, weights, strict=True)))  # type: ignore[arg-type]
    total = sum(point.points for point in points(rule, found, support))
    level = "high" if total >= rule.high else "moderate" if total >= rule.moderate else "low"
    assert Assessor(rule, found).assess({"": support}).levels[""] == level
