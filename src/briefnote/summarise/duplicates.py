"""Claims that say the same: the heavier one stays."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from briefnote.model.summary import Claim

_SAME = 0.62  # share of the content words of both together, of the shorter; measured on labelled articles
_WORD = re.compile(r"[^\W\d_]{4,}|\d[\d.,]*")


def without_duplicates(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Returns the claims in order without those of which a heavier claim of the same kind has nearly all the words."""
    kept: dict[str, Claim] = {}
    words = {claim.id: frozenset(_WORD.findall((claim.quote or claim.text).lower())) for claim in claims}
    holders: dict[str, set[str]] = defaultdict(set)
    for claim in sorted(claims, key=lambda claim: (-claim.weight, claim.id)):
        near = {other for word in words[claim.id] for other in holders[word]}
        if not any(_is_same(claim, kept[other], words) for other in sorted(near)):
            kept[claim.id] = claim
            for word in _rarest(words[claim.id], holders):
                holders[word].add(claim.id)
    return tuple(claim for claim in claims if claim.id in kept)


def _rarest(words: frozenset[str], holders: dict[str, set[str]]) -> list[str]:
    """Words by which a claim is found again: those that few claims have, so that the work stays linear."""
    return [word for word in sorted(words) if len(holders[word]) < 12]


def _is_same(claim: Claim, other: Claim, words: dict[str, frozenset[str]]) -> bool:
    one, two = words[claim.id], words[other.id]
    if claim.kind != other.kind or claim.audience != other.audience or min(len(one), len(two)) < 5:
        return False
    numbers = {word for word in one if word[0].isdigit()}
    return (
        numbers <= two and len(one & two) >= _SAME * min(len(one), len(two)) and len(one & two) >= 0.5 * len(one | two)
    )
