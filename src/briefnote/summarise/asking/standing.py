"""Whether what a model says stands in the article: its quotes, its numbers, its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from briefnote.model.summary import Claim, Figure, Locator, Summary
from briefnote.summarise.asking.addressed import speaks_to_machines
from briefnote.summarise.folding import FoldedText, fold, folded_text
from briefnote.summarise.grounding import ungrounded

Entry = TypeVar("Entry", Claim, Figure)
_SHARED = 0.5  # so many of a sentence's words must be its passage's, or the passage itself is printed
_WORD = re.compile(r"[^\W\d_]{4,}")
_SHORTEST = 2  # longer words: what is shorter stands anywhere
_STEM = 5  # letters by which words are compared: depends, dependence
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def standing(summary: Summary, text: str) -> tuple[Summary, int]:
    """Returns the summary with only what stands in the article, in the article's own words, and how much did not.

    A claim's sentence that has numbers, or too many words, that its passage lacks gives way to the passage.
    """
    article = folded_text(text)
    claims = _once(claim for one in summary.claims if (claim := _claim(one, article)) is not None)
    figures = _once(figure for one in summary.figures if (figure := _placed(one, article)) is not None)
    placed = replace(summary, claims=claims, figures=figures)
    doubted = {problem.field.split(".")[1] for problem in ungrounded(placed, text)}
    kept = replace(
        placed,
        claims=tuple(claim for claim in claims if claim.id not in doubted),
        figures=tuple(figure for figure in figures if figure.id not in doubted),
    )
    lost = len(summary.claims) + len(summary.figures) - len(kept.claims) - len(kept.figures)
    return kept, lost


def _claim(claim: Claim, article: FoldedText) -> Claim | None:
    placed = _placed(claim, article)
    if placed is None or placed.quote is None or speaks_to_machines(f"{_around(placed, article.text)}\n{claim.text}"):
        return None
    is_close = _numbers(placed.text) <= _numbers(placed.quote) and _shared(placed.text, placed.quote) >= _SHARED
    return replace(placed, text=placed.text if is_close else placed.quote, roles="inferred")


def _placed(entry: Entry, article: FoldedText) -> Entry | None:
    place = article.find(entry.quote) if entry.quote else None
    if place is None or len(_WORD.findall(article.text[slice(*place)])) < _SHORTEST:
        return None
    start, end = place
    return replace(entry, quote=" ".join(article.text[start:end].split()), locator=Locator(start, end))


def _around(entry: Claim | Figure, text: str) -> str:
    """Returns the paragraph of a passage and the one before: an order may be given in more than one sentence."""
    start, end = (entry.locator.start or 0, entry.locator.end or 0) if entry.locator else (0, 0)
    before = text.rfind("\n", 0, len(text[: text.rfind("\n", 0, start) + 1].rstrip()))
    after = text.find("\n", end)
    return text[before + 1 : after if after >= 0 else len(text)]


def _numbers(text: str) -> set[str]:
    return {number.rstrip(".,") for number in _DIGITS.findall(text)}


def _shared(text: str, quote: str) -> float:
    """Returns the share of a sentence's longer words that its passage has as well."""
    words, there = ({word[:_STEM] for word in _WORD.findall(fold(part).lower())} for part in (text, quote))
    return len(words & there) / len(words) if words else 1.0


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Parts of an article overlap in nothing, but a model may say one thing twice."""
    return tuple({(entry.quote, _tag(entry)): entry for entry in entries}.values())


def _tag(entry: Claim | Figure) -> tuple[object, ...]:
    if isinstance(entry, Claim):
        return entry.kind, entry.holder, entry.over, entry.mechanism
    return entry.metric, entry.subject, entry.counterpart, entry.value, entry.low, entry.high, entry.period
