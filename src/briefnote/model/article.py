"""An article as read: its clean text, the structure of that text, where each part stands in the snapshot, metadata.

The text is what quotes are taken from and what offsets count in: characters from 0, `end` excluded. Blocks lie in order
and do not overlap; what stands between two of them is white space.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["title", "heading", "paragraph", "item", "quote", "caption", "note", "table"]


@dataclass(frozen=True)
class Block:
    """A part of the text: `text[start:end]`.

    `level` is that of a heading (from 1) or the depth of a list item (from 1), 0 for all others. `page` counts from 1
    and is None where the snapshot has no pages.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: int | None = None


@dataclass(frozen=True)
class Place:
    """Where a run of the text stands in the snapshot: `text[start:end]` was read from `at` on in its `part`.

    Parts are named as their format names them: "" for one decoded text, "page 3", "word/document.xml#12" (the twelfth
    paragraph). Within a part, `at` counts characters of its decoded text.
    """

    start: int
    end: int
    part: str
    at: int


@dataclass(frozen=True)
class Stated:
    """A piece of metadata: its value, where it was found ("meta article:published_time"), how sure that is (0 to 1)."""

    value: str
    where: str
    certainty: float


@dataclass(frozen=True)
class Metadata:
    """What the article says of itself. Dates are ISO 8601 days. What is not there is None, never guessed."""

    title: Stated | None = None
    authors: tuple[Stated, ...] = ()
    publisher: Stated | None = None
    published: Stated | None = None
    updated: Stated | None = None
    language: Stated | None = None
    url: Stated | None = None


GateKind = Literal["paywall", "truncated", "too-short", "language", "no-text-layer", "consent-wall", "error-page"]


@dataclass(frozen=True)
class Gate:
    """Why an article must not be analysed as it is: the kind, the reason in words, what was found that says so."""

    kind: GateKind
    reason: str
    found: str = ""


@dataclass(frozen=True)
class Article:
    """One article. `snapshot` is the SHA-256 of the bytes it was read from, `media_type` what they are.

    `gates` is what only the snapshot can say ("isAccessibleForFree": false); `ingest.gates` adds what the text says.
    """

    text: str
    blocks: tuple[Block, ...]
    places: tuple[Place, ...] = ()
    metadata: Metadata = Metadata()
    media_type: str = "text/plain"
    snapshot: str | None = None
    gates: tuple[Gate, ...] = ()
