"""Frames: patterns of a clause that say who holds leverage over whom, or what stands against it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from briefnote.model.value import Value
from briefnote.summarise.cues import Cues
from briefnote.summarise.data import read_data
from briefnote.summarise.mentions import Mention

ACTOR = "[\ue000-\uf8ff]"  # a masked mention
_OWN = re.compile(ACTOR)  # what a text itself has of that area
_PARTS = {
    "{H}": f"(?P<holder>{ACTOR})",
    "{O}": f"(?P<over>{ACTOR})",
    "{A}": f"(?P<actor>{ACTOR})",
    "{-}": r"[^\ue000-\uf8ff.;:]{0,60}?",
    "{=}": r"[^.;:]{0,90}?",
}


class Frame(Value):
    """A pattern: what it is a sign of (`kind`, `mechanism`), and the words of which one must stand in the sentence."""

    id: str
    kind: str
    mechanism: str
    theme: str | None
    cues: tuple[str, ...]
    pattern: re.Pattern[str]


class Hit(Value):
    """A frame found: where in the masked sentence, and the actors that took its roles."""

    frame: Frame
    start: int
    end: int
    holder: str | None
    over: str | None


def mask(text: str, offset: int, mentions: Sequence[Mention]) -> str:
    """Returns the sentence in lower case with each mention as one character of the private use area, in order.

    `offset` is where the sentence starts in the article. Quotes are straightened; a sentence holds at most 6,400.
    """
    parts: list[str] = []
    at = 0
    for number, mention in enumerate(mentions[:6400]):
        parts += [_OWN.sub(" ", text[at : mention.start - offset]).lower(), chr(0xE000 + number)]
        at = mention.end - offset
    return "".join([*parts, _OWN.sub(" ", text[at:]).lower()]).translate(_STRAIGHT)


def find_frames(masked: str, mentions: Sequence[Mention]) -> tuple[Hit, ...]:
    """Returns the frames found in a masked sentence, each at its first place."""
    hits = []
    for number in _cues().called_for(masked):
        match = frames()[number].pattern.search(masked)
        if match:
            hits.append(_hit(frames()[number], match, mentions))
    return tuple(hits)


@cache
def _cues() -> Cues:
    return Cues([frame.cues for frame in frames()])


def _hit(frame: Frame, match: re.Match[str], mentions: Sequence[Mention]) -> Hit:
    roles = {name: mentions[ord(mark) - 0xE000].actor for name, mark in match.groupdict().items() if mark}
    holder, over = roles.get("holder"), roles.get("over")
    return Hit(frame, match.start(), match.end(), holder, None if over == holder else over)


@cache
def frames() -> tuple[Frame, ...]:
    """Returns the frames of the data file, compiled."""
    return tuple(
        Frame(entry["id"], entry["kind"], entry["mechanism"], entry.get("theme"), tuple(entry["cue"]), _compiled(entry))
        for entry in read_data("frames.yaml")["frames"]
    )


def _compiled(entry: dict[str, str]) -> re.Pattern[str]:
    pattern = entry["pattern"]
    for name, part in _PARTS.items():
        pattern = pattern.replace(name, part)
    return re.compile(pattern)


_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\n": " ", "\xa0": " "})
