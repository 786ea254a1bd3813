"""Makes `support` importable from every folder of tests, and sets how Hypothesis looks for examples."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme
from hypothesis import settings

from briefnote.collecting.adding import add
from briefnote.collecting.outcome import Collected
from briefnote.ingest.fetching import Fetcher
from briefnote.store.folder import Folder
from web_server import MANNERS, Site, Slept, serving

# Repeatable, and no deadline: a shared machine is slow now and then.
settings.register_profile("briefnote", deadline=None, derandomize=True, max_examples=300, print_blob=False)
settings.load_profile("briefnote")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is cached while testing is not what the user's own builds find."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


# ---- sources that are added and collected -----------------------------------------------------------------------


@pytest.fixture
def november(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is 2026-11-21, and the cache is the test's own."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def folder(november: None, tmp_path: Path) -> Folder:
    """A folder with empty sources/ and briefs/."""
    for name in ("sources", "briefs"):
        (tmp_path / "desk" / name).mkdir(parents=True)
    return Folder(tmp_path / "desk")


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on loopback, under the name 127.0.0.1."""
    with serving() as found:
        yield found


@pytest.fixture
def adding(folder: Folder) -> Callable[..., Collected]:
    """Adds what is named to the folder; nothing is slept."""

    def added(*what: object) -> Collected:
        with Fetcher(MANNERS, sleep=Slept()) as fetcher:
            return add(folder, [str(one) for one in what], fetcher, lambda *_: None)

    return added


# ---- certificates -----------------------------------------------------------------------------------------------


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority for certificates that this test's connections trust."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return made
