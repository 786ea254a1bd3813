"""Whom "its", "our" and "the country" mean, as far as a figure needs it: whose gas, whose imports."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefnote.summarise.mentions import Mention
from briefnote.summarise.sentences import Sentence

_PRONOUN = re.compile(
    r"\b(?:(?P<own>[Oo]ur|[Ww]e)|(?P<its>[Ii]ts|[Tt]heir|It|They)|(?P<land>[Tt]h(?:e|is) (?:country|kingdom|republic|"
    r"island|nation|bloc|union|emirate|monarchy|federation)))\b(?!['’]s? (?:largest|biggest))"
)
_PREPOSITION = re.compile(
    r"\b(?:of|to|from|with|in|by|for|on|over|against|between|and|through|via)(?: the| a| an)?\s*$", re.I
)
_POSSESSIVE = re.compile(r"['’]s?\b|\s?[-–]")


def with_pronouns(
    sentence: Sentence, mentions: Sequence[Mention], topic: str | None, speaker: str | None
) -> tuple[Mention, ...]:
    """Returns the mentions of a sentence and its pronouns as mentions, in order.

    `topic` is whom the sentence before was about, `speaker` whom "we" means. A pronoun that nobody fits is left out.
    """
    found = list(mentions)
    for match in _PRONOUN.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        actor = _meant(match, sentence, sorted(found, key=lambda one: one.start), topic, speaker)
        if actor and not any(one.start < end and start < one.end for one in mentions):
            found.append(Mention(actor, start, end, match[0], "pronoun"))
    return tuple(sorted(found, key=lambda one: one.start))


def _meant(
    match: re.Match[str], sentence: Sentence, mentions: Sequence[Mention], topic: str | None, speaker: str | None
) -> str | None:
    """ "Our" is the speaker's; "its" goes back to the subject, "the country" to whoever was named last."""
    start = sentence.start + match.start()
    if match["land"]:
        return next((one.actor for one in reversed(mentions) if one.end <= start), speaker)
    return speaker if match["own"] else subject_of(sentence, mentions, start) or topic


def subject_of(sentence: Sentence, mentions: Sequence[Mention], until: int) -> str | None:
    """Returns the actor a sentence is about as far as `until`: the first that is no object, else the first named."""
    before = [one for one in mentions if one.end <= until]
    return next((one.actor for one in before if is_subject(sentence, one)), before[0].actor if before else None)


def is_subject(sentence: Sentence, mention: Mention) -> bool:
    """Whether a mention stands as a subject can: not behind a preposition."""
    start = mention.start - sentence.start
    return not _PREPOSITION.search(sentence.text[max(0, start - 16) : start])
