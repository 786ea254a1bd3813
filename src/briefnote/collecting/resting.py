"""Which judgements of the latest issues rest on a source: read from the issues themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefnote.errors import BriefnoteError
from briefnote.store.folder import Folder
from briefnote.store.issue import Issue, periods, read_edition


@dataclass(frozen=True)
class Resting:
    """A printed judgement that rests on a source: the brief, its latest period, the sentence's id and text."""

    brief: str
    period: str
    sentence: str
    text: str

    def __str__(self) -> str:
        return f"{self.brief} {self.period}, {self.sentence}: {self.text}"


def judgements_on(folder: Folder) -> dict[str, tuple[Resting, ...]]:
    """Returns the judgements of the latest issue of each brief by the source that they rest on."""
    found: dict[str, list[Resting]] = {}
    for brief in folder.brief_names():
        where = folder.brief_folder(brief)
        known = periods(where, brief)
        if not known:
            continue
        try:
            edition = read_edition(Issue(where, brief, known[-1]))
        except BriefnoteError:
            continue  # an issue that cannot be read is no reason not to look at sources; `explain` says what is wrong
        for source, resting in _judgements(edition, brief, known[-1]):
            found.setdefault(source, []).append(resting)
    return {source: tuple(dict.fromkeys(resting)) for source, resting in found.items()}


def _judgements(edition: Mapping[str, Any], brief: str, period: str) -> Iterator[tuple[str, Resting]]:
    for section in edition["sections"]:
        for block in section.get("blocks", ()):
            for sentence in block.get("sentences", ()):
                if sentence.get("is_judgement") or section.get("id") == "judgements":
                    resting = Resting(brief, period, str(sentence["id"]), str(sentence["text"]))
                    yield from ((str(row["source"]), resting) for row in sentence.get("evidence", ()))
