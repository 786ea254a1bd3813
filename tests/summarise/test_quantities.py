"""Quantities: what counts as one, what it is worth, how exactly it is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.summarise.quantities import Quantity, quantities
from support import CASES, plain_yaml

TABLE = plain_yaml((CASES / "summarise" / "quantities.yaml").read_text(encoding="utf-8"))


def shown(quantity: Quantity) -> str:
    """Returns a quantity as the cases write it: "~34 %", "≥80 %", "4..5 %"."""
    value, low, high = ("" if n is None else f"{n:.12g}" for n in (quantity.value, quantity.low, quantity.high))
    amount = value or (f"{low}..{high}" if low and high else f"≥{low}" if low else f"≤{high}")
    return f"{'~' if quantity.is_approximate else ''}{amount} {quantity.unit}"


@pytest.mark.parametrize(
    ("text", "expected"), TABLE.items(), ids=lambda value: value[:50] if isinstance(value, str) else ""
)
def test_quantities_are_found_in_base_units(text: str, expected: list[str]) -> None:
    """A sentence of the table holds just the quantities written beside it."""
    assert [shown(quantity) for quantity in quantities(text)] == expected


def test_a_quantity_stands_where_it_says() -> None:
    """The offsets are those of the number with its unit, without the words before it."""
    text = "Trade reached about $245 billion, a third of the total."
    assert [text[q.start : q.end] for q in quantities(text)] == ["$245 billion", "a third"]


@given(st.integers(0, 10**7), st.sampled_from(["", " thousand", " million", "bn"]), st.sampled_from(["%", "$", "€"]))
def test_any_amount_is_read_back(number: int, scale: str, unit: str) -> None:
    """However large it is, a written amount has the value it says."""
    written = f"{number:,}{scale}{' percent' if unit == '%' else ''}"
    factor = {"": 1, " thousand": 1e3, " million": 1e6, "bn": 1e9}[scale]
    found = quantities(f"It was {written if unit == '%' else unit + written} then.")
    assert [quantity.value for quantity in found] == [number * factor]


@given(st.text(alphabet="0123456789 %$.,-–toandhalf thirdofbn()", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    """Any text has quantities in order that do not overlap."""
    found = quantities(text)
    assert [q.start for q in found] == sorted(q.start for q in found)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
