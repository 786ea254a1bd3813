"""Lines that pages set between and after the paragraphs of an article, and that are none of it."""

from __future__ import annotations

import re

from briefnote.ingest.dates import dates_in
from briefnote.ingest.frontlines import is_date_line, is_front_line
from briefnote.ingest.html.blocks import Piece
from briefnote.text import bare_words

_LONGEST = 240  # characters of a piece that may be furniture by its words alone
_LONG = 200  # characters: neither a line about the article nor a teaser of another one
_LINES = (
    r"advertisement|advertisements?\s*[-–:].*|sponsored(?: content)?|(?:story|article) continues.*",
    r"(?:also |more )?(?:read|see|watch|listen|related|more)"
    r"(?: (?:more|also|next|this|stories|articles|reading))?\s*:.*|read next|see also",
    r"related(?: (?:articles|stories|content|posts|topics|reading|news|analysis|insights|coverage|research))?",
    r"(?:more|also) from .{1,60}|latest(?: (?:news|stories))?|most (?:read|popular).*|trending(?: now)?",
    r"you (?:may|might) (?:also )?(?:like|be interested|enjoy).*|recommended(?: (?:for you|reading|stories))?",
    r"share(?: this)?(?: (?:article|story|post|page|news|on|via|with).*)?|follow us.*|(?:like|find) us "
    r"on.*|tweet|print|email",
    r"(?:sign up|subscribe|register)\b.{0,160}\b(?:newsletters?|inbox|updates|alerts|e-?mails?|briefing|"
    r"channel|today|here).{0,40}",
    r"get .{0,60}\b(?:newsletter|in your inbox)\b.*|.{0,40}\bunsubscribe\b.{0,120}|you (?:are|were) receiving .{0,160}",
    r"(?:photo|image|picture|illustration|video|caption|credit)s?(?: credits?)?(?: by)?\s*:.{0,160}",
    r"©.{0,160}|copyright\b.{0,160}|all rights reserved.{0,60}|\*?terms of use\b.{0,200}|our standards:.{0,120}",
    r"(?:click|tap) here\b.{0,80}|leave a (?:comment|reply).*|\d+ comments?|comments?(?: are closed)?\.?|loading\W*",
    r"(?:tags|topics|filed under|keywords|categories)\s*:?(?:\s.{0,200})?|\d+ min(?:ute)?s?(?: read)?|"
    r"source:? [A-Z].{0,60}",
    r"skip to (?:main )?content|back to .{1,30}|copy link|link copied.*|table of contents|listen to this article.*",
    r"(?:press |media )?contacts?|(?:e-?mail|tel(?:ephone)?|phone|fax|press contact)\s*:.{0,80}",
)
_FURNITURE = re.compile("|".join(_LINES), re.IGNORECASE)
# Of these, the headings after which only other headlines and short words come.
_APPENDIX = re.compile(
    r"(?:related|more from|also from|read (?:more|next)|most (?:read|popular)|you (?:may|might)|"
    r"recommended|trending|latest"
    r"|see also|further reading|other stories|popular|(?:press |media )?contacts?|editors?['’]s? picks?)\b.{0,60}",
    re.IGNORECASE,
)
# What agencies and papers set after the last sentence.
_SIGNATURE = re.compile(
    r"\(?(?:(?i:(?:additional |with )?reporting (?:and writing |by )|editing by |writing by |our standards:|source:?\s|"
    r"with (?:files|reporting) from|this (?:article|story|piece|report) (?:was|is|has been|first|originally)\b.{0,80}"
    r"(?:published|updated|produced|republished|appeared)|the views expressed|views expressed|opinions expressed)|"
    r"(?:[A-Z][\w.’'-]+ ){2,4}(?:is|was) (?:an?|the|our) .{0,60}\b(?:columnist|editor|fellow|correspondent|reporter|"
    r"writer|professor|director|researcher|analyst|lecturer|author|journalist|associate)\b)"
)


def without_furniture(pieces: list[Piece], title: str | None) -> list[Piece]:
    """Returns the pieces without furniture, without the lines about the article at their head, and without an appendix.

    An appendix is what follows a heading such as "Related stories" in the last half: other headlines and short words.
    """
    name = bare_words(title or "")
    half = sum(len(piece.text) for piece in pieces) / 2
    found: list[Piece] = []
    in_front, in_appendix, size = True, False, 0
    for piece in pieces:
        is_long = len(piece.text) > _LONG
        in_front, in_appendix = in_front and not is_long, in_appendix and not is_long
        if _is_furniture(piece):
            in_appendix = size > half and _APPENDIX.fullmatch(piece.text) is not None
        elif not in_appendix and not (in_front and _is_about(piece, name)):
            found.append(piece)
            size += len(piece.text)
    while found and _is_afterword(found[-1]):
        found.pop()
    return found


def _is_furniture(piece: Piece) -> bool:
    return piece.kind != "table" and len(piece.text) < _LONGEST and _FURNITURE.fullmatch(piece.text) is not None


def _is_about(piece: Piece, title: str) -> bool:
    """Says whether it is the title once more, a byline, a date."""
    text = piece.text
    if (title and bare_words(text) == title) or (len(text) < 60 and dates_in(text) and not text.endswith(".")):
        return True
    return piece.kind != "item" and len(text) < 120 and is_front_line(text)


def _is_afterword(piece: Piece) -> bool:
    """Says whether it is none of the argument where it stands last: a heading, a date, who wrote and edited it."""
    text = piece.text
    if piece.kind == "table":
        return len(text) < 40
    return piece.kind == "heading" or (len(text) < 300 and (_SIGNATURE.match(text) is not None or is_date_line(text)))
