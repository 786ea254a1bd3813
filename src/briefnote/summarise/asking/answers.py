"""Reads an answer: whatever it is, what comes out are records that fit, and a count of what did not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from briefnote.model.record import Reader, written_fields
from briefnote.model.summary import Claim, Figure
from briefnote.model.vocabulary import Vocabulary
from briefnote.text import one_line
from briefnote.yamltree import Node

Entry = TypeVar("Entry", Claim, Figure)
MOST = 4_000_000  # characters: an answer is a few thousand
# What an answer may say of an entry; that a person has seen it is not among it.
_NOT_THEIRS = {"id", "reviewed", "locator", "roles", "claim"}


@dataclass(frozen=True)
class Answer:
    """What a model said of one part: entries that fit their records, and how many did not."""

    summary: str = ""
    gaps: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    dropped: int = 0


def read_answer(content: str, vocabulary: Vocabulary, audiences: Iterable[str]) -> Answer | None:
    """Returns the answer, None where it is no JSON object."""
    plain = _object(content)
    if plain is None:
        return None
    reading = _Reading(vocabulary, frozenset(audiences))
    claims = reading.entries(plain.get("claims"), Claim, "c")
    figures = reading.entries(plain.get("figures"), Figure, "f")
    gaps = plain.get("gaps")
    return Answer(
        summary=_line(plain.get("summary")),
        gaps=tuple(filter(None, map(_line, gaps if isinstance(gaps, list) else []))),
        claims=claims,
        figures=figures,
        dropped=reading.dropped,
    )


def is_object(content: str) -> bool:
    """Says whether an answer holds a JSON object at all."""
    return _object(content) is not None


def _line(value: object) -> str:
    return one_line(value)[:2000] if isinstance(value, str) else ""


def _object(content: str) -> Mapping[str, Any] | None:
    """An object may stand between marks of code or words of politeness."""
    start, end = content.find("{"), content.rfind("}")
    if start < 0 or end < start or len(content) > MOST:
        return None
    try:
        plain = json.loads(content[start : end + 1])
    except (ValueError, RecursionError):
        return None
    return plain if isinstance(plain, dict) else None


class _Reading:
    def __init__(self, vocabulary: Vocabulary, audiences: frozenset[str]) -> None:
        self.vocabulary = vocabulary
        self.audiences = audiences
        self.terms = vocabulary.terms()
        self.dropped = 0

    def entries(self, plain: object, record: type[Entry], letter: str) -> tuple[Entry, ...]:
        found = []
        for number, entry in enumerate(plain if isinstance(plain, list) else [], 1):
            read = self.entry(entry, record, f"{letter}{number}")
            found += [read] if read is not None else []
            self.dropped += read is None
        return tuple(found)

    def entry(self, plain: object, record: type[Entry], identity: str) -> Entry | None:
        if not isinstance(plain, dict):
            return None
        known = written_fields(record).keys() - _NOT_THEIRS
        fitted = self.fitted({name: plain[name] for name in plain if name in known}) | {"id": identity}
        reader = Reader("answer", self.terms)
        try:
            return reader.read(_node(fitted), record)
        except RecursionError:
            return None

    def fitted(self, entry: dict[str, Any]) -> dict[str, Any]:
        """A word that is in no vocabulary is left out; an entry is not lost for it."""
        for name in ("mechanism", "proposition", "theme"):
            if entry.get(name) not in self.terms[name]:
                entry.pop(name, None)
        mechanism = self.vocabulary.mechanisms.get(entry.get("mechanism", ""))
        if mechanism is not None and mechanism.kind != entry.get("kind"):
            del entry["mechanism"]
        if not entry.get("proposition") or not entry.get("stance"):
            entry.pop("proposition", None)
            entry.pop("stance", None)
        if isinstance(entry.get("audience"), list):
            entry["audience"] = [name for name in entry["audience"] if name in self.audiences]
        return entry


def _node(plain: Any) -> Node:
    """Returns a value of JSON as the tree that records are read from."""
    if isinstance(plain, dict):
        return Node("map", 0, items={str(key): _node(value) for key, value in plain.items()}, key_lines={})
    if isinstance(plain, list):
        return Node("list", 0, entries=tuple(map(_node, plain)))
    if isinstance(plain, float) and plain != plain:  # noqa: PLR0124 - NaN, which JSON readers let pass
        return Node("scalar", 0)
    return Node("scalar", 0, scalar=plain, written="" if plain is None else str(plain))
