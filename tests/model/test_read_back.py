"""Values read back from what they were written as."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from briefnote.model.brief import Bar, Brief, Chart, Evidence, Part
from briefnote.model.finding import RuleRecord
from briefnote.model.plain import NotPlainError, from_plain
from briefnote.render.context import as_plain, json_edition
from delivery_desk import BRIEF, PERIOD, desk


def test_a_brief_read_back_from_its_json_edition_is_the_same(tmp_path: Path) -> None:
    """Written again, it gives the same bytes."""
    folder = desk(tmp_path)
    data = (folder.root / f"briefs/{BRIEF}/{PERIOD}/{BRIEF}-{PERIOD}.json").read_bytes()
    brief = from_plain(Brief, json.loads(data))
    assert json_edition(brief) == data
    assert all(isinstance(rule, RuleRecord) for rule in brief.rules.values())


@pytest.mark.parametrize(
    "value",
    [
        Part("words", (1, 2)),
        Evidence("a-source", claim="c1", start=3),
        Chart("c", "Title", "alt", (Bar("A", 3, "3"), Bar("B", 0.5, "0.5")), 4.0),
        RuleRecord("r", "file", 3, ("a", "b"), about="x"),
    ],
)
def test_what_was_written_is_read(value: Any) -> None:
    """Whole numbers stay whole, nothing stays nothing."""
    assert from_plain(type(value), as_plain(value)) == value


@pytest.mark.parametrize(
    ("plain", "message"),
    [
        ([], "Part: expected a map"),
        ({}, "missing 1 required positional argument: 'text'"),
        ({"text": 3}, "text: expected str"),
        ({"text": "a", "cites": "1"}, "cites: expected a list"),
        ({"text": "a", "cites": [1, True]}, "cites[2]: expected int"),
    ],
)
def test_what_is_not_as_expected_is_named(plain: object, message: str) -> None:
    """With its place."""
    with pytest.raises(NotPlainError) as error:
        from_plain(Part, plain)
    assert message in str(error.value)


def test_fields_of_a_later_version_are_passed_over() -> None:
    """An edition may say more than this briefnote knows."""
    assert from_plain(Part, {"text": "a", "cites": [], "colour": "red"}) == Part("a")
