"""Estimative language as data (packs/estimative.yaml): scales of likelihood, and the words that a lint looks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from briefnote.model.record import note
from briefnote.rules.confidence import ConfidenceRule


@dataclass(frozen=True)
class Band:
    """A stretch of likelihood with its terms."""

    low: float = note("where it begins, in percent", minimum=0, maximum=100)
    high: float = note("where it ends, in percent", minimum=0, maximum=100)
    owns: Literal["low", "high", "both"] = note("which of its ends belong to it")
    rows: tuple[tuple[str, ...], ...] = note("for each row of synonyms: the term, and its other forms")

    def holds(self, percent: float) -> bool:
        """Returns whether the band has the term for this likelihood."""
        if percent in (self.low, self.high):
            return self.owns == "both" or percent == (self.low if self.owns == "low" else self.high)
        return self.low < percent < self.high


@dataclass(frozen=True)
class Scale:
    """A published scale of likelihood."""

    name: str = note("what it is called")
    source: str = note("who publishes it, where")
    version: str = note("its version or date")
    edges: str = note("who owns the value between two bands, and what has no term", multiline=True)
    bands: tuple[Band, ...] = note("its bands, from the least likely")

    def term(self, percent: float) -> str:
        """Returns the first term for a likelihood. Raises ValueError where the scale has none: nothing is rounded."""
        for band in self.bands:
            if band.holds(percent):
                return band.rows[0][0]
        bands = ", ".join(f"{band.low:g}–{band.high:g} {band.rows[0][0]}" for band in self.bands)
        raise ValueError(f"{self.name} has no term for {percent:g}%; it has {bands}")


@dataclass(frozen=True)
class WatchedWords:
    """What the lint over a finished brief looks for besides the terms of the scales."""

    comparisons: tuple[str, ...] = note("comparisons of likelihoods, which are no terms")
    only_before: Mapping[str, tuple[str, ...]] = note("a term with another meaning: the words it must stand before")
    confidence: tuple[str, ...] = note("words that speak of confidence")
    judging: tuple[str, ...] = note("words that mark a conclusion as ours")
    hedges: tuple[str, ...] = note("hedges that belong to no scale")


@dataclass(frozen=True)
class Estimative:
    """The whole of packs/estimative.yaml."""

    confidence: ConfidenceRule = note("how confidence is reckoned")
    likelihood: Mapping[str, Scale] = note("scales a brief can choose from")
    wording: WatchedWords = note("what the lint looks for")
