"""Files of sources/ that belong together are written together: all of them are there, or none.

They are written into a folder beside (`.<name>.new-<process>`), made durable, and the folder is renamed to
`.<name>.ready`: that one rename is the moment in which the source exists. Its files are then moved out; what a crash
left in a `.ready` folder is moved out by whoever looks next, what it left in a `.new` folder is thrown away.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from briefnote.errors import BriefnoteError, Problem
from briefnote.store.durable import is_alive, sync_folder, write_durably

_READY = ".ready"


def write_together(folder: Path, name: str, files: Mapping[str, bytes], last: str) -> None:
    """Writes files into a folder, all or none; `last` is the one by which the others are found, and is moved last.

    Call it under `locked`. A file of the same name is replaced. Raises BriefnoteError where they cannot be written.
    """
    beside = folder / f".{name}.new-{os.getpid()}"
    ready = folder / f".{name}{_READY}"
    try:
        shutil.rmtree(beside, ignore_errors=True)  # a crashed process may have had our number, as in a container
        beside.mkdir()
        for file, data in files.items():
            write_durably(beside / file, data)
        (beside / ".last").write_text(last, encoding="utf-8")
        sync_folder(beside)
        beside.rename(ready)
        sync_folder(folder)
        _move_out(ready)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}; free space or rights, then add it again"
        raise BriefnoteError([Problem(f"sources/{name}", message=message)]) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process writes at a time, another waits. What a crash left is mended first. The lock dies with us."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        message = f"cannot be opened: {error.strerror or error}; it must be a folder that you can write"
        raise BriefnoteError([Problem(f"{folder.name}/", message=message)]) from None
    try:
        with suppress(ImportError):  # not a POSIX system
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        _mend(folder)
        yield
    finally:
        os.close(handle)


def mend(folder: Path, name: str | None = None) -> None:
    """Finishes or undoes what a crash left: of one name, or of all, which costs a listing."""
    ready = folder / f".{name}{_READY}"
    if ready.exists() if name else any(_is_left(entry.name) for entry in _entries(folder)):
        with locked(folder):
            pass


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if entry.name.startswith(".")]
    except OSError:
        return []


def _is_left(name: str) -> bool:
    return name.endswith(_READY) or (".new-" in name and not is_alive(name.rpartition("-")[2]))


def _mend(folder: Path) -> None:
    for entry in sorted(_entries(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False) and _is_left(entry.name):
            if entry.name.endswith(_READY):
                _move_out(Path(entry.path))
            else:
                shutil.rmtree(entry.path, ignore_errors=True)


def _move_out(ready: Path) -> None:
    """Can be broken off and begun again at any point; where it is lost in a crash, it is done again."""
    note = ready / ".last"
    last = note.read_text(encoding="utf-8") if note.exists() else ""
    names = sorted(entry.name for entry in ready.iterdir() if entry.name not in (".last", last))
    for name in [*names, last]:
        if name and (ready / name).exists():
            (ready / name).replace(ready.parent / name)
    shutil.rmtree(ready, ignore_errors=True)
