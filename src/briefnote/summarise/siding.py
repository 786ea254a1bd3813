"""The side that a claim takes says what it is: that a tie is fragile is a limit, whatever its sentence sounds like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from briefnote.model.summary import Claim, ClaimKind
from briefnote.summarise.coding import mechanism_of_side
from briefnote.summarise.data import read_data


def by_their_side(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Returns the claims, those that take a side under the kind of that side; a sentence has one claim of a kind."""
    sided = {claim.quote: claim for claim in claims if claim.proposition and _kind_of(claim)}
    settled: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        side = sided.get(claim.quote)
        kind = _kind_of(side) if side is not None and claim.kind in ("leverage", "limit") else None
        if side is None or kind is None:
            settled.setdefault((claim.quote, claim.kind, claim.audience), claim)
        elif claim.kind == kind:
            settled[claim.quote, kind, ()] = replace(claim, proposition=side.proposition, stance=side.stance)
        else:
            settled.setdefault((claim.quote, kind, ()), _as(side, kind))
    return tuple(settled.values())


def _as(side: Claim, kind: ClaimKind) -> Claim:
    return replace(side, kind=kind, mechanism=mechanism_of_side(kind, side.proposition, side.stance, side.text))


def _kind_of(claim: Claim) -> ClaimKind | None:
    return _kinds().get((claim.proposition or "", claim.stance or ""))


@cache
def _kinds() -> dict[tuple[str, str], ClaimKind]:
    entries = read_data("coding.yaml")["propositions"]
    return {(entry["name"], entry["stance"]): entry["is"] for entry in entries if "is" in entry}
