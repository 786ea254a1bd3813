"""Drafted summaries on disk: a person's words are never overwritten, and no file has to remember whose they are.

A draft ends with a line that seals it: the SHA-256 of all that stands above. As long as the seal fits, nobody has
touched the file and a new draft may take its place. Any edit breaks the seal, and so does `briefnote review`; a file
without one was written by a person. Both are kept, and a new draft goes beside as `<id>.draft.yaml`, which no build
reads.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from briefnote.errors import BriefnoteError, Problem
from briefnote.store.articles import sources_folder
from briefnote.store.folder import DRAFT_SUFFIX, SUFFIX, Folder
from briefnote.store.issue import digest
from briefnote.store.writing import locked, write_together

_SEAL = "# Drafted by briefnote; edit freely, an edited file is never overwritten. As drafted: "
_SEALED = re.compile(rb"\A(.*\n)" + re.escape(_SEAL.encode()) + rb"([0-9a-f]{64})\s*\Z", re.DOTALL)
_SCHEMAS = ("schemas", "docs/schemas")


@dataclass(frozen=True)
class Kept:
    """What became of a draft: where it is, and what it differs in from the summary that a person has edited."""

    path: Path
    outcome: Literal["written", "unchanged", "beside"]
    diff: tuple[str, ...] = ()


def sealed(text: str) -> bytes:
    """Returns the file of a draft."""
    return f"{text}{_SEAL}{digest(text.encode())}\n".encode()


def is_untouched(data: bytes) -> bool:
    """Says whether a file is a draft as briefnote wrote it."""
    match = _SEALED.match(data)
    return match is not None and digest(match[1]) == match[2].decode()


def first_seal(data: bytes) -> str | None:
    """Returns the seal of the draft that a file began as, whatever was done to it since."""
    seals = re.findall(re.escape(_SEAL.encode()) + rb"([0-9a-f]{64})", data)
    return seals[-1].decode() if seals else None


def keep_draft(folder: Folder, source: str, text: str) -> Kept:
    """Writes a draft as the summary of its source, or beside the one that a person has edited.

    Raises BriefnoteError where the file beside was edited too.
    """
    text = _schema_line(folder) + text
    data, place = sealed(text), sources_folder(folder)
    path, beside = place / f"{source}{SUFFIX}", place / f"{source}{DRAFT_SUFFIX}"
    with locked(place):
        former = folder.read(path).data if path.is_file() else None
        if former == data or (former is not None and first_seal(former) == digest(text.encode())):
            return Kept(path, "unchanged")
        if former is None or is_untouched(former):
            _write(place, path.name, data)
            return Kept(path, "written")
        _refuse_edited(folder, beside)
        _write(place, beside.name, data)
    return Kept(beside, "beside", _diff(former, data, path.name, beside.name))


def _write(place: Path, name: str, data: bytes) -> None:
    write_together(place, name, {name: data}, name)


def _refuse_edited(folder: Folder, beside: Path) -> None:
    if beside.is_symlink() or (beside.exists() and not is_untouched(folder.read(beside).data)):
        message = "was edited and is not overwritten; take over what you want of it, then remove it"
        raise BriefnoteError([Problem(folder.name_of(beside), message=message)])


def _diff(former: bytes, draft: bytes, name: str, beside: str) -> tuple[str, ...]:
    before, after = (data.decode("utf-8", "replace").splitlines() for data in (former, draft))
    return tuple(difflib.unified_diff(before, after, name, beside, lineterm="", n=1))


def _schema_line(folder: Folder) -> str:
    """Editors that understand JSON Schema check while a person edits, where the schemas lie in the folder."""
    for place in _SCHEMAS:
        if (folder.root / place / "summary.schema.json").is_file():
            return f"# yaml-language-server: $schema=../{place}/summary.schema.json\n"
    return ""
