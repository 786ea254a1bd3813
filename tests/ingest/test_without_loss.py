"""Plain text is read without loss: every labelled sentence of the labelled articles is found in the article's text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefnote.ingest.reading import read

QUALITY = Path(__file__).parents[1] / "quality" / "summarise"
GOLD = sorted(QUALITY.glob("*/gold/*.jsonl"))


def folded(text: str) -> str:
    """Returns the text with each run of white space as one space."""
    return " ".join(text.split())


def article_file(gold: Path) -> Path:
    """Returns the text file that a file of labels is about."""
    (found,) = (gold.parents[1]).glob(f"*/{gold.stem}.txt")
    return found


def test_there_are_labelled_articles() -> None:
    """The test below has something to look at."""
    assert len(GOLD) >= 10


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_every_labelled_sentence_is_in_the_text(gold: Path) -> None:
    """White space folded, nothing else; and each place says the same as the file."""
    raw = article_file(gold).read_bytes()
    source = raw.decode()
    article = read(raw, f"{gold.stem}.txt")
    text = folded(article.text)
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    assert [row for row in rows if folded(source[row["start"] : row["end"]]) not in text] == []
    for place in article.places:
        there = source[place.at : place.at + place.end - place.start]
        assert folded(f".{there}.") == folded(f".{article.text[place.start : place.end]}.")
