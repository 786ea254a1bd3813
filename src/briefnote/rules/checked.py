"""A rule after checking: everything resolved and typed, ready to be compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefnote.rules.language import Pattern, RuleText
from briefnote.rules.nodes import Expression, Wording
from briefnote.rules.schema import Field


@dataclass(frozen=True)
class CheckedAbsence:
    """Rows that must not exist: their patterns and conditions."""

    patterns: tuple[Pattern, ...]
    where: tuple[Expression, ...]


@dataclass(frozen=True)
class CheckedRule:
    """One rule whose every name is known and every type right.

    `bound` maps each variable to the (alias, field) that binds it first; `fields` are the columns that rules
    reading its findings may name; `confidence` maps an aspect to the aliases weighed for it.
    """

    text: RuleText
    patterns: tuple[Pattern, ...]
    bound: Mapping[str, tuple[str, str]]
    optional: frozenset[str]
    where: tuple[Expression, ...]
    absences: tuple[CheckedAbsence, ...]
    let: Mapping[str, Expression]
    having: tuple[Expression, ...]
    score: Expression
    say: Wording
    handle: Wording
    cells: Mapping[str, Wording]
    fields: Mapping[str, Field]
    confidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Returns the rule's id."""
        return self.text.id

    @property
    def is_grouped(self) -> bool:
        """Returns whether one finding stands for many matches."""
        return bool(self.text.group)

    def reads(self) -> list[str]:
        """Returns the rules whose findings it matches."""
        return [str(pattern.tag) for pattern in self.patterns if pattern.relation == "finding"]
