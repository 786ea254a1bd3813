"""Who is not named with a figure: from the figure before it, from the pair that the article is about."""

from __future__ import annotations

import re

from briefnote.summarise.masking import Clause
from briefnote.summarise.measures import ACTOR, Measure, compiled

Two = tuple[str | None, str | None]
NOBODY: Two = (None, None)

# "Copper makes up # of exports": a thing accounts for the share, not an actor.
_THING = compiled(
    r"(?:^|, |\band )\W*(?:the |an? )?(?!it\b|they\b|who\b|which\b|that\b|this\b)[a-z][\w '-]{2,60} "
    r"(?:make|account|cover|contribut|provide|suppl|constitut|represent|bring|generate|contain)\w*\b{~}{0,20}#"
)
# What joins two traders: "trade with @", "between @ and @", "@-@ trade", "their trade".
_TOGETHER = compiled(
    r"\b(?:trade|trading|commerce|turnover|exchanged)\b[^.;:#¤]{0,60}\b(?:with|between)\b|\bbetween @|"
    r"@(?:[-–/]| and )@|\b(?:bilateral|two-way|mutual|the two|both (?:sides|countries|states))\b|"
    r"\btheir (?:\w+ )?trade\b|\btrad(?:e|ing) partner|\bwith @[^.;:#¤]{0,20}\btrade\b|\btrade\b[^.;:]{0,80}\bwith @"
)
_OF_TWO = re.compile(
    r"\b(?:bilateral|two-way|mutual|each other|one another|the two|both (?:sides|countries|states))\b", re.I
)
_TOWARDS = re.compile(r"\b(?:to|from|with|by|on|against|for|towards?|into)(?: the| an?)?\s*$", re.IGNORECASE)


def completed(measure: Measure, clause: Clause, found: Two, before: Two, main: Two) -> Two:
    """Fills in who is not named: from the figure before, where it goes on with it, else from the article's pair."""
    subject, counterpart = found
    if found == NOBODY:
        return before if before != NOBODY else _unnamed(measure, clause, main)
    if subject is None:
        named = (_other(counterpart, before, main), *reversed(main))
        subject = next((actor for actor in named if actor and actor != counterpart), None)
        return (subject, counterpart) if subject else (counterpart, None)
    if counterpart or measure.parties == "own" or measure.metric == "share" or _THING.search(clause.text):
        return found
    return _in_order(measure, clause, subject, _other(subject, before, main))


def _unnamed(measure: Measure, clause: Clause, main: Two) -> Two:
    """The figure of a sentence that names nobody: the pair's where it takes two, else the weaker side's."""
    return main if measure.parties in {"flow", "both"} or _OF_TWO.search(clause.sentence) else (main[1], None)


def is_guessed(measure: Measure, clause: Clause, parties: Two, before: Two) -> bool:
    """Whether the counterpart is the article's, and the clause has no place for it.

    "Exports to @" have an exporter, but "@'s exports" may go anywhere; trade of two is trade with one another.
    """
    counterpart = parties[1]
    if measure.parties == "both" and counterpart:
        return not _TOGETHER.search(clause.sentence)
    if measure.metric == "exports" and not re.search(ACTOR, clause.text):
        return True  # whose imports, whose exports?
    if counterpart is None or counterpart in clause.actors.values() or counterpart in before:
        return False
    if measure.parties == "poll" or _OF_TWO.search(clause.sentence):
        return False
    return not (measure.parties in {"flow", "both"} and any(_partner(clause, actor) for actor in parties if actor))


def _partner(clause: Clause, actor: str) -> bool:
    places = (match.start() for match in re.finditer(ACTOR, clause.text) if clause.actors[match[0]] == actor)
    return any(is_partner(clause.text, start) for start in places)


def _in_order(measure: Measure, clause: Clause, subject: str, other: str | None) -> Two:
    """Of two that trade, whoever is named as a partner ("trade with @") stands second."""
    return (other, subject) if measure.parties == "both" and other and _partner(clause, subject) else (subject, other)


def _other(actor: str | None, before: Two, main: Two) -> str | None:
    """Returns the other of the pair that an actor belongs to, None for an actor of neither pair."""
    for pair in (before, main):
        if actor in pair:
            return pair[1] if actor == pair[0] else pair[0]
    return None


def is_partner(clause: str, start: int) -> bool:
    return _TOWARDS.search(clause, max(0, start - 14), start) is not None
