"""Reads a tree of YAML nodes into frozen dataclasses, strictly, and reports every problem at once.

The dataclass is the schema: its annotations say what is expected, `note()` adds what types cannot say (the
meaning, bounds, a vocabulary). `briefnote.model.jsonschema` makes the JSON Schema from the same classes.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from briefnote.errors import Problem, did_you_mean
from briefnote.text import one_line
from briefnote.yamltree import Node

Record = TypeVar("Record")
_INVALID = object()
LONGEST_TEXT = 20_000  # characters: a long passage has 2,000, a page 3,000; beyond this something was pasted by mistake


def note(
    about: str,
    *,
    default: Any = dataclasses.MISSING,
    minimum: float | None = None,
    maximum: float | None = None,
    pattern: str | None = None,
    term: str | None = None,
    multiline: bool = False,
) -> Any:
    """Returns a dataclass field with its meaning, bounds, pattern or the vocabulary its value must stand in."""
    extra = {"about": about, "minimum": minimum, "maximum": maximum, "pattern": pattern, "term": term}
    metadata = {**extra, "multiline": multiline}
    if isinstance(default, dict):
        return dataclasses.field(default_factory=lambda: types.MappingProxyType(default), metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


@cache
def hints(record: type) -> Mapping[str, Any]:
    """Returns the resolved annotations of a record."""
    return typing.get_type_hints(record)


class Reader:
    """Reads nodes of one file. `terms` maps a vocabulary ("mechanism") to its known words."""

    def __init__(self, file: str, terms: Mapping[str, frozenset[str]] | None = None) -> None:
        self.file = file
        self.terms = terms or {}
        self.problems: list[Problem] = []

    def problem(self, line: int, field: str, message: str, *, is_warning: bool = False) -> None:
        """Adds a problem of this file."""
        self.problems.append(Problem(self.file, line, field, message, is_warning))

    def read(self, node: Node, record: type[Record], path: str = "") -> Record | None:
        """Returns the record, or None where a problem was found in it (all of its problems are collected)."""
        normalise = getattr(record, "normalise", None)
        node = normalise(node) if normalise else node
        if node.kind != "map":
            self.problem(node.line, path, f"found {node.describe()}, expected a map of fields")
            return None
        fields = written_fields(record)
        items, lines = node.items or {}, node.key_lines or {}
        for key in items:
            if key not in fields:
                self.problem(lines[key], _join(path, key), f"unknown field.{did_you_mean(key, fields)}")
        values: dict[str, Any] = {}
        complete = all(key in fields for key in items)
        for key, field in fields.items():
            value = self._field(node, items.get(key), record, field, _join(path, key))
            complete = complete and value is not _INVALID
            values[field.name] = value
        values.update({field.name: self._place(field.name, node) for field in _places(record)})
        return record(**values) if complete else None

    def _place(self, name: str, node: Node) -> Any:
        return node.line if name == "line" else self.file if name == "file" else entry_lines(node)

    def _field(self, parent: Node, node: Node | None, record: type, field: dataclasses.Field[Any], path: str) -> Any:
        if node is None or _says_nothing(node, field.metadata.get("pattern")):
            if field.default is not dataclasses.MISSING:
                return field.default
            if field.default_factory is not dataclasses.MISSING:
                return field.default_factory()
            found = "missing" if node is None else "empty"
            about = field.metadata.get("about", "")
            self.problem(node.line if node else parent.line, path, f"{found}; expected {about or 'a value'}")
            return _INVALID
        value = self._value(node, hints(record)[field.name], path, field.metadata)
        return self._bounded(value, node, path, field.metadata)

    def _bounded(self, value: Any, node: Node, path: str, metadata: Mapping[str, Any]) -> Any:
        if value is _INVALID or not isinstance(value, str | int | float) or isinstance(value, bool):
            return value
        low, high, pattern = metadata.get("minimum"), metadata.get("maximum"), metadata.get("pattern")
        if (low is not None and value < low) or (high is not None and value > high):
            return self._unexpected(node, path, f"a number from {low:g} to {high:g}")
        if pattern and not re.fullmatch(pattern, str(value)):
            return self._unexpected(node, path, metadata["about"])
        return value

    def _unexpected(self, node: Node, path: str, expected: str) -> Any:
        self.problem(node.line, path, f"found {node.describe()}, expected {expected}")
        return _INVALID

    def _value(self, node: Node, hint: Any, path: str, metadata: Mapping[str, Any]) -> Any:
        origin = get_origin(hint)
        if origin in (Union, types.UnionType):
            (inner,) = [option for option in get_args(hint) if option is not type(None)]
            return self._value(node, inner, path, metadata)
        if origin is tuple:
            return self._list(node, get_args(hint)[0], path, metadata)
        if origin is not None and issubclass(origin if isinstance(origin, type) else object, Mapping):
            return self._mapping(node, get_args(hint)[1], path, metadata)
        if hint is Node:
            return node
        if dataclasses.is_dataclass(hint):
            return self.read(node, typing.cast("type[Any]", hint), path) or _INVALID
        if node.kind != "scalar":
            return self._unexpected(node, path, _EXPECTED.get(hint, "one value"))
        return self._scalar(node, hint, path, metadata)

    def _list(self, node: Node, inner: Any, path: str, metadata: Mapping[str, Any]) -> Any:
        """A single value stands for a list of one."""
        entries = node.entries if node.kind == "list" else (node,)
        values = [self._value(entry, inner, f"{path}[{n}]", metadata) for n, entry in enumerate(entries, 1)]
        return _INVALID if any(value is _INVALID for value in values) else tuple(values)

    def _mapping(self, node: Node, inner: Any, path: str, metadata: Mapping[str, Any]) -> Any:
        if node.kind != "map":
            return self._unexpected(node, path, "a map")
        values = {
            key: self._value(value, inner, _join(path, key), metadata) for key, value in (node.items or {}).items()
        }
        return _INVALID if any(value is _INVALID for value in values.values()) else values

    def _scalar(self, node: Node, hint: Any, path: str, metadata: Mapping[str, Any]) -> Any:
        value = node.scalar
        if value is None:
            return self._unexpected(node, path, _EXPECTED.get(hint, "a value"))
        if get_origin(hint) is Literal:
            return self._word(node, get_args(hint), path)
        if hint is str:
            return self._text(node, path, metadata)
        if hint is bool:
            return value if isinstance(value, bool) else self._unexpected(node, path, "true or false")
        if hint is date:
            return self._date(node, path)
        if hint is int and isinstance(value, int) and not isinstance(value, bool):
            return value
        if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        if hint in (int, float):
            return self._unexpected(node, path, _EXPECTED[hint])
        return value

    def _text(self, node: Node, path: str, metadata: Mapping[str, Any]) -> Any:
        if len(node.written) > LONGEST_TEXT:
            message = f"a text of {len(node.written):,} characters; at most {LONGEST_TEXT:,} are read, shorten it"
            self.problem(node.line, path, message)
            return _INVALID
        text = node.written.strip() if metadata.get("multiline") else one_line(node.written)
        return self._term(node, text, path, metadata)

    def _word(self, node: Node, words: tuple[Any, ...], path: str) -> Any:
        if node.written in words:
            return node.written
        near = did_you_mean(node.written, (str(word) for word in words))
        return self._unexpected(node, path, f"one of {', '.join(map(str, words))}.{near if 'mean' in near else ''}")

    def _term(self, node: Node, text: str, path: str, metadata: Mapping[str, Any]) -> Any:
        term = metadata.get("term")
        known = self.terms.get(term) if term else None
        if known is None or text in known:
            return text
        self.problem(node.line, path, f"unknown {term} '{text}'.{did_you_mean(text, known)}")
        return _INVALID

    def _date(self, node: Node, path: str) -> Any:
        try:
            return date.fromisoformat(node.written)
        except ValueError:
            return self._unexpected(node, path, "a date such as 2025-05-29")


_EXPECTED = {str: "text", int: "a whole number", float: "a number", bool: "true or false", date: "a date"}


def line_field() -> Any:
    """Returns a field that takes the line its record starts on; it is no part of the file format."""
    return dataclasses.field(default=0, compare=False, repr=False, metadata={"is_place": True})


def lines_field() -> Any:
    """Returns a field that takes the line of each entry of its record; it is no part of the file format."""
    return dataclasses.field(default_factory=dict, compare=False, repr=False, metadata={"is_place": True})


def entry_lines(node: Node) -> dict[str, int]:
    """Returns the line of each value in a map and of each entry in those: "where", "where[1]", "let.n"."""
    lines = {}
    for key, value in (node.items or {}).items():
        lines[key] = value.line
        lines |= {f"{key}[{number}]": entry.line for number, entry in enumerate(value.entries, 1)}
        lines |= {f"{key}.{name}": entry.line for name, entry in (value.items or {}).items()}
    return lines


def file_field() -> Any:
    """Returns a field that takes the file its record was read from; it is no part of the file format."""
    return dataclasses.field(default="", compare=False, repr=False, metadata={"is_place": True})


def written_fields(record: type) -> dict[str, dataclasses.Field[Any]]:
    """Returns the fields that a person writes, by name."""
    return {field.name: field for field in dataclasses.fields(record) if not field.metadata.get("is_place")}


def _places(record: type) -> list[dataclasses.Field[Any]]:
    return [field for field in dataclasses.fields(record) if field.metadata.get("is_place")]


def _says_nothing(node: Node, pattern: str | None) -> bool:
    """An empty text is no value, unless the field's pattern allows for one."""
    if node.kind != "scalar" or (node.scalar is not None and node.written.strip()):
        return False
    return node.scalar is None or not re.fullmatch(pattern or ".+", "")


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
