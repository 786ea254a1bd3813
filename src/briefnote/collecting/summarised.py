"""Summaries whose article is not at hand yet: when it arrives, it takes its place beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from briefnote.collecting.catalogue import Entry
from briefnote.ingest.canonical import canonical
from briefnote.model.article import Article
from briefnote.store.articles import sources_folder
from briefnote.store.folder import Folder
from briefnote.store.issue import digest

_FIELD = re.compile(r"^[ \t]+(url|sha256|origin):[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
_HEAD = 4000  # bytes: the source block stands first


@dataclass(frozen=True)
class Awaited:
    """A summary without its article: where the article was read, and the digest of the text quotes were taken from."""

    id: str
    page: str | None
    sha256: str | None

    def is_beside(self, place: str) -> bool:
        """Says whether a file lies beside the summary under its name: sources/<id>.pdf."""
        return PurePosixPath(place).parent == PurePosixPath("sources") and PurePosixPath(place).stem == self.id

    def article_of(self, data: bytes, read: Article) -> Article:
        """Returns the article with the text that the summary's quotes count in.

        Where that is the file as it was, not as it is read today, the text is the file's, without structure.
        """
        if self.sha256 is None or digest(data) != self.sha256 or digest(read.text.encode()) == self.sha256:
            return read
        try:
            return replace(read, text=data.decode("utf-8"), blocks=(), places=())
        except UnicodeDecodeError:
            return read


def awaited_articles(folder: Folder, known: Mapping[str, Entry]) -> tuple[Awaited, ...]:
    """Returns the summaries that have no article, sorted. What they say is only looked at, not checked."""
    paths = sorted(path for path in sources_folder(folder).glob("*.yaml") if path.stem not in known and path.is_file())
    found = []
    for path in paths:
        if path.name == "feeds.yaml":
            continue
        with path.open("rb") as file:
            said = dict(_FIELD.findall(file.read(_HEAD).decode("utf-8", "replace")))
        url = said.get("url")
        found.append(Awaited(path.stem, canonical(url) if url else None, said.get("sha256")))
    return tuple(found)
