"""Changes single entries of a summary's file and leaves every other line as a person wrote it, comments and all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from briefnote.errors import BriefnoteError
from briefnote.model.summary import Claim, Figure
from briefnote.model.writing import as_written
from briefnote.yamltext import entry_to_yaml, to_yaml
from briefnote.yamltree import Node, read_yaml

Part = Literal["claims", "figures"]
_INDENT = 2


@dataclass(frozen=True)
class Span:
    """Lines `first` up to, without, `last`, from 0, and by how much they are indented."""

    first: int
    last: int
    indent: int


def with_entry(text: str, part: Part, entry: Claim | Figure) -> str:
    """Returns the text with this entry in place of the one of the same id."""
    lines = text.splitlines(keepends=True)
    span = _span(text, part, entry.id)
    return _replaced(lines, span, entry_to_yaml(as_written(entry), span.indent))


def with_mark(text: str, part: Part, entry: Claim | Figure) -> str:
    """Returns the text with the entry marked as reviewed; its lines stay as they are where they are a block."""
    lines = text.splitlines(keepends=True)
    span = _span(text, part, entry.id)
    is_block = re.match(r"\s*-\s+[\w]+:", lines[span.first]) and not any(
        re.match(r"\s*reviewed\s*:", line) for line in lines[span.first : span.last]
    )
    if not is_block:
        return with_entry(text, part, entry)
    last = lines[span.last - 1]
    return _replaced(
        lines,
        Span(span.last - 1, span.last, span.indent),
        f"{last.rstrip()}\n{' ' * (span.indent + 2)}reviewed: true\n",
    )


def without_entry(text: str, part: Part, identity: str) -> str:
    """Returns the text without an entry."""
    lines, span = text.splitlines(keepends=True), _span(text, part, identity)
    if len(_node(text, part).entries) > 1:
        return _replaced(lines, span, "")
    first = _top_line(text, part)
    return _replaced(lines, Span(first, span.last, 0), f"{part}: []\n")


def with_new_entry(text: str, part: Part, entry: Claim | Figure) -> str:
    """Returns the text with an entry more, after the last of its part."""
    lines = text.splitlines(keepends=True)
    entries = _node(text, part).entries
    if entries:
        span = _span(text, part, _identity(entries[-1]))
        return _replaced(lines, Span(span.last, span.last, 0), entry_to_yaml(as_written(entry), span.indent))
    first = _top_line(text, part)
    written = f"{part}:\n{entry_to_yaml(as_written(entry), _INDENT)}"
    return _replaced(lines, Span(first, first + 1 if first < len(lines) else first, 0), written)


def with_values(text: str, values: dict[str, Any], before: str = "by") -> str:
    """Returns the text with these values at its top level: in place of their own, else before a field."""
    for name, value in values.items():
        lines = text.splitlines(keepends=True)
        known = _root(text).key_lines or {}
        at = known[name] - 1 if name in known else known.get(before, len(lines) + 1) - 1
        text = _replaced(lines, Span(at, at + (name in known), 0), to_yaml({name: value}))
    return text


def _replaced(lines: list[str], span: Span, written: str) -> str:
    return "".join([*lines[: span.first], written, *lines[span.last :]])


def _root(text: str) -> Node:
    node, problems = read_yaml(text.encode(), "summary")
    if node is None:
        raise BriefnoteError(problems)
    return node


def _node(text: str, part: Part) -> Node:
    return (_root(text).items or {}).get(part) or Node("list", 0)


def _identity(node: Node) -> str:
    named = (node.items or {}).get("id")
    return named.written if named else ""


def _top_line(text: str, part: Part) -> int:
    """Returns the line of a part's name; the line after the last where it is not there."""
    lines = (_root(text).key_lines or {}).get(part)
    return lines - 1 if lines else len(text.splitlines())


def _span(text: str, part: Part, identity: str) -> Span:
    """Returns the lines of an entry. Comments above the next entry are the next one's."""
    root, lines = _root(text), text.splitlines()
    starts = sorted(node.line for node in _node(text, part).entries)
    number = next(node.line for node in _node(text, part).entries if _identity(node) == identity)
    ends = [*starts, *(root.key_lines or {}).values(), len(lines) + 1]
    first, last = number - 1, min(end for end in ends if end > number) - 1
    while last > first + 1 and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")):
        last -= 1
    return Span(first, last, len(lines[first]) - len(lines[first].lstrip()))
