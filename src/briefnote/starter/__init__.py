"""A new folder that builds at once: what `briefnote init` writes."""

from __future__ import annotations

from contextlib import suppress
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from briefnote.errors import BriefnoteError, Problem
from briefnote.schemas import write_schemas
from briefnote.store.durable import new_file


def start_folder(directory: Path) -> list[Path]:
    """Writes the example and the schemas into a folder and returns the files written.

    A file that is already there is kept. Raises BriefnoteError where nothing can be written.
    """
    try:
        return [*_copied(resources.files(__name__), directory), *write_schemas(directory / "schemas", keep=True)]
    except OSError as error:
        message = f"cannot be written: {error.strerror}; choose another folder"
        raise BriefnoteError([Problem(str(directory), message=message)]) from None


def start_templates(directory: Path) -> list[Path]:
    """Writes a house file, a template and a theme to start from, and returns the files written.

    A file that is already there is kept; the house file has the look of the theme that is there. Raises BriefnoteError
    where nothing can be written, or the theme has a mistake.
    """
    from briefnote.config.theme import read_theme
    from briefnote.render.word.house.starting import house_file

    try:
        written = _copied(resources.files(__name__) / "templates", directory)
        theme, problems = read_theme((directory / "theme.yaml").read_bytes(), str(directory / "theme.yaml"))
        if theme is None:
            raise BriefnoteError(problems)
        with suppress(FileExistsError):
            new_file(directory / "house.docx", house_file(theme))
            written.append(directory / "house.docx")
    except OSError as error:
        message = f"cannot be written: {error.strerror}; choose another folder"
        raise BriefnoteError([Problem(str(directory), message=message)]) from None
    return written


def _copied(folder: Traversable, target: Path) -> list[Path]:
    written = []
    target.mkdir(parents=True, exist_ok=True)
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and not entry.name.startswith("_"):
            written += _copied(entry, target / entry.name)
        elif entry.name.endswith((".yaml", ".j2")):
            with suppress(FileExistsError):
                new_file(target / entry.name, entry.read_bytes())
                written.append(target / entry.name)
    return written
