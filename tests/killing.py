"""Kills a process at a line of its work, with SIGKILL, so that what it leaves behind can be looked at.

The work runs in a child that is a fork of the test: nothing is imported anew, servers of the test go on. In the child a
tracer sees the lines that it comes to in some modules; at the one that was asked for, the child kills itself. So every
line of the real code is a point at which it can be killed, and the code knows nothing of it.

    points = points_of(work, ("briefnote.sending", "briefnote.store"))
    for point in spread(points, 30):
        kill_at(work, modules, point)
        ...  # do the work again, and see that all is well
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

# A line, "module.function:line", and how often the work has come to it.
Point = tuple[str, int]
Work = Callable[[], object]
Tracer = Callable[[FrameType, str, Any], Any]


def points_of(work: Work, modules: Sequence[str]) -> list[Point]:
    """Does the work in a child, to its end, and returns each point it came to in the modules, in order."""
    reader, writer = os.pipe()

    def counted() -> None:
        seen: list[str] = []
        with _traced(modules, lambda frame: seen.append(_label(frame))):
            work()
        with os.fdopen(writer, "w") as file:
            json.dump(seen, file)

    child = _forked(counted)
    os.close(writer)
    with os.fdopen(reader) as file:
        text = file.read()
    assert _status(child) == 0, "the work failed in the child; see its traceback on stderr"
    times = Counter[str]()
    return [(label, times.update((label,)) or times[label]) for label in json.loads(text)]


def kill_at(work: Work, modules: Sequence[str], point: Point) -> bool:
    """Does the work in a child that is killed when it comes to a point; returns whether it came so far."""
    label, times = point
    seen: list[str] = []

    def count(frame: FrameType) -> None:
        if _label(frame) == label:
            seen.append(label)
        if len(seen) == times:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted() -> None:
        with _traced(modules, count):
            work()

    return _status(_forked(counted)) == -signal.SIGKILL


def kill_after(work: Work, seconds: float) -> bool:
    """Does the work in a child that is killed after a time, wherever it is; returns whether it was still at it."""
    child = _forked(work)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return _status(child) == -signal.SIGKILL


def spread(points: Sequence[Point], count: int) -> list[Point]:
    """Returns so many of the points, evenly spread, the first and the last among them."""
    assert len(points) >= count > 1, f"there are only {len(points)} points"
    return [points[round(index * (len(points) - 1) / (count - 1))] for index in range(count)]


def within(points: Sequence[Point], *parts: str) -> list[Point]:
    """Returns the points whose line is in one of these parts ("ledger.move:")."""
    return [point for point in points if any(part in point[0] for part in parts)]


@contextmanager
def _traced(modules: Sequence[str], at: Callable[[FrameType], None]) -> Iterator[None]:
    def lines(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            at(frame)
        return lines

    def calls(frame: FrameType, _event: str, _: Any) -> Tracer | None:
        name = frame.f_globals.get("__name__", "")
        return lines if any(name == module or name.startswith(f"{module}.") for module in modules) else None

    sys.settrace(calls)
    try:
        yield
    finally:
        sys.settrace(None)


def _label(frame: FrameType) -> str:
    return f"{frame.f_globals.get('__name__', '')}.{frame.f_code.co_name}:{frame.f_lineno}"


def _forked(work: Work) -> int:
    child = os.fork()
    if child:
        return child
    try:
        work()
        os._exit(0)
    except BaseException:  # nothing of the test may go on in the child
        traceback.print_exc()
        os._exit(1)


def _status(child: int) -> int:
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)
