"""Reads a folder with sources/, briefs/ and templates/. Everything wrong with any file is reported at once."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path

from briefnote.errors import BriefnoteError, Problem, did_you_mean, visible

SUFFIX = ".yaml"
DRAFT_SUFFIX = ".draft.yaml"  # beside a summary that a person has edited; no build reads it
MOST_BYTES = 100_000_000  # of any file: a house.docx may hold pictures
# Files of sources/ that are no summaries.
_NOT_SUMMARIES = {"feeds.yaml"}
TEMPLATE, THEME, HOUSE = "brief.md.j2", "theme.yaml", "house.docx"  # of templates/
STANDARD = "standard/"  # `{% extends "standard/brief.md.j2" %}` reaches the template of the package


def is_summary(path: Path) -> bool:
    """Says whether a file of sources/ is a summary, by its name."""
    return path.name not in _NOT_SUMMARIES and not path.name.endswith(DRAFT_SUFFIX)


@dataclass(frozen=True)
class InputFile:
    """A file that was read: its name as messages print it, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Folder:
    """A user's folder. Paths in messages are relative to it, so that they read alike everywhere."""

    root: Path

    def name_of(self, path: Path) -> str:
        """Returns the path relative to the folder, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def read(self, path: Path) -> InputFile:
        """Returns a file's bytes. Raises BriefnoteError where it cannot be read."""
        name = self.name_of(path)
        try:
            if not path.is_file():
                raise BriefnoteError([Problem(name, message="is no regular file; put a copy of the file there")])
            with path.open("rb") as file:
                return InputFile(name, file.read(MOST_BYTES + 1))
        except OSError as error:
            raise BriefnoteError([Problem(name, message=f"cannot be read: {error.strerror}")]) from None

    @cached_property
    def summary_files(self) -> tuple[InputFile, ...]:
        """The summaries, sorted by name. Raises BriefnoteError where there is none."""
        folder = _readable(self.root / "sources")
        paths = sorted(path for path in folder.glob(f"[!.]*{SUFFIX}") if is_summary(path))
        if not paths:
            what = "has no summaries (*.yaml)" if folder.is_dir() else "does not exist"
            message = f"{what}; write one (docs/summaries.md) or start a folder with `briefnote init DIR`"
            raise BriefnoteError([Problem("sources/", message=message)])
        return tuple(self.read(path) for path in paths)

    def misnamed_summaries(self) -> list[str]:
        """Returns the names of the files of sources/ that look like summaries and are not read, sorted."""
        return sorted(self.name_of(path) for path in (self.root / "sources").glob("[!.]*.yml"))

    def brief_names(self) -> list[str]:
        """Returns the names of the briefs, sorted. Raises BriefnoteError where one cannot be read, or printed."""
        place = _readable(self.root / "briefs")
        folders = sorted(path for path in place.iterdir() if path.is_dir()) if place.is_dir() else []
        names = [path.name for path in folders if (_readable(path) / "brief.yaml").exists()]
        odd = [name for name in names if visible(name) != name]
        message = "has a character in its name that cannot be printed; rename it"
        if odd:
            raise BriefnoteError([Problem(f"briefs/{name}", message=message) for name in odd])
        return names

    def brief_file(self, brief: str) -> InputFile:
        """Returns a brief's brief.yaml. Raises BriefnoteError with the known names where there is none."""
        known = self.brief_names()
        if brief not in known:
            near = did_you_mean(brief, known) or " There is none yet; start one with `briefnote init DIR`."
            raise BriefnoteError([Problem("briefs/", message=f"no brief '{brief}'.{near}")])
        return self.read(self.brief_folder(brief) / "brief.yaml")

    def brief_folder(self, brief: str) -> Path:
        """Returns the folder of a brief."""
        return self.root / "briefs" / brief

    def rules_file(self, brief: str) -> InputFile | None:
        """Returns a brief's own rules.yaml, None where it has none."""
        path = self.brief_folder(brief) / "rules.yaml"
        return self.read(path) if path.is_file() else None

    def examples_file(self, brief: str) -> InputFile | None:
        """Returns the examples of a brief's own rules (examples.yaml), None where it has none."""
        path = self.brief_folder(brief) / "examples.yaml"
        return self.read(path) if path.is_file() else None

    def template(self, name: str) -> InputFile | None:
        """Returns a file of templates/, None where it is not there. A name cannot leave the folder."""
        folder = (self.root / "templates").resolve()
        path = (folder / name).resolve()
        return self.read(self.root / "templates" / name) if path.is_file() and path.is_relative_to(folder) else None


