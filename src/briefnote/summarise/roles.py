"""Who holds leverage over whom in one passage."""

from __future__ import annotations

from typing import Literal

from briefnote.model.value import Value
from briefnote.summarise.pair import Pair
from briefnote.summarise.reading import Passage


class Roles(Value):
    """The holder, the one it is held over, and how they were found."""

    holder: str | None
    over: str | None
    how: Literal["explicit", "inferred", "unknown"]


def roles_of(passage: Passage, pair: Pair) -> Roles:
    """Returns the roles that a frame gives the passage; where it gives none, those of the article."""
    stated = [
        (hit.holder, hit.over) for hit in passage.hits if hit.frame.kind == "leverage" and hit.holder and hit.over
    ]
    if (pair.holder, pair.over) in stated:
        return Roles(pair.holder, pair.over, "explicit")
    named = {mention.actor for mention in passage.mentions}
    for holder, over in stated:
        if _is_other(holder, over, pair) and not {pair.holder, pair.over} <= named:
            return Roles(holder, over, "explicit")
    if pair.holder is None or pair.over is None:
        return Roles(pair.holder, pair.over, "unknown")
    return Roles(pair.holder, pair.over, "inferred")


def _is_other(holder: str | None, over: str | None, pair: Pair) -> bool:
    """Another pair that shares one of the two: the holder over a third, or a third over the same."""
    return (holder == pair.holder and over != pair.over) or (over == pair.over and holder != pair.holder)
