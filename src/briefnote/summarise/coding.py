"""How a claim is coded: theme, mechanism, debated question and stance, polarity, certainty, attribution."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from briefnote.model.summary import Stance
from briefnote.summarise.data import read_data
from briefnote.summarise.reading import Passage

_SURE = 0.8


def theme(passage: Passage) -> str:
    """Returns the theme with the most distinct words in the passage, "general" where none is found."""
    return _theme(passage.masked)


@lru_cache(maxsize=512)
def _theme(masked: str) -> str:
    """Kept for the next claim of the same sentence."""
    return _most(_patterns("themes"), masked) or "general"


def mechanism(passage: Passage, kind: str) -> str | None:
    """Returns the mechanism of a leverage, limit or implication; a frame that fired counts as two words."""
    told = {hit.frame.mechanism: 2 for hit in passage.hits if hit.frame.kind == kind}
    return _most(_patterns("mechanisms", kind), passage.masked, told)


def proposition(passage: Passage, kind: str) -> tuple[str | None, Stance | None]:
    """Returns the debated question that the passage speaks to, with its side."""
    for entry, sign in _propositions():
        if kind in entry.get("kinds", (kind,)) and sign.search(passage.masked):
            return entry["name"], entry["stance"]
    return None, None


def certainty(passage: Passage) -> tuple[float, str | None]:
    """Returns how sure the author is, 0 to 1, with the words that say so; without such words 0.8."""
    return _certainty(passage.masked)


@lru_cache(maxsize=512)
def _certainty(masked: str) -> tuple[float, str | None]:
    for value, sign in _certainties():
        match = sign.search(masked)
        if match:
            return value, match[0]
    return _SURE, None


def is_rejection(passage: Passage) -> bool:
    """Returns whether the passage rejects what was said before it."""
    return bool(_pattern("rejection").search(passage.masked))


def is_reported(passage: Passage) -> bool:
    """Returns whether the passage gives what unnamed others say."""
    return bool(_pattern("reporting").search(passage.masked))


def is_denied(passage: Passage) -> bool:
    """Returns whether somebody is said to deny it."""
    return bool(_pattern("denial").search(passage.masked))


def attribution(passage: Passage) -> str | None:
    """Returns whom the passage names for what it says."""
    if not any(family == "said" for _, family in passage.families):
        return None
    for sign in attribution_signs():
        match = sign.search(passage.sentence.text)
        if match and any(char.isupper() for char in match["who"]):
            return re.sub(r"\s+", " ", match["who"]).strip(" '\"“”‘’")
    return None


def _most(patterns: Mapping[str, re.Pattern[str]], masked: str, told: Mapping[str, int] | None = None) -> str | None:
    told = told or {}
    counts = {name: len(set(sign.findall(masked))) + told.get(name, 0) for name, sign in patterns.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else None


@cache
def _patterns(part: str, kind: str | None = None) -> dict[str, re.Pattern[str]]:
    entries = read_data("coding.yaml")[part]
    return {name: re.compile(sign) for name, sign in (entries[kind] if kind else entries).items()}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(read_data("coding.yaml")[name])


@cache
def _propositions() -> tuple[tuple[dict[str, Any], re.Pattern[str]], ...]:
    return tuple((entry, re.compile(entry["sign"])) for entry in read_data("coding.yaml")["propositions"])


@cache
def _certainties() -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((float(entry["value"]), re.compile(entry["sign"])) for entry in read_data("coding.yaml")["certainty"])


@cache
def attribution_signs() -> tuple[re.Pattern[str], ...]:
    """Returns what shows whom a sentence cites; each sign has a group "who"."""
    return tuple(re.compile(sign) for sign in read_data("coding.yaml")["attribution"])
