"""How near a draft is to the labels: F1 of each label, key sentences found, direction, figures, the heaviest claims."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from briefnote.ingest.reading import read
from briefnote.model.article import Article
from briefnote.model.summary import Claim, Source, Summary
from briefnote.summarise.extraction import extract
from briefnote.summarise.folding import fold

HERE = Path(__file__).parent
LABELS = ("leverage", "limits", "us", "europe")
SECTIONS = ("leverage", "limits", "us", "europe")
COUNTED = {"%", "pp", "USD", "EUR"}
SOURCE = Source(id="draft", title="A draft", kind="analysis", reliability="F", reliability_reason="not judged")
Row = dict[str, Any]


@dataclass
class Counts:
    """Counts over a corpus: of each label what was hit, missed and wrong; of figures; of roles; of the heaviest."""

    labels: dict[str, Counter[str]] = field(default_factory=lambda: {label: Counter() for label in LABELS})
    figures: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    key: Counter[str] = field(default_factory=Counter)
    heaviest: Counter[str] = field(default_factory=Counter)
    ungrounded: int = 0

    def scores(self) -> dict[str, float]:
        """Returns what is measured, by name, from 0 to 1; "ungrounded" is a count."""
        return {
            "macro_f1": sum(f1(counts) for counts in self.labels.values()) / len(LABELS),
            "key_recall": self.key["found"] / max(1, self.key["all"]),
            "direction": self.roles["right"] / max(1, self.roles.total()),
            "figures_f1": f1(self.figures),
            "precision_of_heaviest": self.heaviest["right"] / max(1, self.heaviest.total()),
            "ungrounded": self.ungrounded,
        }


def f1(counts: Counter[str]) -> float:
    """Returns the harmonic mean of precision and recall."""
    return 2 * counts["hit"] / max(1, 2 * counts["hit"] + counts["wrong"] + counts["missed"])


@cache
def measure(part: str) -> Counts:
    """Returns the counts over a part of the corpus: "development" or "held-out"."""
    counts = Counts()
    for path in sorted((HERE / part / "articles").glob("*.txt")):
        lines = (HERE / part / "gold" / f"{path.stem}.jsonl").read_text(encoding="utf-8").splitlines()
        article = read(path.read_bytes(), path.name)
        add(
            counts,
            extract(article, SOURCE),
            [json.loads(line) for line in lines],
            path.read_text(encoding="utf-8"),
            article,
        )
    return counts


def add(counts: Counts, summary: Summary, rows: Sequence[Row], text: str, article: Article) -> None:
    """Adds one article: its draft against its rows. Passages are compared by their folded words."""
    said = {number: list(_said(row, text, summary.claims)) for number, row in enumerate(rows)}
    counts.ungrounded += sum(not _is_grounded(claim, article) for claim in summary.claims)
    for number, row in enumerate(rows):
        _add_labels(counts, row, {label for claim in said[number] for label in labels_of(claim)})
        _add_roles(counts, row, said[number])
    _add_key(counts, rows, said)
    _add_heaviest(counts, rows, said, summary.claims)
    _add_figures(counts, rows, text, summary)


def labels_of(claim: Claim) -> tuple[str, ...]:
    """Returns the labels that a claim amounts to."""
    if claim.kind == "implication":
        return tuple(name for name in claim.audience if name in LABELS)
    return {"leverage": ("leverage",), "limit": ("limits",)}.get(claim.kind, ())


def _said(row: Row, text: str, claims: Sequence[Claim]) -> Iterator[Claim]:
    sentence = _plain(text[row["start"] : row["end"]])
    for claim in claims:
        quote = _plain(claim.quote or "")
        if quote and (quote in sentence or sentence in quote) and 2 * len(quote) >= len(sentence):
            yield claim


def _plain(text: str) -> str:
    return "".join(fold(text).split())


def _is_grounded(claim: Claim, article: Article) -> bool:
    place = claim.locator
    return place is not None and article.text[place.start : place.end] == claim.quote


def _add_labels(counts: Counts, row: Row, said: set[str]) -> None:
    for label in LABELS:
        if label not in row["either"] and (label in said or label in row["labels"]):
            outcome = "missed" if label not in said else "hit" if label in row["labels"] else "wrong"
            counts.labels[label][outcome] += 1


def _add_roles(counts: Counts, row: Row, said: Sequence[Claim]) -> None:
    pairs = {(claim.holder, claim.over) for claim in said if claim.kind == "leverage"}
    if "leverage" in row["labels"] and row["holder"] and row["over"] and pairs:
        counts.roles["right" if (row["holder"], row["over"]) in pairs else "wrong"] += 1


def _add_key(counts: Counts, rows: Sequence[Row], said: Mapping[int, Sequence[Claim]]) -> None:
    vital = {number for number, row in enumerate(rows) if row["salience"] == 2}
    weights = {number: max(claim.weight for claim in claims) for number, claims in said.items() if claims}
    first = sorted(weights, key=lambda number: (-weights[number], number))[: 2 * len(vital)]
    counts.key.update(found=len(vital & set(first)), all=len(vital))


def _add_heaviest(
    counts: Counts, rows: Sequence[Row], said: Mapping[int, Sequence[Claim]], claims: Sequence[Claim]
) -> None:
    for section in SECTIONS:
        own = [claim for claim in claims if section in labels_of(claim)]
        for claim in sorted(own, key=lambda claim: (-claim.weight, claim.id))[:5]:
            true = {
                label
                for number, row in enumerate(rows)
                if claim in said[number]
                for label in row["labels"] + row["either"]
            }
            counts.heaviest["right" if section in true else "wrong"] += 1


def _add_figures(counts: Counts, rows: Sequence[Row], text: str, summary: Summary) -> None:
    wanted = [
        (number, figure["value"], figure["unit"])
        for number, row in enumerate(rows)
        for figure in row["figures"]
        if isinstance(figure["value"], int | float) and figure["unit"] in COUNTED
    ]
    for figure in summary.figures:
        if figure.unit not in COUNTED or not figure.quote:
            continue
        quote = _plain(figure.quote)
        values = [value for value in (figure.value, figure.low, figure.high) if value is not None]
        hits = [
            (number, value, unit)
            for number, value, unit in wanted
            if unit == figure.unit
            and any(abs(value - other) <= 0.005 * max(1e-9, abs(value)) for other in values)
            and _meet(quote, _plain(text[rows[number]["start"] : rows[number]["end"]]))
        ]
        for hit in hits:
            wanted.remove(hit)
        counts.figures["hit"] += len(hits)
        counts.figures["wrong"] += not hits
    counts.figures["missed"] += len(wanted)


def _meet(quote: str, sentence: str) -> bool:
    return quote in sentence or sentence in quote
