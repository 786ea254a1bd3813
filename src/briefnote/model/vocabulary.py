"""The words a pack defines: kinds of leverage and limit, debated questions, metrics, themes.

Texts in a vocabulary are wordings: `{{ holder }}`, `{{ over }}` (of a pair), `{{ subject }}`, `{{ counterpart }}`
and `{{ item }}` (of a figure) stand for what a rule has bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

from briefnote.model.record import note


@dataclass(frozen=True)
class Mechanism:
    """A kind of leverage, limit or implication, with the bold handle it is printed under."""

    kind: Literal["leverage", "limit", "implication"] = note("leverage, limit or implication")
    handle: str = note("two to five bold words")
    about: str = note("what it means, for whoever codes a source")
    shows_in: str | None = note("where leverage of this kind shows, as a noun", default=None)


@dataclass(frozen=True)
class Proposition:
    """A debated question about a pair of actors, with both answers in words."""

    question: str = note("the question, as the table of disagreements prints it")
    about: str = note("what counts as for, what as against")
    definition: str | None = note("how two senses of the question differ, where they often do", default=None)


@dataclass(frozen=True)
class Metric:
    """Something that is measured."""

    label: str = note("the row's label in the table of key figures")
    about: str = note("what it is, of which whole")
    symmetric: bool = note("whether subject and counterpart can change places", default=False)


@dataclass(frozen=True)
class Vocabulary:
    """All words of the packs in use. Later packs add words; a word defined twice is an error."""

    themes: Mapping[str, str] = note("theme: its label", default={})
    mechanisms: Mapping[str, Mechanism] = note("kinds of leverage, limit and implication", default={})
    propositions: Mapping[str, Proposition] = note("debated questions", default={})
    metrics: Mapping[str, Metric] = note("what is measured", default={})

    def terms(self) -> Mapping[str, frozenset[str]]:
        """Returns the known words of each vocabulary, by its singular name ("mechanism")."""
        return {field.name[:-1]: frozenset(getattr(self, field.name)) for field in fields(self)}


def merge(vocabularies: list[Vocabulary]) -> tuple[Vocabulary, list[str]]:
    """Returns the union, and the words that two of them define."""
    merged: dict[str, dict[str, object]] = {field.name: {} for field in fields(Vocabulary)}
    twice: list[str] = []
    for vocabulary in vocabularies:
        for name, words in merged.items():
            added = getattr(vocabulary, name)
            twice += [f"{name[:-1]} '{word}'" for word in added if word in words]
            words.update(added)
    return Vocabulary(**merged), twice  # type: ignore[arg-type]
