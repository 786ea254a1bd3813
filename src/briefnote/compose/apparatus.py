"""What stands around the sections: charts, the list of sources with their assessment, what the brief rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefnote.model.brief import Bar, Chart, ListedSource, OmittedSource
from briefnote.model.finding import Finding, Judged, plain
from briefnote.model.quantity import count_of, in_words
from briefnote.model.summary import Summaries, Summary
from briefnote.text import typographic


def charts(judged: Judged) -> tuple[Chart, ...]:
    """Returns one chart a rule of the section "charts": the bars of all its findings."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in judged.findings:
        if finding.section == "charts":
            by_rule.setdefault(finding.rule, []).append(finding)
    return tuple(_chart(rule, findings) for rule, findings in by_rule.items())


def _chart(rule: str, findings: Sequence[Finding]) -> Chart:
    """A rule with cells bar1, text1, bar2, … and lets of the same names draws a bar for each."""
    bars = [bar for finding in findings for bar in _bars(finding)]
    alt = " ".join(plain(finding.text) for finding in findings)
    # Shares are drawn against the whole they are shares of.
    maximum = max([100.0, *(bar.value for bar in bars)]) if all("%" in bar.text for bar in bars) else 0.0
    title = plain(findings[0].cells["title"])
    return Chart(rule, typographic(title), typographic(f"Bar chart. {alt}"), tuple(bars), maximum)


def _bars(finding: Finding) -> list[Bar]:
    bars = []
    for number in range(1, 1 + sum(name.startswith("bar") for name in finding.cells)):
        label = plain(finding.cells[f"bar{number}"])
        value = finding.bindings[f"bar{number}"]
        text = plain(finding.cells[f"text{number}"])
        bars.append(Bar(typographic(label[:1].upper() + label[1:]), float(value or 0), text))
    return bars


def list_sources(
    summaries: Summaries, numbers: Mapping[str, int], cited: Mapping[str, int], reliability: Mapping[str, str]
) -> tuple[ListedSource, ...]:
    """Returns the cited sources by number. `reliability` maps an Admiralty letter to its meaning."""
    ordered = sorted(numbers.items(), key=lambda item: item[1])
    return tuple(_listed(number, summaries[name], cited.get(name, 0), reliability) for name, number in ordered)


def _listed(number: int, summary: Summary, cited: int, reliability: Mapping[str, str]) -> ListedSource:
    source = summary.source
    return ListedSource(
        number=number,
        id=source.id,
        title=typographic(source.title),
        authors=source.authors,
        publisher=source.publisher,
        published=source.published.isoformat() if source.published else None,
        url=source.url,
        kind=source.kind,
        reliability=source.reliability,
        reliability_text=reliability[source.reliability],
        reliability_reason=typographic(source.reliability_reason),
        is_reviewed=summary.reviewed,
        cited=cited,
    )


def unused(summaries: Summaries, numbers: Mapping[str, int]) -> tuple[OmittedSource, ...]:
    """Returns the sources that were judged and that no printed finding rests on."""
    return tuple(
        OmittedSource(name, typographic(summaries[name].source.title), "read, but no printed finding rests on it")
        for name in sorted(summaries)
        if name not in numbers
    )


def basis(listed: Sequence[ListedSource]) -> str:
    """Returns what the brief rests on, in two sentences."""
    if not listed:
        return "No source supports a finding in this issue."
    numbers = f"[1]–[{len(listed)}]" if len(listed) > 1 else "[1]"
    reviewed = sum(source.is_reviewed for source in listed)
    undated = sum(source.published is None for source in listed)
    how_many = "all" if reviewed == len(listed) else in_words(reviewed) if reviewed else "none"
    dates = f"; {count_of(undated, 'gives', 'give')} no date" if undated else ""
    return (
        f"Drawn only from {count_of(len(listed), 'source', 'sources')}, {numbers}, {how_many} read against the "
        f"article{dates}. Figures are as reported and unchecked. “We judge” and the key judgements mark inference "
        "that goes beyond the sources."
    )
