"""How feeds were when they were last asked: `sources/.feeds.json`, written by `briefnote collect`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Literal

from briefnote.errors import BriefnoteError, Problem
from briefnote.store.articles import sources_folder
from briefnote.store.folder import Folder
from briefnote.store.plain import read_record, record_text
from briefnote.store.writing import locked, write_together

FILE = ".feeds.json"
Health = Literal["never seen", "ok", "empty", "broken", "gone"]


@dataclass(frozen=True)
class FeedState:
    """How a feed is, since which ISO day and why, and where to go on.

    `etag` and `last_modified` are for the next request; `validity` and `uid` are a mailbox's; `given_up` lists what it
    still lists and what will not be tried again.
    """

    address: str
    health: Health = "never seen"
    since: str | None = None
    reason: str = ""
    etag: str | None = None
    last_modified: str | None = None
    validity: int = 0
    uid: int = 0
    given_up: tuple[str, ...] = ()


def read_states(folder: Folder) -> dict[str, FeedState]:
    """Returns the states by name. What cannot be read counts as never seen: it is only asked once more."""
    found: dict[str, FeedState] = {}
    try:
        plain = json.loads((sources_folder(folder) / FILE).read_bytes())
    except (OSError, ValueError, RecursionError):
        return found
    for name, state in plain.items() if isinstance(plain, dict) else ():
        with suppress(ValueError):
            found[name] = read_record(FeedState, state)
    return found


def write_states(folder: Folder, states: Mapping[str, FeedState]) -> None:
    """Writes the states, whole or not at all."""
    path = sources_folder(folder)
    if (path / FILE).is_symlink():
        raise BriefnoteError([Problem(f"sources/{FILE}", message="is a link; move it away")])
    plain = {name: asdict(state) for name, state in sorted(states.items())}
    with locked(path):
        write_together(path, "feeds", {FILE: record_text(plain).encode()}, FILE)
