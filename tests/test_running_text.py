"""Names of actors as a sentence has them."""

from __future__ import annotations

import pytest

from briefnote.config.articles import in_running_text
from briefnote.config.brief import read_brief_config
from briefnote.pipeline import actor_names


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("United Ferries", "the United Ferries"),
        ("Ferry Union", "the Ferry Union"),
        ("Dotted Islands", "the Dotted Islands"),
        ("Republic of Elbonia", "the Republic of Elbonia"),
        ("UN", "the UN"),
        ("Netherlands", "the Netherlands"),
        ("Elbonia", "Elbonia"),
        ("ASEAN", "ASEAN"),
        ("the Netherlands", "the Netherlands"),
        ("The Unionists", "The Unionists"),
        ("Reunion", "Reunion"),
    ],
)
def test_unions_islands_plurals_and_initials_take_an_article(name: str, printed: str) -> None:
    """In English; a name that has one already keeps it, and in other languages all stay as they are."""
    assert in_running_text(name, "en-GB") == printed
    assert in_running_text(name, "de") == name


def test_what_brief_yaml_says_goes_before() -> None:
    """A name of its own is printed as it is; the others, in headings too, as English wants them."""
    text = """\
title: Ferries
about: [{holder: UN, over: Elbonia}]
actors: {UN: {name: the world body, adjective: UN}}
audiences: {union: {actor: Ferry Union}}
"""
    config, problems = read_brief_config(text.encode(), "brief.yaml")
    assert problems == []
    assert config is not None
    names = actor_names(config)
    assert [names.display(name) for name in ("UN", "Elbonia", "Ferry Union")] == [
        "the world body",
        "Elbonia",
        "the Ferry Union",
    ]
    assert names.adjective("UN") == "UN"
    assert "Implications for the Ferry Union" in [section.title for section in config.printed_sections()]
