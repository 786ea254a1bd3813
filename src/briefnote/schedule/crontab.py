"""Our lines in the user's crontab, between two marks that name the folder; nothing else in it is ever touched."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from briefnote.errors import BriefnoteError, Problem
from briefnote.schedule.calling import Call, for_cron

_SECONDS = 30
_PLACE = "crontab"
_LINES = re.compile(r"[^\n]*\n|[^\n]+")  # what cron itself calls a line


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
    lines = _LINES.findall(crontab)
    marks = [line.rstrip("\n") for line in lines]
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
    code, text, said = _crontab("-l")
    if code == 0:
        return text
    if "no crontab" in said.lower() or not said:
        return ""
    raise BriefnoteError([Problem(_PLACE, message=f"cannot be read: {said}")])


def write_crontab(text: str) -> None:
    """Puts a crontab in the place of the user's. Raises BriefnoteError where cron does not take it, or not as it is."""
    code, _, said = _crontab("-", text)
    if code != 0:
        message = f"cannot be written: {said or f'exit code {code}'}; it is as it was"
        raise BriefnoteError([Problem(_PLACE, message=message)])
    if read_crontab() != text:
        message = "is not what was written: look at `crontab -l`, and mend it with `crontab -e`"
        raise BriefnoteError([Problem(_PLACE, message=message)])


def _crontab(argument: str, text: str = "") -> tuple[int, str, str]:
    """Returns the exit code and what was printed. Bytes that are no UTF-8 come back as they were."""
    try:
        done = subprocess.run(  # noqa: S603 - the user's own crontab command
            ["crontab", argument],  # noqa: S607
            input=os.fsencode(text),
            capture_output=True,
            env={**os.environ, "LC_ALL": "C"},
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        message = "there is no crontab command here; install cron, or use --systemd (docs/running.md)"
        raise BriefnoteError([Problem(_PLACE, message=message)]) from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BriefnoteError([Problem(_PLACE, message=f"cannot be run: {error}")]) from None
    return done.returncode, os.fsdecode(done.stdout), os.fsdecode(done.stderr).strip()
