"""What runs write down for monitoring: `run-log.jsonl`, one JSON object a line, rotated."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from briefnote import clock
from briefnote.errors import BriefnoteError, Problem

LOG = "run-log.jsonl"
_MOST_BYTES = 1_000_000
_KEPT = 5  # former logs: run-log.jsonl.1 is the latest
_LINE_END = b"\n"


class RunLog:
    """Writes events of one run. `tell` is given each as a line for a person who watches."""

    def __init__(self, logger: logging.Logger, tell: Callable[[str], None], handler: _Rotating) -> None:
        self._logger = logger
        self._tell = tell
        self._handler = handler
        self._run = f"{clock.now():%Y%m%dT%H%M%SZ}-{os.getpid()}"

    def event(self, name: str, **about: object) -> None:
        """Writes an event and what is to be said of it."""
        self._write(logging.INFO, name, about)

    def problem(self, problem: Problem, **about: object) -> None:
        """Writes a problem or a warning."""
        level = logging.WARNING if problem.is_warning else logging.ERROR
        self._write(level, "warning" if problem.is_warning else "problem", {**about, "message": str(problem)})

    def stopped(self, error: Exception, **about: object) -> tuple[Problem, ...]:
        """Writes what ended a step, and returns it: the problems of an expected failure, a bug with its traceback."""
        if not isinstance(error, BriefnoteError):
            self._logger.error("bug", exc_info=error, extra={"about": about, "run": self._run})
            message = f"{type(error).__name__}: {error}; this is a bug, or the machine's fault: the log has all of it"
            return (Problem(LOG, message=message),)
        for problem in error.problems:
            self.problem(problem, **about)
        return error.problems

    @property
    def lost(self) -> tuple[Problem, ...]:
        """Returns why lines are missing in the log, nothing where it is whole: a run goes on without it."""
        error = self._handler.error
        return (Problem(LOG, message=f"lines are missing: {error}; free space or rights"),) if error else ()

    def _write(self, level: int, name: str, about: dict[str, object]) -> None:
        self._logger.log(level, name, extra={"about": about, "run": self._run})
        self._tell(" ".join([f"{name}:", *(f"{key}={value}" for key, value in about.items() if value != "")]))


@contextmanager
def open_log(root: Path, tell: Callable[[str], None]) -> Iterator[RunLog]:
    """Yields the log of a folder. Call it under the lock of the runs. Raises BriefnoteError where it cannot be written.

    Programs that use briefnote as a library find the same events under the logger "briefnote.run".
    """
    path = root / LOG
    try:
        _end_torn_line(path)
        handler = _Rotating(path, maxBytes=_MOST_BYTES, backupCount=_KEPT, encoding="utf-8")
    except OSError as error:
        raise BriefnoteError([Problem(LOG, message=f"cannot be written: {error.strerror}")]) from None
    handler.setFormatter(_Json())
    logger = logging.getLogger("briefnote.run")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        yield RunLog(logger, tell, handler)
    finally:
        logger.removeHandler(handler)
        with suppress(OSError):  # what could not be written is in `lost` already
            handler.close()


def _end_torn_line(path: Path) -> None:
    """A run that was killed may have left half a line: the next one begins on a line of its own."""
    if path.exists() and path.stat().st_size and not path.read_bytes().endswith(_LINE_END):
        with path.open("ab") as file:
            file.write(_LINE_END)


class _Rotating(RotatingFileHandler):
    """Messages name files, titles and servers: only their owner may read them."""

    error: BaseException | None = None

    def handleError(self, _: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Keeps what went wrong; the library would print a traceback for each line."""
        self.error = sys.exc_info()[1]

    def _open(self) -> Any:
        return open(self.baseFilename, self.mode, encoding=self.encoding, opener=_for_owner)


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Returns a record as one line of JSON: at, level, run, event, and what is to be said of it."""
        found: dict[str, Any] = vars(record)
        line = {"at": clock.now().isoformat(), "level": record.levelname.lower(), "run": found.get("run", "")}
        line |= {"event": record.getMessage(), **found.get("about", {})}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
