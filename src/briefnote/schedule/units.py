"""A service and a timer of systemd for a folder, among the user's own units."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from briefnote.errors import BriefnoteError, Problem
from briefnote.schedule.calling import Call, for_systemd
from briefnote.store.durable import replace_file

_SECONDS = 60
_MARK = (
    "# briefnote schedule: {folder}\n# Made by `briefnote schedule install --systemd`; `remove --systemd` takes it out."
)


def unit_name(folder: Path) -> str:
    """Returns what the units of a folder are called: its name, and what tells it from others of that name."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", folder.name).strip("-") or "folder"
    return f"briefnote-{plain}-{sha256(os.fsencode(folder)).hexdigest()[:8]}"


def units(call: Call, times: Sequence[str]) -> dict[str, str]:
    """Returns the service and the timer, by file name."""
    name, mark = unit_name(call.folder), _MARK.format(folder=call.folder)
    folder = str(call.folder).replace("%", "%%")
    pairs = for_systemd(tuple(f"{name}={value}" for name, value in call.environment.items())).replace("$$", "$")
    service = f"""\
{mark}
[Unit]
Description=briefnote run in {folder}

[Service]
Type=oneshot
WorkingDirectory={folder}
Environment={pairs}
ExecStart={for_systemd(call.words)}
# 3: all issues went out, and something is to be seen to; 75: another run is at work
SuccessExitStatus=3 75
"""
    calendar = "".join(f"OnCalendar={time}\n" for time in times)
    timer = f"""\
{mark}
[Unit]
Description=When briefnote runs in {folder}

[Timer]
{calendar}# a machine that was off makes up for it
Persistent=true

[Install]
WantedBy=timers.target
"""
    return {f"{name}.service": service, f"{name}.timer": timer}


def unit_folder() -> Path:
    """Returns where the user's units are."""
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "systemd" / "user"


def read_unit(name: str) -> str:
    """Returns a unit as it is, "" where there is none."""
    path = unit_folder() / name
    try:
        return path.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise BriefnoteError([Problem(str(path), message=f"cannot be read: {error.strerror}")]) from None


def write_units(found: dict[str, str]) -> None:
    """Writes units beside, then renames them, and starts the timer. Raises BriefnoteError."""
    place = unit_folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, text in found.items():
            replace_file(place / name, text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise BriefnoteError([Problem(str(place), message=f"cannot be written: {error.strerror}")]) from None
    _systemctl("daemon-reload")
    _systemctl("enable", "--now", next(name for name in found if name.endswith(".timer")))


def remove_units(names: Sequence[str]) -> None:
    """Stops the timer and removes the units. Raises BriefnoteError."""
    for name in names:
        if name.endswith(".timer"):
            _systemctl("disable", "--now", name)
    for name in names:
        try:
            (unit_folder() / name).unlink(missing_ok=True)
        except OSError as error:
            message = f"cannot be removed: {error.strerror}"
            raise BriefnoteError([Problem(str(unit_folder() / name), message=message)]) from None
    _systemctl("daemon-reload")


def _systemctl(*words: str) -> None:
    command = ["systemctl", "--user", *words]
    remedy = f"the files are in {unit_folder()}; run it yourself: {' '.join(command)}"
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BriefnoteError([Problem("systemctl", message=f"cannot be run ({error}); {remedy}")]) from None
    if done.returncode != 0:
        said = done.stderr.strip() or f"exit code {done.returncode}"
        raise BriefnoteError([Problem("systemctl", message=f"{said}; {remedy}")])
