"""Which sources a brief draws on, and why the others are left out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from briefnote.config.brief import BriefConfig, SourcesConfig
from briefnote.model.brief import OmittedSource
from briefnote.model.summary import MARKINGS, Summaries, Summary


def select(
    summaries: Summaries, config: BriefConfig, last_day: date
) -> tuple[dict[str, Summary], tuple[OmittedSource, ...]]:
    """Returns the sources used, by id, and those within the brief's scope that are left out, with the reason."""
    used, omitted = {}, []
    for name in sorted(summaries):
        summary = summaries[name]
        if not config.sources.includes(name):
            continue
        reason = _reason(summary, config.sources, last_day)
        if reason:
            omitted.append(_omitted(summary, reason, config.marking))
        else:
            used[name] = summary
    return used, tuple(omitted)


def _reason(summary: Summary, wanted: SourcesConfig, last_day: date) -> str | None:
    source = summary.source
    if source.published is not None and source.published > last_day:
        return f"published {source.published.isoformat()}, after the period ends ({last_day.isoformat()})"
    if wanted.reviewed and not summary.reviewed:
        return "no person has read it against the article yet"
    # F is not worse than E: it says that nobody can tell.
    if wanted.reliability != "F" and (source.reliability > wanted.reliability):
        what = "cannot be judged" if source.reliability == "F" else "is below what the brief accepts"
        return f"its reliability ({source.reliability}) {what} ({wanted.reliability} or better)"
    if not summary.claims and not summary.figures:
        return "its summary has no claims and no figures"
    return None


def _omitted(summary: Summary, reason: str, marking: str) -> OmittedSource:
    """A source marked more strictly than the brief is left out without its name."""
    source = summary.source
    if MARKINGS.index(source.marking) > MARKINGS.index(marking):
        return OmittedSource("withheld", f"A source marked {source.marking}", reason)
    return OmittedSource(source.id, source.title, reason)


def strictest_marking(marking: str, summaries: Iterable[Summary], former: str | None = None) -> str:
    """Returns the strictest of the brief's marking, its sources' and that of a former issue it quotes (TLP 2.0)."""
    markings = [marking, *(summary.source.marking for summary in summaries)]
    return max([*markings, *([former] if former in MARKINGS else [])], key=MARKINGS.index)
