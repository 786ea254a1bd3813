"""What made the labels of a draft, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefnote.drafting.batch import Task, record_of
from briefnote.drafting.order import Order


def explain_draft(task: Task, order: Order) -> Iterator[str]:
    """Yields the lines that tell of each sentence its labels, how likely each was, and what spoke for and against it.

    Raises BriefnoteError where the article cannot be read.
    """
    from briefnote.summarise.extraction import explain

    record = record_of(task)
    yield f"{record.id}: {len(record.article.text):,} characters"
    for sentence in explain(record.article, order.actors, order.audiences):
        labels = ", ".join(sentence.labels) or "nothing"
        yield ""
        yield f"{sentence.start}  {' '.join(sentence.text.split())}"
        yield f"  {labels}"
        for name, odds in sentence.odds.items():
            yield f"  {name} {odds:.2f}: {_reasons(sentence.reasons[name])}"


def _reasons(reasons: tuple[tuple[str, float], ...] | Mapping[str, float]) -> str:
    pairs = reasons.items() if isinstance(reasons, Mapping) else reasons
    return ", ".join(f"{feature} {weight:+.2f}" for feature, weight in pairs) or "nothing"
