"""A sentence cut to what it says: words are left out, none is added or changed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.summarise.condensing import condense
from support import Case, read_cases


@pytest.mark.parametrize("case", read_cases("condensing"), ids=lambda case: case.name)
def test_sentence(case: Case) -> None:
    """Each case says what goes and what stays."""
    assert condense(case.parts["sentence"].strip()) == case.parts["says"].strip()


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


WORD = st.sampled_from(
    "Elbonia Ruritania mud not which although if but sells, (spas) — – ; 62% no because, it the".split()
)


@given(st.lists(WORD, max_size=50).map(" ".join))
def test_words_are_left_out_and_none_is_added(sentence: str) -> None:
    """What is left stands in the sentence in its order, and every number is there."""
    left, rest = words(condense(sentence)), iter(words(sentence))
    assert all(word in rest for word in left)
    assert left.count("62") == words(sentence).count("62")
