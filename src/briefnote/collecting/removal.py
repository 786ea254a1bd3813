"""Removes sources: into the trash, and never what a printed judgement rests on unless that is forced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from briefnote.collecting.catalogue import Entry, read_catalogue
from briefnote.collecting.listing import known_source
from briefnote.collecting.resting import judgements_on
from briefnote.errors import BriefnoteError, Problem
from briefnote.store.articles import update_record
from briefnote.store.folder import Folder
from briefnote.store.trash import move_to_trash


def remove_sources(folder: Folder, sources: Sequence[str], *, force: bool = False) -> list[Path]:
    """Moves sources into the trash and returns where they are. Raises BriefnoteError, and then moves none."""
    wanted = tuple(dict.fromkeys(sources))
    for source in wanted:
        known_source(folder, source)
    resting = judgements_on(folder)
    problems = [
        Problem(f"sources/{source}", message=f"{one} rests on it; remove it with --force all the same")
        for source in wanted
        for one in resting.get(source, ())
    ]
    if problems and not force:
        raise BriefnoteError(problems)
    entries, _ = read_catalogue(folder)
    moved = []
    for source in wanted:
        moved.append(move_to_trash(folder, source, _marks(entries.pop(source, None))))
        _orphans(folder, source, entries)
    return moved


def _marks(entry: Entry | None) -> tuple[str, ...]:
    """By what a removed source is known, so that it is not collected again."""
    return tuple(mark for mark in (*entry.pages, entry.snapshot) if mark) if entry else ()


def _orphans(folder: Folder, source: str, entries: dict[str, Entry]) -> None:
    """The earliest copy of what was removed becomes the original of the others."""
    copies = sorted(
        (entry for entry in entries.values() if entry.origin == source),
        key=lambda entry: (entry.published or "9999", entry.id),
    )
    for copy in copies:
        origin = None if copy is copies[0] else copies[0].id
        update_record(folder, copy.id, lambda known, origin=origin: replace(known, origin=origin))  # type: ignore[misc]
        entries[copy.id] = replace(copy, origin=origin)
