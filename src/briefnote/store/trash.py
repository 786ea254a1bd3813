"""What was removed: moved to `sources/.trash/`, whence it can be taken back, and remembered: it stays away."""

from __future__ import annotations

import json
from pathlib import Path

from briefnote.errors import BriefnoteError, Problem
from briefnote.store.articles import sources_folder
from briefnote.store.folder import Folder
from briefnote.store.writing import locked

TRASH = ".trash"
_MARKS = "marks.json"


def move_to_trash(folder: Folder, source: str, marks: tuple[str, ...]) -> Path:
    """Moves all files of a source into the trash and returns where they are. `marks`: by what it is known again."""
    path = sources_folder(folder)
    with locked(path):
        files = sorted(entry for entry in path.glob(f"{source}.*") if _is_of(source, entry.name))
        if not files:
            raise BriefnoteError([Problem(f"sources/{source}", message="has no files; see `briefnote sources list`")])
        try:
            target = _free(path / TRASH, source)
            target.mkdir(parents=True)
            (target / _MARKS).write_text(json.dumps(marks) + "\n", encoding="utf-8")
            for file in files:
                file.rename(target / file.name)
        except OSError as error:
            message = f"cannot be moved: {error.strerror or error}; free space or rights, then try again"
            raise BriefnoteError([Problem(f"sources/{source}", message=message)]) from None
    return target


def _is_of(source: str, name: str) -> bool:
    """ "a.b.txt" is a file of "a.b" and not of "a"; "a.v1.txt" is an older version of "a"."""
    rest = name.removeprefix(f"{source}.")
    first = rest.split(".")[0]
    return first in ("yaml", "txt", "article", "snapshot") or (first[:1] == "v" and first[1:].isdigit())


def _free(trash: Path, source: str) -> Path:
    number, target = 1, trash / source
    while target.exists():
        number += 1
        target = trash / f"{source}.{number}"
    return target


def trashed(folder: Folder) -> frozenset[str]:
    """Returns by what the removed sources are known again: their pages, and the digests of their bytes."""
    found: set[str] = set()
    for path in sorted((sources_folder(folder) / TRASH).glob(f"*/{_MARKS}")):
        try:
            marks = json.loads(path.read_bytes())
        except (OSError, ValueError):
            continue
        found.update(mark for mark in marks if isinstance(mark, str)) if isinstance(marks, list) else None
    return frozenset(found)
