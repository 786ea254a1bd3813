"""How well the corpus is read: text, titles, dates, authors; the floors only rise."""

from __future__ import annotations

from functools import cache

import pytest
import yaml
from ingest_corpus import HERE, Case, cases, read_gold
from ingest_documents import newsletter_eml
from ingest_score import Score, averages, data_of, score

from briefnote.ingest.gates import gates
from briefnote.ingest.reading import read, read_all
from briefnote.model.article import Place

CASES = cases()


@cache
def scores() -> list[Score]:
    """Every case, read and scored once."""
    return [score(case) for case in CASES]


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    """At least 40 pages and documents, in at least 30 layouts."""
    assert len(CASES) >= 40
    assert len({case.layout for case in CASES}) >= 30


@pytest.mark.parametrize("what", ["text", "title", "date", "authors"])
def test_the_corpus_is_read_as_well_as_it_was(what: str) -> None:
    """No score falls below its floor, and no floor below what was promised."""
    floors = yaml.safe_load((HERE / "floors.yaml").read_text(encoding="utf-8"))
    promised = {"text": 0.96, "title": 0.95, "date": 0.95, "authors": 0.85}
    assert averages(scores())[what] >= floors[what] >= promised[what]


@pytest.mark.parametrize("case", [case for case in CASES if case.layout == "teaser"], ids=lambda case: case.name)
def test_a_teaser_before_a_paywall_is_said_to_be_one(case: Case) -> None:
    """What a lock on the page cuts off is not analysed as if it were the article."""
    assert "paywall" in {gate.kind for gate in gates(read(*data_of(case)))}


def test_a_newsletter_is_taken_apart() -> None:
    """Each story that it lists is an article with its headline and its link; the mail itself is none of them."""
    golds = [read_gold(name) for name in ("strait-toll", "grain-corridor", "lithium-note")]
    found = read_all(newsletter_eml(golds), "weekly.eml")
    assert [article.metadata.title.value for article in found if article.metadata.title] == [g.title for g in golds]
    assert [article.text for article in found] == [gold.parts[0].text for gold in golds]


def characters(source: str, place: Place) -> str:
    """Returns what the source says at a place, white space as spaces."""
    there = source[place.at : place.at + place.end - place.start]
    return "".join(" " if character.isspace() else character for character in there)


@pytest.mark.parametrize("case", [c for c in CASES if "-" not in c.layout], ids=lambda c: f"{c.layout}-{c.name}")
def test_words_of_a_page_stand_where_their_place_says(case: Case) -> None:
    """Nine tenths of a page's text have a place in its source, and the source says the same there."""
    data, name = data_of(case)
    article = read(data, name)
    source = data.decode("cp1252" if b"iso-8859-1" in data else "utf-8")
    for place in article.places:
        here = "".join(" " if c.isspace() else c for c in article.text[place.start : place.end])
        assert characters(source, place) == here or source[place.at] == "&"
    assert sum(place.end - place.start for place in article.places) >= 0.9 * len(article.text)
