"""What stands at the edge of a page, the same in every edition: marking, short title, date."""

from __future__ import annotations

from briefnote.model.edition import TLP_COLOURS, Document
from briefnote.render.context import day_in_words
from briefnote.text import one_line

_SHORT = 60  # characters of a title that fit beside date, page number and marking on one line of A4


def marking(document: Document) -> str:
    """Returns the marking as it is printed, "" where the document has none."""
    return one_line(document.marking)


def marking_colour(document: Document) -> str:
    """Returns RRGGBB, to be printed on black: the TLP colour, white for a marking that is not a TLP label."""
    return TLP_COLOURS.get(marking(document).upper(), "FFFFFF")


def short_title(document: Document) -> str:
    """Returns the title up to its colon, or its first words and "…" where that is still too long."""
    title = one_line(document.title)
    if len(title) <= _SHORT:
        return title
    head = title.split(": ")[0]
    if len(head) <= _SHORT:
        return head
    return f"{head[:_SHORT].rsplit(' ', 1)[0].rstrip(' ,;—–-')}…"


def date(document: Document) -> str:
    """Returns the day of the issue, as in "21 November 2026"."""
    return day_in_words(document.moment.date().isoformat())
