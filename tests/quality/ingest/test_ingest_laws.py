"""What holds for every article, also for those read from spoilt files."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_corpus import cases
from ingest_score import data_of

from briefnote.errors import BriefnoteError
from briefnote.ingest.gates import gates
from briefnote.ingest.reading import read, read_all
from briefnote.model.article import Article

FILES = {f"{case.layout}-{case.name}": case for case in cases()}
SPOILT = sorted(
    [
        "thinktank-strait-toll",
        "bare-rail-gauge",
        "columns-pdf-island-cables",
        "digest-eml-chip-tools",
        "note-odt-remittances",
        "copied-txt-port-investment",
        "note-md-water-treaty",
    ]
)
STROKES = [
    b"<",
    b">",
    b"&",
    b'"',
    b"\0",
    b"\xff\xfe",
    b"<table>",
    b"</div>",
    b"<!--",
    b"&#x110000;",
    b"{",
    b"\r\n",
    b"\xf0",
]


@cache
def file(name: str) -> tuple[bytes, str]:
    """Returns the bytes of a case and its name on disk, made once."""
    return data_of(FILES[name])


def hold(article: Article) -> None:
    """Blocks lie in order with white space between them; places lie in order within the text, each of one part."""
    done = 0
    for block in article.blocks:
        assert done <= block.start < block.end <= len(article.text)
        assert not article.text[done : block.start].strip()
        assert article.text[block.start : block.end].strip() == article.text[block.start : block.end]
        done = block.end
    assert not article.text[done:].strip()
    done = 0
    for place in article.places:
        assert done <= place.start < place.end <= len(article.text)
        assert place.at >= 0
        done = place.end


@pytest.mark.parametrize("name", FILES)
def test_blocks_and_places_lie_in_order(name: str) -> None:
    """Every word is in one block, every place in the text; reading twice gives the same."""
    data, called = file(name)
    article = read(data, called)
    hold(article)
    assert read(data, called) == article


@pytest.mark.parametrize("name", SPOILT)
@settings(max_examples=40)
@given(strokes=st.lists(st.tuples(st.floats(0, 1), st.sampled_from(STROKES), st.integers(0, 300)), max_size=8))
def test_a_spoilt_file_is_read_or_refused(name: str, strokes: list[tuple[float, bytes, int]]) -> None:
    """Bytes put in, cut out and overwritten anywhere end in an article or a message, in nothing else."""
    data, called = file(name)
    for where, stroke, cut in strokes:
        at = int(where * len(data))
        data = data[:at] + stroke + data[at + cut :]
    try:
        found = read_all(data, called)
    except BriefnoteError as error:
        found = ()
        assert str(error).startswith(f"{called}: ")  # noqa: PT017 - either outcome is right
    for article in found:
        hold(article)
        gates(article)


@pytest.mark.parametrize("name", [name for name in FILES if "-pdf-" in name or "docx" in name or "odt" in name])
def test_most_of_a_document_has_its_place(name: str) -> None:
    """Nine tenths of the text of a PDF or Office file are found in its pages or paragraphs."""
    article = read(*file(name))
    assert sum(place.end - place.start for place in article.places) >= 0.9 * len(article.text)
