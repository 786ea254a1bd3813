"""Puts a folder in the place of another in two renames, and mends what a crash between them left."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from briefnote.store.durable import is_alive, sync_folder


def new_name(path: Path) -> str:
    """Returns what the name of a folder that is to take the place of another begins with."""
    return f".{path.name}.new-"


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.name}.former")


def swap(beside: Path, path: Path) -> None:
    """Puts the folder `beside` where `path` is; a crash in between is mended by `recover`."""
    aside = _aside(path)
    if path.exists():
        path.rename(aside)
    try:
        beside.rename(path)
    except OSError:
        with suppress(OSError):
            aside.rename(path)
        raise
    sync_folder(path.parent)
    shutil.rmtree(aside, ignore_errors=True)


def recover(path: Path) -> None:
    """Mends what a crash left: the former folder moved aside, or half a new one of a process that is gone."""
    for left in path.parent.glob(f"{new_name(path)}*-*"):
        if not is_alive(left.name.rsplit("-", 2)[1]):
            shutil.rmtree(left, ignore_errors=True)
    aside = _aside(path)
    if aside.exists() and not path.exists():
        aside.rename(path)
    elif aside.exists():
        shutil.rmtree(aside, ignore_errors=True)
