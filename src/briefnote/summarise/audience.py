"""What follows for an audience: features of a passage as that audience sees it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from briefnote.summarise.actors import circles
from briefnote.summarise.cues import Signs
from briefnote.summarise.data import read_data
from briefnote.summarise.features import Features, part_of, passage_features
from briefnote.summarise.pair import Pair
from briefnote.summarise.reading import Reading

Where = Sequence[frozenset[str]]  # for each passage the audiences that it names

_FURTHEST = 6  # sentences back in which the audience spoken of is looked for
_TELLING = frozenset(
    "should may_consider congress stakes cost modal condition cohesion harm counter diversify dependence share "
    "cannot coercion mistrust benefit number event history description meta power security minerals".split()
)


@dataclass(frozen=True)
class Named:
    """For each passage the audiences that it names, and for each audience its share of all mentions."""

    where: Where
    shares: Mapping[str, float]


def named_in(reading: Reading, actors: Collection[str]) -> Named:
    """Returns which of the audiences are named where: by name, by a part, by their circle, by a stand-in."""
    where = []
    for passage in reading.passages:
        names = {*(mention.actor for mention in passage.mentions), *stood_for(passage.sentence.text)}
        where.append(frozenset(actor for actor in actors if any(is_part(name, actor) for name in names)))
    return Named(where, {actor: _share(reading, actor) for actor in actors})


def audience_features(
    reading: Reading, pair: Pair, number: int, actor: str, said: Mapping[str, float], named: Named
) -> Features:
    """Returns all that is weighed of a passage for one audience; in which part of the article it stands is not.

    `said` holds the probabilities of leverage and limit for the passage, `named` who is named in which passage.
    """
    own = passage_features(reading, pair, number)
    features = {**seen_by(reading, pair, number, actor, own), **standing(reading, pair, number, actor, said, named)}
    del features[part_of(reading, number)]
    return features


def seen_by(reading: Reading, pair: Pair, number: int, actor: str, own: Features) -> Features:
    """Returns the features of a passage as one audience sees it: that audience is A, others keep their roles.

    `own` are the features by the roles of the pair, which hold for an audience without part in the passage.
    """

    def role(name: str) -> str:
        return "A" if is_part(name, actor) else pair.role(name)

    return passage_features(reading, pair, number, role) if _has_part(reading, number, actor) else own


def standing(
    reading: Reading, pair: Pair, number: int, actor: str, said: Mapping[str, float], named: Named
) -> Features:
    """Returns how one audience stands in a passage and near it, with what the passage is likely to say."""
    features = {f"p:{label}": value for label, value in said.items()}
    features.update(dict.fromkeys(_presence(reading, pair, number, actor, named.where), 1.0))
    features["near A"] = _near(number, actor, named.where)
    features["share of A"] = named.shares[actor]
    return features


def _has_part(reading: Reading, number: int, actor: str) -> bool:
    """Returns whether the passage, its heading or its introduction mentions the audience or a part of it."""
    passage = reading.passages[number]
    above = [reading.passages[at] for at in (passage.heading, passage.intro) if at is not None]
    return any(is_part(mention.actor, actor) for one in (passage, *above) for mention in one.mentions)


@lru_cache(maxsize=10_000)
def is_part(name: str, actor: str) -> bool:
    """Returns whether what happens to `name` happens to the audience `actor`."""
    return name == actor or actor in circles(name)


def _presence(reading: Reading, pair: Pair, number: int, actor: str, named: Where) -> list[str]:
    """Returns how the audience stands in the passage, in what is above it and in the sentences before."""
    passage = reading.passages[number]
    how, role = _which(named[number], actor), pair.role(actor)
    names = [f"audience is {role}", f"audience is {role} and {how}", f"names {how}"]
    names.append(f"last named {_last(reading, number, actor, named)}")
    whole = [mention.actor for mention in passage.mentions if actor in circles(mention.actor)]
    names += [f"circle:{'both' if 'US' in circles(name) else 'member'}" for name in whole]
    for what, at in (("head", passage.heading), ("intro", passage.intro)):
        if at is not None:
            names.append(f"{what} names {_which(named[at], actor)}")
    return names + [f"{family} and {how}" for _, family in passage.families if family in _TELLING]


def _which(audiences: frozenset[str], actor: str) -> str:
    """Returns "A" where the audience is named alone, "all" with others, "other" for others alone, "none"."""
    if actor in audiences:
        return "A" if len(audiences) == 1 else "all"
    return "other" if audiences else "none"


def _last(reading: Reading, number: int, actor: str, named: Where) -> str:
    """Returns which audience was named last before the passage in its section, and whether close to it."""
    heading = reading.passages[number].heading
    for step in range(1, _FURTHEST + 1):
        at = number - step
        if at < 0 or reading.passages[at].heading != heading:
            break
        if named[at]:
            return f"{_which(named[at], actor)} {'before' if step == 1 else 'further up'}"
    return "none"


def stood_for(text: str) -> list[str]:
    """Returns the actors whom words of the text stand for."""
    names = tuple(read_data("audience.yaml")["stand_ins"])
    return [names[at] for at, sign in _stand_ins().that_may_match("stand-ins", text) if sign.search(text)]


@cache
def _stand_ins() -> Signs:
    entries = read_data("audience.yaml")["stand_ins"].values()
    return Signs({"stand-ins": [_pattern(entry["words"]) for entry in entries]})


def _pattern(words: Sequence[str]) -> str:
    """A word in lower case may start a sentence."""
    initials = (f"[{word[0]}{word[0].upper()}]" if word[0].islower() else word[0] for word in words)
    rests = (re.escape(word[1:]).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words)
    parts = (initial + rest for initial, rest in zip(initials, rests, strict=True))
    return rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)"


def _near(number: int, actor: str, named: Where) -> float:
    """Returns how near the audience is named before: 1 in the sentence before, less further up."""
    for step in range(1, 5):
        if number >= step and actor in named[number - step]:
            return 1 / step
    return 0.0


def _share(reading: Reading, actor: str) -> float:
    """Returns the audience's share of all mentions."""
    part = sum(count for name, count in reading.named.items() if is_part(name, actor))
    return part / max(1, len(reading.mentions))
