"""A brief in which everything occurs that a template or a house file may have to set; of invented places."""

from __future__ import annotations

from briefnote.model.brief import (
    Bar,
    Block,
    Brief,
    Change,
    Chart,
    Confidence,
    Cut,
    Evidence,
    ListedSource,
    OmittedSource,
    Part,
    Point,
    Range,
    Section,
    Sentence,
    Series,
)
from briefnote.model.finding import RuleRecord

_TEXT = "Łódź, Ærø, naïve; Ελλάδα; Київ: “9 < 10 & 11 > 10”"

# What the standard template does not set, and a user's may: appended to what the user's template prints.
BLOCKS = r"""
{#specimen}
## Specimen of all blocks

### A heading of the third level

#### A heading of the fourth level

{.subtitle}
Subtitle

{.basis}
Basis

{.lead}
The box of the bottom line, with a [link](https://example.org/), one [within](#specimen), and a note.[^specimen]

{.empty}
Nothing found

{.changes}
Changes

- A bullet

  with a second paragraph
  - in it another
    1. and a number

> A quotation, *leaning*, **bold**, ~~struck~~, `code`, [ελληνικά]{lang=el}

```
code
```

---

{.findings}
- **Finding.** Text

{.watch}
- **Watch.** Text

{.judgements}
1. **Judgement.** Text

{.sources}
1. A source

{.caption}
A caption above a table

| Left | Right |
|:--|--:|
| words | 1 |

[^specimen]: A note.
"""


def specimen() -> Brief:
    """Returns the brief: sections of every kind and an empty one, charts of every kind, all that may be left out."""
    sections = (
        Section("headline", "Headline", "prose", (Block((_said("headline.1"),)),)),
        Section(
            "bottom-line", "Bottom line", "prose", (Block((_said("lead.1"), _said("lead.2")), note="[1] para. 2."),)
        ),
        Section("judgements", "Key judgements", "judgements", (_judgement(),)),
        _table(),
        Section(
            "leverage",
            "Leverage",
            "bullets",
            (Block((_said("leverage.1"),), handle="Trade", note="[2]."), Block((_said("leverage.2"),))),
        ),
        Section("watch", "What to watch", "bullets", (), nothing_found="Nothing to watch."),
    )
    return Brief(
        name="specimen",
        title=f"Specimen: {_TEXT}",
        subtitle="All that may occur",
        period="2026-W47",
        date="2026-11-21",
        author="Analysis desk",
        language="en",
        marking="TLP:AMBER",
        basis="Drawn from two sources, [1]–[2].",
        sections=sections,
        sources=(_source(1, url="https://example.org/?a=1&b=2"), _source(2, authors=(), published=None)),
        omitted=(OmittedSource("left-out", "A source left out", "not read by a person"),),
        changes=tuple(
            Change(kind, f"A judgement that is {kind}.", "a new source")
            for kind in ("new", "updated", "confirmed", "reversed", "dropped")
        ),
        changes_summary="Five judgements changed.",
        charts=_charts(),
        cut=(Cut("leverage", 3, 1, 0),),
        words=120,
        keywords=("trade", "energy"),
        previous_period="2026-W46",
        briefnote="0",
        parameters={"share": 30},
        rules={"lead": RuleRecord(id="lead", file="rules.yaml", line=1, conditions=("x > 1",), about="what leads")},
    )


def _said(identifier: str) -> Sentence:
    parts = (Part(_TEXT, (1, 2)), Part(" Then."))
    evidence = Evidence("a-source", claim="c1", quote="“Quoted.”", start=0, end=8, paragraph=1, text="A claim.")
    return Sentence(identifier, _TEXT, "lead", (evidence,), parts, {"x": 1.5}, 50.0)


def _judgement() -> Block:
    sure = Confidence({"depth": "high", "duration": "low"}, (Part("Two sources agree", (1, 2)),), 2, 1)
    return Block((_said("judgement.1"),), number=1, confidence=sure, note="[1] para. 4.", topic="depth", stance="for")


def _table() -> Section:
    cells = ((Part("Share of trade"),), (Part("34%", (1,)),), (Part("2025"),), ())
    columns = ("Measure", "Value", "When", "Earlier value")
    return Section(
        "key-figures", "Key figures", "table", (Block((_said("figure.1"),), cells=cells),), columns, note="[1]."
    )


def _source(
    number: int, authors: tuple[str, ...] = ("A. Author",), published: str | None = "2026-11-01", url: str | None = None
) -> ListedSource:
    return ListedSource(
        number=number,
        id=f"source-{number}",
        title=f"Source {number}",
        authors=authors,
        publisher="A publisher" if authors else None,
        published=published,
        url=url,
        kind="analysis",
        reliability="B",
        reliability_text="usually reliable",
        reliability_reason="a record of being right",
        is_reviewed=True,
        cited=3,
    )


def _charts() -> tuple[Chart, ...]:
    points = tuple(Point(float(year), share, str(year), f"{share:g}%") for year, share in ((2024, 20.0), (2025, 34.0)))
    return (
        Chart("bars", "Shares", "A third and a twentieth.", (Bar("One", 34.0, "34%"), Bar("Other", 5.0, "5%")), 34.0),
        Chart("time", "Over time", "It rose.", (), 0.0, kind="time", series=(Series("Share", points),)),
        Chart("ranges", "Ranges", "They differ.", (), 9.0, kind="ranges", ranges=(Range("Share", 3, 9, "3%", "9%"),)),
    )
