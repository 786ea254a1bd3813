"""Whether what a summary says stands in its article: quotes, offsets, the numbers of its figures.

An error is what would print words the source never wrote or lead a reader to the wrong passage. A warning is what a
person should look at: a number that is not in the passage given for it may be arithmetic, or a slip. A paraphrase
without a quote is neither.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from briefnote.errors import Problem
from briefnote.model.summary import Claim, Figure, Locator, Summary
from briefnote.summarise.folding import FoldedText, fold, folded_text
from briefnote.summarise.quantities import numerals

_TOLERANCE = 0.005  # a number is in its passage if it differs by no more than this share of itself: 33.3 is 33.33
_MONEY_AND_SHARES = frozenset({"%", "pp", "USD", "EUR", "GBP", "CNY", "JPY", "RUB", "INR"})
_MULTIPLES: dict[str, float] = {
    "double": 2,
    "doubled": 2,
    "twice": 2,
    "triple": 3,
    "tripled": 3,
    "threefold": 3,
    "quadrupled": 4,
}
_MULTIPLES |= {"twofold": 2, "fourfold": 4, "fivefold": 5, "tenfold": 10, "halved": 0.5}


def ungrounded(summary: Summary, text: str, file: str = "") -> tuple[Problem, ...]:
    """Returns what of a summary does not stand in the article `text`; `file` names the summary in the problems."""
    if _is_another_text(summary, text):
        return (Problem(file, summary.source.line, "source.sha256", _ANOTHER_TEXT, is_warning=True),)
    article = folded_text(text)
    found: list[Problem] = []
    for claim in summary.claims:
        found += _passage_problems(claim, f"claims.{claim.id}", article, file)
    claims = {claim.id: claim for claim in summary.claims}
    for figure in summary.figures:
        found += _passage_problems(figure, f"figures.{figure.id}", article, file)
        found += _number_problems(figure, claims, text, file)
    return tuple(sorted(found))


_ANOTHER_TEXT = (
    "the article beside it is not the text that was summarised, so quotes and offsets were not compared; "
    "summarise it again, or set sha256 to that of the new text once you have read both"
)


def _is_another_text(summary: Summary, text: str) -> bool:
    given = summary.source.sha256
    return given is not None and given != hashlib.sha256(text.encode()).hexdigest()


# ---- quotes and offsets ----------------------------------------------------------------------------------------


def _passage_problems(entry: Claim | Figure, where: str, article: FoldedText, file: str) -> Iterator[Problem]:
    """Returns what is wrong with the quote and the locator of a claim or figure."""
    locator = entry.locator or Locator()
    if locator.end is not None and locator.end > len(article.text):
        message = f"ends at character {locator.end}, but the article has {len(article.text)}; give the true end"
        yield Problem(file, entry.line, f"{where}.locator", message)
    if not entry.quote:
        return
    place = article.find(entry.quote, near=locator.start or 0)
    if place is None:
        yield Problem(file, entry.line, f"{where}.quote", _not_there(entry.quote, article.text))
    elif locator.start is not None and locator.end is not None and not _meets(place, locator.start, locator.end):
        message = (
            f"the quote stands at {place[0]}–{place[1]}, not at {locator.start}–{locator.end}; correct start and end"
        )
        yield Problem(file, entry.line, f"{where}.locator", message)


def _meets(place: tuple[int, int], start: int, end: int) -> bool:
    """Whether a quote lies within the passage given for it, or the passage within the quote."""
    return (start <= place[0] and place[1] <= end) or (place[0] <= start and end <= place[1])


def _not_there(quote: str, text: str) -> str:
    """Returns the message for a quote that is not in the article, with the passage nearest to it."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    message = "this quote is not in the article; quote it word for word, or leave the quote out where you paraphrase"
    near = partial_ratio_alignment(fold(quote), text, score_cutoff=75)
    if near is None:
        return message
    passage = _whole_words(text, near.dest_start, near.dest_end)
    return f"{message}. The nearest passage: “{passage[:160]}{'…' if len(passage) > 160 else ''}”"


def _whole_words(text: str, start: int, end: int) -> str:
    """Returns a passage on one line, widened to whole words."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return " ".join(text[start:end].split())


# ---- numbers ---------------------------------------------------------------------------------------------------


def _number_problems(figure: Figure, claims: dict[str, Claim], text: str, file: str) -> Iterator[Problem]:
    """Returns a warning if a number of the figure is not in its passage, in digits, words or as a fraction."""
    passage = _passage(figure, claims, text)
    if passage is None:
        return
    written = _written(passage, figure.unit)
    for name in ("value", "low", "high"):
        number = getattr(figure, name)
        if number is not None and not any(_is_same(abs(number), other) for other in written):
            message = f"{number:.12g} {figure.unit}".strip() + " is not in the passage given for it; check both"
            yield Problem(file, figure.line, f"figures.{figure.id}.{name}", message, is_warning=True)


def _passage(figure: Figure, claims: dict[str, Claim], text: str) -> str | None:
    """Returns the figure's own passage, else its claim's; None where neither has one."""
    for entry in (figure, claims.get(figure.claim or "")):
        locator = entry.locator if entry else None
        if entry and entry.quote:
            return entry.quote
        if locator and locator.start is not None:
            return text[locator.start : locator.end]
        if locator and locator.paragraph is not None:
            lines = [line for line in text.splitlines() if line.strip()]
            return lines[locator.paragraph - 1] if locator.paragraph <= len(lines) else None
    return None


def _written(passage: str, unit: str) -> list[float]:
    """Returns the numbers of a passage that can be meant in this unit: those with it, those without a clear one."""
    other = _MONEY_AND_SHARES - {unit}
    written = [value for one in numerals(passage) if one.unit not in other for value in one.values]
    times = [_MULTIPLES[word] for word in fold(passage).lower().split() if word in _MULTIPLES]
    return written + times + [100 * abs(n - 1) for n in times]


def _is_same(number: float, other: float) -> bool:
    """Whether two numbers are one: 33 may stand for a third, 66.7 for two thirds."""
    is_rounded = number == round(other) and other != round(other) and other <= 100
    return abs(number - other) <= _TOLERANCE * abs(number) or is_rounded
