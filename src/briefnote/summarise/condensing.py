"""A sentence of an article, cut to what it says: words are left out at its joints, none is added or changed.

What turns a statement round (not, but, unless, if, only) is never left out, and neither is a part with a number. A
sentence that would begin with a word that points to a part left out stays whole.
"""

from __future__ import annotations

import re
from functools import lru_cache

ENOUGH = 16  # words: a sentence as short as this keeps its subordinate parts
LEAST = 7  # words that a sentence must keep

_TURNS = re.compile(
    r"\b(?:not|n['’]t|no|nor|never|neither|none|nothing|but|unless|if|only|except|without|although|though|however|yet|"
    r"cannot|despite|until|hardly|rather|instead)\b",
    re.IGNORECASE,
)
_LIMITS = re.compile(r"\b(?:but|unless|if|only|except|although|though|however|yet|despite|until)\b", re.IGNORECASE)
_MANNER = re.compile(r"\W*(?:thereby |thus )?(?!including)\w+ing\b")
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
_SAYS = (
    r"(?:notes?|noted|says?|said|argues?|argued|writes?|wrote|adds?|added|complained|warns?|warned|explains?|explained|"
    r"concludes?|concluded|fears?|feared|admits?|admitted|believes?|points? out|stress(?:es|ed)|observes?|observed)"
)
_SAID_LAST = re.compile(
    rf",\s+(?:according to [^,.;]{{3,90}}|{_SAYS}\s[^.;]{{2,90}}|"
    rf"(?!(?:and|or|but|nor|yet|if|it|that|this|which|who|whom)\b)[^,.;]{{2,70}}\s{_SAYS}"
    r"(?: (?:in|at|to|of) [^,.;]{2,60})?)"
    r"(?=[.!?]*$)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:(?:the )?(?:bottom line|(?:key |strategic |main )?(?:insight|takeaway|point|lesson|finding)|upshot|"
    r"conclusion|uncomfortable truth|(?:\w+ ){1,2}is (?:this|the following|simple|clear|plain))): ",
    re.IGNORECASE,
)
_GRANTED = re.compile(
    r"^it (?:is|was) (?:also |now |by now )?(?:true|clear|obvious|evident|plain|certain|worth noting|no secret|"
    r"well known) that (?!.*, that )",
    re.IGNORECASE,
)
_VERB = r"(?:is|are|was|were|has|have|had|will|would|could|may|might|can|must|should|does|did|do|ought)"
_NOUNS = rf"(?:(?!\b{_VERB}\b)[^,;:–—])"
_CONCEDED = re.compile(
    r"^(?:(?:although|though|while|whereas|even though)\b[^,–—]{8,160}|"
    rf"(?:despite|in spite of|notwithstanding|amid|unlike|besides|for all)\b"
    rf"(?:{_NOUNS}+(?:,{_NOUNS}+)*,? and{_NOUNS}+|[^,;–—]{{8,160}})),\s+",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?<=\w),\s+(?:which|who|whose)\s[^,;:–—()]{8,110},(?=\s(?:(?:then|now|also|itself|themselves|nevertheless|still)\s)?"
    rf"{_VERB}\s)"
)
_GOES_ON = re.compile(rf",\s+{_VERB}\s")
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_ASIDE = re.compile(r"\s+[–—]\s+[^–—]{4,160}?\s+[–—]\s+|(?<=\w)—[^–—]{4,160}?—(?=\w)")
_INSERTED = re.compile(
    r",\s+(?:of course|however|in a sense|for example|for instance|in turn|moreover|indeed|therefore|"
    r"as expected|naturally|to some extent|to a lesser extent|by contrast|in fact|after all|"
    r"it (?:should|must) be (?:said|noted|admitted|added)|"
    r"(?:he|she|they|[\w.’'-]+(?: [A-Z][\w.’'-]+)?) (?:said|says?|argued?s?|noted?s?|add(?:s|ed)?|remind(?:s|ed)? us|"
    r"writes?|wrote|believes?|insist(?:s|ed)?|admit(?:s|ted)?|warn(?:s|ed)?|explain(?:s|ed)?)),",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:\s*[–—]\s+|,\s+)(?:which|who|whose|where|thereby|thus|hence|reflecting|signall?ing|bringing|making|giving|"
    r"leaving|allowing|creating|raising|turning|showing|demonstrating|indicating|underlining|including|aware|notably|"
    r"especially|particularly|namely|such as|as (?:is|was|well as|part|seen)|with|since|because|so that|a (?:move|step|"
    r"sign|situation)|and (?:that|to) |in order to|as )\b[^;]*$",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^(?:if|when|once|should|unless|as long as|whether|because|since|although|though|even|while|whereas|after|until)\b"
    r"[^,]*(?:,|$)",
    re.IGNORECASE,
)
_DASHED = re.compile(r"\s*[–—]\s+[^–—]*$|(?<=\w)—[^–—]*$")
_DIGIT = re.compile(r"\d")
_DASH = re.compile(r"\s[–—]\s|(?<=\w)—(?=\w)")
_JOINT = re.compile(r",\s|\s[–—]\s|(?<=\w)—")
_MARKS = re.compile(r"(?<=[a-z\"”'’)])\s?\d{1,2}(?=\s*$)|\s*\(→[^)]*\)|\s*→.*$")


