"""The side that a claim takes says what it is."""

from __future__ import annotations

from briefnote.model.summary import Claim
from briefnote.summarise.data import read_data
from briefnote.summarise.siding import by_their_side

FRAGILE = "The tie is fragile."


def test_claim_has_the_kind_of_its_side() -> None:
    """That a tie is fragile is a limit; the mechanism of another kind goes."""
    (claim,) = by_their_side(
        [
            Claim(
                "c1",
                FRAGILE,
                "leverage",
                quote=FRAGILE,
                proposition="tie-is-durable",
                stance="against",
                mechanism="price-terms",
            )
        ]
    )
    assert (claim.kind, claim.mechanism) == ("limit", None)


def test_sentence_has_one_claim_of_a_kind() -> None:
    """Where the limit is there already, the leverage is that limit; the side is its."""
    leverage = Claim("c1", FRAGILE, "leverage", quote=FRAGILE, proposition="tie-is-durable", stance="against")
    limit = Claim("c2", FRAGILE, "limit", quote=FRAGILE, mechanism="mistrust")
    (claim,) = by_their_side([leverage, limit])
    assert (claim.id, claim.kind, claim.proposition, claim.mechanism) == ("c2", "limit", "tie-is-durable", "mistrust")


def test_claim_that_takes_no_side_stays() -> None:
    """So do implications."""
    claims = [
        Claim("c1", "Mud.", "leverage", quote="Mud."),
        Claim("c2", "Mud.", "implication", quote="Mud.", audience=("us",)),
    ]
    assert by_their_side(claims) == tuple(claims)


def test_claim_known_by_its_side_has_the_mechanism_of_that_side() -> None:
    """That capital stays away is thin capital, in whatever words."""
    away = Claim("c1", FRAGILE, "leverage", quote=FRAGILE, proposition="capital-follows-trade", stance="against")
    (claim,) = by_their_side([away])
    assert (claim.kind, claim.mechanism) == ("limit", "thin-capital")


def test_mechanism_of_each_side_is_one_of_its_kind() -> None:
    """The data name mechanisms of the leverage pack, each under the kind that the side makes of a claim."""
    coding = read_data("coding.yaml")
    named = {(side["is"], side["mechanism"]) for side in coding["propositions"] if "mechanism" in side}
    assert named <= {(kind, name) for kind, signs in coding["mechanisms"].items() for name in signs}
