"""What each paragraph of a plain text is: title, heading, item, caption, note (bylines, contents, footers), or body.

Nothing is left out: what is no part of the argument stays in the text as a caption or a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefnote.ingest.dates import dates_in
from briefnote.ingest.names import is_byline, names_in
from briefnote.ingest.plain.lines import MARKER, Paragraph
from briefnote.model.article import BlockKind

_CREDIT = re.compile(
    r"(?:\bphoto(?:graph)?s?\s*(?:by|:|host)|\bimages?\s*(?:by|:|via|credit)|\bcredit\s*:|\(AP\b|\bvia AP\b|AP Photo|"
    r"/(?:AP|AFP|Reuters|Getty)\b|\bGetty Images\b|\bShutterstock\b|\bREUTERS/)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?:figure|fig\.|table|chart|map|graph|box|exhibit|photo|image)\s*\d+[A-Za-z]?\s*[.:–—-]", re.I)
_SOURCE = re.compile(r"(?:sources?|notes?|photo|image|credit|caption)\s*:", re.IGNORECASE)
_NOTES = re.compile(r"(?:foot|end)?notes|references|bibliography|works cited|citations", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:table of )?contents|in this (?:report|article|issue)|on this page", re.IGNORECASE)
_FOOTER = re.compile(
    r"(?:about )?(?:the )?authors?|about (?:us|the .{3,40})|disclaimer|related(?: .{0,30})?|further reading|read more|"
    r"share(?: this.*)?|tags|topics|more from .{2,40}|comments|contact|author information|keywords",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright\b|all rights reserved)", re.IGNORECASE)
_STYLE = re.compile(r"[.#@]?[\w#.>,: -]+\{[^{}]*[:;][^{}]*\}")
_AROUND_DATES = re.compile(
    r"\b(?:published|updated|posted|last|modified|revised|reviewed|date|on|at|by|am|pm|a\.m\.|p\.m\.|[A-Z]{3,4}|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|\d{1,2}:\d\d|\d+\s*min(?:ute)?s?|read)\b",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"\W*(title|subject|re|authors?|by|from|date|published|updated|source|publisher|url|link|to|cc)\s*:\s*(\S.*)", re.I
)
_ENDS_AS_BODY = re.compile(r"[.,;…!]['\"’”)\]]*$")
_LONGEST_HEADING = 130


@dataclass(frozen=True)
class Part:
    """A paragraph with what it is, and the level of a heading or an item."""

    kind: BlockKind
    paragraph: Paragraph
    level: int = 0

    @property
    def text(self) -> str:
        """What it says, on one line."""
        return self.paragraph.text


def parts_of(paragraphs: list[Paragraph]) -> list[Part]:
    """Returns each paragraph with what it is, in order."""
    title = _title(paragraphs)
    return list(_sorted(paragraphs, title))


def is_date_line(text: str) -> bool:
    """Says whether a line holds a date and nothing else but what is written around dates."""
    days = dates_in(text)
    if not days or len(text) > 120:
        return False
    rest = "".join(text[end:start] for end, start in _between([(day.start, day.end) for day in days], len(text)))
    return sum(1 for character in _AROUND_DATES.sub("", rest) if character.isalnum()) < 3


def _between(spans: list[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    edges = [0, *(edge for span in spans for edge in span), length]
    return zip(edges[::2], edges[1::2], strict=True)


def _title(paragraphs: list[Paragraph]) -> int | None:
    """Returns the number of the paragraph that is the title: a short one before any body, and no line about it."""
    for number, paragraph in enumerate(paragraphs[:8]):
        text = paragraph.text
        if _is_caption(text) or _is_front_line(text):
            continue
        is_short = len(text) <= 200 and not _ENDS_AS_BODY.search(text) and paragraph.is_first
        return number if is_short and number + 1 < len(paragraphs) and not MARKER.match(text) else None
    return None


def _is_front_line(text: str) -> bool:
    """Says whether it is about the article: a date, a byline, a labelled line, a lone "By"."""
    return is_date_line(text) or is_byline(text) or LABEL.match(text) is not None or len(text) < 4


def _is_caption(text: str) -> bool:
    if _FIGURE.match(text) or (_SOURCE.match(text) and len(text) < 600):
        return True
    return len(text) < 700 and _CREDIT.search(text) is not None and (len(text) < 160 or text.endswith((")", "AP")))


def _sorted(paragraphs: list[Paragraph], title: int | None) -> Iterator[Part]:
    """Yields the parts; `section` is what the last heading of contents, notes or footers made of what follows it."""
    section, body_seen, last = "", False, ""
    name = paragraphs[title].text if title is not None else None
    total = max(1, len(paragraphs))
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.text
        opened = _section(text, number / total)
        section = opened or ("" if section == "contents" and not _in_contents(paragraph) else section)
        if number == title or (text == name and not body_seen):
            yield Part("title", paragraph)
        elif opened:
            yield Part("heading" if opened == "notes" else "note", paragraph, 2 if opened == "notes" else 0)
        elif section or (not body_seen and _is_front(text, name)) or _is_furniture(text):
            yield Part("note", paragraph)
        else:
            part = _body_part(paragraph, paragraphs[number + 1] if number + 1 < total else None)
            if last == "quote" and text[0] in "–—":
                part = Part("quote", paragraph)  # who said it
            last, body_seen = part.kind, body_seen or part.kind in {"paragraph", "item"}
            yield part


def _section(text: str, progress: float) -> str:
    """Returns the section that a line opens: contents, notes, or (in the last part of a text) a footer."""
    bare = text.strip(" :*#").strip()
    if _CONTENTS.fullmatch(bare) and progress < 0.4:
        return "contents"
    if _NOTES.fullmatch(bare) and progress > 0.3:
        return "notes"
    return "footer" if _FOOTER.fullmatch(bare) and progress > 0.6 else ""


def _in_contents(paragraph: Paragraph) -> bool:
    """Says whether it may be an entry of a table of contents."""
    return paragraph.lines[0].opens_item or re.search(r"(?:\.{3,}|\s)\d{1,3}$", paragraph.text) is not None


def _is_front(text: str, title: str | None) -> bool:
    """Says whether it is one of the lines between title and body: dates, bylines, the title once more with a date."""
    return _is_front_line(text) or (title is not None and text.startswith(title) and len(text) < len(title) + 80)


def _is_furniture(text: str) -> bool:
    """Says whether it is a rule, style sheet, or notice of rights."""
    if not any(character.isalnum() for character in text):
        return True
    return (_RIGHTS.match(text) is not None and len(text) < 400) or _STYLE.match(text) is not None


def _body_part(paragraph: Paragraph, following: Paragraph | None) -> Part:
    text = paragraph.text
    if _is_caption(text):
        return Part("caption", paragraph)
    if text.startswith("> ") or (text[0] in '“"«' and text[-1] in '”"»' and len(re.findall('[”"»]', text)) < 3):
        return Part("quote", paragraph)
    if _is_heading(paragraph, following):
        numbers = re.match(r"\d+(?:\.\d+)*", text)
        return Part("heading", paragraph, 2 + numbers[0].count(".") if numbers else 2)
    if paragraph.lines[0].opens_item:
        return Part("item", paragraph, 1 + min(5, max(0, paragraph.lines[0].indent - 2) // 4))
    return Part("paragraph", paragraph)


def _is_heading(paragraph: Paragraph, following: Paragraph | None) -> bool:
    """Says whether it is short, no sentence, and stands before something longer, or before a list."""
    text = paragraph.text
    if following is None or not paragraph.is_first or len(text) > _LONGEST_HEADING or len(paragraph.lines) > 2:
        return False
    if _ENDS_AS_BODY.search(text) or not text[0].isprintable() or text[0].islower() or len(names_in(text)) > 1:
        return False
    before_list = following.lines[0].opens_item
    if text.endswith(":") and before_list and len(text.split()) > 5:
        return False  # a sentence that announces a list
    if paragraph.lines[0].opens_item:
        return re.match(r"\d", text) is not None and paragraph.is_last and len(text) < 80 and not before_list
    return len(following.text) > len(text) or before_list or not _ENDS_AS_BODY.search(following.text)
