"""How a scheduler calls briefnote: by absolute paths, with an environment of its own and no secret in it."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefnote.errors import BriefnoteError, Problem, visible

# What a run needs of the environment and a scheduler does not hand on. Settings with secrets are not among them:
# a crontab and a unit are read by others.
_HANDED_ON = (
    "PATH",
    "LANG",
    "PYTHONPATH",
    "SSL_CERT_FILE",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "BRIEFNOTE_SETTINGS",
    "BRIEFNOTE_CONTACT",
)
_LONGEST = 990  # bytes of a command that every cron takes
_KEPT_BACK = ("BRIEFNOTE_SMTP_", "BRIEFNOTE_WEBHOOK_", "BRIEFNOTE_HEALTHCHECK_", "BRIEFNOTE_MODEL_", "BRIEFNOTE_IMAP_")


@dataclass(frozen=True)
class Call:
    """A folder, the words that run it, and the environment in which."""

    folder: Path
    words: tuple[str, ...]
    environment: Mapping[str, str]


def call_of(folder: Path, environment: Mapping[str, str] | None = None) -> Call:
    """Returns the call for a folder. Raises BriefnoteError where a path cannot stand on one line."""
    environment = os.environ if environment is None else environment
    handed = {name: environment[name] for name in _HANDED_ON if environment.get(name)}
    words = (*_program(), "-C", str(folder), "run")
    for text in (*words, *handed.values()):
        if not text.isprintable():
            message = "has a character that no crontab and no unit can hold; rename the folder, or change the variable"
            raise BriefnoteError([Problem(visible(text), message=message)])
    return Call(folder, words, handed)


def _program() -> tuple[str, ...]:
    """Returns the command beside this Python; without one, Python itself, which then takes no module from a folder."""
    command = Path(sys.executable).with_name("briefnote")
    return (str(command),) if command.is_file() else (sys.executable, "-P", "-m", "briefnote")


def kept_back(environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Returns the settings that are set here and that a scheduler is not told, for they may be secret."""
    environment = os.environ if environment is None else environment
    return tuple(sorted(name for name in environment if name.startswith(_KEPT_BACK)))


def for_cron(call: Call) -> str:
    """Returns the command of a crontab's line. A bare % would end it. Raises BriefnoteError where cron would cut it."""
    pairs = [f"{name}={value}" for name, value in call.environment.items()]
    command = shlex.join(["env", *pairs, *call.words]).replace("%", r"\%")
    if len(os.fsencode(command)) > _LONGEST:
        message = (
            f"with PATH and the paths of this folder the command is longer than cron's {_LONGEST} bytes; shorten PATH"
        )
        raise BriefnoteError([Problem("crontab", message=message)])
    return command


def for_systemd(words: tuple[str, ...]) -> str:
    """Returns words as ExecStart and Environment read them: quoted, % and $ doubled."""
    return " ".join(f'"{_escaped(word)}"' for word in words)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
