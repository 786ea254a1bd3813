"""An article becomes the draft of its summary, by rules and a small linear model; and why each label was given."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from briefnote.model.article import Article
from briefnote.model.summary import Claim, ClaimKind, Locator, Source, Summary
from briefnote.summarise import coding
from briefnote.summarise.audience import is_part
from briefnote.summarise.condensing import condense
from briefnote.summarise.context import BASE
from briefnote.summarise.direction import main_pair
from briefnote.summarise.duplicates import without_duplicates
from briefnote.summarise.figures import figures, with_claims
from briefnote.summarise.labelling import Labelled, label, second
from briefnote.summarise.linear import model
from briefnote.summarise.overview import actors_of, gaps_of, overview
from briefnote.summarise.pair import Pair
from briefnote.summarise.reading import Passage, Reading, read
from briefnote.summarise.roles import roles_of
from briefnote.summarise.siding import by_their_side
from briefnote.summarise.weighing import speaks_of_leverage, weight_features
from briefnote.uncollected import Uncollected

AUDIENCES: Mapping[str, str] = {"us": "US", "europe": "Europe"}
Polarity = Literal["asserted", "denied", "reported", "rejected"]
_MARKER = re.compile(r"^\s*(?:[•⁃◦▪‣●*–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")


@dataclass(frozen=True)
class Explained:
    """A sentence with its labels, their probabilities, and for each label what counted most, with its log-odds."""

    text: str
    start: int
    labels: tuple[str, ...]
    odds: Mapping[str, float]
    reasons: Mapping[str, tuple[tuple[str, float], ...]]


def extract(
    article: Article, source: Source, actors: Sequence[str] = (), audiences: Mapping[str, str] = AUDIENCES
) -> Summary:
    """Returns the draft. `actors` are names known besides the gazetteer; `audiences` maps an audience to its actor."""
    with Uncollected():
        return _draft(article, source, actors, audiences)


def _draft(article: Article, source: Source, actors: Sequence[str], audiences: Mapping[str, str]) -> Summary:
    reading = read(article, actors)
    pair = main_pair(reading)
    labelled = label(reading, pair, audiences) if speaks_of_leverage(reading) else ()
    claims = without_duplicates(by_their_side(tuple(_claims(reading, pair, labelled, audiences))))
    claims = tuple(replace(claim, id=f"c{number}") for number, claim in enumerate(claims, 1))
    prose = [passage.sentence for passage in reading.passages if passage.is_prose]
    found = with_claims(figures(prose, reading.mentions, article, (pair.holder, pair.over)), claims)
    return Summary(
        source=source,
        summary=overview(claims, source.title),
        by="machine",
        actors=actors_of(reading, pair),
        gaps=gaps_of(reading, claims, found, pair),
        claims=claims,
        figures=found,
    )


def explain(
    article: Article, actors: Sequence[str] = (), audiences: Mapping[str, str] = AUDIENCES
) -> tuple[Explained, ...]:
    """Returns each sentence of prose with what spoke for and against each of its labels."""
    reading = read(article, actors)
    return tuple(_explained(reading, one) for one in label(reading, main_pair(reading), audiences))


def _explained(reading: Reading, one: Labelled) -> Explained:
    sentence = reading.passages[one.number].sentence
    reasons = {
        name: (
            *model(name if name in BASE else "audience").reasons(one.features[name]),
            *model(second(name)).reasons(one.context[name], 3),
        )
        for name in one.odds
    }
    return Explained(sentence.text, sentence.start, one.labels, one.odds, reasons)


def _claims(
    reading: Reading, pair: Pair, labelled: Sequence[Labelled], audiences: Mapping[str, str]
) -> Iterator[Claim]:
    """Yields a claim for each label of a passage, one for all of its audiences."""
    for at, one in enumerate(labelled):
        if not one.labels:
            continue
        passage = reading.passages[one.number]
        features = weight_features(reading, one.number, one.features["leverage"], one.odds, one.centrality)
        vital = model("weight").probability(features)
        following = reading.passages[labelled[at + 1].number] if at + 1 < len(labelled) else None
        for kind in ("leverage", "limit"):
            if kind in one.labels:
                yield _claim(passage, following, pair, kind, _weight(vital, one.odds[kind]), ())
        apart = {name: _is_named_apart(passage, pair, actor) for name, actor in audiences.items() if name in one.labels}
        audience = tuple(sorted(apart, key=lambda name: (not apart[name], -one.odds[name])))
        if audience:
            weight = _weight(vital, max(one.odds[name] for name in audience))
            yield _claim(passage, following, pair, "implication", weight, audience)


def _is_named_apart(passage: Passage, pair: Pair, actor: str) -> bool:
    """Says whether an audience is named otherwise than by one of the two, whom every sentence may name."""
    return any(is_part(mention.actor, actor) for mention in passage.mentions if pair.role(mention.actor) == "X")


def _weight(vital: float, odds: float) -> float:
    """Returns the weight of a claim: a vital sentence weighs little where its label is in doubt."""
    return round(math.cbrt(vital * odds**2), 3)


def _claim(
    passage: Passage, following: Passage | None, pair: Pair, kind: ClaimKind, weight: float, audience: tuple[str, ...]
) -> Claim:
    sentence = passage.sentence
    roles = roles_of(passage, pair)
    sure, words = coding.certainty(passage)
    question, stance = coding.proposition(passage, kind)
    is_pair, said = kind != "implication", condense(standing_alone(sentence.text))
    return Claim(
        id=f"c{sentence.start:07}{kind[:2]}",
        text=said,
        kind=kind,
        holder=roles.holder if is_pair else None,
        over=roles.over if is_pair else None,
        audience=audience,
        theme=coding.theme(passage),
        mechanism=coding.mechanism(passage, kind, said),
        proposition=question,
        stance=stance,
        polarity=_polarity(passage, following),
        certainty=sure,
        certainty_words=words,
        roles=roles.how if is_pair else "explicit",
        weight=weight,
        attributed_to=coding.attribution(passage),
        quote=sentence.text,
        locator=Locator(start=sentence.start, end=sentence.end),
    )


def _polarity(passage: Passage, following: Passage | None) -> Polarity:
    """A view that the next sentence rejects is rejected; what unnamed others say is reported."""
    if coding.is_reported(passage):
        return "rejected" if following and coding.is_rejection(following) else "reported"
    return "denied" if coding.is_denied(passage) else "asserted"


def standing_alone(text: str) -> str:
    """Returns the sentence on one line without its list marker."""
    return _MARKER.sub("", " ".join(text.split())).strip()
