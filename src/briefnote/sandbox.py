"""Runs a function in a child process with limits on time, memory and the size of its result.

Jinja's sandbox keeps a template from Python's inside; it does not keep it from looping or from filling the memory.
The child is a fork, so that nothing is imported twice (about 8 ms); where the system has no fork, the function runs
here, without limits.
"""

from __future__ import annotations

import os
import pickle  # the child is our own fork: what it sends is as trusted as ourselves
import select
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from briefnote.errors import BriefnoteError, Problem

Result = TypeVar("Result")


@dataclass(frozen=True)
class Limits:
    """Seconds of wall time, bytes of memory beyond what the process has, bytes of the result."""

    seconds: float = 10.0
    memory: int = 512 * 1024 * 1024
    result: int = 20 * 1024 * 1024


def run_limited(what: str, function: Callable[[], Result], limits: Limits) -> Result:
    """Returns the function's result. Raises its BriefnoteError, or one that names the limit it broke.

    `what` names the file at fault. A bug in the function keeps its traceback: it is raised here again.
    """
    if not hasattr(os, "fork"):
        return function()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _in_child(what, writer, function, limits)
    os.close(writer)
    try:
        data = _received(reader, limits)
    except _LimitError as error:
        raise BriefnoteError([Problem(what, message=str(error))]) from None
    finally:
        os.close(reader)
        _ended(child)
    if not data:
        message = f"needs more than {limits.memory // 1024**2} MB of memory; make it smaller"
        raise BriefnoteError([Problem(what, message=message)])
    kind, value = pickle.loads(data)  # noqa: S301
    if kind == "result":
        return value  # type: ignore[no-any-return]
    raise value


class _LimitError(Exception):
    """The child took too long or said too much."""


def _received(reader: int, limits: Limits) -> bytes:
    """Returns what the child wrote until it closed its end."""
    parts: list[bytes] = []
    size = 0
    deadline = time.monotonic() + limits.seconds
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([reader], [], [], left)[0]:
            raise _LimitError(f"takes longer than {limits.seconds:g} s; look for a loop that does not end")
        part = os.read(reader, 1 << 16)
        if not part:
            return b"".join(parts)
        size += len(part)
        if size > limits.result:
            raise _LimitError(f"makes more than {limits.result // 1024**2} MB of text; make it shorter")
        parts.append(part)


def _ended(child: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _in_child(what: str, writer: int, function: Callable[[], object], limits: Limits) -> None:
    """Sends ("result", value) or ("error", exception) and ends at once, without the parent's clean-up."""
    try:
        _limit_memory(limits)
        try:
            message = pickle.dumps(("result", function()))
        except MemoryError:
            os._exit(1)
        except RecursionError:
            deep = BriefnoteError([Problem(what, message="includes itself, or nests too deep; flatten it")])
            message = pickle.dumps(("error", deep))
        except Exception as error:
            message = pickle.dumps(("error", _picklable(error)))
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(message)
    finally:
        os._exit(0)


def _picklable(error: Exception) -> Exception:
    if isinstance(error, BriefnoteError):
        return error
    import traceback

    return RuntimeError("in the sandbox:\n" + "".join(traceback.format_exception(error)))


def _limit_memory(limits: Limits) -> None:
    import resource

    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:  # not Linux: the time limit still holds
        return
    most = pages * resource.getpagesize() + limits.memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
