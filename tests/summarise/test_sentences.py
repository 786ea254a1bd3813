"""Sentences: where they end, and that their offsets hold for any text."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.model.article import Article, Block
from briefnote.summarise.sentences import split
from support import CASES


def _sentences(case: str) -> tuple[str, list[str]]:
    """Returns the name of a case and its sentences; a wrapped one keeps its new line."""
    name, _, body = case.partition("\n")
    return name, [line.replace("\x00", "\n") for line in body.strip().splitlines()]


def _read_cases() -> list[tuple[str, list[str]]]:
    text = (CASES / "summarise" / "sentences.txt").read_text(encoding="utf-8")
    _, *cases = re.split(r"^== ", text.replace("\n| ", "\x00"), flags=re.MULTILINE)
    return [_sentences(case) for case in cases]


def paragraph(text: str) -> Article:
    """Returns an article of one paragraph."""
    return Article(text, (Block("paragraph", 0, len(text)),))


@pytest.mark.parametrize(("name", "expected"), _read_cases(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_paragraph_is_cut_where_its_sentences_end(name: str, expected: list[str]) -> None:
    """The sentences of a case, joined to one paragraph, are found again."""
    assert [sentence.text for sentence in split(paragraph(" ".join(expected)))] == expected


def test_a_sentence_never_crosses_blocks() -> None:
    """A heading without a full stop does not run into the paragraph under it."""
    text = "Where the limits are\n\nTrade is small. It\n\nshrinks"
    blocks = (Block("heading", 0, 20, level=2), Block("paragraph", 22, 40), Block("paragraph", 42, 49))
    assert [(s.text, s.start, s.end, s.block) for s in split(Article(text, blocks))] == [
        ("Where the limits are", 0, 20, 0),
        ("Trade is small.", 22, 37, 1),
        ("It", 38, 40, 1),
        ("shrinks", 42, 49, 2),
    ]


def test_each_row_of_a_table_is_a_sentence() -> None:
    """A table is cut at its lines, not at its full stops."""
    text = "Exports | 3. May\nImports | 4 bn. Total"
    found = split(Article(text, (Block("table", 0, len(text)),)))
    assert [sentence.text for sentence in found] == ["Exports | 3. May", "Imports | 4 bn. Total"]


_PIECES = st.sampled_from(
    "trade Ruritania U.S. Mr. 3.5 1. • $5 (so) “Yes.” e.g. … . . ! ? .1 No. a) \n \t The it’s 2024. ok.12 ⚖️ p. 5".split(
        " "
    )
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=6)), max_size=40).map(" ".join))
def test_offsets_hold_for_any_text(text: str) -> None:
    """Each sentence stands at its offsets; in order and together they hold all but white space."""
    found = split(paragraph(text))
    assert [sentence.text for sentence in found] == [text[sentence.start : sentence.end] for sentence in found]
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))
    assert "".join("".join(sentence.text for sentence in found).split()) == "".join(text.split())
