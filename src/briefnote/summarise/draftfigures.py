"""The figures of drafts that a brief can print before anybody has read them: of its pairs, and disputed by none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from briefnote.model.summary import Figure, Summary

Two = tuple[str, str]
_TOLERANCE = 0.1  # of two numbers for the same: as the leverage pack has it


def figures_of(drafts: Mapping[str, Summary], pairs: Sequence[Two]) -> dict[str, tuple[Figure, ...]]:
    """Returns each draft's figures that stay: of one of the pairs, or of any pair where none is given.

    Two numbers for the same measure, year and sides, further apart than the tolerance, are misread more often than
    they are a dispute: neither stays.
    """
    sizes: dict[tuple[object, ...], list[float]] = defaultdict(list)
    for summary in drafts.values():
        for figure in summary.figures:
            sizes[_measure(figure)] += [
                number for number in (figure.low, figure.value, figure.high) if number is not None
            ]
    return {
        name: tuple(
            figure
            for figure in summary.figures
            if _is_of(figure, pairs)
            and not _is_dated_elsewhere(figure, sizes)
            and min(sizes[_measure(figure)]) * (1 + _TOLERANCE) >= max(sizes[_measure(figure)])
        )
        for name, summary in drafts.items()
    }


def _measure(figure: Figure) -> tuple[object, ...]:
    return figure.metric, figure.subject, figure.counterpart, figure.item, figure.unit, figure.year


def _is_dated_elsewhere(figure: Figure, sizes: Mapping[tuple[object, ...], list[float]]) -> bool:
    """The same number without its year says nothing new."""
    if figure.year is not None:
        return False
    undated = _measure(figure)
    dated = [
        number
        for measure, numbers in sizes.items()
        if measure[:-1] == undated[:-1]
        for number in numbers
        if measure[-1]
    ]
    size = next((number for number in (figure.value, figure.low, figure.high) if number is not None), 0.0)
    return any(abs(number - size) <= _TOLERANCE * abs(size) for number in dated)


def _is_of(figure: Figure, pairs: Sequence[Two]) -> bool:
    sides = {figure.subject, figure.counterpart} - {None}
    return not pairs or any(sides <= {*pair, "world"} for pair in pairs)
