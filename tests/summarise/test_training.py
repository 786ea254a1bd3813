"""The weights that are shipped are those that the corpus gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_training_again_gives_the_weights_that_are_shipped() -> None:
    """The training script, run on the development corpus, would write nearly the same weights."""
    script = ROOT / "tools" / "train_summarise.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