@lru_cache(maxsize=64)
def condense(sentence: str) -> str:
    """Returns the sentence without what it can do without, ending as it ended; itself where nothing can go.

    Kept for the next claim of the same sentence.
    """
    text = sentence.strip()
    if "→" in text or text[-1:].isdigit():
        text = _MARKS.sub("", text)
    end = "." if text.endswith(".") else ""
    text = _INSERTED.sub("", text.removesuffix("."))
    for cut in (_without_opening, _without_label, _without_opening, _without_speaker):
        text = cut(text)
    for cut in (_without_asides, _without_relative, _without_concession, _without_tail, _first_of_two):
        if len(text.split()) > ENOUGH:
            text = cut(text)
    return text[:1].upper() + text[1:] + end


def _without_opening(text: str) -> str:
    for _ in range(3):
        text = _if_it_stands(text, _behind(_OPENING, text))
    return text


def _behind(opening: re.Pattern[str], text: str) -> str:
    """Returns what follows the opening, the text itself without it."""
    match = opening.match(text)
    return text[match.end() :] if match else text


def _without_label(text: str) -> str:
    """A few words and a colon before a whole sentence announce it; "it is clear that" adds nothing to what is clear."""
    for joint in (_LABEL, _GRANTED):
        text = _if_it_stands(text, _behind(joint, text))
    return text[:1].upper() + text[1:]


def _without_speaker(text: str) -> str:
    text = _if_it_stands(text, _behind(_SAID_FIRST, text))
    return _if_it_stands(text, _SAID_LAST.sub("", text))


def _without_asides(text: str) -> str:
    """What stands in brackets or between dashes; a comma stays where the aside parts a clause from the main one."""
    text = _BRACKETS.sub(lambda match: match[0] if _is_held(match[0]) else "", text)
    return _ASIDE.sub(lambda match: match[0] if _is_held(match[0]) else _seam(text[: match.start()]), text)


def _seam(head: str) -> str:
    return ", " if _CONDITION.match(head) and "," not in head else " "


def _is_held(aside: str) -> bool:
    """Says whether an aside has a number, or begins with what turns the statement round."""
    return bool(_DIGIT.search(aside) or _TURNS.match(aside.lstrip(" ([–—")))


def _without_relative(text: str) -> str:
    """A relative clause between subject and verb goes; not where a comma before it may make it part of a list."""
    match = _RELATIVE.search(text)
    if match is None or "," in text[: match.start()] or _is_needed(match[0]):
        return text
    return text[: match.start()] + text[match.end() :]


def _is_needed(part: str) -> bool:
    """Says whether a part has a number or turns the statement round; what only says how it is done can deny freely."""
    turns = _LIMITS if _MANNER.match(part) else _TURNS
    return bool(_DIGIT.search(part) or turns.search(part))


def _without_concession(text: str) -> str:
    match = _CONCEDED.match(text)
    if match is None or _DIGIT.search(match[0]):
        return text
    return _if_it_stands(text, text[match.end() :])


def _without_tail(text: str) -> str:
    """The last subordinate part goes first; what is left may have another."""
    while len(text.split()) > ENOUGH:
        joints = _joints(text)
        shorter = next((cut for joint in (_TAIL, _DASHED) if (cut := _cut(text, joint, joints)) != text), text)
        if shorter == text:
            return text
        text = shorter
    return text


def _cut(text: str, joint: re.Pattern[str], joints: list[int]) -> str:
    """Returns the text up to the last of the places where the joint fits and nothing needed is lost."""
    for match in filter(None, (joint.match(text, at) for at in reversed(joints))):
        if (
            not _is_needed(match[0])
            and not _GOES_ON.search(match[0])
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
    if len(_DASH.findall(head)) % 2:
        return False
    condition = _CONDITION.match(head)
    return condition is None or len(head[condition.end() :].split()) >= LEAST - 2


def _joints(text: str) -> list[int]:
    return [match.start() for match in _JOINT.finditer(text)]


def _first_of_two(text: str) -> str:
    """Two sentences joined by a semicolon: the first, if it says enough."""
    first, _, rest = text.partition("; ")
    return first if rest and len(first.split()) >= LEAST and not _is_needed(rest) else text


def _if_it_stands(text: str, cut: str) -> str:
    """Returns what is left after a cut, if it is still a sentence that points to nothing outside it."""
    if cut == text or len(cut.split()) < LEAST:
        return text
    return text if _POINTS.match(cut) and not _POINTS.match(text) else cut
