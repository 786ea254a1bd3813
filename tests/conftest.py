"""Makes `support` importable from every folder of tests, and sets how Hypothesis looks for examples."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# Repeatable, and no deadline: a shared machine is slow now and then.
settings.register_profile("briefnote", deadline=None, derandomize=True, max_examples=300, print_blob=False)
settings.load_profile("briefnote")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is cached while testing is not what the user's own builds find."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
