"""What each paragraph of a plain text is: title, heading, item, caption, note (bylines, contents, footers), or body.

Nothing is left out: what is no part of the argument stays in the text as a caption or a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefnote.ingest.frontlines import is_caption, is_front_line, is_kicker
from briefnote.ingest.names import names_in
from briefnote.ingest.plain.letterhead import letterhead
from briefnote.ingest.plain.lines import MARKER, Paragraph
from briefnote.model.article import BlockKind

_NOTES = re.compile(r"(?:foot|end)?notes|references|bibliography|works cited|citations", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:table of )?contents|in this (?:report|article|issue)|on this page", re.IGNORECASE)
_FOOTER = re.compile(
    r"(?:about )?(?:the )?authors?|about (?:us|the .{3,40})|disclaimer|related(?: .{0,30})?|further reading|read more|"
    r"share(?: this.*)?|tags|topics|more from .{2,40}|comments|contact|author information|keywords",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright\b|all rights reserved)", re.IGNORECASE)
_STYLE = re.compile(r"[.#@]?[\w#.>,: -]+\{[^{}]*[:;][^{}]*\}")
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
    head = letterhead(paragraphs)
    rest = paragraphs[head:]
    return [*(Part("note", paragraph) for paragraph in paragraphs[:head]), *_sorted(rest, _title(rest))]


def _title(paragraphs: list[Paragraph]) -> int | None:
    """Returns the number of the paragraph that is the title: a short one before any body, and no line about it.

    A kicker ("Policy Brief 14") is the title only where nothing else is.
    """
    candidates: list[int] = []
    for number, paragraph in enumerate(paragraphs[:8]):
        text = paragraph.text
        if is_caption(text) or is_front_line(text):
            continue
        if len(text) > 200 or _ENDS_AS_BODY.search(text) or MARKER.match(text) or number + 1 == len(paragraphs):
            break
        candidates.append(number)
    return next((n for n in candidates if not is_kicker(paragraphs[n].text)), candidates[0] if candidates else None)


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
    return (
        is_front_line(text)
        or is_kicker(text)
        or (title is not None and text.startswith(title) and len(text) < len(title) + 80)
    )


def _is_furniture(text: str) -> bool:
    """Says whether it is a rule, style sheet, or notice of rights."""
    if not any(character.isalnum() for character in text):
        return True
    return (_RIGHTS.match(text) is not None and len(text) < 400) or _STYLE.match(text) is not None


def _body_part(paragraph: Paragraph, following: Paragraph | None) -> Part:
    text = paragraph.text
    if is_caption(text):
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
