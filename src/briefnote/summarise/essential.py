"""The claims of drafts that a brief has room for: what says most, in few words, and says it once.

A draft has a claim for each sentence about leverage, far more than a brief can print, and nobody has weighed them yet.
Chosen is, again and again, the claim with the most to say that no chosen one says already, for each of its words.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefnote.model.summary import Claim, Summary
from briefnote.summarise.draftfigures import Two, figures_of

# What kinds of claims get of the words there are; the rest is for the bottom line, judgements, figures and views.
SHARES: Mapping[str, float] = {"leverage": 0.22, "limit": 0.19, "implication": 0.25}
# What a claim is worth: its weight to a power, for what is heavy is right and vital far more often than what is half
# as heavy, and more where a mechanism was found or a side is taken; less where it begins with a word that points
# elsewhere. Chosen on the development articles, pair by pair: of the claims taken .80 are right and .38 vital (.71 and
# .28 before).
_HEAVY, _CODED, _SIDED, _POINTS = 7, 1.2, 1.2, 0.5
_OTHERS = 0.5  # of its worth, for an audience that it follows for less surely than for another
_TOLD = 0.2  # what is left of its worth where it gives a figure of the table of key figures and little else
_LENGTH = 0.7  # worth for each word to this power: 1 would choose the shortest, 0 the longest
_SHORTEST = 6  # words
_WORD = re.compile(r"[^\W\d_]{3,}|\d[\d.,]*")
_STEM = 6
_SAME = 0.5  # claims that share so many of the shorter one's words say the same
_UNCLEAR = re.compile(
    r"^(?!it (?:is|was|would be|will be|remains) (?:\w+ ){1,2}(?:to|that|for)\b|"
    r"there (?:is|are|was|were|has|have)\b)(?:\W*\w+){0,3}?\W*"
    r"\b(?:it|its|they|their|he|his|she|her|this|these|those|such|that|here|there|both|one|another)\b",
    re.IGNORECASE,
)
_TOLD_BY = frozenset({"trade_share", "export_share", "bilateral_trade", "trade_growth", "market_share", "fdi_stock"})
_FIGURE = 20  # words: a sentence as short as this has little but its figure
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

    @property
    def section(self) -> str:
        """Returns the section it would stand in: its kind, of an implication its audience."""
        return (
            f"for {self.claim.audience[0]}"
            if self.claim.audience and self.claim.kind == "implication"
            else self.claim.kind
        )

    @property
    def value(self) -> float:
        """Returns its worth for its length."""
        return self.worth / math.pow(self.length, _LENGTH)


def essential(summaries: Mapping[str, Summary], words: int, pairs: Sequence[Two] = ()) -> dict[str, Summary]:
    """Returns the summaries, those that are drafts with the claims that a brief of so many words has room for.

    A claim's weight becomes its rank among those chosen. Claims that take a side of a question stay whatever their
    rank, with half their weight: judgements count the voices behind each side. Figures stay where they measure one of
    the `pairs` (holder, over), and where no draft gives another number for the same.
    """
    drafts = {name: summary for name, summary in summaries.items() if is_draft(summary)}
    if not drafts:
        return dict(summaries)
    chosen = _chosen(_candidates(drafts), words)
    ranks = {
        (one.source, one.claim.id): (rank, one.claim.audience) for one, rank in zip(chosen, _ranks(chosen), strict=True)
    }
    thinned = {name: _thinned(summary, name, ranks) for name, summary in drafts.items()}
    figures = figures_of(drafts, pairs)
    thinned = {name: replace(summary, figures=figures[name]) for name, summary in thinned.items()}
    return {name: thinned.get(name, summary) for name, summary in summaries.items()}


def _ranks(chosen: list[Candidate]) -> list[float]:
    """Returns for each of those chosen its rank among those of its section, from 1 for the first down to 0.4."""
    sizes = Counter(one.section for one in chosen)
    passed: Counter[str] = Counter()
    ranks = []
    for one in chosen:
        ranks.append(1 - 0.6 * passed[one.section] / sizes[one.section])
        passed[one.section] += 1
    return ranks


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
    found = [one for name, summary in sorted(drafts.items()) for one in _candidates_of(name, summary)]
    kinds = [*SHARES]
    return sorted(found, key=lambda one: (-one.value, kinds.index(one.claim.kind), one.source, one.claim.id))


def _candidates_of(name: str, summary: Summary) -> list[Candidate]:
    measured = {figure.claim for figure in summary.figures if figure.metric in _TOLD_BY}
    return [
        Candidate(name, single, worth * share, length, _stems(claim.text))
        for claim in summary.claims
        for single, share in _for_each_audience(claim)
        if claim.kind in SHARES
        and claim.polarity in ("asserted", "reported")
        and not claim.text.endswith("?")
        and (length := len(claim.text.split())) >= _SHORTEST
        and (worth := _worth(claim) * (_TOLD if claim.id in measured and length <= _FIGURE else 1))
    ]


def _for_each_audience(claim: Claim) -> list[tuple[Claim, float]]:
    """Returns the claim as it would be told each audience, with what it is worth there: it follows for the first most.

    It is printed for one of them.
    """
    if claim.kind != "implication" or len(claim.audience) < 2:
        return [(claim, 1.0)]
    return [(replace(claim, audience=(name,)), _OTHERS if at else 1.0) for at, name in enumerate(claim.audience)]


def _worth(claim: Claim) -> float:
    worth = math.pow(claim.weight, _HEAVY) * (_CODED if claim.mechanism else 1) * (_SIDED if claim.proposition else 1)
    return worth * (_POINTS if _UNCLEAR.match(claim.text) else 1)


def _stems(text: str) -> frozenset[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return frozenset(word[:_STEM] for word in words if word not in _COMMON)


def _chosen(candidates: list[Candidate], words: int) -> list[Candidate]:
    """Greedy: each step takes the best of what is left by worth for its length, less what is said already.

    Of two that are worth the same, it takes the one in whose section there is more room.
    """
    sections = sorted({one.section for one in candidates})
    audiences = sum(section not in SHARES for section in sections) or 1
    room = {section: SHARES.get(section, SHARES["implication"] / audiences) * words for section in sections}
    rare, chosen = _rarity(candidates), list[Candidate]()
    left = {id(one): (one, 0.0) for one in candidates}
    while left:
        one, shared = max(left.values(), key=lambda pair: (pair[0].value * (1 - pair[1]), room[pair[0].section]))
        del left[id(one)]
        if shared >= _SAME or one.length > room[one.section]:
            continue
        chosen.append(one)
        room[one.section] -= one.length
        left = {key: (other, max(said, _overlap(other, one, rare))) for key, (other, said) in left.items()}
    return chosen


def _rarity(candidates: list[Candidate]) -> dict[str, float]:
    """Returns what a stem counts in a comparison: the names of those whom all is about say little."""
    spread = Counter(stem for one in candidates for stem in one.stems)
    return {stem: math.log(1 + len(candidates) / count) for stem, count in spread.items()}


def _overlap(one: Candidate, other: Candidate, rare: Mapping[str, float]) -> float:
    both, *each = (
        math.fsum(rare[stem] for stem in stems) for stems in (one.stems & other.stems, one.stems, other.stems)
    )
    return both / min(each) if min(each) else 1.0
