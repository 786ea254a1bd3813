"""Files that a person names on the command line, and the brief each belongs to."""

from __future__ import annotations

from pathlib import Path

from briefnote.errors import BriefnoteError, Problem
from briefnote.store.folder import Folder, InputFile


def file_at(folder: Folder, path: Path) -> InputFile:
    """Returns a file, named as within the folder where it is there. Raises BriefnoteError if it cannot be read."""
    whole = path.resolve()
    name = folder.name_of(whole) if whole.is_relative_to(folder.root) else str(path)
    try:
        return InputFile(name, whole.read_bytes())
    except OSError as error:
        raise BriefnoteError([Problem(name, message=f"cannot be read: {error.strerror}")]) from None


def brief_of(folder: Folder, path: Path) -> str | None:
    """Returns the brief in whose folder a file lies, None where it lies in none."""
    place = path.resolve().parent
    names = [name for name in folder.brief_names() if folder.brief_folder(name).resolve() == place]
    return names[0] if names else None
