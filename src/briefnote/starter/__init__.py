"""A new folder that builds at once: what `briefnote init` writes."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from briefnote.errors import BriefnoteError, Problem
from briefnote.schemas import write_schemas


def start_folder(directory: Path) -> list[Path]:
    """Writes the example and the schemas into a folder and returns the files written.

    A file that is already there is kept. Raises BriefnoteError where nothing can be written.
    """
    try:
        return [*_copied(resources.files(__name__), directory), *write_schemas(directory / "schemas")]
    except OSError as error:
        message = f"cannot be written: {error.strerror}; choose another folder"
        raise BriefnoteError([Problem(str(directory), message=message)]) from None


def _copied(folder: Traversable, target: Path) -> list[Path]:
    written = []
    target.mkdir(parents=True, exist_ok=True)
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and not entry.name.startswith("_"):
            written += _copied(entry, target / entry.name)
        elif entry.name.endswith((".yaml", ".j2")) and not (target / entry.name).exists():
            (target / entry.name).write_bytes(entry.read_bytes())
            written.append(target / entry.name)
    return written
