"""How exactly a number is meant: about, at least, at most."""

from __future__ import annotations

import re

_ABOUT = re.compile(
    r"\b(?:about|around|approximately|approx\.|roughly|nearly|almost|close to|some|circa|ca\.|an estimated|estimated"
    r"(?: at)?|estimated to be|in the region of|just (?:under|over|above|below)|or so)(?: just| only| a| the)?\s*[~≈]?$"
    r"|[~≈]\s*$",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"\b(?:more than|over|at least|above|exceed(?:s|ed|ing)?|in excess of|upwards? of|no fewer than|no less than|"
    r"not less than|surpass(?:es|ed|ing)?|topp(?:ed|ing)|greater than|well over|as (?:much|many) as|a minimum of)"
    r"(?: just| only| the| a)?\s*$|[>≥]\s*$",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"\b(?:less than|fewer than|under|below|up to|at most|no more than|not more than|no(?:t)? (?:to )?exceed(?:ing)?|"
    r"as (?:much|many|little|few|low) as|a maximum of|at maximum|(?:not|never) exceeded)"
    r"(?: just| only| a| the)?\s*$|[<≤]\s*$",
    re.IGNORECASE,
)
_NOT_ABOVE = re.compile(
    r"(?:\b(?:not|never|nor|no)|n['’]t)\b[^,.;]{0,30}\b(?:exceed|surpass|more than|above|over)", re.IGNORECASE
)
_AFTER_ABOUT = re.compile(r"\s*(?:or so|-odd\b|or thereabouts)", re.IGNORECASE)
_AFTER_ABOVE = re.compile(r"\s*(?:or (?:more|above|higher)|plus\b|\+)", re.IGNORECASE)
_AFTER_BELOW = re.compile(r"\s*(?:or (?:less|fewer|below|lower|under))", re.IGNORECASE)


def is_approximate(before: str, after: str) -> bool:
    """Whether the words before or after a number say that it is rounded."""
    return bool(_ABOUT.search(before) or _AFTER_ABOUT.match(after))


def ends(before: str, after: str, values: tuple[float, ...]) -> tuple[float | None, float | None, float | None]:
    """Returns value, low and high of one number or of the two ends of a range, by the words before and after it."""
    if len(values) == 2:
        return None, values[0], values[1]
    if _BELOW.search(before) or _AFTER_BELOW.match(after) or _NOT_ABOVE.search(before):
        return None, None, values[0]
    if _ABOVE.search(before) or _AFTER_ABOVE.match(after):
        return None, values[0], None
    return values[0], None, None
