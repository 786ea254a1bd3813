"""A sentence with its actors and numbers as single characters, so that patterns can speak of where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefnote.model.value import Value
from briefnote.summarise.mentions import Mention
from briefnote.summarise.quantities import Quantity
from briefnote.summarise.sentences import Sentence

FIRST_ACTOR, FIRST_NUMBER = 0xE000, 0xF000
NUMBER, OTHER_NUMBER = "\uf8fe", "\uf8ff"
_MOST = 0x07FF
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\n": " ", "\xa0": " "})
_CLAUSE_ENDS = re.compile(r"[;:—–]|, (?:while|whereas|but|though|although|with|and|or)\b| (?:while|whereas)\b|\. ")
_ARTICLE = re.compile(r"\b(?:the|the wider|the rest of the)\s$", re.IGNORECASE)
_MARK = re.compile("[\ue000-\uf7ff]")


class Masked(Value):
    """`text` has mention k as the character FIRST_ACTOR + k, number k as FIRST_NUMBER + k; `forms` says how each was
    written, `actors` whom a mention means."""

    text: str
    actors: dict[str, str]
    forms: dict[str, str]


class Clause(Value):
    """The clause of one number, which is NUMBER in `text`, every other being OTHER_NUMBER.

    `sentence` is the whole sentence in the same way; `words` is the clause as it is written.
    """

    text: str
    sentence: str
    actors: dict[str, str]
    words: str


def mask(sentence: Sentence, mentions: Sequence[Mention], numbers: Sequence[Quantity]) -> Masked:
    """Returns the sentence masked. An actor within a number ("4 U.S. dollars") is part of the number."""
    free = [one for one in mentions[:_MOST] if not _within(one, sentence, numbers)]
    spans = [(_start(one, sentence), one.end - sentence.start, chr(FIRST_ACTOR + k)) for k, one in enumerate(free)]
    spans += [(one.start, one.end, chr(FIRST_NUMBER + k)) for k, one in enumerate(numbers[:_MOST])]
    pieces: list[str] = []
    at = 0
    for start, end, mark in sorted(spans):
        pieces += [sentence.text[at:start], mark]
        at = end
    text = "".join([*pieces, sentence.text[at:]]).translate(_STRAIGHT)
    forms = {mark: sentence.text[start:end] for start, end, mark in spans}
    return Masked(text, {chr(FIRST_ACTOR + k): one.actor for k, one in enumerate(free)}, forms)


def _start(mention: Mention, sentence: Sentence) -> int:
    """Returns where a mention begins in its sentence, its article counted in: "to the Union" is "to @"."""
    start = mention.start - sentence.start
    article = _ARTICLE.search(sentence.text, max(0, start - 13), start)
    return article.start() if article else start


def _within(mention: Mention, sentence: Sentence, numbers: Sequence[Quantity]) -> bool:
    start, end = mention.start - sentence.start, mention.end - sentence.start
    return any(start < one.end and one.start < end for one in numbers)


def clause_of(masked: Masked, number: int) -> Clause:
    """Returns the clause around a number."""
    mark = chr(FIRST_NUMBER + number)
    place = masked.text.index(mark)
    start = max((match.end() for match in _CLAUSE_ENDS.finditer(masked.text, 0, place)), default=0)
    end = _CLAUSE_ENDS.search(masked.text, place)
    text = masked.text[start : end.start() if end else len(masked.text)]
    words = _MARK.sub(lambda found: masked.forms[found[0]], text).strip()
    return Clause(_with_number(text, mark), _with_number(masked.text, mark), masked.actors, words)


def _with_number(text: str, mark: str) -> str:
    return re.sub("[\uf000-\uf7ff]", OTHER_NUMBER, text.replace(mark, NUMBER))
