"""What the properties of an Office file say, and where its first lines say it better."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from briefnote.ingest.dates import dates_in, day_of
from briefnote.ingest.names import names_in
from briefnote.ingest.passages import Passage
from briefnote.ingest.stating import metadata_of
from briefnote.model.article import Metadata, Stated
from briefnote.text import bare_words

_NO_TITLE = re.compile(
    r"(?:microsoft word\s*[-–]|untitled|document\d*$|.*\.(?:docx?|odt|pdf|indd|qxd|rtf)$|\W*$)", re.I
)


_APART = re.compile(r"[,|·(:–—-]\s*$")  # what stands between a name and the date after it
_FRONT_LINES, _LONGEST_LINE = 4, 160
_FIRST = 1_500  # characters of a text in which its title stands


@dataclass(frozen=True)
class Properties:
    """The properties that are there, as they are written: "title", "creator", "created", "modified", "language"."""

    title: str = ""
    creator: str = ""
    created: str = ""
    modified: str = ""
    language: str = ""

    @classmethod
    def of(cls, root: Any | None) -> Properties:
        """Returns those of Dublin Core and of OpenDocument that a part holds, by the last of their names."""
        names = {"initial-creator": "creator", "creation-date": "created", "date": "modified"}
        found: dict[str, str] = {}
        for element in () if root is None else root.iter():
            if isinstance(element.tag, str) and (element.text or "").strip():
                local = element.tag.rsplit("}", 1)[-1]
                found.setdefault(names.get(local, local), element.text.strip()[:500])
        return cls(*(found.get(name, "") for name in ("title", "creator", "created", "modified", "language")))


def stated(passages: Sequence[Passage], text: str, properties: Properties, url: str | None) -> Metadata:
    """Returns what the first lines say, and what the properties say where those are silent."""
    said = metadata_of(passages, text, url)
    published = said.published or _day_in_front(passages)
    title = None if _NO_TITLE.match(properties.title) else Stated(properties.title, "file properties", 0.6)
    is_styled = any(passage.kind == "title" for passage in passages)
    if title and bare_words(title.value) in bare_words(text[:_FIRST]):
        is_styled, title = False, replace(title, certainty=0.85)  # the text says so too
    return replace(
        said,
        title=said.title if is_styled else title or said.title,
        authors=said.authors or tuple(Stated(name, "file properties", 0.5) for name in names_in(properties.creator)),
        published=published or _day(properties.created),
        updated=said.updated or (_day(properties.modified) if not published else None),
        language=said.language
        or (Stated(properties.language, "file properties", 0.6) if properties.language else None),
    )


def _day_in_front(passages: Sequence[Passage]) -> Stated | None:
    """Returns the day that ends one of the first lines ("Jane Roe, Institute of Ferries, 8 May 2025").

    That a file was created on another day says less: a template hands its own day on to all that are made of it.
    """
    for passage in passages[:_FRONT_LINES]:
        days = dates_in(passage.text) if passage.length < _LONGEST_LINE else ()
        if (
            len(days) == 1
            and not passage.text[days[0].end :].strip(" .)")
            and _APART.search(passage.text[: days[0].start])
        ):
            return Stated(days[0].iso, "first lines", 0.7 if days[0].is_sure else 0.5)
    return None


def _day(text: str) -> Stated | None:
    """Returns the day of a date of the properties: that of the file, which is not surely that of the article."""
    compact = re.match(r"D?:?(\d{4})-?(\d\d)-?(\d\d)", text)
    day = day_of("-".join(compact.groups())) if compact else None
    return Stated(day, "file properties", 0.4) if day else None
