"""A drop folder: the editions of an issue in a folder of their own, which appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from briefnote.deliver.message import File
from briefnote.deliver.outlet import Outcome, Parcel


class DropOutlet:
    """A folder that others take issues from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, parcel: Parcel, no_way_back: Callable[[], None]) -> Outcome:
        """See `Outlet`. What is there already is not touched: it may be a person's, or being read."""
        place = self._folder / parcel.name
        if place.exists() or place.is_symlink():
            same = all(_holds(place / file.name, file.data) for file in parcel.files)
            return Outcome("sent", "is there already") if same else Outcome("refused", f"{place} is in the way")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            beside = Path(tempfile.mkdtemp(prefix=f".{parcel.name}.", dir=self._folder))
        except OSError as error:
            return Outcome("later", f"{self._folder} cannot be written: {error.strerror}")
        try:
            _write(beside, parcel.files)
            no_way_back()
            beside.rename(place)
            return Outcome("sent", str(place))
        except OSError as error:
            return Outcome("later", f"{place} cannot be written: {error.strerror}")
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    def close(self) -> None:
        """Nothing is open."""


def _write(folder: Path, files: Sequence[File]) -> None:
    for file in files:
        with (folder / file.name).open("xb") as handle:
            handle.write(file.data)
            handle.flush()
            os.fsync(handle.fileno())
    folder.chmod(0o755)


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data
