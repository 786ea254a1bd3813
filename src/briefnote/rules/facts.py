"""Summaries as the rows that rules match: one dict a row, one list a relation (see schema.RELATIONS)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefnote.model.summary import Claim, Figure, Source, Summaries, Summary
from briefnote.rules.independence import figure_voices, voices

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Pair:
    """A pair of actors that the brief is about: whose leverage over whom."""

    holder: str
    over: str


def facts(
    summaries: Summaries,
    pairs: Sequence[Pair],
    audiences: Mapping[str, str],
    symmetric: frozenset[str] = frozenset(),
    origins: Mapping[str, str | None] | None = None,
) -> Rows:
    """Returns the rows of every relation, sorted by id. `symmetric` metrics get subject and counterpart in order.

    `origins` are those of all sources, also of those that are left out: who copies whom depends on them too.

    A row of claim or figure is named "source#id", so that it names its file and its place in one word.
    """
    spoken = voices(summaries, origins=origins)
    sources, claims, figures = [], [], []
    for name in sorted(summaries):
        summary = summaries[name]
        voice = spoken[name].id
        sources.append(_source(summary, voice))
        claims += [_claim(claim, name, voice) for claim in summary.claims]
        figures += [_figure(figure, name, voice, symmetric) for figure in summary.figures]
    shared = figure_voices(figures, summaries)
    figures = [row | {"voice": shared[row["id"]].id} if row["id"] in shared else row for row in figures]
    return {
        "source": sources,
        "claim": sorted(claims, key=_id),
        "figure": sorted(figures, key=_id),
        "pair": [
            {"id": f"pair-{n}", "holder": pair.holder, "over": pair.over, "rank": n} for n, pair in enumerate(pairs, 1)
        ],
        "audience": [
            {"id": audience, "actor": actor, "rank": n} for n, (audience, actor) in enumerate(audiences.items(), 1)
        ],
    }


def _id(row: Mapping[str, Any]) -> str:
    return str(row["id"])


def source_name(source: Source) -> str:
    """Returns the short name of a source, else its first author, publisher or title."""
    return source.short or (source.authors[0] if source.authors else None) or source.publisher or source.title


def _source(summary: Summary, voice: str) -> dict[str, Any]:
    source = summary.source
    return {
        "id": source.id,
        "name": source_name(source),
        "kind": source.kind,
        "published": source.published.isoformat() if source.published else None,
        "reliability": source.reliability,
        "marking": source.marking,
        "voice": voice,
        "reviewed": summary.reviewed,
        "draft": summary.by != "analyst" and not summary.reviewed,
    }


def _claim(claim: Claim, source: str, voice: str) -> dict[str, Any]:
    names = (
        "kind text handle holder over audience theme mechanism proposition stance polarity certainty certainty_words "
        "roles weight attributed_to horizon window sense"
    )
    row = {name: getattr(claim, name) for name in names.split()}
    return {"id": f"{source}#{claim.id}", "source": source, "voice": voice, **row}


def _figure(figure: Figure, source: str, voice: str, symmetric: frozenset[str]) -> dict[str, Any]:
    names = "metric subject counterpart item value low high unit period year approximate attributed_to weight"
    row = {name: getattr(figure, name) for name in names.split()}
    if figure.metric in symmetric and figure.counterpart:
        row["subject"], row["counterpart"] = sorted((figure.subject, figure.counterpart))
    claim = f"{source}#{figure.claim}" if figure.claim else None
    return {"id": f"{source}#{figure.id}", "source": source, "voice": voice, "claim": claim, **row}
