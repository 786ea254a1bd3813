"""One run at a time in a folder. The lock goes with its process, whatever ends it, so there is none to clean up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefnote.errors import BriefnoteError, Problem

LOCK = "run.lock"


class AlreadyRunningError(BriefnoteError):
    """Another run is at work in this folder: exit code 75."""


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Holds the lock of a folder's runs. Raises AlreadyRunningError where another run holds it."""
    from filelock import FileLock, Timeout

    lock = FileLock(root / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        message = "another run is at work in this folder; this one has done nothing"
        raise AlreadyRunningError([Problem(LOCK, message=message)]) from None
    except OSError as error:
        raise BriefnoteError([Problem(LOCK, message=f"cannot be written: {error.strerror}")]) from None
    try:
        yield
    finally:
        lock.release()
