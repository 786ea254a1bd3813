"""Where settings come from: the environment, a file that only its owner can read, the desktop's key store."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefnote.errors import BriefnoteError, Problem

_PREFIX = "BRIEFNOTE_"
_PLACE = "BRIEFNOTE_SETTINGS"
_MOST_BYTES = 100_000
_SERVICE = "briefnote"  # under which the password is kept in the key store


@dataclass(frozen=True)
class FoundSettings:
    """Settings by name; `origin` says where they were looked for, `lines` where they stand in the file.

    The values hold secrets: they are left out of what is printed of this.
    """

    values: Mapping[str, str]
    origin: str
    file: str
    lines: Mapping[str, int]

    def __repr__(self) -> str:
        return f"FoundSettings({', '.join(sorted(self.values))})"


def find_settings(environment: Mapping[str, str] | None = None) -> FoundSettings:
    """Returns what is set. The environment goes before the file, the file before the key store (password only).

    Raises BriefnoteError where the file can be read by others, or cannot be read.
    """
    environment = os.environ if environment is None else environment
    path, is_asked_for = _place(environment)
    values, lines = _read_file(path, is_asked_for)
    own = {name: value for name, value in environment.items() if name.startswith(_PREFIX) and name != _PLACE}
    values |= own
    if values.get("BRIEFNOTE_SMTP_USER") and not values.get("BRIEFNOTE_SMTP_PASSWORD"):
        values |= _from_key_store(values)
    origin = f"environment, {path}" if lines or is_asked_for else f"environment (or {path})"
    return FoundSettings(values, origin, str(path), lines)


def _place(environment: Mapping[str, str]) -> tuple[Path, bool]:
    if environment.get(_PLACE):
        return Path(environment[_PLACE]), True
    home = environment.get("XDG_CONFIG_HOME") or str(Path(environment.get("HOME") or Path.home()) / ".config")
    return Path(home) / "briefnote" / "settings", False


def _read_file(path: Path, is_asked_for: bool) -> tuple[dict[str, str], dict[str, int]]:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0))
    except (FileNotFoundError, NotADirectoryError):
        if not is_asked_for:
            return {}, {}
        raise _wrong(path, f"does not exist; write it, or unset {_PLACE}") from None
    except OSError as error:
        raise _wrong(path, f"cannot be read: {error.strerror}") from None
    try:
        _refuse_open_to_others(path, os.fstat(handle))
        return _parsed(path, os.read(handle, _MOST_BYTES))
    finally:
        os.close(handle)


def _refuse_open_to_others(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise _wrong(path, "is no regular file")
    if hasattr(os, "getuid") and found.st_uid not in (os.getuid(), 0):
        raise _wrong(path, "belongs to another user, who could change it; make a copy of your own")
    if os.name == "posix" and found.st_mode & 0o077:
        raise _wrong(path, f"can be read by others (mode {found.st_mode & 0o777:o}); run: chmod 600 {path}")


def _parsed(path: Path, data: bytes) -> tuple[dict[str, str], dict[str, int]]:
    """Lines of NAME=value; # begins a comment line. A line that is neither is named, never shown: it may be secret."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _wrong(path, "not UTF-8; save the file as UTF-8") from None
    values, lines, problems = dict[str, str](), dict[str, int](), list[Problem]()
    for number, line in enumerate(text.split("\n"), 1):
        name, equals, value = line.strip().partition("=")
        if not name or name.startswith("#"):
            continue
        if not equals or not name.strip().startswith(_PREFIX):
            problems.append(Problem(str(path), number, message=f"expected a line such as {_PREFIX}SMTP_HOST=…"))
            continue
        values[name.strip()], lines[name.strip()] = _unquoted(value.strip()), number
    if problems:
        raise BriefnoteError(problems)
    return values, lines


def _unquoted(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if is_quoted else value


def _from_key_store(values: Mapping[str, str]) -> dict[str, str]:
    """Returns the password under "briefnote" and user@host, where the extra `keyring` is there and knows it."""
    try:
        import keyring

        account = f"{values['BRIEFNOTE_SMTP_USER']}@{values.get('BRIEFNOTE_SMTP_HOST', '')}"
        password = keyring.get_password(_SERVICE, account)
    except Exception:  # a key store fails in a hundred ways: then the password is missing, and that is said
        return {}
    return {"BRIEFNOTE_SMTP_PASSWORD": password} if password else {}


def _wrong(path: Path, message: str) -> BriefnoteError:
    return BriefnoteError([Problem(str(path), message=message)])
