"""Lists of web pages that are typed: a bullet at the beginning of a box, a paragraph or a line."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from briefnote.ingest.reading import read

TEXT = (
    "The harbour office says that dredging costs have doubled since 2019. Its own accounts, published in January, show "
    "that dredging takes 14% of revenue, no more than in the years before, and nobody at the port expects it to fall. "
) * 2
COASTERS, PLANTS = "Owners of small coasters, whose margins are thin", "Fertiliser plants on the upper river"


def lines(between: str) -> Sequence[tuple[str, str]]:
    """Returns the blocks of an article between its first and its last paragraph."""
    page = f"<html><head><title>Who pays</title></head><body><article><p>{TEXT}</p>{between}<p>{TEXT}</p></article>"
    article = read(page.encode(), "page.html")
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks][1:-1]


@pytest.mark.parametrize(
    "between",
    [
        f"<p>Two feel it:</p><div>• {COASTERS}</div><div>• {PLANTS}</div>",
        f"<p>Two feel it:</p><div class='list'><div>&bull; {COASTERS}</div>\n<div>&bull; {PLANTS}</div></div>",
        f"<p>Two feel it:</p><div><span>▪</span> <b>{COASTERS}</b></div><div><span>▪</span>{PLANTS}</div>",
        f"<p>Two feel it:</p><p>• {COASTERS}</p><p>• {PLANTS}</p>",
        f"<p>Two feel it:<br>• {COASTERS}<br>• {PLANTS}</p>",
        f"<p>Two feel it:</p><ul><li>• {COASTERS}</li><li>• {PLANTS}</li></ul>",
    ],
    ids=["boxes", "boxes in a box", "bullets of their own", "paragraphs", "breaks", "a list with bullets"],
)
def test_a_typed_list_is_a_list(between: str) -> None:
    """Its lines are items, each whole, without the bullet."""
    assert lines(between) == [("paragraph", "Two feel it:"), ("item", COASTERS), ("item", PLANTS)]


def test_a_dot_within_a_line_is_no_bullet() -> None:
    """Breaks of a poem or an address, and dots between words, make no items."""
    assert lines("<p>Port office · Quay 4<br>Port Halden · Elbonia, where the fee is paid by all who pass</p>") == [
        ("paragraph", "Port office · Quay 4 Port Halden · Elbonia, where the fee is paid by all who pass")
    ]
