"""The cache is this user's alone: what another could have written is not read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefnote.cache import keep, read_cached


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "briefnote"


def test_what_was_kept_is_read(home: Path) -> None:
    """Bytes come back as they were, from a folder that is closed to others."""
    keep("plan", b"bytes")
    assert read_cached("plan") == b"bytes"
    assert (home.stat().st_mode & 0o777, (home / "plan").stat().st_mode & 0o777) == (0o700, 0o600)


def test_nothing_kept_is_none(home: Path) -> None:
    """Without a cache there is nothing, and no error."""
    assert read_cached("plan") is None
    assert not home.exists()


def test_later_bytes_replace_earlier_ones(home: Path) -> None:
    """A name has one content, and no half-written files stay behind."""
    keep("plan", b"one")
    keep("plan", b"two")
    assert read_cached("plan") == b"two"
    assert os.listdir(home) == ["plan"]


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777, 0o750])
def test_folder_that_is_open_to_others_is_not_read(mode: int, home: Path) -> None:
    """Whoever could write SQL there, could run it."""
    keep("plan", b"bytes")
    home.chmod(mode)
    assert read_cached("plan") is None


def test_file_that_is_open_to_others_is_not_read(home: Path) -> None:
    """Nor is a file that others can change."""
    keep("plan", b"bytes")
    (home / "plan").chmod(0o666)
    assert read_cached("plan") is None


def test_link_is_not_followed(home: Path, tmp_path: Path) -> None:
    """A link could lead to what another wrote."""
    (tmp_path / "elsewhere").write_bytes(b"bytes")
    keep("other", b"")
    (home / "plan").symlink_to(tmp_path / "elsewhere")
    assert read_cached("plan") is None


def test_folder_that_is_a_link_is_not_read(home: Path, tmp_path: Path) -> None:
    """Nor is the folder, if it is a link."""
    (tmp_path / "real").mkdir(mode=0o700)
    home.symlink_to(tmp_path / "real")
    keep("plan", b"bytes")
    assert read_cached("plan") is None


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_file_of_another_user_is_not_read(home: Path) -> None:
    """Not even if its mode is right."""
    keep("plan", b"bytes")
    os.chown(home / "plan", 65534, 65534)
    assert read_cached("plan") is None


def test_cache_that_cannot_be_made_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache saves time; it is not needed."""
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    keep("plan", b"bytes")
    assert read_cached("plan") is None
