"""What follows for an audience: features of a passage as that audience sees it."""

from __future__ import annotations

from collections.abc import Mapping

from briefnote.summarise.actors import circles
from briefnote.summarise.features import Features, passage_features
from briefnote.summarise.pair import Pair
from briefnote.summarise.reading import Passage, Reading


def audience_features(reading: Reading, pair: Pair, number: int, actor: str, said: Mapping[str, float]) -> Features:
    """Returns the features of a passage for one audience: that audience is A, others keep their roles.

    `said` holds the probabilities of leverage and limit for the passage.
    """

    def role(name: str) -> str:
        return "A" if is_part(name, actor) else pair.role(name)

    features = passage_features(reading, pair, number, role)
    features.update({f"p:{label}": value for label, value in said.items()})
    passage = reading.passages[number]
    whole = [mention.actor for mention in passage.mentions if actor in circles(mention.actor)]
    features.update({f"circle:{'both' if 'US' in circles(name) else 'member'}": 1.0 for name in whole})
    features["near A"] = _near(reading, number, actor)
    for name in (f"audience is {pair.role(actor)}", f"audience is {pair.role(actor)} and {_named(passage, actor)}"):
        features[name] = 1.0
    features["share of A"] = _share(reading, actor)
    return features


def is_part(name: str, actor: str) -> bool:
    """Returns whether what happens to `name` happens to the audience `actor`."""
    return name == actor or actor in circles(name)


def _named(passage: Passage, actor: str) -> str:
    return "named" if any(is_part(mention.actor, actor) for mention in passage.mentions) else "not named"


def _near(reading: Reading, number: int, actor: str) -> float:
    """Returns how near the audience is named before: 1 in the sentence before, less further up in the section."""
    for step in range(1, 5):
        at = number - step
        if at >= 0 and any(is_part(mention.actor, actor) for mention in reading.passages[at].mentions):
            return 1 / step
    return 0.0


def _share(reading: Reading, actor: str) -> float:
    """Returns the audience's share of all mentions."""
    part = sum(is_part(mention.actor, actor) for mention in reading.mentions)
    return part / max(1, len(reading.mentions))
