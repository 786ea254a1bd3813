"""Reads examples of rules: literal rows in, the findings of one rule out, written beside the rules they test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from briefnote.errors import Problem
from briefnote.model.record import Reader, file_field, line_field, note
from briefnote.model.summary import Claim, Figure, Source, Summaries, Summary
from briefnote.rules.facts import Pair
from briefnote.yamltree import Node, Scalar, read_yaml

Row = TypeVar("Row", Claim, Figure)
Terms = Mapping[str, frozenset[str]]
_ONE = "one"  # the source of rows that name none


@dataclass(frozen=True)
class ExampleText:
    """An example as it is written."""

    rule: str = note("the id of the rule it tests")
    name: str = note("what is special about its rows")
    finds: tuple[Node, ...] = note("the texts of the rule's findings, best first; [] where it must find nothing")
    pairs: tuple[Pair, ...] = note("the pairs the brief is about", default=())
    audiences: Mapping[str, str] = note("audience: its actor", default={})
    sources: Mapping[str, Node] = note("source: what its summary says of it", default={})
    claims: tuple[Node, ...] = note("claims as in a summary, with their source", default=())
    figures: tuple[Node, ...] = note("figures as in a summary, with their source", default=())
    params: Mapping[str, Node] = note("values of its own for parameters", default={})
    file: str = file_field()
    line: int = line_field()


@dataclass(frozen=True)
class Wanted:
    """A finding that an example expects: its text, or some of its values by name (text, handle, score, …)."""

    values: Mapping[str, Scalar]

    def __str__(self) -> str:
        if self.values.keys() == {"text"}:
            return f"'{self.values['text']}'"
        return "{" + ", ".join(f"{name}: {_plain(value)}" for name, value in self.values.items()) + "}"


def _plain(value: Scalar) -> str:
    return "nothing" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


@dataclass(frozen=True)
class Example:
    """One example, read: the summaries that its rows make, and the findings it expects of its rule."""

    rule: str
    name: str
    summaries: Summaries
    pairs: tuple[Pair, ...]
    audiences: Mapping[str, str]
    params: Mapping[str, Scalar]
    finds: tuple[Wanted, ...]
    file: str
    line: int


def read_examples(data: bytes, file: str, terms: Terms) -> tuple[list[Example], list[Problem]]:
    """Returns the examples of a file that have nothing wrong with them, and every problem found.

    `terms` are the known words of each vocabulary, as for summaries.
    """
    node, problems = read_yaml(data, file)
    if node is None:
        return [], problems
    reader = Reader(file, terms)
    if node.kind != "list":
        reader.problem(node.line, "", f"found {node.describe()}, expected a list of examples (- rule: …)")
    read = [_example(entry, reader) for entry in node.entries]
    return [example for example in read if example is not None], [*problems, *reader.problems]


def _example(node: Node, reader: Reader) -> Example | None:
    before = len(reader.problems)
    text = reader.read(node, ExampleText)
    if text is None:
        return None
    params = {name: _one_value(name, value, reader) for name, value in text.params.items()}
    summaries = _summaries(text, reader)
    finds = tuple(_wanted(entry, reader) for entry in text.finds)
    if len(reader.problems) > before:
        return None
    return Example(text.rule, text.name, summaries, text.pairs, text.audiences, params, finds, text.file, text.line)


def _one_value(name: str, node: Node, reader: Reader) -> Scalar:
    if node.kind != "scalar" or node.scalar is None:
        reader.problem(node.line, f"params.{name}", f"found {node.describe()}, expected one value")
    return node.scalar


def _wanted(node: Node, reader: Reader) -> Wanted:
    if node.kind == "map" and all(value.kind == "scalar" for value in (node.items or {}).values()):
        return Wanted({name: value.scalar for name, value in (node.items or {}).items()})
    if node.kind != "scalar" or node.scalar is None:
        reader.problem(node.line, "finds", f"found {node.describe()}, expected a text, or values of a finding by name")
    return Wanted({"text": node.written})


def _summaries(text: ExampleText, reader: Reader) -> Summaries:
    """A claim is context unless it says its kind, and about the one pair of the example unless it names another."""
    about = {"holder": text.pairs[0].holder, "over": text.pairs[0].over} if len(text.pairs) == 1 else {}
    claims = _by_source(text.claims, "c", {"kind": "context", "text": "Claim {}.", **about}, Claim, reader)
    figures = _by_source(text.figures, "f", {"unit": "%"}, Figure, reader)
    names = dict.fromkeys([*text.sources, *claims, *figures])
    return {
        name: Summary(
            *_source(name, text.sources.get(name), reader),
            claims=tuple(claims.get(name, ())),
            figures=tuple(figures.get(name, ())),
        )
        for name in names
    }


def _by_source(
    nodes: Iterable[Node], letter: str, defaults: Mapping[str, str], record: type[Row], reader: Reader
) -> dict[str, list[Row]]:
    """Reads the rows of an example, grouped by their source; the n-th row is c1, c2, … where it has no id."""
    found: dict[str, list[Row]] = {}
    for number, node in enumerate(nodes, 1):
        items = dict(node.items or {})
        source = items.pop("source").written if "source" in items else _ONE
        identity = items["id"].written if "id" in items else f"{letter}{number}"
        filled = {"id": identity, **{name: value.format(identity) for name, value in defaults.items()}}
        whole = replace(node, items={**_scalars(filled, node.line), **items}) if node.kind == "map" else node
        row = reader.read(whole, record, f"{record.__name__.lower()}s[{number}]")
        if row is not None:
            found.setdefault(source, []).append(row)
    return found


def _source(name: str, node: Node | None, reader: Reader) -> tuple[Source, str, bool]:
    """Returns what a summary says of its source: read by a person and of reliability C unless the example says so."""
    defaults = {"id": name, "title": name, "kind": "analysis", "reliability": "C", "reliability_reason": "Invented."}
    line = node.line if node else 0
    items = dict(node.items or {}) if node else {}
    reviewed = items.pop("reviewed").scalar is not False if "reviewed" in items else True
    lines = node.key_lines if node else {}
    whole = Node("map", line, items={**_scalars(defaults, line), **items}, key_lines=lines)
    source = reader.read(whole, Source, f"sources.{name}")
    return source or Source(name, name, "analysis", "F", ""), "", reviewed


def _scalars(values: Mapping[str, str], line: int) -> dict[str, Node]:
    return {name: Node("scalar", line, scalar=value, written=value) for name, value in values.items()}
