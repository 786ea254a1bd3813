"""A sentence of an article, cut to what it says: words are left out at its joints, none is added or changed.

What turns a statement round (not, but, unless, if, only) is never left out, and neither is a part with a number. A
sentence that would begin with a word that points to a part left out stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable

ENOUGH = 16  # words: a sentence as short as this keeps its subordinate parts
LEAST = 7  # words that a sentence must keep

_TURNS = re.compile(
    r"\b(?:not|n['’]t|no|nor|never|neither|none|nothing|but|unless|if|only|except|without|although|though|however|yet|"
    r"cannot|despite|until|hardly|rather|instead)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"^(?:\W*\w+){0,3}?\W*\b(?:it|its|they|their|them|he|his|she|her|this|these|those|such)\b", re.IGNORECASE
)
_OPENING = re.compile(
    r"^(?:(?:however|moreover|furthermore|in addition|additionally|meanwhile|at the same time|in other words|in fact|"
    r"indeed|of course|as a result|consequently|accordingly|therefore|thus|hence|for example|for instance|that said|"
    r"in short|in sum|in particular|in practice|in turn|in this context|in such a case|in exchange|in comparison|"
    r"by contrast|by comparison|on the other hand|on the one hand|to be sure|after all|all in all|overall|ultimately|"
    r"notably|importantly|similarly|likewise|conversely|again|also|still|besides|finally|first|second|third|"
    r"first of all|nonetheless|nevertheless|more broadly|simply put|a telling example|strategic insight|today, as then|"
    r"(?:un)?fortunately|unsurprisingly|clearly|obviously|now)\s*[,:—–-]+\s+|(?:but|and|yet)(?:\s*[,—–-]+)?\s+|(?:so|yes|no)\s*[,—–-]+\s+)",
    re.IGNORECASE,
)
_SAID_FIRST = re.compile(r"^according to [^,]{3,90},\s+", re.IGNORECASE)
_SAID_LAST = re.compile(
    r",\s+(?:according to [^,.;]{3,90}|(?:[^,.;]{2,70}\s)?(?:notes?|noted|says?|said|argues?|argued|writes?|wrote|"
    r"adds?|added|complained|warned|warns|explains?|explained|concludes?|concluded)(?:\s[^.;]{2,90})?)(?=[.!?]*$)",
    re.IGNORECASE,
)
_CONCEDED = re.compile(r"^(?:although|though|while|whereas|despite|even though|in spite of)\b[^,–—]{8,160},\s+", re.I)
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_ASIDE = re.compile(r"\s+[–—]\s+[^–—]{4,160}?\s+[–—]\s+|(?<=\w)—[^–—]{4,160}?—(?=\w)")
_INSERTED = re.compile(
    r",\s+(?:of course|however|in a sense|for example|for instance|in turn|moreover|indeed|therefore|"
    r"as expected|naturally|to some extent|to a lesser extent|by contrast|in fact|after all),",
    re.I,
)
_TAIL = re.compile(
    r"(?:\s*[–—]\s+|,\s+)(?:which|who|whose|where|thereby|thus|hence|reflecting|signal?ling|bringing|making|giving|"
    r"leaving|allowing|creating|raising|turning|showing|demonstrating|indicating|underlining|including|aware|notably|"
    r"especially|particularly|namely|such as|as (?:is|was|well as|part|seen)|with|since|because|so that|a (?:move|step|"
    r"sign|situation)|and (?:that|to) |in order to|as )\b[^;]*$",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^(?:if|when|once|should|unless|as long as|whether|because|since|although|though|even)\b[^,]*(?:,|$)", re.I
)
_DASHED = re.compile(r"\s*[–—]\s+[^–—]*$|(?<=\w)—[^–—]*$")
_MARKS = re.compile(r"(?<=[a-z\"”'’)])\s?\d{1,2}(?=\s*$)|\s*\(→[^)]*\)|\s*→.*$")


def condense(sentence: str) -> str:
    """Returns the sentence without what it can do without, ending as it ended; itself where nothing can go."""
    text = _MARKS.sub("", sentence.strip())
    end = "." if text.endswith(".") else ""
    text = _INSERTED.sub("", text.removesuffix("."))
    for cut in (_without_opening, _without_speaker):
        text = cut(text)
    for cut in (_without_asides, _without_concession, _without_tail, _first_of_two):
        if len(text.split()) > ENOUGH:
            text = cut(text)
    return text[:1].upper() + text[1:] + end


def _without_opening(text: str) -> str:
    for _ in range(3):
        text = _if_it_stands(text, _OPENING.sub("", text, count=1))
    return text


def _without_speaker(text: str) -> str:
    text = _if_it_stands(text, _SAID_FIRST.sub("", text))
    return _if_it_stands(text, _SAID_LAST.sub("", text))


def _without_asides(text: str) -> str:
    for joint, new in ((_BRACKETS, ""), (_ASIDE, " ")):
        text = joint.sub(_kept_if_needed(new), text)
    return text


def _kept_if_needed(new: str) -> Callable[[re.Match[str]], str]:
    return lambda match: match[0] if _is_needed(match[0]) else new


def _is_needed(part: str) -> bool:
    return bool(re.search(r"\d", part) or _TURNS.search(part))


def _without_concession(text: str) -> str:
    match = _CONCEDED.match(text)
    if match is None or re.search(r"\d", match[0]):
        return text
    return _if_it_stands(text, text[match.end() :])


def _without_tail(text: str) -> str:
    """The last subordinate part goes first; what is left may have another."""
    while len(text.split()) > ENOUGH:
        shorter = next((cut for joint in (_TAIL, _DASHED) if (cut := _cut(text, joint)) != text), text)
        if shorter == text:
            return text
        text = shorter
    return text


def _cut(text: str, joint: re.Pattern[str]) -> str:
    """Returns the text up to the last place where the joint fits and nothing needed is lost."""
    for match in reversed([found for at in _joints(text) if (found := joint.match(text, at))]):
        if (
            not _is_needed(match[0])
            and _is_whole(text[: match.start()])
            and not _answers(text[: match.start()], match[0])
        ):
            return text[: match.start()].rstrip(" ,–—")
    return text


def _answers(head: str, tail: str) -> bool:
    """What stands after a dash often says what is, where what stands before says what is not."""
    return tail.lstrip()[:1] in "–—" and bool(_TURNS.search(head))


def _is_whole(head: str) -> bool:
    """What is left has its main clause, and breaks off within no brackets, quotation or aside."""
    if len(head.split()) < LEAST or head.count("(") > head.count(")") or head.count("“") > head.count("”"):
        return False
    if len(re.findall(r"\s[–—]\s|(?<=\w)—(?=\w)", head)) % 2:
        return False
    condition = _CONDITION.match(head)
    return condition is None or len(head[condition.end() :].split()) >= LEAST - 2


def _joints(text: str) -> list[int]:
    return [match.start() for match in re.finditer(r",\s|\s[–—]\s|(?<=\w)—", text)]


def _first_of_two(text: str) -> str:
    """Two sentences joined by a semicolon: the first, if it says enough."""
    first, _, rest = text.partition("; ")
    return first if rest and len(first.split()) >= LEAST and not _is_needed(rest) else text


def _if_it_stands(text: str, cut: str) -> str:
    """Returns what is left after a cut, if it is still a sentence that points to nothing outside it."""
    if cut == text or len(cut.split()) < LEAST:
        return text
    return text if _POINTS.match(cut) and not _POINTS.match(text) else cut
