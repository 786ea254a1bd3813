"""Which cited articles are no longer what was read, and which judgements rest on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from briefnote.model.brief import Block, DriftedSource, ListedSource

if TYPE_CHECKING:
    from briefnote.model.archive import Drift

_SAID = {
    "changed": "has changed since it was read",
    "vanished": "is no longer where it was read",
    "gated": "is no longer open to all",
}


def drifted_sources(
    listed: Iterable[ListedSource], drifts: Mapping[str, Drift], judgements: Sequence[Block]
) -> tuple[DriftedSource, ...]:
    """Returns the cited sources that drifted, by number, each with the numbers of the judgements that rest on it."""
    return tuple(
        DriftedSource(source.number, source.id, source.title, _what(drifts[source.id]), _resting(source.id, judgements))
        for source in listed
        if source.id in drifts
    )


def _what(drift: Drift) -> str:
    return f"{_SAID[drift.kind]} ({drift.what}; seen on {drift.on})"


def _resting(source: str, judgements: Sequence[Block]) -> tuple[int, ...]:
    return tuple(
        block.number
        for block in judgements
        if block.number and any(row.source == source for sentence in block.sentences for row in sentence.evidence)
    )
