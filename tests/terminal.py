"""A terminal, to see what a person sees."""

from __future__ import annotations

import os
import pty
import sys
from pathlib import Path

import pytest


def on_terminal(*arguments: str, folder: Path, columns: int = 80) -> str:
    """Returns what a person sees of a command on a terminal of so many columns."""
    shown = bytearray()

    def read(terminal: int) -> bytes:
        shown.extend(data := os.read(terminal, 1024))
        return data

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERM", "xterm")
        patch.setenv("COLUMNS", str(columns))
        patch.setattr(pty, "STDIN_FILENO", os.open(os.devnull, os.O_RDONLY))
        pty.spawn([sys.executable, "-m", "briefnote", "-C", str(folder), *arguments], read)
    return shown.decode()
