"""A disk that is full: a message, nothing half-written, and what was there is there."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from briefnote.cache import keep, read_cached
from briefnote.starter import start_folder

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")


def run(*arguments: str, folder: Path, most: int, **given: int) -> subprocess.CompletedProcess[str]:
    """Runs briefnote where no file can become larger than so many bytes, as on a disk that is full then."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return subprocess.run(
        [sys.executable, "-m", "briefnote", *arguments],
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795219200"},
        stdout=given.get("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=limited,
    )


def files(folder: Path) -> dict[str, bytes]:
    """Returns every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_folder_holds_whole_files_only(tmp_path: Path) -> None:
    """`init` says where it stopped; what it wrote is as it would be, and it can be run again."""
    start_folder(tmp_path / "whole")
    result = run("init", "desk", folder=tmp_path, most=2000)
    assert (result.returncode, result.stderr) == (1, "desk: cannot be written: File too large; choose another folder\n")
    whole = files(tmp_path / "whole")
    assert files(tmp_path / "desk").items() <= whole.items()
    start_folder(tmp_path / "desk")
    assert files(tmp_path / "desk") == whole


def test_a_build_leaves_the_former_issue(tmp_path: Path) -> None:
    """To the byte, and nothing beside it."""
    start_folder(tmp_path)
    assert run("build", "--format", "md", folder=tmp_path, most=1 << 30).returncode == 0
    before = files(tmp_path / "briefs")
    result = run("build", "--format", "pdf", folder=tmp_path, most=5000)
    assert result.returncode == 1
    assert result.stderr.endswith(
        "2026-W47: cannot be written: File too large; free space or rights, or choose another --out\n"
    )
    assert files(tmp_path / "briefs") == before


def test_a_run_goes_on_without_its_log(tmp_path: Path) -> None:
    """The issue is made; that lines are missing is said once, without a traceback."""
    start_folder(tmp_path)
    brief = tmp_path / "briefs/example/brief.yaml"
    brief.write_text(brief.read_text(encoding="utf-8") + "formats: [md]\n", encoding="utf-8")
    (tmp_path / "run-log.jsonl").write_bytes(b"{}\n" * 300_000)
    result = run("run", folder=tmp_path, most=850_000)
    assert result.stdout == "example 2026-W47: built\n"
    assert result.stderr == ("run-log.jsonl: lines are missing: [Errno 27] File too large; free space or rights\n")
    assert result.returncode == 3


def test_output_to_a_full_disk_is_a_message(tmp_path: Path) -> None:
    """Not a traceback, and not silence."""
    start_folder(tmp_path)
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        result = run("rules", "list", "example", folder=tmp_path, most=1 << 30, stdout=full)
    finally:
        os.close(full)
    assert result.returncode == 1
    assert result.stderr == "output: No space left on device; free some space, then run it again\n"


def test_half_a_file_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is nearly full takes a part of what is written, and says so only by its length."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    keep("plan", b"former")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        keep("plan", b"x" * 3000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert read_cached("plan") == b"former"
    assert os.listdir(tmp_path / "briefnote") == ["plan"]
