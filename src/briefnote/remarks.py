"""What a build was not asked for and did: warnings that stand beside a whole issue."""

from __future__ import annotations

from collections.abc import Iterator

from briefnote.errors import Problem
from briefnote.inputvalues import Inputs
from briefnote.model.brief import Brief
from briefnote.rules.lint import lint
from briefnote.store.issue import Published


def remarks(inputs: Inputs, brief: Brief, published: Published) -> list[Problem]:
    """Returns the warnings: editions taken away, charts cut, a marking raised, wordings that the standards forbid."""
    return [
        *_gone(published),
        *_undrawn(inputs, brief),
        *_raised(inputs, brief),
        *lint(brief, inputs.book, inputs.estimative, inputs.config.likelihood),
    ]


def _gone(published: Published) -> Iterator[Problem]:
    if published.gone:
        message = f"not made this time, and taken away: {', '.join(published.gone)} said what was so before"
        yield Problem(str(published.path), message=message, is_warning=True)


def _undrawn(inputs: Inputs, brief: Brief) -> Iterator[Problem]:
    for chart in brief.charts:
        if chart.undrawn:
            message = f"{chart.undrawn} marks more than a page takes are not drawn; let its rule match fewer"
            yield Problem(inputs.config_file, field=f"charts.{chart.id}", message=message, is_warning=True)


def _raised(inputs: Inputs, brief: Brief) -> Iterator[Problem]:
    if brief.marking != inputs.config.marking:
        message = f"raised from {inputs.config.marking} to {brief.marking}, the marking of its strictest source"
        yield Problem(inputs.config_file, field="marking", message=message, is_warning=True)
