"""Ctrl-C in the middle of a build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from briefnote.starter import start_folder

LOCKS = Path("/proc/locks")


@pytest.mark.skipif(not LOCKS.exists(), reason="the system does not tell who waits for a lock")
def test_a_build_that_is_stopped_leaves_the_former_issue(tmp_path: Path) -> None:
    """With 130, as a shell has it, and a word on what is there; here it is stopped while it waits for another build."""
    import fcntl

    start_folder(tmp_path)
    command = [sys.executable, "-m", "briefnote", "-C", str(tmp_path), "build", "--format", "md"]
    subprocess.run([*command, "--date", "2026-11-20"], check=True, capture_output=True)
    before = {path.name: path.read_bytes() for path in (tmp_path / "briefs/example/2026-W47").iterdir()}
    another = os.open(tmp_path / "briefs/example", os.O_RDONLY)
    try:
        fcntl.flock(another, fcntl.LOCK_EX)
        running = subprocess.Popen(
            [*command, "--date", "2026-11-21"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        while not waits(running.pid):
            assert running.poll() is None
        running.send_signal(signal.SIGINT)
        printed, talk = running.communicate(timeout=60)
    finally:
        os.close(another)
    assert (running.returncode, printed) == (130, "")
    assert talk == "Stopped. Nothing is half-written: what was done is whole, and the rest is as it was.\n"
    assert {path.name: path.read_bytes() for path in (tmp_path / "briefs/example/2026-W47").iterdir()} == before
    assert sorted(path.name for path in (tmp_path / "briefs/example").iterdir()) == ["2026-W47", "brief.yaml"]


def waits(process: int) -> bool:
    """Says whether a process waits for a lock."""
    return any("->" in line and f" {process} " in line for line in LOCKS.read_text().splitlines())
