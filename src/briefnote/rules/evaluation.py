"""Evaluates an expression in Python, with SQL's meaning of null. Wording uses it; so can a test of the SQL."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from briefnote.rules.nodes import Call, Expression, Literal, Name, Operation

Row = Mapping[str, Any]


def evaluate(tree: Expression, values: Mapping[str, Any], rows: Mapping[str, Any]) -> Any:
    """Returns the value, None for null. `rows` maps an alias to its row (a mapping of fields)."""
    if isinstance(tree, Literal):
        return tree.value
    if isinstance(tree, Name):
        return _lookup(tree, values, rows)
    if isinstance(tree, Call):
        return _call(tree, values, rows)
    return _operation(tree, values, rows)


def _lookup(name: Name, values: Mapping[str, Any], rows: Mapping[str, Any]) -> Any:
    if name.field:
        return rows[name.row][name.field]
    return values[name.row] if name.row in values else rows[name.row]


def _operation(tree: Operation, values: Mapping[str, Any], rows: Mapping[str, Any]) -> Any:
    operands = [evaluate(operand, values, rows) for operand in tree.operands]
    if tree.operator == "is-null":
        return operands[0] is None
    if tree.operator == "and":
        return False if False in operands else None if None in operands else True
    if tree.operator == "or":
        return True if True in operands else None if None in operands else False
    if tree.operator == "in":
        return _in(operands[0], operands[1:])
    if tree.operator == "between":
        return _between(*operands)
    if None in operands:
        return None
    return _OPERATORS[tree.operator](*operands)


def _in(value: Any, options: list[Any]) -> bool | None:
    if value is None:
        return None
    return True if value in options else None if None in options else False


def _between(value: Any, low: Any, high: Any) -> bool | None:
    """As in SQL, one bound can settle it though the other is null."""
    sides = [None if None in (value, low) else low <= value, None if None in (value, high) else value <= high]
    return False if False in sides else None if None in sides else True


def _divide(left: float, right: float) -> float | None:
    """Division by zero is null, as in the SQL."""
    return float(left) / float(right) if right else None


def _like(text: str, pattern: str) -> bool:
    parts = {"%": ".*", "_": "."}
    expression = "".join(parts.get(character, re.escape(character)) for character in pattern.lower())
    return re.fullmatch(expression, text.lower(), re.DOTALL) is not None


_OPERATORS: Mapping[str, Callable[..., Any]] = {
    "not": lambda a: not a,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _divide,
    "neg": lambda a: -a,
    "like": _like,
}


def _call(tree: Call, values: Mapping[str, Any], rows: Mapping[str, Any]) -> Any:
    if tree.function == "if":
        condition, then, otherwise = tree.arguments
        return evaluate(then if evaluate(condition, values, rows) else otherwise, values, rows)
    arguments = [evaluate(argument, values, rows) for argument in tree.arguments]
    if tree.function == "coalesce":
        return next((argument for argument in arguments if argument is not None), None)
    return apply(tree.function, *arguments)


def apply(function: str, *arguments: Any) -> Any:
    """Returns a function's value, null where an argument is null."""
    return None if None in arguments else _FUNCTIONS[function](*arguments)


def round_half_away(value: float, digits: float = 0) -> float:
    """Rounds halves away from zero (Python rounds them to even), to 0 to 15 digits after the point."""
    factor = 10 ** max(0, min(15, int(digits)))
    if abs(value) * factor >= 2**53:
        return float(value)
    return math.copysign(math.floor(abs(value) * factor + 0.5) / factor, value)


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "abs": abs,
    "round": round_half_away,
    "greatest": lambda *values: max(values),
    "least": lambda *values: min(values),
    "lower": str.lower,
    "upper": str.upper,
    "length": len,
}
