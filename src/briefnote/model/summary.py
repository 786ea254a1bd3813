"""The structured summary of one source: who says what, how sure, and where it stands in the article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from briefnote.model.record import line_field, note

ClaimKind = Literal["leverage", "limit", "implication", "context", "indicator"]
Stance = Literal["for", "against"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Marking = Literal["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]

# TLP 2.0, from the widest to the narrowest audience: a brief is at least as strict as its strictest source.
MARKINGS: tuple[str, ...] = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")


@dataclass(frozen=True)
class Locator:
    """Where the passage stands in the article text: characters from `start` up to, without, `end`."""

    start: int | None = note("first character of the passage, from 0", default=None, minimum=0, maximum=1e9)
    end: int | None = note("character after the passage", default=None, minimum=0, maximum=1e9)
    page: int | None = note("page, where the article has pages", default=None, minimum=1, maximum=1e6)
    paragraph: int | None = note(
        "paragraph (non-empty line of the article text), from 1", default=None, minimum=1, maximum=1e6
    )


@dataclass(frozen=True)
class Source:
    """What a source is and how far it can be trusted. What the article does not give is null, never invented."""

    id: str = note("the summary's file name without its ending", pattern=r"[a-z0-9][a-z0-9.-]*")
    title: str = note("the article's title, or a short description in brackets where it has none")
    kind: Literal["analysis", "news", "report", "testimony", "data", "opinion", "machine"] = note("its genre")
    reliability: Reliability = note("Admiralty letter A to F; F: cannot be judged")
    reliability_reason: str = note("why that letter")
    short: str | None = note("the name it goes by in running text", default=None)
    authors: tuple[str, ...] = note("its authors, as it names them", default=())
    publisher: str | None = note("who published it", default=None)
    published: date | None = note("the day it was published", default=None)
    url: str | None = note("where it can be read", default=None, pattern=r"https?://\S+")
    accessed: date | None = note("the day it was read", default=None)
    language: str = note("BCP 47 code of its language", default="en", pattern=r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*")
    marking: Marking = note("TLP 2.0 label", default="TLP:CLEAR")
    origin: str | None = note("id of the source that this one copies or quotes: one voice", default=None)
    sha256: str | None = note("SHA-256 of the article text", default=None, pattern=r"[0-9a-f]{64}")
    line: int = line_field()


@dataclass(frozen=True)
class Claim:
    """One thing a source says. Missing values are null; `certainty` and `weight` run from 0 to 1."""

    id: str = note("an id within this file", pattern=r"[A-Za-z][A-Za-z0-9_-]*")
    text: str = note("what is said, in one sentence")
    kind: ClaimKind = note("what the claim is for")
    holder: str | None = note("whose leverage, or whose leverage is limited", default=None)
    over: str | None = note("over whom", default=None)
    audience: tuple[str, ...] = note("for whom an implication matters (us, europe)", default=())
    theme: str = note("the field it belongs to", default="general", term="theme")
    handle: str | None = note("bold words to print it under, instead of its mechanism's", default=None)
    mechanism: str | None = note("what kind of leverage, limit or implication", default=None, term="mechanism")
    proposition: str | None = note("the debated question it speaks to", default=None, term="proposition")
    stance: Stance | None = note("its side of the proposition", default=None)
    polarity: Literal["asserted", "denied", "reported", "rejected"] = note("how it is put", default="asserted")
    certainty: float = note("how sure the source is, 0 to 1", default=0.8, minimum=0, maximum=1)
    certainty_words: str | None = note("the words that gave the certainty", default=None)
    roles: Literal["explicit", "inferred", "unknown"] = note("how holder and over were found", default="explicit")
    weight: float = note("how central it is to its source, 0 to 1", default=0.5, minimum=0, maximum=1)
    attributed_to: str | None = note("whom the source cites for it", default=None)
    horizon: Literal["near", "long"] | None = note("the time it speaks of, where that matters", default=None)
    window: str | None = note("the period it compares, where that matters", default=None)
    sense: str | None = note("the sense in which it uses a debated word", default=None)
    quote: str | None = note("verbatim passage, null where the summary paraphrases", default=None)
    locator: Locator | None = note("where the passage stands", default=None)
    reviewed: bool = note("whether a person has seen this entry of a draft beside its passage", default=False)
    line: int = line_field()


@dataclass(frozen=True)
class Figure:
    """One number a source gives. `value`, or a range from `low` to `high`; an open range has one of them.

    Of a share, `subject` is the whole and `counterpart` the part: trade_share of Ruritania with counterpart
    Elbonia is Elbonia's share of Ruritania's trade.
    """

    id: str = note("an id within this file", pattern=r"[A-Za-z][A-Za-z0-9_-]*")
    metric: str = note("what is measured", term="metric")
    subject: str = note("of whom, or of what whole")
    unit: str = note("%, USD, people, …; '' for a plain number", pattern=r".*")
    claim: str | None = note("id of the claim it supports", default=None)
    counterpart: str | None = note("with whom, or which part", default=None)
    item: str | None = note("of what goods, question or field", default=None)
    value: float | None = note("the number, in base units (245e9, not 245)", default=None, minimum=-1e24, maximum=1e24)
    low: float | None = note("the lower end of a range", default=None, minimum=-1e24, maximum=1e24)
    high: float | None = note("the upper end of a range", default=None, minimum=-1e24, maximum=1e24)
    period: str | None = note("when, in words", default=None)
    year: float | None = note("when, as a year for ordering", default=None, minimum=1000, maximum=3000)
    approximate: bool = note("whether the source says about", default=False)
    attributed_to: str | None = note("whom the source cites for it", default=None)
    weight: float = note("how central it is to its source, 0 to 1", default=0.5, minimum=0, maximum=1)
    quote: str | None = note("verbatim passage, null where the summary paraphrases", default=None)
    locator: Locator | None = note("where the passage stands", default=None)
    reviewed: bool = note("whether a person has seen this entry of a draft beside its passage", default=False)
    line: int = line_field()


@dataclass(frozen=True)
class Drafted:
    """How a machine's draft was made, so that it can be made again and judged."""

    program: str = note("what wrote it, with its version (extractive 1)")
    model: str | None = note("the language model asked, as its server names it", default=None)
    prompt: str | None = note("version of the prompt it was asked with", default=None)
    dropped: int = note("entries dropped since they do not stand in the article", default=0, minimum=0, maximum=1e6)
    tokens_in: int = note("tokens sent to the model", default=0, minimum=0, maximum=1e12)
    tokens_out: int = note("tokens that came back", default=0, minimum=0, maximum=1e12)


@dataclass(frozen=True)
class Summary:
    """One file of sources/."""

    source: Source = note("what the source is")
    summary: str = note("two or three sentences")
    reviewed: bool = note("whether a person has read it against the article", default=False)
    reviewed_by: str | None = note("the person who has", default=None)
    reviewed_on: date | None = note("the day that was done", default=None)
    by: Literal["machine", "analyst", "model"] = note("who wrote it", default="analyst")
    drafted: Drafted | None = note("how a machine's draft was made", default=None)
    actors: tuple[str, ...] = note("whom the article is about, the most often named first", default=())
    gaps: tuple[str, ...] = note("what it leaves open that a reader would ask", default=())
    claims: tuple[Claim, ...] = note("what it says", default=())
    figures: tuple[Figure, ...] = note("the numbers it gives", default=())
    line: int = line_field()


Summaries = Mapping[str, Summary]
