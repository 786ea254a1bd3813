"""Lines that are about an article and no part of it: dates, bylines, labelled lines, captions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from briefnote.ingest.dates import dates_in
from briefnote.ingest.names import is_byline
from briefnote.ingest.passages import Passage

_CREDIT = re.compile(
    r"(?:\bphoto(?:graph)?s?\s*(?:by|:|host)|\bimages?\s*(?:by|:|via|credit)|\bcredit\s*:|\(AP\b|\bvia AP\b|AP Photo|"
    r"/(?:AP|AFP|Reuters|Getty)\b|\bGetty Images\b|\bShutterstock\b|\bREUTERS/)",
    re.IGNORECASE,
)
# A credit has one of them: told in a tenth of the time.
_HINTS = ("photo", "image", "credit", "(ap", "via ap", "/ap", "/afp", "/reuters", "reuters/", "getty", "shutterstock")
# "Figure 3:", "Source:": the word is looked up, as an alternation of twenty words takes ten times as long.
_LABELLED = re.compile(r"([A-Za-z]{3,8}\.?)\s*(?::|(\d+)[A-Za-z]?\s*[.:–—-])")
_NUMBERED = frozenset("figure fig. table chart map graph box exhibit photo image".split())
_NAMED = frozenset("source sources note notes photo image credit caption".split())
_AROUND_DATES = re.compile(
    r"\b(?:published|updated|posted|last|modified|revised|reviewed|date|on|at|by|am|pm|a\.m\.|p\.m\.|[A-Z]{3,4}|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|\d{1,2}:\d\d|\d+\s*min(?:ute)?s?|read)\b",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"\W*(title|subject|re|authors?|by|from|date|published|updated|source|publisher|url|link|to|cc)\s*:\s*(\S.*)", re.I
)

_PLACE = re.compile(r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,2}\s*[,–—-]\s*")  # "Vilnius, 14 March"
_NUMBER = re.compile(r"\([A-Z0-9./ -]{1,14}\)")  # "(IF11175)"
_BY_NOBODY = re.compile(r"by (?:our|an?|the|staff)\b", re.IGNORECASE)
_KICKER = re.compile(
    r"(?:(?:opinion|comment(?:ary)?|analysis|essay|editorial|column|briefing|explainer|feature|interview|report|"
    r"books?(?: & arts)?|review|perspectives?|viewpoint|insights?|(?:working|research|policy|background|issue|special|"
    r"trade) (?:note|notes|paper|papers|brief|briefs|briefing|report)|memo(?:randum)?|press release)"
    r"(?:\s*[·|:–—-]?\s*(?:no\.?|number|issue|vol\.?)?\s*\d[\w/.-]*)?|(?:number|no\.?|issue|vol(?:ume)?\.?)\s*\S*\d\S*)",
    re.IGNORECASE,
)
_FRONT, _LONGEST_FRONT, _LONGEST_CAPTION = 12, 250, 600


def is_date_line(text: str) -> bool:
    """Says whether a line holds a date and nothing else but what is written around dates."""
    days = dates_in(text) if len(text) <= 120 else ()
    if not days:
        return False
    rest = "".join(text[end:start] for end, start in _between([(day.start, day.end) for day in days], len(text)))
    if _PLACE.fullmatch(text[: days[0].start]):
        rest = rest[days[0].start :]
    return sum(1 for character in _AROUND_DATES.sub("", _NUMBER.sub("", rest)) if character.isalnum()) < 3


def _between(spans: list[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    edges = [0, *(edge for span in spans for edge in span), length]
    return zip(edges[::2], edges[1::2], strict=True)


def is_front_line(text: str) -> bool:
    """Says whether it is about the article: a date, a byline, a labelled line, a lone "By"."""
    if len(text) < 4 or is_date_line(text) or is_byline(text) or LABEL.match(text) is not None:
        return True
    return len(text) < 100 and _BY_NOBODY.match(text) is not None and not text.endswith(".")


def is_kicker(text: str) -> bool:
    """Says whether it only names the kind or the number of a publication."""
    return len(text) < 60 and _KICKER.fullmatch(text) is not None


def is_caption(text: str) -> bool:
    """Says whether it stands under or over a picture or a table: numbered, a credit, a source."""
    text = text.strip()
    length = len(text)
    if label := _LABELLED.match(text):
        word = label[1].lower()
        if word in _NUMBERED if label[2] else word in _NAMED and length < _LONGEST_CAPTION:
            return True
    if length >= 160 and (length > 700 or not text.endswith((")", "AP"))):
        return False
    text = " ".join(text.split())
    lowered = text.lower()
    for hint in _HINTS:
        if hint in lowered:
            return _CREDIT.search(text) is not None
    return False


def with_front_lines(passages: list[Passage]) -> list[Passage]:
    """Returns the passages, those before the body that are about the article as notes, captions as captions.

    Where none is said to be the title, the first short one before the body is.
    """
    found, in_front = [], True
    has_title = any(passage.kind == "title" for passage in passages[:_FRONT])
    for number, passage in enumerate(passages):
        kind, runs = passage.kind, passage.runs
        length = len(runs[0].text) if len(runs) == 1 else passage.length
        in_front = in_front and number < _FRONT and kind != "item" and length < _LONGEST_FRONT
        if length < _LONGEST_CAPTION and kind in {"paragraph", "heading"}:
            if is_caption(passage.text if in_front or len(runs) > 1 else runs[0].text):
                kind = "caption"
            elif in_front and is_front_line(passage.text):
                kind = "note"
            elif in_front and not has_title and not passage.text.endswith((".", ",", ";")):
                kind, has_title = "title", True
        found.append(passage if kind == passage.kind else replace(passage, kind=kind, level=0))
    return found
