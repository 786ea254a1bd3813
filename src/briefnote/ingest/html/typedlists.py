"""Lists that are typed: lines that begin with a bullet, in boxes or between breaks instead of a list."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

BULLETS = "•●◦▪‣■·"
_LONGEST = 600  # characters of an item
_INLINE = frozenset("a abbr b cite code em font i mark q s small span strong sub sup time u".split())


def mark_typed_lists(tree: Any) -> None:
    """Makes neighbouring boxes that each begin with a bullet the items of a list: extractors drop boxes of few words.

    The bullets stay, as the words of the page are looked for as they stand there.
    """
    for box in list(tree.iter("div")):
        if box.tag == "div" and box.getparent() is not None and _is_item(box):
            row = [box, *takewhile(_is_item, box.itersiblings())]
            if len(row) > 1:
                box.addprevious(made := box.makeelement("ul"))
                for item in row:
                    item.tag = "li"
                    made.append(item)


def without_bullet(text: str) -> str:
    """Returns a line without the bullet that it begins with."""
    return text[1:].lstrip() if text[:1] and text[0] in BULLETS else text


def _is_item(box: Any) -> bool:
    """Says whether it is a box of one line that begins with a bullet, with no text after it that is in none."""
    if box.tag != "div" or (box.tail or "").strip():
        return False
    begun = (box.text or "").lstrip() or ("".join(box[0].itertext()).lstrip() if len(box) else "")
    if begun[:1] not in BULLETS or not begun:
        return False
    return len(box.text_content()) < _LONGEST and all(child.tag in _INLINE for child in box.iterdescendants())