def _readable(folder: Path) -> Path:
    """Returns a folder that may be listed. Raises BriefnoteError where it may not: to the rest it would look empty."""
    if folder.is_dir() and not os.access(folder, os.R_OK | os.X_OK):
        message = f"cannot be read: {os.strerror(errno.EACCES)}; see to its rights"
        raise BriefnoteError([Problem(str(folder), message=message)])
    return folder


def open_folder(root: Path) -> Folder:
    """Returns the folder. Raises BriefnoteError where it has no briefs/."""
    if not (root / "briefs").is_dir():
        message = "no briefs/ here; go to the folder that holds it, or start one with `briefnote init DIR`"
        raise BriefnoteError([Problem(str(root), message=message)])
    return Folder(root.resolve())


def all_briefs(folder: Folder) -> list[str]:
    """Returns the names of the briefs. Raises BriefnoteError where there is none."""
    if names := folder.brief_names():
        return names
    raise BriefnoteError([Problem("briefs/", message="there is no brief here; start one with `briefnote init DIR`")])


def packaged(*parts: str) -> bytes:
    """Returns a file that comes with the package."""
    return resources.files("briefnote").joinpath(*parts).read_bytes()


def pack_names() -> list[str]:
    """Returns the names of the rule packs that come with the package, sorted."""
    packs = resources.files("briefnote").joinpath("packs")
    return sorted(entry.name for entry in packs.iterdir() if entry.is_dir() and not entry.name.startswith("_"))


def pack_files(pack: str) -> tuple[InputFile, ...]:
    """Returns the files of a rule pack, sorted. Raises BriefnoteError with the known packs where there is none."""
    known = pack_names()
    if pack not in known:
        raise BriefnoteError([Problem("use", message=f"no rule pack '{pack}'.{did_you_mean(pack, known)}")])
    return _yaml_files(pack)


def pack_examples(pack: str) -> tuple[InputFile, ...]:
    """Returns the example files of a rule pack, sorted; an ordinary build does not read them."""
    return _yaml_files(f"{pack}/examples")


def _yaml_files(path: str) -> tuple[InputFile, ...]:
    folder = resources.files("briefnote").joinpath("packs", *path.split("/"))
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name) if folder.is_dir() else []
    return tuple(
        InputFile(f"pack:{path}/{entry.name}", entry.read_bytes()) for entry in entries if entry.name.endswith(SUFFIX)
    )


def template_file(folder: Folder, name: str) -> InputFile | None:
    """Returns a template: the user's own, else the package's. None where there is none."""
    own = None if name.startswith(STANDARD) else folder.template(name)
    base = name.removeprefix(STANDARD)
    if own is None and base == TEMPLATE:
        return InputFile(f"package:{base}", packaged("templates", base))
    return own


def template_text(folder: Folder, name: str) -> str | None:
    """Returns a template's text, None where there is none. Raises BriefnoteError where it is not UTF-8."""
    file = template_file(folder, name)
    return decoded(file) if file else None


def decoded(file: InputFile) -> str:
    """Returns a file's text. Raises BriefnoteError where it is not UTF-8."""
    try:
        return file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"not UTF-8 (byte 0x{file.data[error.start]:02X}); save the file as UTF-8"
        raise BriefnoteError([Problem(file.name, message=message)]) from None
