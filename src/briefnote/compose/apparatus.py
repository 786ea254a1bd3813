"""What stands around the sections: the list of sources with their assessment, what the brief rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefnote.model.brief import ListedSource, OmittedSource
from briefnote.model.quantity import count_of, in_words
from briefnote.model.summary import Summaries, Summary
from briefnote.text import typographic


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
