"""What stands above the claims of a draft: two or three sentences, the actors, what the article leaves open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from briefnote.model.summary import Claim, Figure
from briefnote.summarise.pair import Pair
from briefnote.summarise.reading import Reading

_LONGEST = 320
_MOST_ACTORS = 8
NONE_FOUND = "No statement about leverage of one actor over another was found in this article."


def overview(claims: Sequence[Claim], title: str) -> str:
    """Returns the heaviest leverage, limit and implication in the order of the article; says so where there is none."""
    if not any(claim.kind in {"leverage", "limit"} for claim in claims):
        said = [claim for claim in claims if claim.kind == "implication"]
        return " ".join([NONE_FOUND, *(claim.text for claim in _heaviest(said, 1))])
    chosen = [one for kind in ("leverage", "limit", "implication") for one in _heaviest(_of(claims, kind), 1)]
    chosen = chosen if len(chosen) > 1 else _heaviest(list(claims), 2)
    order = {claim.id: number for number, claim in enumerate(claims)}
    return " ".join(claim.text for claim in sorted(chosen, key=lambda claim: order[claim.id])) or title


def actors_of(reading: Reading, pair: Pair) -> tuple[str, ...]:
    """Returns the pair first, then others that are named more than once, the most often named first."""
    counts = Counter(mention.actor for mention in reading.mentions)
    named = [actor for actor in (pair.holder, pair.over) if actor]
    others = sorted(
        (actor for actor in counts if counts[actor] > 1 and actor not in named), key=lambda a: (-counts[a], a)
    )
    return tuple([*named, *others][:_MOST_ACTORS])


def gaps_of(reading: Reading, claims: Sequence[Claim], figures: Sequence[Figure], pair: Pair) -> tuple[str, ...]:
    """Returns what a reader would ask that the article leaves open, a sentence each."""
    gaps = []
    kinds = {claim.kind for claim in claims}
    named = f"{pair.holder} and {pair.over}" if pair.holder and pair.over else "the two"
    if "leverage" in kinds and "limit" not in kinds:
        gaps.append(f"Names nothing that limits the leverage between {named}.")
    if "leverage" in kinds and not figures:
        gaps.append("Gives no figures for the dependence that it describes.")
    undated = sum(figure.period is None for figure in figures)
    if undated:
        gaps.append(f"{undated} of {len(figures)} figures have no date.")
    unattributed = sum(figure.attributed_to is None for figure in figures)
    if figures and unattributed == len(figures):
        gaps.append("No figure has a source.")
    if reading.article.metadata.published is None:
        gaps.append("The article bears no date.")
    if claims and "implication" not in kinds:
        gaps.append("Says nothing about what follows for others.")
    if sum(claim.roles == "inferred" for claim in claims) > len(claims) / 2:
        gaps.append("Who holds leverage over whom is mostly left to the context.")
    return tuple(gaps)


def _of(claims: Sequence[Claim], kind: str) -> list[Claim]:
    return [claim for claim in claims if claim.kind == kind]


def _heaviest(claims: Sequence[Claim], most: int) -> list[Claim]:
    short = [claim for claim in claims if len(claim.text) <= _LONGEST] or list(claims)
    return sorted(short, key=lambda claim: (-claim.weight, claim.id))[:most]
