"""Grounding: quotes, offsets and numbers of a summary stand in its article, or somebody is told."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.model.summary import Claim, Figure, Locator, Source, Summary
from briefnote.summarise.folding import fold, folded_text
from briefnote.summarise.grounding import ungrounded
from support import CASES, plain_yaml

TEXT = "Elbonia’s port is small.\n\nRuritania buys 34% of the “grey”\noil – at a discount. It pays late."
TABLE = plain_yaml((CASES / "summarise" / "grounding.yaml").read_text(encoding="utf-8"))


def summary(*entries: Claim | Figure, sha256: str | None = None) -> Summary:
    """Returns a summary of these claims and figures."""
    source = Source("s1", "A title", "analysis", "B", "known", sha256=sha256, line=2)
    claims = tuple(entry for entry in entries if isinstance(entry, Claim))
    figures = tuple(entry for entry in entries if isinstance(entry, Figure))
    return Summary(source, "It says.", claims=claims, figures=figures)


def claim(quote: str | None, start: int | None = None, end: int | None = None) -> Claim:
    """Returns a claim with this quote and place."""
    return Claim(
        "c1", "A claim.", "leverage", quote=quote, locator=Locator(start, end) if start is not None else None, line=7
    )


def figure(number: float, unit: str, quote: str | None = None, locator: Locator | None = None) -> Figure:
    """Returns a figure with this number and passage."""
    return Figure("f1", "share", "Ruritania", unit, value=number, quote=quote, locator=locator, line=9)


def told(entry: Claim | Figure, text: str = TEXT) -> list[str]:
    """Returns the problems as they are printed."""
    return [str(problem) for problem in ungrounded(summary(entry), text, "s1.yaml")]


def test_a_quote_may_differ_in_white_space_quotation_marks_and_dashes() -> None:
    """What copying changes is no fault."""
    assert told(claim('Ruritania buys 34% of the "grey" oil - at a discount.', 26, 78)) == []


def test_a_paraphrase_without_a_quote_is_fine() -> None:
    """A claim without a quote is the analyst's own words."""
    assert told(claim(None)) == []


def test_a_quote_that_is_not_there_is_an_error_with_the_nearest_passage() -> None:
    """Changed words are found, and what the article says is shown."""
    assert told(claim("Ruritania buys 43% of the grey oil at a discount.")) == [
        "s1.yaml:7: claims.c1.quote: this quote is not in the article; quote it word for word, or leave the quote out "
        "where you paraphrase. The nearest passage: “Ruritania buys 34% of the “grey” oil – at a discount.”"
    ]


def test_an_invented_quote_has_no_nearest_passage() -> None:
    """Where nothing in the article is like it, nothing is offered."""
    assert told(claim("Nobody doubts that the fleet will sail again tomorrow.")) == [
        "s1.yaml:7: claims.c1.quote: this quote is not in the article; quote it word for word, or leave the quote out "
        "where you paraphrase"
    ]


def test_a_quote_may_leave_words_out() -> None:
    """The parts around […] stand in the article in their order."""
    assert told(claim("Ruritania buys 34% […] at a discount.")) == []
    assert len(told(claim("at a discount […] Ruritania buys"))) == 1


def test_wrong_offsets_are_an_error_with_the_right_ones() -> None:
    """A reader is never led to another passage."""
    assert told(claim("It pays late.", 0, 12)) == [
        "s1.yaml:7: claims.c1.locator: the quote stands at 80–93, not at 0–12; correct start and end"
    ]


def test_offsets_may_be_those_of_the_whole_passage() -> None:
    """A locator that covers the quote's paragraph is right."""
    assert told(claim("It pays late.", 26, 93)) == []


def test_offsets_beyond_the_end_are_an_error() -> None:
    """A place that the article does not have is said."""
    assert told(claim(None, 80, 200)) == [
        "s1.yaml:7: claims.c1.locator: ends at character 200, but the article has 93; give the true end"
    ]


def test_of_two_places_the_one_at_the_offsets_counts() -> None:
    """A sentence that the article repeats is located where the summary says."""
    assert told(claim("No.", 4, 7), "No. No. No.") == []


@pytest.mark.parametrize(("passage", "number", "unit"), TABLE["stands"])
def test_a_number_stands_in_its_passage(passage: str, number: float, unit: str) -> None:
    """Digits, words, fractions and scales all say a number."""
    assert told(figure(number, unit, passage), passage) == []


@pytest.mark.parametrize(("passage", "number", "unit"), TABLE["missing"])
def test_a_number_that_is_not_in_its_passage_is_a_warning(passage: str, number: float, unit: str) -> None:
    """It may be arithmetic, so it does not stop a build; a person should look."""
    assert told(figure(number, unit, passage), passage) == [
        f"s1.yaml:9: warning: figures.f1.value: {number:.12g} {unit} is not in the passage given for it; check both"
    ]


def test_a_figure_without_a_quote_is_looked_up_at_its_place() -> None:
    """Offsets, else the paragraph, give the passage."""
    assert told(figure(34, "%", locator=Locator(26, 78))) == []
    assert told(figure(34, "%", locator=Locator(paragraph=2))) == []
    assert len(told(figure(34, "%", locator=Locator(paragraph=1)))) == 1


def test_a_figure_without_a_passage_has_that_of_its_claim() -> None:
    """The quote of the claim that a figure supports is its passage."""
    supported = claim("Ruritania buys 34% of the “grey” oil")
    right = Figure("f1", "share", "Ruritania", "%", claim="c1", value=34)
    wrong = Figure("f2", "share", "Ruritania", "%", claim="c1", value=35)
    problems = ungrounded(summary(supported, right, wrong), TEXT)
    assert [problem.field for problem in problems] == ["figures.f2.value"]


def test_another_text_is_one_warning_and_no_more() -> None:
    """If the article changed since, its quotes are not held against the summary one by one."""
    own = hashlib.sha256(TEXT.encode()).hexdigest()
    assert ungrounded(summary(claim("It pays late."), sha256=own), TEXT) == ()
    (problem,) = ungrounded(summary(claim("Gone."), claim("Too."), sha256="0" * 64), TEXT)
    assert (problem.field, problem.is_warning, problem.line) == ("source.sha256", True, 2)


@given(st.text(alphabet='ab’" \n\u00a0\u00ad–…ﬁ.', max_size=40), st.data())
def test_any_piece_of_a_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    """A quote cut from the article is found, and what stands there is what was cut."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = folded_text(text).find(text[start:end], near=start)
    if fold(text[start:end]):
        assert place is not None
        assert fold(text[place[0] : place[1]]) == fold(text[start:end])
