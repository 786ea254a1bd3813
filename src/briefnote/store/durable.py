"""What a crash must not undo: bytes and renames that are on the disk, and who of the processes that wrote is left."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write_durably(path: Path, data: bytes) -> None:
    """Writes a file and waits until it is on the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, data: bytes) -> None:
    """Writes a file beside, makes it durable and renames it: whatever happens, the former or the new one is there."""
    with _beside(path, data) as beside:
        beside.replace(path)
    sync_folder(path.parent)


def new_file(path: Path, data: bytes) -> None:
    """Writes a file that is not there yet, whole or not at all. Raises FileExistsError where something is there."""
    with _beside(path, data) as beside:
        if path.exists() or path.is_symlink():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        try:
            os.link(beside, path)  # unlike a rename, it never takes the place of what came meanwhile
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            beside.rename(path)
    sync_folder(path.parent)


@contextmanager
def _beside(path: Path, data: bytes) -> Iterator[Path]:
    """Yields a file with these bytes in the same folder; it is gone afterwards, whatever came of it."""
    beside = path.with_name(f".{path.name[:200]}.new-{os.getpid()}")
    try:
        write_durably(beside, data)
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """A rename is durable once the folder is; some systems cannot do that for folders."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def is_alive(process: str) -> bool:
    """Says whether another process is; what has our own number is left of one before us, as in a container."""
    if process == str(os.getpid()):
        return False
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
