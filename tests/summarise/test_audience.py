"""What follows for an audience: who stands for it, how a passage names it, and how its topic is carried on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from briefnote.model.article import Article, Block
from briefnote.summarise.audience import audience_features, named_in, stood_for
from briefnote.summarise.data import read_data
from briefnote.summarise.features import Features
from briefnote.summarise.labelling import label
from briefnote.summarise.pair import Pair
from briefnote.summarise.reading import Reading, read

ENTRIES = sorted(read_data("audience.yaml")["stand_ins"].items())
COUNTRIES = ("Elbonia", "Ruritania", "Sylvania")
PAIR = Pair("Elbonia", "Ruritania", ())


def reading_of(*paragraphs: str) -> Reading:
    """Returns an article of paragraphs; a paragraph that starts with # is a heading."""
    text, blocks = "", []
    for paragraph in paragraphs:
        words = paragraph.removeprefix("# ")
        blocks.append(Block("heading" if words != paragraph else "paragraph", len(text), len(text) + len(words)))
        text += f"{words}\n\n"
    return read(Article(text, tuple(blocks)), COUNTRIES)


def named(*paragraphs: str, actors: Sequence[str] = ("US", "Europe")) -> list[list[str]]:
    """Returns which of the audiences each passage names, sorted."""
    return [sorted(names) for names in named_in(reading_of(*paragraphs), actors).where]


def last(*paragraphs: str, actor: str = "US") -> Features:
    """Returns the features of the last sentence as the audience sees it."""
    reading = reading_of(*paragraphs)
    return audience_features(
        reading, PAIR, len(reading.passages) - 1, actor, {}, named_in(reading, ["US", "Europe", "Sylvania"])
    )


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=lambda one: one if isinstance(one, str) else "")
def test_a_stand_in_is_found_in_its_sentence_and_not_in_the_other(name: str, entry: dict[str, Any]) -> None:
    """What an entry promises with `match` and `not` holds."""
    assert name in stood_for(entry["match"])
    assert name not in stood_for(entry["not"])


def test_an_audience_is_named_by_its_capital_and_its_people() -> None:
    """Washington is the United States, Brussels is Europe."""
    assert named("Washington hesitates.", "American farmers pay.", "Brussels waits.") == [["US"], ["US"], ["Europe"]]


def test_a_member_stands_for_its_circle() -> None:
    """London and Poland are Europe, and no more than that."""
    assert named("London signs.", "Poland refuses.") == [["Europe"], ["Europe"]]


def test_the_west_is_both_audiences() -> None:
    """A circle stands for all its members, at the start of a sentence too."""
    assert named("The West has few tools.", "NATO is divided.", "Democracies tire.") == [["Europe", "US"]] * 3


def test_a_passage_without_an_audience_names_none() -> None:
    """Countries that are no audience do not count."""
    assert named("Elbonia sells gas to Ruritania.") == [[]]


def test_an_audience_may_be_any_actor() -> None:
    """A name that the caller adds is an audience like the others."""
    assert named("Sylvania should prepare.", actors=("Sylvania", "US")) == [["Sylvania"]]


def test_how_a_passage_names_the_audience() -> None:
    """Alone, with others, others alone, nobody: four different signs."""
    signs = [
        ("Washington should act.", "names A"),
        ("Washington and Brussels should act.", "names all"),
        ("Brussels should act.", "names other"),
        ("Somebody should act.", "names none"),
    ]
    for sentence, sign in signs:
        assert {name for name in last(sentence) if name.startswith("names ")} == {sign}


def test_a_pronoun_goes_on_with_the_audience_named_last() -> None:
    """The sentence before that names an audience sets whom the next one is about, for each audience."""
    sentences = ("Europeans depend on the port.", "They could change that.")
    assert last(*sentences, actor="Europe")["last named A before"] == 1.0
    assert last(*sentences, actor="US")["last named other before"] == 1.0


def test_a_heading_ends_what_was_spoken_of() -> None:
    """The audience named last in the section before is not that of the next."""
    assert last("Washington pays.", "# The harbour", "It may close.")["last named none"] == 1.0


def test_a_heading_names_the_audience_of_its_section() -> None:
    """Under such a heading the audience need not be named again."""
    assert last("# What Washington stands to lose", "The bill would grow.")["head names A"] == 1.0


def test_an_implication_is_found_for_an_audience_of_the_callers_choice() -> None:
    """The model knows roles, not names: what holds for the United States holds for Sylvania."""
    reading = reading_of(
        "Elbonia sells gas to Ruritania.",
        "# What it means for Sylvania",
        "Sylvania should prepare for the day when the pipeline stops, and it must decide who pays.",
        "Policymakers in Sylvania should also consider how to support its allies, at some cost to itself.",
    )
    labelled = label(reading, PAIR, {"us": "US", "sylvania": "Sylvania"})
    assert [one.labels for one in labelled][1:] == [("sylvania",), ("sylvania",)]
