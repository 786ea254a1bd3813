"""The wording of a finding: text with `{{ expression | filter }}`, checked when the pack is read.

It is not Jinja on purpose: the same small expressions as in `where`, typed and closed, so that a misspelt name is
an error with its line before anything runs, and no rule file can reach Python.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefnote.errors import did_you_mean
from briefnote.rules.checking import Kind, Scope, check
from briefnote.rules.expression import parse
from briefnote.rules.nodes import Call, Expression, ExpressionError, Hole, Literal, Name, Step, Wording
from briefnote.rules.schema import Field

_HOLE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_STEP = re.compile(r"\|(?=(?:[^']*'[^']*')*[^']*$)")
_COMMA = re.compile(r",(?=(?:[^']*'[^']*')*[^']*$)")
_FILTER = re.compile(r"\s*([a-z_]+)\s*(?:\((.*)\))?\s*", re.DOTALL)

# filter: (kinds it takes, kind it gives, number of text arguments)
FILTERS: Mapping[str, tuple[frozenset[Kind], Kind, int]] = {
    "range": (frozenset({"row"}), "text", 0),
    "label": (frozenset({"row"}), "text", 0),
    "when": (frozenset({"row"}), "text", 0),
    "number": (frozenset({"number"}), "text", 0),
    "percent": (frozenset({"number"}), "text", 0),
    "signed": (frozenset({"number"}), "text", 0),
    "likelihood": (frozenset({"number"}), "text", 0),
    "words": (frozenset({"number"}), "text", 0),
    "count": (frozenset({"number"}), "text", 2),
    "verb": (frozenset({"text"}), "text", 2),
    "and": (frozenset({"list"}), "text", 0),
    "possessive": (frozenset({"text"}), "text", 0),
    "adjective": (frozenset({"text"}), "text", 0),
    "clause": (frozenset({"text", "words"}), "text", 0),
    "handle": (frozenset({"text"}), "text", 0),
    "shown": (frozenset({"text", "list"}), "text", 0),
    "question": (frozenset({"text"}), "text", 0),
    "definition": (frozenset({"text"}), "text", 0),
    "theme": (frozenset({"text"}), "text", 0),
}


def read_wording(text: str, scope: Scope) -> Wording:
    """Returns the checked wording. Raises ExpressionError for whatever a reader of the brief would see broken."""
    pieces: list[str | Hole] = []
    at = 0
    for hole in _HOLE.finditer(text):
        pieces += [_plain(text[at : hole.start()]), _hole(hole[1], scope)]
        at = hole.end()
    pieces.append(_plain(text[at:]))
    return Wording(tuple(piece for piece in pieces if piece != ""))


def _plain(text: str) -> str:
    if "{{" in text or "}}" in text or "{%" in text:
        raise ExpressionError(f"'{text.strip()[:40]}': a wording has {{{{ … }}}} and nothing else of a template")
    return re.sub(r"\s+", " ", text)


def _hole(text: str, scope: Scope) -> Hole:
    body, *filters = _STEP.split(text)
    expression = parse(body.strip())
    kind = check(expression, scope)
    steps = []
    for written in filters:
        step, kind = _step(written, kind)
        _needs(step, expression, scope)
        steps.append(step)
    if kind not in ("text", "words", "number", "cite"):
        raise ExpressionError(f"`{text.strip()}` is a {kind}; end it with a filter that makes text.{_hint(kind)}")
    field = _field(expression, scope)
    return Hole(expression, tuple(steps), bool(field and field.is_actor), bool(field and field.is_year))


def _hint(kind: Kind) -> str:
    able = sorted(name for name, (takes, _, _) in FILTERS.items() if kind in takes)
    return f" For a {kind}: {', '.join(able)}." if able else ""


def _step(written: str, kind: Kind) -> tuple[Step, Kind]:
    match = _FILTER.fullmatch(written)
    name = match[1] if match else written.strip()
    if match is None or name not in FILTERS:
        raise ExpressionError(f"no filter '{name}'.{did_you_mean(name, FILTERS)}")
    takes, gives, wanted = FILTERS[name]
    if kind not in takes:
        raise ExpressionError(f"filter '{name}' takes a {' or '.join(sorted(takes))}, found a {kind}")
    trees = [parse(part) for part in _COMMA.split(match[2])] if match[2] else []
    texts = [tree.value for tree in trees if isinstance(tree, Literal) and isinstance(tree.value, str)]
    if len(texts) != len(trees) or len(texts) != wanted:
        found = f"`{match[2]}`" if match[2] else "none"
        takes_texts = f"{wanted} texts in single quotes" if wanted else "no texts"
        raise ExpressionError(f"filter '{name}' takes {takes_texts}, found {found}")
    return Step(name, tuple(texts)), kind if kind == "words" else gives


# What a row must have for a filter to print it.
_ROW_NEEDS: Mapping[str, tuple[str, ...]] = {
    "range": ("value", "low", "high", "unit", "approximate"),
    "label": ("metric", "subject"),
    "when": ("period", "year"),
}


def _needs(step: Step, expression: Expression, scope: Scope) -> None:
    if step.name in _ROW_NEEDS and isinstance(expression, Name):
        relation, fields = scope.rows[expression.row]
        lacking = [name for name in _ROW_NEEDS[step.name] if name not in fields]
        if lacking:
            raise ExpressionError(f"filter '{step.name}' takes a figure; {relation} '{expression}' has no {lacking[0]}")


def _field(tree: Expression, scope: Scope) -> Field | None:
    """Returns the field whose value is printed (also as `first(c.holder)` or `list(c.holder)`)."""
    if isinstance(tree, Call) and tree.arguments and tree.function in ("first", "list", "min", "max"):
        tree = tree.arguments[0]
    return scope.field_of(tree) if isinstance(tree, Name) else None
