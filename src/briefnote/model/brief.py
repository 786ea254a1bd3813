"""The Brief: one value, all that is said. Every edition is made from it and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from briefnote.model.finding import RuleRecord

SectionKind = Literal["prose", "judgements", "bullets", "table"]
ChartKind = Literal["bars", "time", "ranges"]
ChangeKind = Literal["new", "updated", "confirmed", "reversed", "dropped"]


@dataclass(frozen=True)
class Evidence:
    """Where a sentence comes from: one claim or one figure of one source.

    `source` is the summary's file name in sources/ without its ending; exactly one of `claim` and `figure` is
    set. `quote` is the verbatim passage, None where the summary paraphrases; `start` and `end` are character
    offsets in the article text, None where the summary gives none; `paragraph` counts from 1. `text` is the claim
    in the summary's words, or the figure as the summary records it.
    """

    source: str
    claim: str | None = None
    figure: str | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    paragraph: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Part:
    """A stretch of text and the numbers of the sources (as listed in the brief) that are cited right after it."""

    text: str
    cites: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """What one rule says. `is_judgement`: concluded by the rule, beyond what any source says."""

    id: str
    text: str
    rule: str
    evidence: tuple[Evidence, ...]
    parts: tuple[Part, ...]
    bindings: Mapping[str, str | float | int | None]
    score: float
    is_judgement: bool = False


@dataclass(frozen=True)
class Confidence:
    """How sure a judgement is (ICD 203: low, moderate, high), and why, in words.

    `levels` maps an aspect ("depth", "duration"; "" where there is only one) to its level.
    """

    levels: Mapping[str, str]
    reason: tuple[Part, ...]
    voices: int
    dissenting: int

    @property
    def statement(self) -> str:
        """Returns "high" or "high on depth, moderate on duration"."""
        return ", ".join(f"{level} on {aspect}" if aspect else level for aspect, level in self.levels.items())


@dataclass(frozen=True)
class Block:
    """A paragraph, a bullet under its bold handle, a numbered judgement or a table row.

    `cells` (tables only) holds one entry a column of the section, each a tuple of parts. `note` lists the
    passages behind the block, as the footnote prints it. `topic` and `stance` are what a judgement is about and
    its side, whatever its wording: by them two issues are compared.
    """

    sentences: tuple[Sentence, ...]
    handle: str = ""
    number: int | None = None
    cells: tuple[tuple[Part, ...], ...] = ()
    confidence: Confidence | None = None
    note: str = ""
    topic: str = ""
    stance: str = ""


@dataclass(frozen=True)
class Section:
    """One section. `nothing_found` is printed where there are no blocks; `note` lists a table's passages."""

    id: str
    title: str
    kind: SectionKind
    blocks: tuple[Block, ...]
    columns: tuple[str, ...] = ()
    nothing_found: str = ""
    note: str = ""


@dataclass(frozen=True)
class ListedSource:
    """A source as the brief lists it. What the article does not give is None, never invented."""

    number: int
    id: str
    title: str
    authors: tuple[str, ...]
    publisher: str | None
    published: str | None
    url: str | None
    kind: str
    reliability: str
    reliability_text: str
    reliability_reason: str
    is_reviewed: bool
    cited: int


@dataclass(frozen=True)
class OmittedSource:
    """A source that was looked at and left out, with the reason in words."""

    id: str
    title: str
    reason: str


@dataclass(frozen=True)
class DriftedSource:
    """A cited source that is no longer what was read: what became of it, and which judgements rest on it."""

    number: int
    id: str
    title: str
    what: str
    judgements: tuple[int, ...]


@dataclass(frozen=True)
class Change:
    """What became of a judgement since the last issue."""

    kind: ChangeKind
    text: str
    why: str


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: `value` in the chart's unit, `label` beside it, `text` the value as the brief prints it."""

    label: str
    value: float
    text: str


@dataclass(frozen=True)
class Point:
    """A value at a time: `at` counts years, `when` and `text` are time and value as the brief prints them."""

    at: float
    value: float
    when: str
    text: str


@dataclass(frozen=True)
class Series:
    """One figure over time, its points in the order of time."""

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Range:
    """What the sources that disagree on a figure say at least and at most, as numbers and as the brief prints them."""

    label: str
    low: float
    high: float
    low_text: str
    high_text: str


@dataclass(frozen=True)
class Chart:
    """A chart made from key figures. `alt` says the same in words (for those who cannot see it).

    By its kind, a chart has `bars`, or `series` ("time"), or `ranges`. Bars and ranges are drawn against `maximum`;
    where that is 0, each range against its own end. Series are always drawn each against their own maximum. `undrawn`
    counts the marks that would make it too high for a page.
    """

    id: str
    title: str
    alt: str
    bars: tuple[Bar, ...]
    maximum: float
    kind: ChartKind = "bars"
    series: tuple[Series, ...] = ()
    ranges: tuple[Range, ...] = ()
    undrawn: int = 0


@dataclass(frozen=True)
class Cut:
    """What did not fit: how many findings of a section were found, and how many the length budget left out."""

    section: str
    found: int
    beyond_section_limit: int
    beyond_word_budget: int


@dataclass(frozen=True)
class Brief:
    """A whole issue of a brief."""

    name: str
    title: str
    subtitle: str
    period: str
    date: str
    author: str
    language: str
    marking: str
    basis: str
    sections: tuple[Section, ...]
    sources: tuple[ListedSource, ...]
    omitted: tuple[OmittedSource, ...]
    changes: tuple[Change, ...]
    changes_summary: str
    charts: tuple[Chart, ...]
    cut: tuple[Cut, ...]
    words: int
    keywords: tuple[str, ...] = ()
    previous_period: str | None = None
    briefnote: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[str, RuleRecord] = field(default_factory=dict)
    drifted: tuple[DriftedSource, ...] = ()
