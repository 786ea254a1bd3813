"""The sentences of an article, each with its offsets: never across blocks, nothing but white space between them.

Holds to the "golden rules" for English that Pragmatic Segmenter published: abbreviations, initials, decimals, quotes,
ellipses, list markers. On top of them, what policy articles have: footnote marks glued to the full stop, bullets,
headings with emoji, table rows.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from briefnote.model.article import Article, Block
from briefnote.model.value import Value


class Sentence(Value):
    """One sentence: `text == article.text[start:end]`; `block` is the number of its block, from 0."""

    text: str
    start: int
    end: int
    block: int


_CLOSERS = r"[)\]”’\"'»]*"
_OPENERS = "(\"'“‘[«*_—–-"
_NOTES = r"(?:\[\d{1,3}\]|[¹²³⁰⁴-⁹*†‡]{1,3}|(?<![\d.]\.)\d{1,3}(?:[,–-]\d{1,3})*|(?<=\d{4}\.)\d{1,2})*"
_STOP = re.compile(
    rf"(?:(?P<spaced>\.(?:[ \xa0]\.){{2,}})|(?P<mark>(?<![\[.!?…])[.!?…]+)){_CLOSERS}{_NOTES}{_CLOSERS}(?=\s|$)"
    r"|(?<=\s)(?=[•⁃◦▪‣●]\s?\w)"
)
_ROW = re.compile("\n")
_NEXT = re.compile(rf"\s+[{re.escape(_OPENERS)}]*([^\W_]+)?")
_MARKER = re.compile(r"\s*[•⁃◦▪‣●]?\s*(\d{1,3}|[a-z])(\.\)|\)|\.)\s+(?=\S)")
_PARTS = re.compile(rf"[{re.escape(_OPENERS)}/]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]", re.UNICODE)  # the last full stop is the one in question

_TITLES = frozenset(
    "adm amb art arts assoc brig capt cf ch chs cmdr col cpl dept dist dr e.g eg fig figs gen gov hon i.e ie lt ltd.co "
    "maj mr mrs ms mt messrs mme nos par para paras pres prof rep reps rev sec sect secs sen sens sgt st supt viz vol "
    "vols vs v approx ed eds op trans".split()
)
_BEFORE_NUMBERS = frozenset(
    "no nos n° p pp ca c art jan feb mar apr jun jul aug sept sep oct nov dec fig sec vol ch para §".split()
)
_PERHAPS_LAST = frozenset(
    "inc ltd corp co llc plc bros jr sr etc al est univ ave blvd st rd dept a.m p.m am pm ph.d b.a m.a b.c a.d "
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun bn mn tn km kg "
    "ibid cit govt intl gmbh s.a n.v approx min max avg incl excl".split()
)
_STARTERS = frozenset(
    "a according after all also although an and another any are as at because before both but by can could despite did "
    "do does during each earlier either even every few finally first for from further given had has have he hence her "
    "here his how however i if in indeed instead is it its last later least many may meanwhile moreover most much my "
    "neither nevertheless next no none nor not now of on once one only or other others our over perhaps second several "
    "she should since so some still such that the their then there therefore these they third this those though "
    "three thus to today two under unless unlike until we were what when where whether which while who why will with "
    "within without would yes yet you your mr mrs ms dr analysts officials critics experts".split()
)


def split(article: Article) -> tuple[Sentence, ...]:
    """Returns the sentences in order. Blocks without a letter or digit ("---") have one sentence as well."""
    return tuple(
        Sentence(article.text[start:end], start, end, number)
        for number, block in enumerate(article.blocks)
        for start, end in _spans(article.text, block)
    )


def _spans(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Returns where each sentence of a block starts and ends, without the white space around it."""
    start = block.start
    for cut in (*_cuts(text, block), block.end):
        piece = text[start:cut]
        first, last = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        if first < last:
            yield first, last
        start = cut


