"""Figures: what each measures, whose it is, when it was so, who says it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.model.summary import Claim, Figure, Locator
from briefnote.summarise.figures import with_claims
from support import CASES, figures_of, plain_yaml

TABLE = plain_yaml((CASES / "summarise" / "figures.yaml").read_text(encoding="utf-8"))


def shown(figure: Figure) -> str:
    """Returns a figure as the cases write it."""
    value, low, high = ("" if n is None else f"{n:.12g}" for n in (figure.value, figure.low, figure.high))
    amount = value or (f"{low}..{high}" if low and high else f"≥{low}" if low else f"≤{high}")
    item = figure.item or "-"
    parts = (
        f"{'~' if figure.approximate else ''}{amount} {figure.unit}",
        figure.metric,
        figure.subject,
        figure.counterpart or "-",
        figure.period or "-",
        item if len(item) <= 25 else "…",
    )
    return " | ".join(parts)


@pytest.mark.parametrize(
    ("text", "expected"), TABLE.items(), ids=lambda value: value[:60] if isinstance(value, str) else ""
)
def test_figures_are_read_with_measure_parties_and_period(text: str, expected: list[str]) -> None:
    """A sentence of the table holds just the figures written under it."""
    assert [shown(figure) for figure in figures_of(text)] == expected


def test_a_figure_quotes_its_sentence_and_says_where_it_stands() -> None:
    """The quote is the sentence, verbatim, at its offsets; figures are numbered through the article."""
    text = "Elbonia is near. It takes 34% of Ruritania’s trade, and\n60% of its coal."
    found = figures_of(text)
    assert [figure.id for figure in found] == ["f1", "f2"]
    assert {figure.quote for figure in found} == {"It takes 34% of Ruritania’s trade, and\n60% of its coal."}
    assert {figure.locator for figure in found} == {Locator(17, 72)}


def test_a_figure_says_whom_the_text_cites() -> None:
    """The source named in the sentence is the figure's."""
    (cited,) = figures_of("Elbonia takes 34% of Ruritania's trade, according to the Customs Office.")
    assert cited.attributed_to == "the Customs Office"


def test_a_year_orders_periods() -> None:
    """The year is the last of the period; the middle of a year is a half."""
    text = "Trade of Elbonia and Ruritania was $4 billion in mid-2019, $5 billion at the end of 2021."
    assert [(figure.period, figure.year) for figure in figures_of(text)] == [
        ("mid-2019", 2019.5),
        ("the end of 2021", 2021.0),
    ]


def test_a_figure_belongs_to_the_heaviest_claim_of_its_sentence() -> None:
    """Of two claims from one sentence the heavier is supported; a figure elsewhere supports none."""
    found = figures_of("Elbonia takes 34% of Ruritania's trade. It is 4% of Elbonia's.")
    light = Claim("c1", "A", "leverage", weight=0.2, locator=Locator(0, 39))
    heavy = Claim("c2", "B", "limit", weight=0.9, locator=Locator(0, 39))
    assert [figure.claim for figure in with_claims(found, (light, heavy))] == ["c2", None]


def test_years_sections_and_names_are_no_figures() -> None:
    """Nothing is made of digits without a unit."""
    assert figures_of("In 2024 Elbonia cited Article 5 and Resolution 2758 on the 80th anniversary.") == ()


_WORDS = st.sampled_from(
    "Elbonia Ruritania's takes 34% of trade $4 billion (12%) its , ; the share from to and 2024 exports".split()
)


@given(st.lists(_WORDS, max_size=30).map(" ".join))
def test_no_sentence_breaks_it(text: str) -> None:
    """Any run of words has figures, each with a number, a metric and a subject, and the law of the quote holds."""
    for figure in figures_of(text):
        assert figure.quote is not None
        assert figure.locator is not None
        assert text[figure.locator.start : figure.locator.end] == figure.quote
        assert figure.subject
        assert figure.counterpart != figure.subject
        assert {figure.value, figure.low, figure.high} != {None}
