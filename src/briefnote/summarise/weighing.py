"""How central a passage is to its article: what an analyst would miss most comes first."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from operator import mul

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
    bags = [Counter([token[:6] for token in reading.passages[number].tokens if len(token) > 3]) for number in numbers]
    spread = Counter(chain.from_iterable(bags))
    rarity = {stem: math.log(1 + len(bags) / number) for stem, number in spread.items()}
    vectors = [{stem: count * rarity[stem] for stem, count in bag.items()} for bag in bags]
    centre = dict.fromkeys(rarity, 0.0)
    for vector in vectors:
        for stem, value in vector.items():
            centre[stem] += value
    cosines = [_cosine(vector, centre) for vector in vectors]
    most = max(cosines, default=0.0) or 1.0
    return [cosine / most for cosine in cosines]


def _cosine(vector: Mapping[str, float], centre: Mapping[str, float]) -> float:
    product = sum(map(mul, vector.values(), map(centre.__getitem__, vector)))
    size = math.sqrt(sum(map(mul, vector.values(), vector.values())))
    return product / size if size else 0.0


def weight_features(
    reading: Reading, number: int, own: Features, odds: Mapping[str, float], centrality: float
) -> Features:
    """Returns what speaks for a passage being vital: its labels, words, roles, place and centrality.

    `own` are the features of the first pass, of which the model knows a third; `odds` the probabilities of the second.
    """
    passage = reading.passages[number]
    most = sorted((value for value in odds.values()), reverse=True)
    features: Features = {**own, "odds:leverage": odds["leverage"], "odds:limit": odds["limit"]}
    features["best"] = most[0]
    features["implication"] = max((odds[name] for name in odds if name not in {"leverage", "limit"}), default=0.0)
    features["central"] = centrality
    features["figures"] = _figures(passage)
    telling = {family for _, family in passage.families} & set(_TELLING)
    features["telling"] = min(4, len(telling)) / 4
    return features


def _figures(passage: Passage) -> float:
    return min(2, sum(token in {"%", "percent", "$", "€", "billion"} for token in passage.tokens)) / 2
