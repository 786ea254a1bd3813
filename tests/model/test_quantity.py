"""Numbers in words, as a brief prints them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.model.quantity import (
    as_number,
    count_of,
    figure_range,
    in_words,
    joined,
    quantity,
    signed,
    year_in_words,
)


@pytest.mark.parametrize(
    ("number", "printed"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (1200, "1,200"), (2.5, "2.5")]
)
def test_counts_are_words_up_to_twelve(number: float, printed: str) -> None:
    """Whole numbers up to twelve are words, zero is "no", everything else is digits."""
    assert in_words(number) == printed


@pytest.mark.parametrize(("number", "printed"), [(0, "no sources"), (1, "one source"), (3, "three sources")])
def test_count_has_singular_and_plural(number: int, printed: str) -> None:
    """One is singular; none and many are plural."""
    assert count_of(number, "source", "sources") == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (34, "34"),
        (34.5, "34.5"),
        (3.14159, "3.14"),
        (2.0, "2"),
        (100, "100"),
        (1500, "1,500"),
        (-2.5, "−2.5"),
        (-0.0, "0"),
        (-0.001, "0"),
    ],
)
def test_number_has_two_decimals_at_most(number: float, printed: str) -> None:
    """Thousands stand apart, a minus is a true minus, and zero has none."""
    assert as_number(number) == printed


@pytest.mark.parametrize(("number", "printed"), [(32.4, "+32"), (-3.6, "−4"), (0, "+0"), (-0.2, "+0"), (1234, "+1234")])
def test_change_is_whole_with_its_sign(number: float, printed: str) -> None:
    """A change is a whole number that always has its sign."""
    assert signed(number) == printed


@pytest.mark.parametrize(("year", "printed"), [(2024, "2024"), (2024.5, "2024"), (None, "undated")])
def test_year_is_plain_digits(year: float | None, printed: str) -> None:
    """A year has no thousands separator; where there is none, it says so."""
    assert year_in_words(year) == printed


@pytest.mark.parametrize(
    ("words", "printed"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_joined_as_in_a_sentence(words: list[str], printed: str) -> None:
    """Commas between all but the last two, which have "and"."""
    assert joined(words) == printed


@pytest.mark.parametrize(
    ("number", "unit", "printed"),
    [
        (34, "%", "34%"),
        (-3, "%", "−3%"),
        (2_000_000, "%", "2,000,000%"),
        (245e9, "USD", "$245 billion"),
        (-1.5e6, "USD", "−$1.5 million"),
        (2.1e12, "EUR", "€2.1 trillion"),
        (38e9, "m³", "38 billion m³"),
        (1200, "people", "1,200 people"),
        (5, "AUD", "A$5"),
        (7, "", "7"),
    ],
)
def test_quantity_has_its_unit_where_readers_expect_it(number: float, unit: str, printed: str) -> None:
    """Currencies lead, other units follow, millions and up are words."""
    assert quantity(number, unit) == printed


@pytest.mark.parametrize(
    ("figure", "printed"),
    [
        ({"value": 34, "unit": "%"}, "34%"),
        ({"value": 4, "unit": "%", "approximate": True}, "about 4%"),
        ({"low": 34, "high": 35, "unit": "%"}, "34–35%"),
        ({"low": 240e9, "high": 245e9, "unit": "USD"}, "$240–245 billion"),
        ({"low": 900e6, "high": 1.2e9, "unit": "USD"}, "$900 million–1.2 billion"),
        ({"low": 900e6, "high": 1.2e9, "unit": "people"}, "900 million–1.2 billion people"),
        ({"low": 14, "high": 24, "unit": "ships"}, "14–24 ships"),
        ({"low": 5, "high": 7, "unit": "AUD", "approximate": True}, "about A$5–7"),
        ({"high": 18, "unit": "%"}, "at most 18%"),
        ({"low": 3, "unit": "ships"}, "at least 3 ships"),
        ({"low": 3, "high": 3, "unit": "ships"}, "3 ships"),
        ({"unit": "%"}, "not given"),
    ],
)
def test_figure_is_a_value_or_a_range(figure: dict[str, object], printed: str) -> None:
    """A range stays a range, its unit printed once; an open range says at most or at least."""
    assert figure_range(figure) == printed


@given(number=st.floats(-1e15, 1e15), unit=st.sampled_from(["%", "USD", "people", ""]))
def test_no_number_is_printed_with_a_hyphen_or_an_exponent(number: float, unit: str) -> None:
    """Whatever the number, it reads as one: digits, separators, a true minus, a word for its scale."""
    printed = quantity(number, unit)
    assert "-" not in printed
    assert "e+" not in printed
    assert any(character.isdigit() for character in printed)
