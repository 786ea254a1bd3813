"""A rules file as it is written: packs and briefs' own rules share this one format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefnote.errors import Problem
from briefnote.model.record import Reader, file_field, line_field, lines_field, note
from briefnote.model.vocabulary import Vocabulary
from briefnote.yamltree import Node, Scalar, read_yaml


@dataclass(frozen=True)
class RuleText:
    """One rule: its condition and its wording together, as written."""

    id: str = note("lower-case words joined by -", pattern=r"[a-z][a-z0-9-]*")
    section: str = note("the section it speaks in; 'working' for findings only other rules read")
    match: Mapping[str, Node] = note("named rows: alias: {relation: tag, field: value or $variable}")
    say: str = note("the wording of a finding, with {{ … }}", default="", multiline=True)
    where: tuple[str, ...] = note("conditions that must all hold", default=())
    unless: Node | None = note("rows that must not exist: named rows, or a list of {match, where}", default=None)
    let: Mapping[str, str] = note("named expressions", default={})
    group: tuple[str, ...] = note("variables: one finding for each of their values", default=())
    having: tuple[str, ...] = note("conditions on a group", default=())
    once_per: tuple[str, ...] = note("variables: the best-scored finding for each of their values", default=())
    score: str = note("rank within the section, 0 to 100", default="0")
    handle: str = note("the bold words a finding is printed under", default="")
    cells: Mapping[str, str] = note("in a table section: column: wording", default={})
    confidence: Node | None = note("rows whose claims are weighed; or aspect: rows", default=None)
    judgement: bool = note("whether it concludes beyond what a source says", default=False)
    about: str | None = note("why the rule holds, for whoever reads the pack", default=None)
    file: str = file_field()
    line: int = line_field()
    lines: Mapping[str, int] = lines_field()


@dataclass(frozen=True)
class RulesFile:
    """A pack, a part of one, or the rules.yaml of a brief."""

    pack: str | None = note("the pack's name", default=None)
    version: str | None = note("the pack's version", default=None)
    about: str | None = note("what it is for", default=None)
    vocabulary: Vocabulary = note("the words it adds", default=Vocabulary())
    params: Mapping[str, Node] = note("numbers and texts a brief may override", default={})
    sections: Mapping[str, int] = note("how many findings of a section are kept, best first", default={})
    rules: tuple[RuleText, ...] = note("its rules", default=())
    line: int = line_field()


Wanted = Scalar | tuple[Scalar, ...]


@dataclass(frozen=True)
class Pattern:
    """One row a rule wants: its relation, its tag ("any" for all) and what each field must hold."""

    alias: str
    relation: str
    tag: Wanted
    fields: Mapping[str, Wanted]
    line: int


@dataclass(frozen=True)
class Absence:
    """Rows that must not exist together, with conditions of their own."""

    patterns: tuple[Pattern, ...]
    where: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()  # of the conditions


def read_rules(data: bytes, file: str) -> tuple[RulesFile | None, list[Problem]]:
    """Returns the file's content (None where anything is wrong with it) and every problem found."""
    node, problems = read_yaml(data, file)
    if node is None:
        return None, problems
    reader = Reader(file)
    rules_file = reader.read(node, RulesFile)
    return (None if problems else rules_file), [*problems, *reader.problems]


def patterns(block: Mapping[str, Node], report: Reader, path: str) -> tuple[Pattern, ...]:
    """Returns the patterns of a match: or unless: block; what is no pattern is reported."""
    found = [_pattern(alias, node, report, f"{path}.{alias}") for alias, node in block.items()]
    return tuple(pattern for pattern in found if pattern is not None)


def _pattern(alias: str, node: Node, report: Reader, path: str) -> Pattern | None:
    if not alias.isidentifier():
        report.problem(node.line, path, "a row's name is letters, digits and _, and starts with a letter")
        return None
    if node.kind != "map" or not node.items:
        report.problem(node.line, path, f"found {node.describe()}, expected {{relation: tag, field: value}}")
        return None
    (relation, tag), *rest = node.items.items()
    if any(value.kind == "map" for value in node.items.values()):
        report.problem(node.line, path, "a field holds a value, a list of values or a $variable, no map")
        return None
    return Pattern(alias, relation, _plain(tag), {name: _plain(value) for name, value in rest}, node.line)


def _plain(node: Node) -> Wanted:
    return tuple(entry.scalar for entry in node.entries) if node.kind == "list" else node.scalar


def absences(node: Node | None, report: Reader, path: str) -> tuple[Absence, ...]:
    """Returns the blocks of unless:, written as named rows or as a list of {match, where}."""
    if node is None:
        return ()
    if node.kind == "map" and "match" not in (node.items or {}):
        return (Absence(patterns(node.items or {}, report, path)),)
    return tuple(_absence(entry, report, path) for entry in (node.entries or (node,)))


def _absence(node: Node, report: Reader, path: str) -> Absence:
    items = node.items or {}
    for key in items:
        if key not in ("match", "where"):
            report.problem(node.line, f"{path}.{key}", "unknown field; a block of unless: has match: and where:")
    match = items.get("match")
    if match is None or match.items is None:
        report.problem(node.line, path, f"found {node.describe()}, expected match: with named rows")
        return Absence(())
    where = items.get("where")
    texts = (where.entries or (where,)) if where else ()
    found = patterns(match.items, report, f"{path}.match")
    return Absence(found, tuple(text.written for text in texts), tuple(text.line for text in texts))
