"""Articles about nowhere, as long as a test needs, each unlike the others."""

from __future__ import annotations

import html
import random
from collections.abc import Sequence

_SUBJECTS = "ferry harbour ministry parliament treasury railway pipeline customs market governor council bank".split()
_VERBS = "rejected delayed expanded inspected financed measured questioned approved repaired abandoned audited".split()
_OBJECTS = "tariff bridge treaty subsidy warehouse shipment contract budget licence survey corridor reserve".split()
_WHERE = "north south valley coast capital island border delta plateau province suburb canal forest lagoon".split()
_WHEN = "spring summer autumn winter January March June August October December".split()


def sentences(seed: int, count: int) -> list[str]:
    """Returns plain English sentences, the same for the same seed."""
    draw = random.Random(seed).choice  # noqa: S311
    return [
        f"In {draw(_WHEN)} the {draw(_SUBJECTS)} of the {draw(_WHERE)} {draw(_VERBS)} the {draw(_OBJECTS)}, while the "
        f"{draw(_SUBJECTS)} in the {draw(_WHERE)} {draw(_VERBS)} another {draw(_OBJECTS)}."
        for _ in range(count)
    ]


def paragraphs(seed: int, count: int = 6) -> list[str]:
    """Returns paragraphs of four sentences, about 100 words each."""
    said = sentences(seed, 4 * count)
    return [" ".join(said[start : start + 4]) for start in range(0, len(said), 4)]


def page(title: str, seed: int = 1, day: str = "2026-03-05", body: Sequence[str] | None = None) -> bytes:
    """Returns an article as a page of a think tank."""
    text = "".join(f"<p>{html.escape(part)}</p>\n" for part in (paragraphs(seed) if body is None else body))
    return (
        f'<!doctype html><html lang="en"><head><title>{html.escape(title)}</title>'
        f'<meta property="og:title" content="{html.escape(title)}">'
        f'<meta property="article:published_time" content="{day}T08:00:00Z"></head>'
        f"<body><article><h1>{html.escape(title)}</h1>\n{text}</article></body></html>"
    ).encode()


def plain(title: str, seed: int = 1, day: str = "5 March 2026", count: int = 6) -> bytes:
    """Returns an article as a text file."""
    return "\n\n".join([title, day, *paragraphs(seed, count)]).encode()
