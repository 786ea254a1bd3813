"""YAML 1.2 text as a tree of nodes that know their line.

PyYAML reads YAML 1.1, where `NO` is false and 2025-05-29 is a date object. Here the YAML 1.2 core schema holds:
only null, true/false and numbers are not text, and every scalar keeps the text it was written as. Aliases are
refused (they save an analyst nothing and can make a small file huge), and so are tags.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, Literal

from briefnote.errors import Problem
from briefnote.text import unprintable

Scalar = str | int | float | bool | None
_NULL = {"", "~", "null", "Null", "NULL"}
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
MAX_BYTES = 4_000_000
MAX_DEPTH = 60
_MANY_LEVELS = 10_000  # so many brackets and dashes could be levels: composing them would exhaust the C stack


@dataclass(frozen=True)
class Node:
    """One YAML value: `items` for a map (key → node, in file order), `entries` for a list, else a scalar."""

    kind: Literal["map", "list", "scalar"]
    line: int
    scalar: Scalar = None
    written: str = ""
    items: dict[str, Node] | None = None
    entries: tuple[Node, ...] = ()
    key_lines: dict[str, int] | None = None

    def plain(self) -> object:
        """Returns dicts, lists and scalars without line numbers."""
        if self.kind == "map":
            return {key: value.plain() for key, value in (self.items or {}).items()}
        if self.kind == "list":
            return [entry.plain() for entry in self.entries]
        return self.scalar

    def describe(self) -> str:
        """Returns what was found, for a message: "a map", "a list", "nothing" or the text in quotes."""
        if self.kind != "scalar":
            return f"a {self.kind}"
        if self.scalar is None:
            return "nothing"
        shown = self.written if len(self.written) <= 60 else self.written[:57] + "…"
        return f"'{shown}'"


def read_yaml(data: bytes, file: str) -> tuple[Node | None, list[Problem]]:
    """Returns the tree (None where the file cannot be read as YAML) and the problems found on the way."""
    import yaml

    text, problems = _decode(data, file)
    if text is None:
        return None, problems
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if refused := _refused(text, file, loader):
            return None, refused
        root = yaml.compose(text, Loader=loader)
    except yaml.reader.ReaderError as error:
        return None, [_reader_problem(text, file, error.position)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = (error.problem or "not readable").strip().removeprefix("but ")
        hint = "check the indent, the colons and the quotes of this line and the one before"
        return None, [Problem(file, mark.line + 1 if mark else 1, "", f"not YAML: {reason}; {hint}")]
    except RecursionError:
        return None, [Problem(file, 1, "", f"nested more than {MAX_DEPTH} deep; flatten it")]
    if root is None:
        return None, [Problem(file, 1, "", "the file is empty; expected a map of fields")]
    builder = _Builder(file)
    node = builder.build(root, 0)
    return (None if builder.fatal else node), builder.problems


def _decode(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    if len(data) > MAX_BYTES:
        message = f"{len(data):,} bytes; at most {MAX_BYTES:,} are read, split the file"
        return None, [Problem(file, 0, "", message)]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"not UTF-8 (byte 0x{data[error.start]:02X}); save the file as UTF-8"
        return None, [Problem(file, line, "", message)]


def _refused(text: str, file: str, loader: Any) -> list[Problem]:
    """Returns what composing would hide or not survive: tags, aliases, and nesting beyond all bounds."""
    import yaml

    if not {"!", "*"} & set(text) and sum(map(text.count, ("[", "{", "- ", "? "))) < _MANY_LEVELS:
        return []
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            return [Problem(file, line, "", f"nested more than {MAX_DEPTH} deep; flatten it")]
        if isinstance(event, yaml.AliasEvent):
            message = "an alias (*name) stands here; write the value out where it is needed"
            return [Problem(file, line, "", message)]
        if tag := getattr(event, "tag", None):
            shown = tag.replace("tag:yaml.org,2002:", "!!")
            return [Problem(file, line, "", f"the tag {shown} is not allowed; write plain text")]
    return []


def _reader_problem(text: str, file: str, position: int) -> Problem:
    found = next(((i, c) for i, c in enumerate(text) if unprintable(c) and c not in "\u2028\u2029"), None)
    index, character = found or (min(position, len(text) - 1), text[min(position, len(text) - 1)])
    message = f"holds the control character U+{ord(character):04X}; remove it"
    return Problem(file, text.count("\n", 0, index) + 1, "", message)


class _Builder:
    """Turns PyYAML's nodes into ours, collecting what YAML allows and we do not."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.fatal = False

    def refuse(self, line: int, message: str) -> Node:
        self.problems.append(Problem(self.file, line, "", message))
        self.fatal = True
        return Node("scalar", line)

    def build(self, node: object, depth: int) -> Node:
        import yaml

        line = node.start_mark.line + 1  # type: ignore[attr-defined]
        if depth >= MAX_DEPTH and isinstance(node, yaml.CollectionNode):
            return self.refuse(line, f"nested more than {MAX_DEPTH} deep; flatten it")
        if isinstance(node, yaml.MappingNode):
            return self._map(node, line, depth)
        if isinstance(node, yaml.SequenceNode):
            return Node("list", line, entries=tuple(self.build(entry, depth + 1) for entry in node.value))
        return self._scalar(node, line)

    def _map(self, node: object, line: int, depth: int) -> Node:
        items: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:  # type: ignore[attr-defined]
            key_line = key.start_mark.line + 1
            if not isinstance(key.value, str):
                self.refuse(key_line, "a key must be plain text")
                continue
            self._printable(key.value, key_line)
            if key.value in items:
                message = f"'{key.value}' stands twice in one block (first on line {lines[key.value]})"
                self.problems.append(Problem(self.file, key_line, key.value, message))
            items[key.value] = self.build(value, depth + 1)
            lines[key.value] = key_line
        return Node("map", line, items=items, key_lines=lines)

    def _scalar(self, node: object, line: int) -> Node:
        text: str = node.value  # type: ignore[attr-defined]
        self._printable(text, line)
        is_plain = not node.style  # type: ignore[attr-defined]  # None, or "" from libyaml
        return Node("scalar", line, scalar=resolve(text) if is_plain else text, written=text)

    def _printable(self, text: str, line: int) -> None:
        if bad := unprintable(text):
            message = f"holds {', '.join(bad[:5])}, which no edition can print; remove it"
            self.problems.append(Problem(self.file, line, "", message))


def resolve(text: str) -> Scalar:
    """Returns a plain scalar's value under the YAML 1.2 core schema: NO, yes and 2025-05-29 are text."""
    if text in _NULL:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if _INTEGER.fullmatch(text) and len(text) < 19:
        return int(text)
    if _NUMBER.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text
