"""What surrounds a passage, as the second pass sees it."""

from __future__ import annotations

import pytest

from briefnote.model.article import Article, Block
from briefnote.summarise.context import context_features, means, surroundings
from briefnote.summarise.features import Features
from briefnote.summarise.reading import read


def at_middle(*odds: float, text: str = "") -> Features:
    """Returns the context of the middle one of sentences with these probabilities of leverage."""
    text = text or "Rain fell. " * len(odds)
    reading = read(Article(text, (Block("paragraph", 0, len(text)),)))
    first = [{"leverage": value, "limit": 0.5, "relation": 0.5} for value in odds]
    return context_features(surroundings(reading, range(len(odds)), first), len(odds) // 2, "leverage")


def test_the_mean_over_the_article_is_known_everywhere() -> None:
    """How much of the article bears the label speaks for each of its sentences."""
    assert at_middle(0.2, 0.4, 0.9)["article"] == pytest.approx(0.5)


def test_the_nearest_neighbours_are_known_by_side() -> None:
    """The sentence before, the one after, and the likelier of the three nearest on either side."""
    context = at_middle(0.9, 0.1, 0.5, 0.2, 0.7)
    assert (context["before"], context["after"]) == (0.1, 0.2)
    assert (context["most before"], context["most after"]) == (0.9, 0.7)


def test_a_sentence_between_two_likely_ones_is_told_from_one_at_the_edge() -> None:
    """`between` is high only where both sides are."""
    assert at_middle(0.9, 0.5, 0.8)["between"] == 0.8
    assert at_middle(0.9, 0.5, 0.1)["between"] == 0.1


def test_a_far_neighbour_counts_less_than_a_near_one() -> None:
    """What is said around a sentence fades with the distance."""
    near, far = at_middle(0.0, 0.9, 0.5, 0.0, 0.0), at_middle(0.9, 0.0, 0.5, 0.0, 0.0)
    assert near["around before 0.6"] > far["around before 0.6"]


def test_a_view_that_the_next_sentence_rejects_is_known_as_such() -> None:
    """Reported, then rejected: two sentences read together."""
    text = "Rain fell. Some critics have argued that Ruritania is a vassal. Such criticism is unsubstantiated."
    assert at_middle(0.5, 0.5, 0.5, text=text)["reports what is rejected"] == 1.0
    accepted = text.replace("Such criticism is unsubstantiated", "It rained again")
    assert "reports what is rejected" not in at_middle(0.5, 0.5, 0.5, text=accepted)


def test_a_contrast_in_the_next_sentence_is_known() -> None:
    """What follows "but" or "however" bears on what stands before it."""
    text = "Rain fell. The lever is long. However, nobody pulls it."
    assert at_middle(0.5, 0.5, 0.5, text=text)["next contrast"] == 1.0


def test_an_article_without_prose_has_no_means() -> None:
    """There is nothing to take a mean of."""
    assert means([]) == {}
