"""An article as the extractor sees it: what of it is prose."""

from __future__ import annotations

from briefnote.model.article import Article, Block
from briefnote.summarise.reading import read


def prose_of(*paragraphs: str) -> list[str]:
    """Returns the sentences of prose in an article of paragraphs."""
    text, blocks = "", []
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", len(text), len(text) + len(paragraph)))
        text += f"{paragraph}\n\n"
    return [passage.sentence.text for passage in read(Article(text, tuple(blocks))).passages if passage.is_prose]


def test_a_paragraph_about_the_document_is_no_prose() -> None:
    """All sentences of a disclaimer are left out, and the next paragraph is not."""
    assert prose_of("Gas is dear.", "Disclaimer: We staff Congress. Copy freely.", "© The author.", "Oil is not.") == [
        "Gas is dear.",
        "Oil is not.",
    ]


def test_a_sentence_that_points_to_another_text_is_no_prose() -> None:
    """Where to read on is not what the article says; "for more" alone does not make it so."""
    assert prose_of("(For more information, see Report 12.) For further details on gas, see p. 3.") == []
    assert prose_of("For more than a year Ruritania waited.") == ["For more than a year Ruritania waited."]
