"""What became of each judgement since the last issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from briefnote.errors import BriefnoteError, Problem
from briefnote.model.brief import Block, Change
from briefnote.model.quantity import in_words, joined


@dataclass(frozen=True)
class PastJudgement:
    """A judgement of the former issue, as its JSON edition has it."""

    text: str
    stance: str
    confidence: str
    evidence: frozenset[str]


def past_judgements(period: str, edition: Mapping[str, Any]) -> dict[str, PastJudgement]:
    """Returns the judgements of a former issue by topic. Raises BriefnoteError where its JSON edition is damaged."""
    try:
        blocks = [
            block
            for section in edition["sections"]
            if section["kind"] == "judgements"
            for block in section["blocks"]
            if block["topic"]
        ]
        return {block["topic"]: _past(block) for block in blocks}
    except (KeyError, TypeError, AttributeError):
        message = "the JSON edition of the former issue is damaged; build that issue again, or move its folder away"
        raise BriefnoteError([Problem(period, message=message)]) from None


def _past(block: Mapping[str, Any]) -> PastJudgement:
    rows = [row for sentence in block["sentences"] for row in sentence["evidence"]]
    return PastJudgement(
        text=" ".join(sentence["text"] for sentence in block["sentences"]),
        stance=block["stance"],
        confidence=(block["confidence"] or {}).get("statement", ""),
        evidence=frozenset(f"{row['source']}#{row['claim'] or row['figure']}" for row in rows),
    )


def compare(blocks: Iterable[Block], past: Mapping[str, PastJudgement]) -> tuple[Change, ...]:
    """Returns one change a judgement, the present ones in printed order, then those dropped."""
    changes, seen = [], set()
    for block in blocks:
        seen.add(block.topic)
        text = " ".join(sentence.text for sentence in block.sentences)
        changes.append(_change(block, text, past.get(block.topic)))
    for topic in sorted(past.keys() - seen):
        changes.append(Change("dropped", past[topic].text, "no longer supported by the sources in use"))
    return tuple(changes)


def _change(block: Block, text: str, was: PastJudgement | None) -> Change:
    if was is None:
        return Change("new", text, "not in the last issue")
    if was.stance != block.stance:
        return Change("reversed", text, f"the last issue said: {was.text}")
    why = _differences(block, was)
    return (
        Change("updated", text, "; ".join(why)) if why else Change("confirmed", text, "same evidence, same confidence")
    )


def _differences(block: Block, was: PastJudgement) -> list[str]:
    statement = block.confidence.statement if block.confidence else ""
    now = {f"{row.source}#{row.claim or row.figure}" for sentence in block.sentences for row in sentence.evidence}
    why = []
    if statement != was.confidence:
        why.append(f"confidence was {was.confidence or 'not given'}, is {statement or 'not given'}")
    if added := _sources(now) - _sources(was.evidence):
        why.append(f"now also rests on {joined(sorted(added))}")
    if gone := _sources(was.evidence) - _sources(now):
        why.append(f"no longer rests on {joined(sorted(gone))}")
    if now != was.evidence and not why:
        why.append("other passages of the same sources")
    return why


def _sources(rows: Iterable[str]) -> set[str]:
    return {row.rpartition("#")[0] for row in rows}


def summarise(changes: tuple[Change, ...], previous: str | None) -> str:
    """Returns one sentence: what changed since the last issue, or that this is the first."""
    if previous is None:
        return "This is the first issue of this brief."
    counts = {kind: sum(change.kind == kind for change in changes) for kind in _KINDS}
    said = [f"{in_words(count)} {kind}" for kind, count in counts.items() if count]
    if not said:
        return f"Neither this issue nor that of {previous} has a key judgement to compare."
    return f"Since {previous}, of the key judgements: {joined(said)}."


_KINDS = ("new", "updated", "confirmed", "reversed", "dropped")
