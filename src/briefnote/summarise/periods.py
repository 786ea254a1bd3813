"""When a figure was so: the period in the source's words, and a year to order it by."""

from __future__ import annotations

import re

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
    rf"(?:between|from) (?:{_PART} )?{_YEAR}s? (?:and|to) (?:{_PART} )?{_YEAR}s?"
    rf"|(?:{_PART}[ -]?)?(?:(?:the )?{_YEAR}[–-](?:{_YEAR}|\d\d)s?)(?!\d)"
    rf"|(?:before |since |until |after |through |by )?(?:{_PART}[ -]?)?(?:(?:fiscal year|fiscal|FY) ?)?"
    rf"(?:(?:{_MONTH}) )?(?:\d{{1,2}},? )?(?:the )?{_YEAR}s?(?!\d)"
    r"|(?:last|this|next|the following|the previous|that) (?:year|month|quarter|decade|week|spring|summer|autumn|"
    r"winter)|(?:before|since|after|on the eve of|until) the (?:war|invasion|crisis|embargo|sanctions|conflict|"
    r"protests|ban|blockade|annexation|quarrel|dispute|coup|pandemic)"
    r"|(?:a|two|three|five|ten|twenty|\d+) (?:years?|decades?|months?) (?:ago|earlier|before)|today|now(?=[ ,])",
    re.IGNORECASE,
)
_STARTS_UPPER = re.compile(rf"(?:{_MONTH}|FY)\b")
_NUMBER = re.compile(r"\d")
_PARENTHESIS = re.compile(r"\([^()]*\)")
_YEARS = re.compile(_YEAR)


def period_near(text: str, start: int, end: int) -> tuple[str | None, float | None]:
    """Returns the period of the number at `text[start:end]` in words and as a year; None where none is said.

    The first period behind the number counts, unless another number comes first; else the last before it.
    """
    behind = _PERIOD.search(text, end)
    if behind and behind.start() - end <= 60 and not _NUMBER.search(_PARENTHESIS.sub("", text[end : behind.start()])):
        return _said(behind[0])
    found = list(_PERIOD.finditer(text, 0, start))
    return _said(found[-1][0]) if found else (None, None)


def _said(words: str) -> tuple[str | None, float | None]:
    plain = re.sub(r"\s+", " ", words).strip(" ,")
    plain = re.sub(r"^(?:in|by|from) ", "", plain, flags=re.IGNORECASE)
    return plain if _STARTS_UPPER.match(plain) else plain[:1].lower() + plain[1:], year_of(plain)


def year_of(period: str) -> float | None:
    """Returns the year of a period for ordering: the last one named, the middle of a year as a half."""
    years = _YEARS.findall(period)
    if not years:
        return None
    return float(years[-1]) + (0.5 if re.search(r"\b(?:mid|middle)\b", period) else 0.0)
