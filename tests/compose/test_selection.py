"""Which sources a brief draws on, why the others are left out, and how the brief is marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.compose.selection import select, strictest_marking
from briefnote.config.brief import BriefConfig, PairConfig, SourcesConfig
from briefnote.model.brief import OmittedSource
from briefnote.model.summary import MARKINGS, Summary
from support import summary

CLAIM = "claims:\n- {id: c1, text: It is so., kind: leverage}\n"
END = date(2026, 11, 22)


def config(**sources: Any) -> BriefConfig:
    """A brief that draws on these sources."""
    return BriefConfig("A brief", (PairConfig("Elbonia", "Ruritania"),), sources=SourcesConfig(**sources))


def source(name: str, **fields: str) -> Summary:
    """A summary with one claim."""
    reviewed = "reviewed: true\n" if fields.pop("reviewed", "") else ""
    lines = "".join(f"  {field}: {value}\n" for field, value in fields.items() if field != "reliability")
    made = summary(name, CLAIM + reviewed, lines)
    letter = fields.get("reliability", "C")
    return replace(made, source=replace(made.source, reliability=letter))  # type: ignore[arg-type]


def chosen(config: BriefConfig, *summaries: Summary) -> tuple[list[str], list[tuple[str, str]]]:
    """The ids of the sources used, and those left out with the reason."""
    used, omitted = select({entry.source.id: entry for entry in summaries}, config, END)
    return list(used), [(entry.id, entry.reason) for entry in omitted]


def test_all_sources_are_used_where_nothing_else_is_asked() -> None:
    """Without conditions every source is used, in the order of ids, whatever its letter."""
    assert chosen(config(), source("b", reliability="F"), source("a", reliability="E")) == (["a", "b"], [])


def test_source_published_after_the_period_is_left_out() -> None:
    """An issue does not know what was published after its last day; what has no date is used."""
    used, omitted = chosen(
        config(), source("a", published="2026-11-22"), source("b", published="2026-11-23"), source("c")
    )
    assert used == ["a", "c"]
    assert omitted == [("b", "published 2026-11-23, after the period ends (2026-11-22)")]


@pytest.mark.parametrize(
    ("worst", "letter", "reason"),
    [
        ("C", "B", None),
        ("C", "C", None),
        ("C", "D", "its reliability (D) is below what the brief accepts (C or better)"),
        ("C", "F", "its reliability (F) cannot be judged (C or better)"),
        ("E", "F", "its reliability (F) cannot be judged (E or better)"),
        ("F", "E", None),
        ("F", "F", None),
    ],
)
def test_reliability_below_the_brief_s_is_left_out(worst: str, letter: str, reason: str | None) -> None:
    """A brief names the worst letter it accepts; F is no worse letter than E, it says that nobody can tell."""
    used, omitted = chosen(config(reliability=worst), source("a", reliability=letter))
    assert (used, omitted) == ((["a"], []) if reason is None else ([], [("a", reason)]))


def test_unreviewed_source_is_left_out_where_review_is_asked() -> None:
    """A brief may draw only on summaries that a person has read against the article."""
    used, omitted = chosen(config(reviewed=True), source("a", reviewed="true"), source("b"))
    assert used == ["a"]
    assert omitted == [("b", "no person has read it against the article yet")]


def test_empty_summary_is_left_out() -> None:
    """A summary without claims and figures has nothing to give."""
    used, omitted = select({"a": summary("a")}, config(), END)
    assert used == {}
    assert omitted == (OmittedSource("a", "A title", "its summary has no claims and no figures"),)


def test_sources_that_the_brief_does_not_name_are_not_mentioned() -> None:
    """What the patterns of the brief do not include is out of its scope: neither used nor listed as left out."""
    wanted = config(include=("2026-*", "b"))
    assert chosen(wanted, source("2026-a"), source("b"), source("bb"), source("2025-a")) == (["2026-a", "b"], [])


@pytest.mark.parametrize(
    ("brief", "sources", "marking"),
    [
        ("TLP:CLEAR", [], "TLP:CLEAR"),
        ("TLP:CLEAR", ["TLP:CLEAR", "TLP:GREEN"], "TLP:GREEN"),
        ("TLP:AMBER", ["TLP:GREEN"], "TLP:AMBER"),
        ("TLP:AMBER", ["TLP:AMBER+STRICT"], "TLP:AMBER+STRICT"),
        ("TLP:GREEN", ["TLP:RED", "TLP:AMBER"], "TLP:RED"),
    ],
)
def test_brief_is_marked_as_its_strictest_source(brief: str, sources: list[str], marking: str) -> None:
    """The marking is never wider than that of a source (TLP 2.0), nor than the brief's own."""
    summaries = [source(f"s{number}", marking=label) for number, label in enumerate(sources)]
    assert strictest_marking(brief, summaries) == marking


@given(brief=st.sampled_from(MARKINGS), sources=st.lists(st.sampled_from(MARKINGS), max_size=4))
def test_no_source_is_stricter_than_the_brief(brief: str, sources: list[str]) -> None:
    """Whatever the sources, none is marked more strictly than the brief that draws on them."""
    summaries = [source(f"s{number}", marking=label) for number, label in enumerate(sources)]
    marking = strictest_marking(brief, summaries)
    assert all(MARKINGS.index(label) <= MARKINGS.index(marking) for label in [brief, *sources])
    assert marking in [brief, *sources]
