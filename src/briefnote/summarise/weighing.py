"""How central a passage is to its article: what an analyst would miss most comes first."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from briefnote.summarise.features import Features
from briefnote.summarise.reading import Passage, Reading

_TELLING = (
    "vital",
    "no_alternative",
    "asymmetry",
    "dependence",
    "power",
    "cannot",
    "unused",
    "should",
    "stakes",
    "share",
)

# What of a passage's own features counts: how its names start.
_KEPT = ("fam:", "frame:", "has:", "first:", "with:", "opening", "first in", "last in", "part:", "kind:", "starts:")
_OF_LEVERAGE = {"dependence", "no_alternative", "asymmetry", "coercion", "power", "concession"}
_FEW = 0.065  # share of sentences with such words: articles about something else stay below, those about leverage above


def speaks_of_leverage(reading: Reading) -> bool:
    """Returns whether the article is about leverage: a frame of it, or words of it in more than a few sentences."""
    prose = [passage for passage in reading.passages if passage.is_prose]
    if any(hit.frame.kind == "leverage" for passage in prose for hit in passage.hits):
        return True
    telling = sum(any(family in _OF_LEVERAGE for _, family in passage.families) for passage in prose)
    return telling > _FEW * len(prose)


def centralities(reading: Reading, numbers: Sequence[int]) -> list[float]:
    """Returns for each passage how much of the article's talk it shares: cosine to the article's centre, 0 to 1.

    The centre is the sum of the passages' vectors of words, rarer words weighing more: linear in the length.
    """
    bags = [Counter(token[:6] for token in reading.passages[number].tokens if len(token) > 3) for number in numbers]
    spread = Counter(stem for bag in bags for stem in bag)
    vectors = [{stem: count * math.log(1 + len(bags) / spread[stem]) for stem, count in bag.items()} for bag in bags]
    centre: Counter[str] = Counter()
    for vector in vectors:
        centre.update(vector)
    cosines = [_cosine(vector, centre) for vector in vectors]
    most = max(cosines, default=0.0) or 1.0
    return [cosine / most for cosine in cosines]


def _cosine(vector: Mapping[str, float], centre: Mapping[str, float]) -> float:
    product = sum(value * centre[stem] for stem, value in vector.items())
    size = math.sqrt(sum(value * value for value in vector.values()))
    return product / size if size else 0.0


def weight_features(
    reading: Reading, number: int, own: Features, odds: Mapping[str, float], centrality: float
) -> Features:
    """Returns what speaks for a passage being vital: its labels, words, roles, place and centrality.

    `own` are the features of the first pass, `odds` the probabilities of the second.
    """
    passage = reading.passages[number]
    most = sorted((value for value in odds.values()), reverse=True)
    features: Features = {f"odds:{name}": odds[name] for name in ("leverage", "limit")}
    features["best"] = most[0]
    features["implication"] = max((odds[name] for name in odds if name not in {"leverage", "limit"}), default=0.0)
    features["central"] = centrality
    features["length"] = own["length"]
    features["figures"] = _figures(passage)
    features.update({name: value for name, value in own.items() if not name.startswith("w:") and _is_kept(name)})
    telling = {family for _, family in passage.families} & set(_TELLING)
    features["telling"] = min(4, len(telling)) / 4
    return features


@lru_cache(maxsize=5000)
def _is_kept(name: str) -> bool:
    return name.startswith(_KEPT)


def _figures(passage: Passage) -> float:
    return min(2, sum(token in {"%", "percent", "$", "€", "billion"} for token in passage.tokens)) / 2
