"""Our lines in the user's crontab, between two marks that name the folder; nothing else in it is ever touched."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from briefnote.errors import BriefnoteError, Problem
from briefnote.schedule.calling import Call, for_cron

_SECONDS = 30
_PLACE = "crontab"


def block(call: Call, times: Sequence[str]) -> str:
    """Returns our lines with their marks."""
    begin, end = _marks(call.folder)
    lines = [begin, "# Made by `briefnote schedule install`; `briefnote schedule remove` takes it out."]
    return "".join(f"{line}\n" for line in (*lines, *(f"{time} {for_cron(call)}" for time in times), end))


def with_block(crontab: str, folder: Path, lines: str) -> str:
    """Returns a crontab with our lines in the place of those that are there for the folder, else at its end."""
    before, found, after = _parted(crontab, folder)
    if not found and before and not before.endswith("\n"):
        before += "\n"
    return f"{before}{lines}{after}"


def without_block(crontab: str, folder: Path) -> str:
    """Returns a crontab without our lines for the folder."""
    before, _, after = _parted(crontab, folder)
    return before + after


def _parted(crontab: str, folder: Path) -> tuple[str, str, str]:
    """Returns what stands before our lines, our lines, and what stands after. Raises BriefnoteError for a lone mark."""
    begin, end = _marks(folder)
    lines = crontab.splitlines(keepends=True)
    marks = [line.rstrip("\r\n") for line in lines]
    if begin not in marks and end not in marks:
        return crontab, "", ""
    if marks.count(begin) != 1 or marks.count(end) != 1 or marks.index(begin) > marks.index(end):
        message = f"has '{begin}' without its end, or twice; mend it with `crontab -e`"
        raise BriefnoteError([Problem(_PLACE, message=message)])
    first, last = marks.index(begin), marks.index(end) + 1
    return "".join(lines[:first]), "".join(lines[first:last]), "".join(lines[last:])


def _marks(folder: Path) -> tuple[str, str]:
    return f"# briefnote schedule begin: {folder}", f"# briefnote schedule end: {folder}"


def read_crontab() -> str:
    """Returns the user's crontab, "" where there is none. Raises BriefnoteError where it cannot be read."""
    done = _crontab("-l")
    if done.returncode == 0:
        return done.stdout
    if "no crontab" in done.stderr.lower() or not done.stderr.strip():
        return ""
    raise BriefnoteError([Problem(_PLACE, message=f"cannot be read: {done.stderr.strip()}")])


def write_crontab(text: str) -> None:
    """Puts a crontab in the place of the user's. Raises BriefnoteError where cron does not take it, or not as it is."""
    done = _crontab("-", text)
    if done.returncode != 0:
        said = done.stderr.strip() or f"exit code {done.returncode}"
        raise BriefnoteError([Problem(_PLACE, message=f"cannot be written: {said}; it is as it was")])
    if read_crontab() != text:
        message = "is not what was written: look at `crontab -l`, and mend it with `crontab -e`"
        raise BriefnoteError([Problem(_PLACE, message=message)])


def _crontab(argument: str, text: str = "") -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - the user's own crontab command
            ["crontab", argument],  # noqa: S607
            input=text,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            env={**os.environ, "LC_ALL": "C"},
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        message = "there is no crontab command here; install cron, or use --systemd (docs/running.md)"
        raise BriefnoteError([Problem(_PLACE, message=message)]) from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BriefnoteError([Problem(_PLACE, message=f"cannot be run: {error}")]) from None
