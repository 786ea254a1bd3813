"""A cache of this user's own. What others could have written is never read.

What is kept here is run as it is (compiled SQL), so the folder must be a real one, belong to this user and be closed
to all others, and so must the file. Where that cannot be told (another system, a shared home) nothing is cached. It
imports `os` and `sys` and nothing else: it is there to save time.
"""

from __future__ import annotations

import os
import sys

from briefnote import __version__

_OPEN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_OTHERS = 0o077
_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def read_cached(name: str) -> bytes | None:
    """Returns what was kept under a name, None where there is nothing or it is not certain who wrote it."""
    folder = _open_folder()
    if folder is None:
        return None
    try:
        file = os.open(name, os.O_RDONLY | _OPEN, dir_fd=folder)
        try:
            return _read(file) if _is_ours(os.fstat(file), is_folder=False) else None
        finally:
            os.close(file)
    except OSError:
        return None
    finally:
        os.close(folder)


def keep(name: str, data: bytes) -> None:
    """Keeps bytes under a name, whole or not at all; where that fails, nothing is kept."""
    path = cache_folder()
    if path is None:
        return
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.mkdir(path, 0o700)
    except OSError:
        pass  # it is there already, or cannot be made
    folder = _open_folder()
    if folder is None:
        return
    beside = f"{name}.{os.getpid()}"
    try:
        file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN, 0o600, dir_fd=folder)
        try:
            is_whole = os.write(file, data) == len(data)  # a disk that is nearly full takes a part
        finally:
            os.close(file)
        if is_whole:
            os.replace(beside, name, src_dir_fd=folder, dst_dir_fd=folder)
        else:
            os.unlink(beside, dir_fd=folder)
    except OSError:
        pass
    finally:
        os.close(folder)


def cache_folder() -> str | None:
    """Returns where the cache is, None where the user has no home."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(home, "briefnote") if os.path.isabs(home) else None


def made_by(*parts: str) -> list[object]:
    """Returns what tells one state of the package from another: its version, and each file's size and time of change.

    That is what Python itself compares for its .pyc files. `parts` are the folders and files of the package that count.
    """
    found = []
    for part in parts:
        path = os.path.join(_PACKAGE, part)
        for name in [part] if part.endswith(".py") else os.listdir(path):
            if name.endswith((".py", ".yaml")):
                about = os.stat(path if name == part else f"{path}/{name}")
                found.append((part, name, about.st_size, about.st_mtime_ns))
    return [__version__, sys.version, sorted(found)]


def _open_folder() -> int | None:
    path = cache_folder()
    if path is None or not hasattr(os, "getuid"):
        return None
    try:
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | _OPEN)
    except OSError:
        return None
    if _is_ours(os.fstat(folder), is_folder=True):
        return folder
    os.close(folder)
    return None


def _is_ours(found: os.stat_result, *, is_folder: bool) -> bool:
    kind = 0o040000 if is_folder else 0o100000
    return found.st_uid == os.getuid() and found.st_mode & 0o170000 == kind and not found.st_mode & _OTHERS


def _read(file: int) -> bytes:
    parts = []
    while part := os.read(file, 1 << 20):
        parts.append(part)
    return b"".join(parts)
