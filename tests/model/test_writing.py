"""Summaries as files: what is written is read back as the same summary, and reads as a person would write it."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st

from briefnote.model.record import Reader, written_fields
from briefnote.model.summary import Claim, Figure, Locator, Source, Summary
from briefnote.model.writing import as_written
from briefnote.text import one_line
from briefnote.yamltext import to_yaml
from briefnote.yamltree import read_yaml

SOURCE = Source("mud", "Mud", "machine", "F", "machine draft: not judged", sha256="0" * 64)
TEXTS = st.text(min_size=1, max_size=300).map(one_line).filter(bool)
PATTERNS = {"id": "mud-1", "url": "https://mud.example/?a=1#x", "language": "zh-Hant", "sha256": "ab" * 32}


def read(text: str) -> Summary:
    node, problems = read_yaml(text.encode(), "mud.yaml")
    assert problems == []
    assert node is not None
    reader = Reader("mud.yaml")
    summary = reader.read(node, Summary)
    assert reader.problems == []
    assert summary is not None
    return summary


def values(hint: Any, field: Any) -> st.SearchStrategy[Any]:
    """Any value that a field may have."""
    if field.name in PATTERNS and hint is not int:
        return st.just(PATTERNS[field.name])
    options = [option for option in get_args(hint) if option is not type(None)]
    if get_origin(hint) is tuple:
        inner = options[0]
        return st.lists(records(inner) if hasattr(inner, "__dataclass_fields__") else TEXTS, max_size=3).map(tuple)
    if type(None) in get_args(hint):
        return st.none() | values(options[0], field)
    if get_args(hint):
        return st.sampled_from(get_args(hint))
    low, high = field.metadata["minimum"], field.metadata["maximum"]
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: TEXTS,
        bool: st.booleans(),
        date: st.dates(),
        int: st.integers(int(low or 0), int(high or 0)),
        float: st.floats(low, high).map(lambda number: number + 0.0),
    }
    return plain[hint] if hint in plain else records(hint)


def records(record: type) -> st.SearchStrategy[Any]:
    """Any record of a class."""
    hints = get_type_hints(record)
    return st.builds(record, **{name: values(hints[name], field) for name, field in written_fields(record).items()})


@settings(max_examples=60, deadline=None)
@given(records(Summary))
def test_what_is_written_is_read_back(summary: Summary) -> None:
    """Save, then load, is identity, whatever stands in the texts."""
    assert read(to_yaml(as_written(summary))) == summary


def test_draft_reads_like_a_file_that_a_person_wrote() -> None:
    """Fields that say nothing are left out, long texts are folded, a locator stands on one line."""
    claim = Claim(
        "c1",
        "Elbonia has no other customer of comparable size for its mud, and its railway leads nowhere else",
        "leverage",
        "Ruritania",
        "Elbonia",
        certainty=0.9,
        quote="No: none",
        locator=Locator(412, 458),
    )
    figure = Figure("f1", "bilateral_trade", "Elbonia", "USD", counterpart="Ruritania", value=4.2e9, year=2025)
    text = to_yaml(as_written(Summary(SOURCE, "Mud is all.", by="machine", claims=(claim,), figures=(figure,))))
    assert text == (
        "source:\n"
        "  id: mud\n"
        "  title: Mud\n"
        "  authors: []\n"
        "  publisher: null\n"
        "  published: null\n"
        "  url: null\n"
        "  kind: machine\n"
        "  reliability: F\n"
        '  reliability_reason: "machine draft: not judged"\n'
        f'  sha256: "{"0" * 64}"\n'
        "summary: Mud is all.\n"
        "reviewed: false\n"
        "by: machine\n"
        "claims:\n"
        "  - id: c1\n"
        "    text: Elbonia has no other customer of comparable size for its mud, and its railway leads nowhere else\n"
        "    kind: leverage\n"
        "    holder: Ruritania\n"
        "    over: Elbonia\n"
        "    certainty: 0.9\n"
        '    quote: "No: none"\n'
        "    locator: {start: 412, end: 458}\n"
        "figures:\n"
        "  - id: f1\n"
        "    metric: bilateral_trade\n"
        "    subject: Elbonia\n"
        "    counterpart: Ruritania\n"
        "    value: 4.2e9\n"
        "    unit: USD\n"
        "    year: 2025\n"
    )


def test_long_text_is_folded() -> None:
    """A text that is longer than its line goes on below."""
    assert to_yaml({"a": {"text": "mud " * 40 + "end"}}).splitlines() == [
        "a:",
        "  text: >-",
        f"    {('mud ' * 28).strip()}",
        f"    {('mud ' * 12)}end",
    ]
