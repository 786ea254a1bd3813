"""When a figure was so: the period in the source's words, and a year to order it by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from briefnote.model.article import Stated
from briefnote.model.summary import Figure
from briefnote.summarise.masking import NUMBER, OTHER_NUMBER
from briefnote.summarise.sentences import Sentence

_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan\\.|Feb\\.|Aug\\.|Sept\\."
    "|Oct\\.|Nov\\.|Dec\\."
)
_YEAR = r"(?:19|20)\d\d"
_PART = (
    r"(?:the )?(?:end|start|beginning|middle|close|first half|second half|first quarter|second quarter|third quarter|"
    r"fourth quarter|last quarter|first \w+ months|early|late|mid)(?: of|-)?"
)
_PERIOD = re.compile(
    rf"\b(?:(?:between|from) (?:{_PART} )?{_YEAR}s? (?:and|to) (?:{_PART} )?{_YEAR}s?"
    rf"|(?:{_PART}[ -]?)?(?:(?:the )?{_YEAR}[–-](?:{_YEAR}|\d\d)s?)(?!\d)"
    rf"|(?:before |since |until |after |through |by )?(?:{_PART}[ -]?)?(?:(?:fiscal year|fiscal|fy) ?)?"
    rf"(?:(?:{_MONTH.lower()}) )?(?:\d{{1,2}},? )?(?:the )?{_YEAR}s?(?!\d)"
    r"|(?:last|this|next|the following|the previous|that) (?:year|month|quarter|decade|week|spring|summer|autumn|"
    r"winter)|(?:before|since|after|on the eve of|until) the (?:war|invasion|crisis|embargo|sanctions|conflict|"
    r"protests|ban|blockade|annexation|quarrel|dispute|coup|pandemic)"
    r"|(?:a|two|three|five|ten|twenty|\d+) (?:years?|decades?|months?) (?:ago|earlier|before)|today|now(?=[ ,]))",
)
_SIGN = re.compile(
    r"(?:19|20)\d\d|\b(?:now|today|years?|months?|quarters?|decades?|week|spring|summer|autumn|winter|war|invasion|crisis|"
    r"embargo|sanctions|conflict|protests|ban|blockade|annexation|quarrel|dispute|coup|pandemic)\b"
)
_SPAN = re.compile(rf"(?:between )?({_YEAR}) (?:and|to) ({_YEAR})")
_FROM = re.compile(f"from {NUMBER} to {OTHER_NUMBER}")
_TO = re.compile(f"from {OTHER_NUMBER} to {NUMBER}")
_STARTS_UPPER = re.compile(rf"(?:(?:{_MONTH})\b|FY|fy)")
_NUMBER = re.compile(r"\d")
_PARENTHESIS = re.compile(r"\([^()]*\)")
_YEARS = re.compile(_YEAR)


def period_near(text: str, start: int, end: int) -> tuple[str | None, float | None]:
    """Returns the period of the number at `text[start:end]` in words and as a year; None where none is said.

    The first period behind the number counts, unless another number comes first; else the last before it.
    """
    places = _places(text)
    behind = next((place for place in places if place[0] >= end), None)
    if behind and behind[0] - end <= 60 and not _NUMBER.search(_PARENTHESIS.sub("", text[end : behind[0]])):
        return _said(behind[2])
    before = [place for place in places if place[1] <= start]
    return _said(before[-1][2]) if before else (None, None)


@lru_cache(maxsize=16)
def _places(text: str) -> tuple[tuple[int, int, str], ...]:
    """Returns where the periods of a sentence stand, and their words."""
    lower = text.lower() if len(text.lower()) == len(text) else text
    if not _SIGN.search(lower):
        return ()
    return tuple((match.start(), match.end(), text[match.start() : match.end()]) for match in _PERIOD.finditer(lower))


def _said(words: str) -> tuple[str | None, float | None]:
    plain = re.sub(r"\s+", " ", words).strip(" ,")
    plain = re.sub(r"^(?:in|by|from) |^the (?=\d{4}$)", "", plain, flags=re.IGNORECASE)
    return plain if _STARTS_UPPER.match(plain) else plain[:1].lower() + plain[1:], year_of(plain)


def year_of(period: str) -> float | None:
    """Returns the year of a period for ordering: the last one named, the middle of a year as a half."""
    years = _YEARS.findall(period)
    if not years:
        return None
    return float(years[-1]) + (0.5 if re.search(r"\b(?:mid|middle)\b", period) else 0.0)


def end_of(period: str | None, year: float | None, sentence: str) -> tuple[str | None, float | None]:
    """Returns the end of a span of years that a number is of: "between 1999 and 2024 … from # to ¤" is 1999."""
    span = _SPAN.fullmatch(period or "")
    for number, pattern in enumerate((_FROM, _TO), 1):
        if span and pattern.search(sentence):
            return span[number], float(span[number])
    return period, year


# ---- what the text around says of when -------------------------------------------------------------------------

_NOW = re.compile(r"(?:now|today|this year|last year|next year)")


def dated(
    made: Iterable[Figure], before: Sequence[Figure], last: Sentence | None, published: Stated | None
) -> Iterator[Figure]:
    """Yields the figures of a sentence, dated by what stands around them where they say no year.

    "Now" is the year of publication. A figure without a period has that of the figure before it, if that measures the
    same and stands in the same or in the `last` sentence.
    """
    former = before[0] if before else None
    for figure in made:
        if former and former.metric == figure.metric and _is_undated(figure) and _is_near(former, figure, last):
            figure = replace(figure, period=former.period, year=former.year)  # noqa: PLW2901
        elif figure.period and figure.year is None and published and _NOW.fullmatch(figure.period):
            shift = {"last": -1, "next": 1}.get(figure.period[:4], 0)
            figure = replace(figure, year=float(published.value[:4]) + shift)  # noqa: PLW2901
        yield figure
        former = figure


def _is_undated(figure: Figure) -> bool:
    return figure.period is None and not _places(figure.quote or "")


def _is_near(former: Figure, figure: Figure, last: Sentence | None) -> bool:
    places = {figure.locator and figure.locator.start, last.start if last else None}
    return former.locator is not None and former.locator.start in places
