"""The figures of an article: each quantity with what it measures, whose it is, when it was so and who says it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from briefnote.model.article import Article
from briefnote.model.summary import Claim, Figure, Locator
from briefnote.summarise.completion import NOBODY, Two, is_guessed
from briefnote.summarise.ellipsis import Found, gone_on, in_parentheses, of_that, referred_to, same_as
from briefnote.summarise.items import attribution, is_bare, item_of, listed_item
from briefnote.summarise.masking import Clause, clause_of, mask
from briefnote.summarise.measures import Measure, general, measure_of, unit_class
from briefnote.summarise.mentions import Mention
from briefnote.summarise.parties import parties_of
from briefnote.summarise.periods import dated, end_of, period_near
from briefnote.summarise.pronouns import subject_of, with_pronouns
from briefnote.summarise.quantities import Quantity, quantities
from briefnote.summarise.sentences import Sentence

_BACK = 20  # how many sentences a pronoun goes back


def figures(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], article: Article, main: Two = (None, None)
) -> tuple[Figure, ...]:
    """Returns the figures in order, numbered f1, f2, …

    `mentions` are those of the whole article in order. `main` are the two actors that the article is about: theirs is
    a figure where no actor is named; by default they are the two most often named.
    """
    pair = main if any(main) else _most_named(mentions)
    starts = [mention.start for mention in mentions]
    found: list[Figure] = []
    former: dict[str, Found] = {}
    for place, sentence in enumerate(sentences):
        if quoted := quantities(sentence.text):
            topic = _topic(sentences[max(0, place - _BACK) : place], mentions, starts) or pair[1]
            named = with_pronouns(sentence, _within(sentence, mentions, starts), topic, pair[1])
            read = list(_of_sentence(sentence, named, quoted, pair, former))
            former = {unit_class(one.unit): one for one in read}
            page, numbered = (
                article.blocks[sentence.block].page,
                enumerate(zip(quoted, read, strict=True), len(found) + 1),
            )
            made = (_figure(f"f{number}", sentence, amount, one, page, pair) for number, (amount, one) in numbered)
            found += dated(made, found[-1:], sentences[place - 1] if place else None, article.metadata.published)
    return tuple(found)


def _within(sentence: Sentence, mentions: Sequence[Mention], starts: Sequence[int]) -> Sequence[Mention]:
    return mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]


def _topic(before: Sequence[Sentence], mentions: Sequence[Mention], starts: Sequence[int]) -> str | None:
    """Returns whom the last sentences were about: the subject of the last that names anybody."""
    for sentence in reversed(before):
        if actor := subject_of(sentence, _within(sentence, mentions, starts), sentence.end):
            return actor
    return None


def with_claims(found: Sequence[Figure], claims: Sequence[Claim]) -> tuple[Figure, ...]:
    """Returns the figures, each with the id of the heaviest claim whose passage it stands in."""
    heaviest: dict[tuple[int | None, int | None], Claim] = {}
    for claim in claims:
        place = (claim.locator.start, claim.locator.end) if claim.locator else (None, None)
        if place not in heaviest or claim.weight > heaviest[place].weight:
            heaviest[place] = claim
    claimed = ((figure, _claim_at(figure, heaviest)) for figure in found)
    return tuple(replace(figure, claim=claim) if claim else figure for figure, claim in claimed)


def _claim_at(figure: Figure, claims: Mapping[tuple[int | None, int | None], Claim]) -> str | None:
    at = figure.locator
    claim = claims.get((at.start, at.end)) if at and at.start is not None else None
    return claim.id if claim else None


def _most_named(mentions: Sequence[Mention]) -> Two:
    named = [actor for actor, _ in Counter(mention.actor for mention in mentions).most_common(2)]
    return (*named, None, None)[:2]  # type: ignore[return-value]


def _of_sentence(
    sentence: Sentence, mentions: Sequence[Mention], found: Sequence[Quantity], main: Two, former: Mapping[str, Found]
) -> Iterator[Found]:
    """Yields what each number of a sentence was read as; `former` are the last ones before, by kind of unit."""
    masked = mask(sentence, mentions, found)
    latest: Found | None = None
    last: dict[str, Found] = {}
    for number, quantity in enumerate(found):
        clause, unit = clause_of(masked, number), quantity.unit
        measure = same_as(last.get(unit_class(unit)), measure_of(clause, unit), clause)
        latest = (
            of_that(latest, clause, unit)
            or in_parentheses(latest, measure, clause, unit)
            or gone_on(last.get(unit_class(unit)), measure, clause, unit)
            or referred_to(former.get(unit_class(unit)), measure, clause, unit)
            or _by_itself(measure, clause, unit, latest.parties if latest else NOBODY, main)
        )
        last[unit_class(unit)] = latest
        yield latest


def _by_itself(measure: Measure, clause: Clause, unit: str, before: Two, main: Two) -> Found:
    parties = parties_of(measure, clause, before, main)
    return Found(measure, parties, clause, unit, is_guessed(measure, clause, parties, before))


def _figure(name: str, sentence: Sentence, quantity: Quantity, found: Found, page: int | None, main: Two) -> Figure:
    period, year = end_of(*period_near(sentence.text, quantity.start, quantity.end), found.clause.sentence)
    measure, parties, item = found.measure, found.parties, item_of(found.measure, found.clause)
    if listed := listed_item(found.clause):
        measure, item = general(quantity.unit), listed
    elif found.is_guessed or is_bare(measure, parties, item):
        measure = general(quantity.unit)
        item = item_of(measure, found.clause)
    return Figure(
        id=name,
        metric=measure.metric,
        subject=parties[0] or "unknown",
        counterpart=parties[1],
        item=item,
        unit=quantity.unit,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        period=period,
        year=year,
        approximate=quantity.is_approximate,
        attributed_to=attribution(sentence.text),
        weight=_weight(measure, parties, main),
        quote=sentence.text,
        locator=Locator(sentence.start, sentence.end, page),
    )


def _weight(measure: Measure, parties: Two, main: Two) -> float:
    """A figure between the two that the article is about counts most, one about neither least."""
    strangers = sum(actor not in {*main, "world"} for actor in parties if actor)
    return round(measure.weight * (1.0, 0.75, 0.5)[strangers], 3)