def _cuts(text: str, block: Block) -> list[int]:
    """Returns where the block is to be cut, in order: before list items that run on, and at ends of sentences."""
    if block.kind == "table":
        return [match.end() for match in _ROW.finditer(text, block.start, block.end)]
    edges = [block.start, *_item_starts(text, block), block.end]
    cuts = edges[1:-1]
    for start, end in itertools.pairwise(edges):
        begin = _after_marker(text, start)
        for stop in _STOP.finditer(text, begin, end):
            if (cut := _cut(text, stop, begin, end)) is not None:
                cuts.append(cut)
                begin = _after_marker(text, cut)
    return sorted(cuts)


def _after_marker(text: str, at: int) -> int:
    """Returns where a sentence's own words begin: after "1." or "• a)", whose full stop ends nothing."""
    marker = _MARKER.match(text, at)
    return marker.end() if marker else at


def _item_starts(text: str, block: Block) -> list[int]:
    """Returns where the second, third … item of a list begins that runs on within its block: "1. Oil 2. Gas"."""
    marker = _MARKER.match(text, block.start, block.end)
    starts: list[int] = []
    while marker:
        following = rf"(?<=\s)[•⁃◦▪‣●]?\s?{_following(marker[1])}{re.escape(marker[2])}\s+(?=[^\W\d_])"
        found = re.compile(following).search(text, marker.end(), block.end)
        if not found:
            break
        starts.append(found.start())
        marker = _MARKER.match(text, found.start(), block.end)
    return starts


def _following(number: str) -> str:
    return str(int(number) + 1) if number.isdigit() else chr(ord(number) + 1)


def _cut(text: str, stop: re.Match[str], start: int, end: int) -> int | None:
    """Returns where to cut at a possible end of a sentence that began at `start`, None where it goes on."""
    if stop.end() == stop.start():
        return stop.end()
    if stop.end() >= end or stop.start() < start:
        return None
    following = _NEXT.match(text, stop.end(), end)
    word = (following[1] or "") if following else ""
    if word[:1].islower():
        return None
    if stop["spaced"]:
        return _after_ellipsis(text, stop, word)
    mark = stop["mark"]
    ends = _abbreviation_ends(text, stop, start, word) if mark == "." else not _trails_off(mark, word)
    return stop.end() if ends else None


def _after_ellipsis(text: str, stop: re.Match[str], word: str) -> int | None:
    """A full stop and an ellipsis cut: "compounds. . . . The" after the stop, "period . . . . Next" after all."""
    if stop["spaced"].count(".") == 3:
        return None
    at = stop.start()
    return at + 1 if text[at - 1 : at].isalnum() and word else stop.end()


def _trails_off(mark: str, word: str) -> bool:
    """Whether an ellipsis goes on: "well … I mean"."""
    return mark in {"…", "..."} and word in {"", "I"}


def _abbreviation_ends(text: str, stop: re.Match[str], start: int, word: str) -> bool:
    """Whether a single full stop ends its sentence, by the word before it and the word after it."""
    words = text[max(start, stop.start() - 60) : stop.start()].split()
    before = _PARTS.split(words[-1])[-1] if words else ""
    lower = before.lower()
    if word.isdigit() and (lower in _BEFORE_NUMBERS or not before):
        return False
    if len(before) == 1 and before.isalpha():
        return not _is_initial(before, words, word)
    if _INITIALS.fullmatch(before) or lower in _PERHAPS_LAST:
        return word.lower() in _STARTERS and not (lower in {"a.m", "p.m"} and len(words) <= 3)
    return not (lower in _TITLES and word)


def _is_initial(letter: str, words: list[str], word: str) -> bool:
    """Whether "E." belongs to a name ("Jonas E. Smith") and not to "Plan B. The" or "you and I. Did"."""
    if not letter.isupper():
        return True
    named = len(words) == 1 or words[-2][:1].isupper() or words[-2][-1:] in ".,;("
    return named and word.lower() not in _STARTERS
