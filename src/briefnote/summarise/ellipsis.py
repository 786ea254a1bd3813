"""A number that goes on with the one before it: "in the north it is 40%, in the south 60%", "from @ (33%)"."""

from __future__ import annotations

import re

from briefnote.model.value import Value
from briefnote.summarise.completion import Two, is_partner
from briefnote.summarise.masking import NUMBER, OTHER_NUMBER, Clause
from briefnote.summarise.measures import ACTOR, Measure, compiled, named, phrase_behind, unit_class

_GENERAL = frozenset({"share", "amount", "count"})
_FARTHEST = 110
_NEW_BEFORE = re.compile(
    rf"({ACTOR})(?:'s)?[\s(,:]*(?:(?:with|at|for|by|took|takes|about|around|only|just|some|is|was|has|had|and|of|a|an|the|"
    r"another|further|nearly|over|more than|less than|almost) ?)*$",
    re.IGNORECASE,
)
_NEW_BEHIND = re.compile(
    r"\s*(?:bound |destined |sold |going |coming )?(to|from|by|for|with|in|into)\b (?:the )?(?:rest of (?:the )?)?"
    rf"({ACTOR})",
    re.IGNORECASE,
)
_OWN_WHOLE = re.compile(
    r"\s*(?:of (?!the total|all\b|gdp|it\b|that\b)|in (?!(?:the )?\d|early|late|mid))", re.IGNORECASE
)


_PARENTHESIS = re.compile(r"\s?\((?:\w+ ){0,3}")
_OF_THAT = compiled(r"# of (?:that|this) (?:figure|sum|total|amount|trade|value)\b")
_OF_GDP = re.compile(r"\s*of (?:its |the country's )?(?:gdp|gross domestic product)", re.IGNORECASE)
_THIS = compiled(
    r"(?<!of )\b(?:this|that|the|its) (?:figure|share|proportion|number|ratio|percentage|total)\b(?! of| in)|"
    r"\bit (?:was|is|had|has|stood|reached|rose|fell)\b|\b(?:increase|rise|fall|decline|drop) from (?:#|¤ to #)|"
    r"\b(?:total|accumulated|cumulative) (?:direct )?(?:investment|trade|exports|debt|stock)\b"
)
_SHARE_ONLY = compiled(r"(@)'s? (?:own )?share\b(?! of| in)")
_OF_ANOTHER = compiled(r"\s*of @(?:'s?)?[\s.]*")


class Found(Value):
    """What a number was read as: its measure, its parties, the clause it stands in, its unit.

    `is_guessed` where only the article, not the sentence, says who the counterpart is.
    """

    measure: Measure
    parties: Two
    clause: Clause
    unit: str
    is_guessed: bool = False


def gone_on(before: Found | None, measure: Measure, clause: Clause, unit: str) -> Found | None:
    """Returns the number read like `before`, the last of its kind of unit in the sentence; None where it differs."""
    if before is None or unit_class(unit) != unit_class(before.unit):
        return None
    between = clause.sentence[: clause.sentence.index(NUMBER)].rpartition(OTHER_NUMBER)[2]
    if measure == before.measure and _adds_nobody(between, before, clause):
        return Found(measure, before.parties, clause, unit, before.is_guessed)
    if measure.metric not in _GENERAL:
        return None
    if ";" in between or len(between) > _FARTHEST or _OWN_WHOLE.match(phrase_behind(clause.text)):
        return None
    parties = before.parties
    if new := _NEW_BEFORE.search(between):
        parties = _replaced(parties, clause.actors[new[1]], _last_named(before))
    if new := _NEW_BEHIND.match(clause.sentence, clause.sentence.index(NUMBER) + 1):
        parties = _replaced(parties, clause.actors[new[2]], _role_behind(before.measure, new[1].lower()))
    return Found(before.measure, parties, clause, unit)


def _adds_nobody(between: str, before: Found, clause: Clause) -> bool:
    """Whether no actor stands between the two numbers or behind the second, but partners that the first has."""
    if re.search(ACTOR, phrase_behind(clause.text)):
        return False
    named = list(re.finditer(ACTOR, between))
    return all(clause.actors[one[0]] in before.parties and is_partner(between, one.start()) for one in named)


def of_that(latest: Found | None, clause: Clause, unit: str) -> Found | None:
    """Returns the number read as a part of the sum before it: "exports were $9 billion, 78% of that figure oil"."""
    if latest is None or not _OF_THAT.search(clause.sentence):
        return None
    metric = "export_composition" if latest.measure.metric == "exports" else "share"
    return Found(named(metric), latest.parties, clause, unit)


def in_parentheses(latest: Found | None, measure: Measure, clause: Clause, unit: str) -> Found | None:
    """Returns the number read with the parties of the one before its parenthesis: "$10 billion (4% of GDP)"."""
    between = clause.sentence[: clause.sentence.index(NUMBER)].rpartition(OTHER_NUMBER)[2]
    if latest is None or not _PARENTHESIS.fullmatch(between):
        return None
    if latest.measure.metric == "fdi_stock" and _OF_GDP.match(clause.sentence, clause.sentence.index(NUMBER) + 1):
        measure = named("fdi_share_of_gdp")
    return Found(measure, latest.parties, clause, unit)


def referred_to(former: Found | None, measure: Measure, clause: Clause, unit: str) -> Found | None:
    """Returns the number read like the last of an earlier sentence where it says so: "this share rose to 40%"."""
    if former and measure == former.measure and not clause.actors:
        return Found(measure, former.parties, clause, unit)
    if former is None or measure.metric not in _GENERAL:
        return None
    at = clause.text.index(NUMBER)
    if (own := _SHARE_ONLY.search(clause.text, 0, at)) and former.measure.parties == "share":
        return Found(former.measure, (former.parties[0], clause.actors[own[1]]), clause, unit)
    return Found(former.measure, former.parties, clause, unit) if _THIS.search(clause.text, 0, at + 1) else None


def same_as(before: Found | None, measure: Measure, clause: Clause) -> Measure:
    """Returns the measure of the number before where only the whole is another: "34% of @'s trade, 4% of @'s"."""
    if before is None or measure.metric != "share" or before.measure.parties != "share":
        return measure
    return before.measure if _OF_ANOTHER.fullmatch(phrase_behind(clause.text)) else measure


def _replaced(parties: Two, actor: str, role: int) -> Two:
    if actor in parties:
        return parties
    return (actor, parties[1]) if role == 0 else (parties[0], actor)


def _last_named(before: Found) -> int:
    """Returns which of the two (0 subject, 1 counterpart) was named last before the former number."""
    text = before.clause.text
    named = [before.clause.actors[mark] for mark in re.findall(ACTOR, text[: text.index(NUMBER)])]
    last = next((actor for actor in reversed(named) if actor in before.parties), None)
    return 1 if last is not None and last == before.parties[1] else 0


def _role_behind(measure: Measure, preposition: str) -> int:
    """Returns whose role "to @" or "from @" behind a number names."""
    if measure.parties == "own":
        return 0 if preposition == "in" else 1
    if measure.parties != "flow":
        return 1
    is_giver = preposition in {"from", "by"}
    return 0 if is_giver == (measure.subject == "giver") else 1
