"""What a figure is of, in words (goods, a question, the clause itself), and whom the text cites for it."""

from __future__ import annotations

import re

from briefnote.summarise.coding import attribution_signs
from briefnote.summarise.masking import NUMBER, Clause
from briefnote.summarise.measures import Measure, compiled

_LONGEST = 90
# Measures whose printed label names no counterpart: for these a figure of one actor will do.
_OF_ONE_ACTOR = frozenset({"poll", "interest", "growth", "fall", "share", "amount", "count", "planned_spending"})
_OF_ONE_ACTOR |= frozenset({"exchange_rate", "vessels", "incidents", "transits"})
_OPENINGS = re.compile(
    r"^(?:and|or|but|while|whereas|although|though|because|since|with|of which|moreover|however|meanwhile|also|"
    r"in addition|for example|for instance|at the same time|according to [^,]{2,60})\b,?\s+",
    re.IGNORECASE,
)
_LIST = re.compile(r"\b(?:included?|including|such as|comprised?)\b", re.IGNORECASE)
_KIND = re.compile(r"\b(?:exports|imports|sales|shipments|purchases)\b", re.IGNORECASE)
_LISTED = compiled(r"(?:^|[^@\w ])?([A-Za-z][\w, -]{2,80}) \(#\)")
_LAST_OF_LIST = re.compile(r",|\band\b|\b(?:included?|including|such as|comprised?)\b", re.IGNORECASE)
_AMOUNT_OF = re.compile(
    r"^(?:total )?(?:amount|volume|value|quantity|bulk|supply|output|production|use) of ", re.IGNORECASE
)
_DATA_OF = re.compile(
    r"^(?:the )?(?:data|figures|estimates|statistics|numbers) (?:from|of|by) (?:the )?", re.IGNORECASE
)
_NO_GOODS = frozenset({"total", "rest", "whole", "world", "waterborne", "amount", "same"})
_NOBODY = frozenset({"That", "This", "It", "He", "She", "They", "We", "I", "Some", "Many", "Others"})
_IN_PARENTHESES = re.compile(r"\s*\([^()]{0,120}\)")


def item_of(measure: Measure, clause: Clause) -> str | None:
    """Returns the goods of a measure that has some, the clause itself for one whose label is nothing else."""
    for pattern in measure.item:
        if found := pattern.search(clause.text):
            goods = _AMOUNT_OF.sub("", " ".join(found[1].split()))
            if goods.lower() in _NO_GOODS:
                continue
            return f"{goods}s" if measure.metric == "market_share" and not goods.endswith("s") else goods
    if measure.metric in _OF_ONE_ACTOR:
        return _shortened(clause.words)
    return measure.default_item


def listed_item(clause: Clause) -> str | None:
    """Returns the goods of one number of a list: "exports included computers ($4 billion), coal ($2 billion)"."""
    found = _LISTED.search(clause.sentence) if f"({NUMBER})" in clause.sentence else None
    listing = _LIST.search(clause.sentence, 0, found.end()) if found else None
    if not found or not listing:
        return None
    goods = " ".join(_LAST_OF_LIST.split(found[1])[-1].split())
    kind = _KIND.search(clause.sentence, 0, listing.start())
    return f"{goods[:1].upper()}{goods[1:]}{f' ({kind[0].lower()})' if kind else ''}" if goods else None


def _shortened(words: str) -> str:
    """Returns a clause without its opening words, at most 90 characters of it."""
    plain = " ".join(_OPENINGS.sub("", _IN_PARENTHESES.sub("", words)).split()).strip(" ,.;:–—\"'“”()•")
    if len(plain) > _LONGEST:
        plain = f"{plain[:_LONGEST].rsplit(' ', 1)[0].rstrip(' ,')}…"
    return plain[:1].upper() + plain[1:]


def is_bare(measure: Measure, parties: tuple[str | None, str | None], item: str | None) -> bool:
    """Whether something is missing that the measure's label prints: a counterpart, goods."""
    if measure.metric in _OF_ONE_ACTOR:
        return False
    return None in parties or (bool(measure.item) and item is None)


def attribution(text: str) -> str | None:
    """Returns whom a sentence cites, None where it speaks for itself."""
    for sign in attribution_signs():
        match = sign.search(text)
        who = _DATA_OF.sub("", " ".join(match["who"].split())).strip(" '\"“”‘’") if match else ""
        if who and who not in _NOBODY and any(char.isupper() for char in who):
            return who
    return None
