"""The claims of drafts that a brief has room for: what says most, in few words, and says it once.

A draft has a claim for each sentence about leverage, far more than a brief can print, and nobody has weighed them yet.
Chosen is, again and again, the claim with the most to say that no chosen one says already, for each of its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from briefnote.model.summary import Claim, Summary

# What kinds of claims get of the words there are; the rest is for the bottom line, judgements, figures and views.
SHARES: Mapping[str, float] = {"leverage": 0.25, "limit": 0.23, "implication": 0.28}
_CODED, _SIDED, _FOLLOWS = 1.2, 1.4, 1.3  # a mechanism found, a side taken, an implication: worth more than its weight
_WORD = re.compile(r"[^\W\d_]{3,}|\d[\d.,]*")
_STEM = 6
_SAME = 0.55  # claims that share so many of the shorter one's words say the same
_UNCLEAR = re.compile(
    r"^(?:it|they|he|she|this|these|those|such|that|here|there|both|one|another)\b(?! (?:is|was) \w+ (?:to|that)\b)",
    re.I,
)
_COMMON = frozenset(
    "the and for with that this from are was were has have had been its their they but not will would could may might "
    "can also more most than into over under between about which who whom whose what when where while such these those "
    "any all both each other some only very just even still yet nor our out per his her him she you your".split()
)


@dataclass(frozen=True)
class Candidate:
    """A claim of a source with its worth, its words, and the stems by which it is compared."""

    source: str
    claim: Claim
    worth: float
    length: int
    stems: frozenset[str]


def essential(summaries: Mapping[str, Summary], words: int) -> dict[str, Summary]:
    """Returns the summaries, those that are drafts with the claims that a brief of so many words has room for.

    A claim's weight becomes its rank among those chosen. Claims that take a side of a question stay whatever their
    rank, with half their weight: judgements count the voices behind each side.
    """
    drafts = {name: summary for name, summary in summaries.items() if is_draft(summary)}
    if not drafts:
        return dict(summaries)
    chosen = _chosen(_candidates(drafts), words)
    shared = _shared_out(chosen)
    ranks = {
        (one.source, one.claim.id): (1 - 0.6 * rank / len(chosen), audience)
        for rank, (one, audience) in enumerate(zip(chosen, shared, strict=True))
    }
    return {name: _thinned(summary, name, ranks) if name in drafts else summary for name, summary in summaries.items()}


def _shared_out(chosen: list[Candidate]) -> list[tuple[str, ...]]:
    """What matters to several audiences is said once, to the one that was told least so far."""
    told: Counter[str] = Counter()
    shared = []
    for one in chosen:
        audience = one.claim.audience
        if len(audience) > 1:
            audience = (min(audience, key=lambda name: (told[name], name)),)
        told.update({name: one.length for name in audience})
        shared.append(audience)
    return shared


def is_draft(summary: Summary) -> bool:
    """Says whether a machine wrote it and nobody has read it since."""
    return summary.by != "analyst" and not summary.reviewed


def _thinned(summary: Summary, name: str, ranks: Mapping[tuple[str, str], tuple[float, tuple[str, ...]]]) -> Summary:
    claims = []
    for claim in summary.claims:
        if (name, claim.id) in ranks:
            rank, audience = ranks[name, claim.id]
            claims.append(replace(claim, weight=round(rank, 3), audience=audience))
        elif claim.proposition is not None:
            claims.append(replace(claim, kind="context", mechanism=None, weight=round(claim.weight / 2, 3)))
    return replace(summary, claims=tuple(claims))


def _candidates(drafts: Mapping[str, Summary]) -> list[Candidate]:
    found = [
        Candidate(name, claim, _worth(claim), len(claim.text.split()), _stems(claim.text))
        for name, summary in sorted(drafts.items())
        for claim in summary.claims
        if claim.kind in SHARES and claim.polarity in ("asserted", "reported") and not claim.text.endswith("?")
    ]
    return sorted(found, key=lambda one: (-one.worth / one.length**0.5, one.source, one.claim.id))


def _worth(claim: Claim) -> float:
    worth = claim.weight * (_CODED if claim.mechanism else 1) * (_SIDED if claim.proposition else 1)
    worth *= _FOLLOWS if claim.kind == "implication" else 1
    return worth * (0.6 if _UNCLEAR.match(claim.text) else 1)


def _stems(text: str) -> frozenset[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return frozenset(word[:_STEM] for word in words if word not in _COMMON)


def _chosen(candidates: list[Candidate], words: int) -> list[Candidate]:
    """Greedy: each step takes the best of what is left by worth for its length, less what is said already."""
    room = {kind: share * words for kind, share in SHARES.items()}
    chosen: list[Candidate] = []
    left = {id(one): (one, 0.0) for one in candidates}
    while left:
        one, shared = max(left.values(), key=lambda pair: pair[0].worth * (1 - pair[1]) / pair[0].length ** 0.5)
        del left[id(one)]
        if shared >= _SAME or one.length > room[one.claim.kind]:
            continue
        chosen.append(one)
        room[one.claim.kind] -= one.length
        left = {key: (other, max(said, _overlap(other, one))) for key, (other, said) in left.items()}
    return chosen


def _overlap(one: Candidate, other: Candidate) -> float:
    fewer = min(len(one.stems), len(other.stems))
    return len(one.stems & other.stems) / fewer if fewer else 1.0
