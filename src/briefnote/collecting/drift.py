"""Looks again at what was fetched: what changed is kept as a new version, what vanished is said."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass

from briefnote.collecting.adding import Adder, Progress, shown
from briefnote.collecting.listing import known_source
from briefnote.collecting.outcome import Item
from briefnote.collecting.resting import Resting, judgements_on
from briefnote.errors import BriefnoteError, Problem
from briefnote.ingest.fetching import Fetcher
from briefnote.store.articles import TEXT, read_article, sources_folder
from briefnote.store.folder import Folder


@dataclass(frozen=True)
class Drifted:
    """A source that is no longer what it was, or could not be asked for, and the judgements that rest on it."""

    item: Item
    resting: tuple[Resting, ...]


def look_again(
    folder: Folder, only: Collection[str], fetcher: Fetcher, progress: Progress
) -> tuple[tuple[Drifted, ...], int]:
    """Fetches all sources that came from the web, or those named, and returns what drifted and how many were asked."""
    for name in only:
        known_source(folder, name)
    adder = Adder(folder, fetcher)
    named = [name for name in adder.library.entries if not only or name in only]
    urls = [(name, fetch.url) for name in named if (fetch := read_article(folder, name).fetch)]
    drifted: list[Drifted] = []
    resting = judgements_on(folder)
    for number, (name, url) in enumerate(urls):
        progress(number, len(urls), shown(url))
        for item in adder.page(url):
            if item.kind != "known":
                drifted.append(Drifted(item, resting.get(item.source or name, ())))
    progress(len(urls), len(urls), "")
    return tuple(drifted), len(urls)


def version_diff(folder: Folder, source: str) -> list[str]:
    """Returns how the text of a source's latest version differs from the one before, as a unified diff."""
    record = read_article(folder, source)
    if not record.versions:
        raise BriefnoteError(
            [Problem(f"sources/{source}", message="has one version only; there is nothing to compare")]
        )
    former = f"{source}.v{record.versions[-1].number}{TEXT}"
    old = folder.read(sources_folder(folder) / former).data.decode("utf-8", "replace")
    compared = difflib.unified_diff(
        old.splitlines(),
        record.article.text.splitlines(),
        former,
        f"{source}{TEXT}",
        record.versions[-1].until,
        lineterm="",
    )
    return list(compared)
