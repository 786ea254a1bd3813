"""What is kept of an article: where it came from, its versions, whether the world's copy still is the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefnote.model.article import Article


@dataclass(frozen=True)
class Fetch:
    """How a snapshot came over the network. `url` was asked for, `answered` is where redirects led.

    `on` is the ISO day on which the server last said that this is the article; `etag` and `last_modified` are what
    it wants to be asked with next time.
    """

    url: str
    answered: str
    on: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Version:
    """An older version of an article: kept as `<id>.v<number>.…` and in use up to the ISO day `until`.

    `text` and `snapshot` are SHA-256.
    """

    number: int
    until: str
    text: str
    snapshot: str | None
    media_type: str


@dataclass(frozen=True)
class Drift:
    """What has become of an article since it was kept: it changed (a new version is kept), vanished, or is gated."""

    kind: Literal["changed", "vanished", "gated"]
    on: str
    what: str


@dataclass(frozen=True)
class ArticleRecord:
    """An article of the user's folder, and all that is known of it.

    `came_from` is the URL or path it was added from, None where a person put the text there; `parts` how many articles
    its snapshot holds (a newsletter lists several); `origin` the id of the
    article that it copies; `snapshot_file` the name of the original bytes in sources/; `text_sha256` what a summary's
    `sha256` must be. `is_edited`: the text was changed by hand since it was read, so that its blocks are not known.
    """

    id: str
    article: Article
    text_sha256: str
    added: str | None = None
    came_from: str | None = None
    parts: int = 1
    origin: str | None = None
    fetch: Fetch | None = None
    snapshot_file: str | None = None
    versions: tuple[Version, ...] = ()
    drift: Drift | None = None
    is_edited: bool = False

    @property
    def version(self) -> int:
        """Returns the number of the version in use, from 1."""
        return len(self.versions) + 1
