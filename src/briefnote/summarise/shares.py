"""Whether a fraction in words is a share: "a third of its gas", and neither "a third country" nor "half past two"."""

from __future__ import annotations

import re

from briefnote.summarise.numbers import fraction

_OF_ONE_PERCENT = re.compile(r"\s(?:of )?(?:an?|one) per\s?cent(age point)?\b", re.IGNORECASE)
_NO_SHARE_BEFORE = re.compile(
    r"\b(?:first|second|other|better|latter|former|the|this|last|next|every|each|same|his|her|early|late|its|their|our|"
    r"and a)\s*$",
    re.IGNORECASE,
)
_NO_SHARE_AFTER = re.compile(
    r"[\s-]+(?:of (?:a|the|this|last|that)?\s?(?:\d{4}|centur|decade|year|month|day|week|time)(?!\w*['’]s)|(?:a |an )?"
    r"(?:dozen|century|decade|year|hour|minute|day|month|mile|met(?:re|er)|past|true|majority|"
    r"part(?:y|ies)|countr|time|hearted|way|world|term|state|nation|option|column|generation|round|place|largest|biggest|most|quarter|half|consecutive|straight|visit|"
    r"summit|war|wave|point|reason))",
    re.IGNORECASE,
)
_SHARE_AFTER = re.compile(r"[\s-]+(?:of|its|their|the|all)\b", re.IGNORECASE)
_PART_AFTER = re.compile(
    r"\s*(?:[,.;:)–—]|$)|\s+(?:from|to|in|by|more|less|fewer|cheaper|dearer|lower|higher|above|below|than|on|was|were|"
    r"is|are|came|comes|goes|go|went|depends?|belongs?|before|after|since|when)\b",
    re.IGNORECASE,
)
_SHARE_BEFORE = re.compile(
    r"\b(?:by|nearly|almost|over|about|around|roughly|some|more than|less than|at least|under|just|to|"
    r"only|remaining|another|further|against|between|than|at|"
    r"nearer|close to|up|down|fell|rose|grew)\s+$",
    re.IGNORECASE,
)
_AN_ORDINAL = re.compile(r"an? \w+,", re.IGNORECASE)
_A_WHILE = re.compile(r"\bin a quarter$|\b(?:years?|months?|days?|times?) (?:in|out of) \w+$")
_IS_SHARE = re.compile(r"-| in | of |s$")
_WITH_COUNT = re.compile(r"(?:an?|one) ", re.IGNORECASE)


def share_of(text: str, match: re.Match[str]) -> tuple[int, int, tuple[float], str] | None:
    """Returns where a fraction starts and ends, its value and unit; None where it is no share."""
    value = fraction(match["parts"])
    if value is not None and (small := _OF_ONE_PERCENT.match(text, match.end())):
        return match.start(), small.end(), (value / 100,), "pp" if small[1] else "%"
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 40]
    if value is None or _is_none(text, match, before, after):
        return None
    is_part = _WITH_COUNT.match(match["parts"]) and _PART_AFTER.match(after)
    is_share = is_part or _SHARE_AFTER.match(after) or _SHARE_BEFORE.search(before) or _IS_SHARE.search(match["parts"])
    return (match.start(), match.end(), (value,), "%") if is_share else None


def _is_none(text: str, match: re.Match[str], before: str, after: str) -> bool:
    """Whether it is a place in a row, a time, a distance."""
    if _AN_ORDINAL.fullmatch(text, 0, match.end() + 1) or _A_WHILE.search(before + match["parts"]):
        return True
    if match["parts"] == "a half" and before.endswith("and ") and "between" not in before:
        return True
    return bool(_NO_SHARE_AFTER.match(after) or _NO_SHARE_BEFORE.search(before))
