"""The same inputs and the same --date give the same Word file, byte by byte."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from house_files import letterhead

from briefnote.starter import start_folder

THEMES = {"pictures": "body_size: 10\n", "native and contents": "native_charts: true\ncontents_from_pages: 1\n"}


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("has_house", [False, True], ids=["plain", "house"])
def test_a_build_gives_the_same_bytes(theme: str, has_house: bool, tmp_path: Path) -> None:
    """Over three hash seeds, two working directories, two time zones and two days."""
    desk = tmp_path / "desk"
    start_folder(desk)
    (desk / "templates/theme.yaml").write_text(theme, encoding="utf-8")
    if has_house:
        (desk / "templates/house.docx").write_bytes(letterhead())
    runs = [
        ("0", tmp_path, "1767225600", "UTC"),
        ("1", desk, "1767225600", "UTC"),
        ("2", desk, "1798761600", "Asia/Tokyo"),
    ]
    found = set()
    for number, (seed, place, epoch, zone) in enumerate(runs):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": epoch, "TZ": zone}
        out = tmp_path / f"out{number}"
        arguments = ["-C", str(desk), "build", "--date", "2026-11-21", "--format", "docx", "--out", str(out)]
        command = [sys.executable, "-m", "briefnote", *arguments]
        subprocess.run(command, cwd=place, env=environment, check=True, capture_output=True)
        found.add(hashlib.sha256((out / "example/2026-W47/example-2026-W47.docx").read_bytes()).hexdigest())
    assert len(found) == 1
