"""The sources of a folder as a table: what is known of each, and what is still to be done with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefnote.collecting.catalogue import Entry, read_catalogue
from briefnote.errors import BriefnoteError, Problem, did_you_mean
from briefnote.store.articles import sources_folder
from briefnote.store.folder import Folder
from briefnote.text import one_line

_REVIEWED = re.compile(rb"^reviewed:[ \t]*true\b", re.MULTILINE)
_ABOUT = re.compile(r"^[ \t]+(title|publisher|published|language|origin):[ \t]*(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class ListedSource:
    """A source in short. `words` is None where only its summary is there; `gates` and `drift` say what is wrong."""

    id: str
    published: str | None
    publisher: str | None
    title: str | None
    language: str | None
    words: int | None
    added: str | None
    version: int
    summarised: bool
    reviewed: bool
    gates: tuple[str, ...]
    drift: str | None
    origin: str | None

    @property
    def state(self) -> str:
        """Returns in words what is to be known or done: "gated: paywall", "to summarise", "to review", "copy of x"."""
        parts = [f"gated: {', '.join(self.gates)}"] if self.gates else []
        parts += [self.drift] if self.drift else []
        parts += [f"copy of {self.origin}"] if self.origin else []
        if not self.gates and not self.reviewed:
            parts.append("to review" if self.summarised else "to summarise")
        return "; ".join(parts) or "reviewed"


@dataclass(frozen=True)
class Filter:
    """Which sources are listed: those to which all that is given applies. `since` is an ISO day of adding."""

    unsummarised: bool = False
    unreviewed: bool = False
    gated: bool = False
    drifted: bool = False
    copies: bool = False
    since: str | None = None
    publisher: str | None = None
    words: str | None = None

    def lets(self, source: ListedSource) -> bool:
        """Says whether a source is listed."""
        publisher, title = (source.publisher or "").casefold(), f"{source.title or ''} {source.id}".casefold()
        return (
            (not self.unsummarised or (not source.summarised and not source.gates))
            and (not self.unreviewed or not source.reviewed)
            and (not self.gated or bool(source.gates))
            and (not self.drifted or source.drift is not None)
            and (not self.copies or source.origin is not None)
            and (self.since is None or (source.added or "") >= self.since)
            and (self.publisher is None or self.publisher.casefold() in publisher)
            and (self.words is None or self.words.casefold() in title)
        )


def list_sources(folder: Folder, wanted: Filter = Filter()) -> tuple[tuple[ListedSource, ...], list[Problem]]:
    """Returns the sources that a filter lets through, by id, and the problems of those that cannot be read."""
    entries, problems = read_catalogue(folder)
    summaries = {path.stem for path in sources_folder(folder).glob("*.yaml") if path.name != "feeds.yaml"}
    listed = (_listed(folder, name, entries.get(name), name in summaries) for name in sorted({*entries, *summaries}))
    return tuple(source for source in listed if wanted.lets(source)), problems


def known_source(folder: Folder, source: str) -> ListedSource:
    """Returns a source. Raises BriefnoteError with the nearest name where there is none."""
    found, _ = list_sources(folder)
    by_id = {one.id: one for one in found}
    if source not in by_id:
        raise BriefnoteError(
            [Problem("sources/", message=f"no source '{one_line(source)}'.{did_you_mean(source, by_id)}")]
        )
    return by_id[source]


def _listed(folder: Folder, name: str, entry: Entry | None, has_summary: bool) -> ListedSource:
    data = _summary_bytes(folder, name) if has_summary else b""
    said = {} if entry else _said(data)
    return ListedSource(
        id=name,
        published=entry.published if entry else said.get("published"),
        publisher=entry.publisher if entry else said.get("publisher"),
        title=entry.title if entry else said.get("title"),
        language=entry.language if entry else said.get("language"),
        words=entry.words if entry else None,
        added=entry.added if entry else None,
        version=entry.version if entry else 1,
        summarised=has_summary,
        reviewed=bool(_REVIEWED.search(data)),
        gates=entry.gates if entry else (),
        drift=entry.drift if entry else None,
        origin=entry.origin if entry else said.get("origin"),
    )


def _summary_bytes(folder: Folder, name: str) -> bytes:
    try:
        return (sources_folder(folder) / f"{name}.yaml").read_bytes()
    except OSError:
        return b""


def _said(data: bytes) -> dict[str, str | None]:
    """Returns what the head of a summary says of its source: looked at, not checked, since this is only a list."""
    found: dict[str, str | None] = {}
    for name, value in _ABOUT.findall(data[:4000].decode("utf-8", "replace")):
        plain = one_line(value).strip("\"'")
        found.setdefault(name, None if plain in ("null", "~") else plain)
    return found
