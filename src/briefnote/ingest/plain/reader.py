"""Reads plain text: wrapped lines are joined, words stay exactly as they stand, nothing is left out."""

from __future__ import annotations

from briefnote.ingest.decoding import declared_charset, decode
from briefnote.ingest.hyphens import Vocabulary
from briefnote.ingest.passages import Passage, assemble
from briefnote.ingest.plain.kinds import parts_of
from briefnote.ingest.plain.lines import paragraphs, runs_of
from briefnote.ingest.snapshot import Snapshot
from briefnote.ingest.stating import metadata_of
from briefnote.model.article import Article


def read(snapshot: Snapshot) -> Article:
    """Returns the article. Places count the characters of the decoded text, a byte order mark left out."""
    return read_text(decode(snapshot.data, declared_charset(b"", snapshot.media_type)), snapshot.url)


def read_text(text: str, url: str | None = None, part: str = "") -> Article:
    """Returns the article that a decoded text is; `part` is how its places name the text."""
    found, vocabulary = parts_of(paragraphs(text)), Vocabulary(text)
    passages = [Passage(item.kind, runs_of(item.paragraph, vocabulary, part), item.level) for item in found]
    body = assemble(passages)
    return Article(body.text, body.blocks, body.places, metadata_of(found, body.text, url))
