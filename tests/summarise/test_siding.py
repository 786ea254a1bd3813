"""The side that a claim takes says what it is."""

from __future__ import annotations

from briefnote.model.summary import Claim
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
