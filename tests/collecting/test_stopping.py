"""Stopped in the middle: every source is whole or absent, and the next run goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from briefnote.collecting.catalogue import read_catalogue
from briefnote.store.articles import read_article, read_snapshot, sources_folder
from briefnote.store.folder import Folder
from stories import plain

FILES = 40


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
@pytest.mark.parametrize("after", [1, 20])
def test_what_is_there_is_whole(folder: Folder, tmp_path: Path, how: signal.Signals, code: int, after: int) -> None:
    """Ctrl-C and a kill; the second run adds what is missing, and nothing twice."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(FILES):
        (inbox / f"{number:02}.txt").write_bytes(plain(f"Report {number:02}", number, count=2))
    running = _start(folder, inbox)
    while len(list(sources_folder(folder).glob("*.article.json"))) < after:
        assert running.poll() is None
        time.sleep(0.002)
    running.send_signal(how)
    _, talk = running.communicate()
    assert running.returncode == code
    assert how != signal.SIGINT or talk == "Stopped. Every source is whole or absent; run it again to go on.\n"
    found = _whole(folder)
    assert after <= found < FILES
    again = _start(folder, inbox)
    printed, _ = again.communicate()
    assert (again.returncode, printed.count("known "), printed.count("added ")) == (0, found, FILES - found)
    assert _whole(folder) == FILES


def _start(folder: Folder, inbox: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "briefnote", "-C", str(folder.root), "add", str(inbox)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ, start_new_session=True
    )


def _whole(folder: Folder) -> int:
    """Returns how many sources there are; each has its text, record and bytes, and nothing else is left."""
    entries, problems = read_catalogue(folder)
    assert problems == []
    for source in entries:
        record = read_article(folder, source)
        assert read_snapshot(folder, record) is not None
        assert not record.is_edited
    names = {path.name.split(".")[0] for path in sources_folder(folder).iterdir()}
    assert names == set(entries)
    return len(entries)
