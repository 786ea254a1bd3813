"""Phrases of gates in the languages of sources, from `data/phrases.yaml`: a paywall is one in whatever language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from briefnote.model.article import GateKind


@dataclass(frozen=True)
class Phrases:
    """What a gate says in a language; a text that has it and one that has not, for tests to hold it to."""

    gate: GateKind
    language: str
    patterns: tuple[str, ...]
    match: str
    no_match: str


@cache
def phrases() -> tuple[Phrases, ...]:
    """Returns all phrases, in the order of the file."""
    import yaml

    text = files("briefnote.ingest.data").joinpath("phrases.yaml").read_text(encoding="utf-8")
    entries = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["phrases"]  # noqa: S506 - both safe
    return tuple(
        Phrases(each["gate"], each["language"], tuple(each["patterns"]), each["match"], each["not"]) for each in entries
    )


@cache
def pattern_of(gate: GateKind) -> re.Pattern[str]:
    """Returns what finds a phrase of a gate in any language; a text that breaks off says so at its very end."""
    choice = "|".join(f"(?:{pattern})" for each in phrases() if each.gate == gate for pattern in each.patterns)
    return re.compile(f"(?:{choice})$" if gate == "truncated" else choice, re.IGNORECASE)
