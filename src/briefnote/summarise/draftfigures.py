"""The figures of drafts that a brief can print before anybody has read them: of its pairs, and one for each measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from briefnote.model.summary import Figure, Summary

Two = tuple[str, str]
Measure = tuple[object, ...]
Said = tuple[str, Figure]  # a source and its figure
_SHARES = {"trade_share", "export_share"}
_LONGEST = 5  # words of what a figure is of
_TOLERANCE = 0.1  # of two numbers for the same: as the leverage pack has it


def figures_of(drafts: Mapping[str, Summary], pairs: Sequence[Two]) -> dict[str, tuple[Figure, ...]]:
    """Returns each draft's figures that stay: of one of the pairs, or of any pair where none is given.

    What a figure of no known measure is of, a draft says in the clause it stands in: too long for a row of a table.

    Of different numbers for the same measure, year and sides, a draft has misread one more often than they are a
    dispute. What more sources say stays; within one source, what it says first; where sources differ, neither.
    """
    measures: dict[Measure, list[Said]] = defaultdict(list)
    for name, summary in drafts.items():
        for figure in summary.figures:
            if _is_of(figure, pairs) and _is_named(figure):
                measures[_measure(figure)].append((name, figure))
    dated = {measure[:-1]: said for measure, said in measures.items() if measure[-1] is not None}
    kept = {
        (name, figure.id)
        for measure, said in measures.items()
        for name, figure in _settled(said)
        if measure[-1] is not None or not _is_among(figure, dated.get(measure[:-1], []))
    }
    return {
        name: tuple(figure for figure in summary.figures if (name, figure.id) in kept)
        for name, summary in drafts.items()
    }


def _settled(said: list[Said]) -> list[Said]:
    groups: list[list[Said]] = []
    for one in said:
        group = next((group for group in groups if _is_same(group[0][1], one[1])), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    voices = [len({name for name, _ in group}) for group in groups]
    best = [group for group, count in zip(groups, voices, strict=True) if count == max(voices)]
    return best[0] if len(best) == 1 or len({name for group in best for name, _ in group}) == 1 else []


def _is_among(figure: Figure, said: Sequence[Said]) -> bool:
    """The same number without its year says nothing new."""
    return any(_is_same(figure, other) for _, other in said)


def _is_same(one: Figure, other: Figure) -> bool:
    low, high = sorted((abs(_size(one)), abs(_size(other))))
    return high <= low * (1 + _TOLERANCE)


def _size(figure: Figure) -> float:
    return next((number for number in (figure.value, figure.low, figure.high) if number is not None), 0.0)


def _measure(figure: Figure) -> Measure:
    return figure.metric, figure.subject, figure.counterpart, figure.item, figure.unit, figure.year


def _is_named(figure: Figure) -> bool:
    return figure.item is None or len(figure.item.split()) <= _LONGEST


def _is_of(figure: Figure, pairs: Sequence[Two]) -> bool:
    """A share of trade counts whoever has the other part: what a third side lost, another gained."""
    sides = {figure.subject, figure.counterpart} - {None}
    if not pairs or (figure.metric in _SHARES and any(figure.subject in pair for pair in pairs)):
        return True
    return any(sides <= {*pair, "world"} for pair in pairs)
