"""What an expression means, in Python and with SQL's nulls: wordings use it, and the engine that runs rules in Python.

An expression becomes a function of two things: the values that have a name, and the rows (alias → row). Of a rule with
group: the second is the list of its matches, over which count(…), max(…) and the like run.
"""

from __future__ import annotations

from briefnote.rules.functions import AGGREGATES, FUNCTIONS, divide, like
from briefnote.rules.nodes import Call, Expression, Literal, Name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    Meaning = Callable[[Mapping[str, Any], Any], Any]


def evaluate(tree: Expression, values: Mapping[str, Any], rows: Any) -> Any:
    """Returns the value, None for null. `rows` maps an alias to its row, or is the list of a group's matches."""
    return meaning(tree)(values, rows)


def meaning(tree: Expression) -> Meaning:
    """Returns the function that gives the value of an expression, None for null."""
    if isinstance(tree, Literal):
        return _constant(tree.value)
    if isinstance(tree, Name):
        return _cell(tree.row, tree.field) if tree.field else _named(tree.row)
    if isinstance(tree, Call):
        return _call(tree)
    return _operation(tree.operator, [meaning(operand) for operand in tree.operands])


def _constant(value: Any) -> Meaning:
    """A whole number is a double, as in the SQL."""
    held = float(value) if value.__class__ is int else value
    return lambda _values, _rows: held


def _cell(alias: str, field: str) -> Meaning:
    return lambda _values, rows: rows[alias][field]


def _named(name: str) -> Meaning:
    return lambda values, rows: values[name] if name in values else rows[name]


# ---- operators --------------------------------------------------------------------------------------------------


def _operation(operator: str, operands: Sequence[Meaning]) -> Meaning:
    if operator in _CONNECTIVES:
        decide = _CONNECTIVES[operator]
        return lambda values, rows: decide([operand(values, rows) for operand in operands])
    if len(operands) == 1:
        return _unary(_UNARY[operator], operands[0])
    return _binary(_BINARY[operator], *operands)


def _unary(operator: Callable[[Any], Any], operand: Meaning) -> Meaning:
    def value(values: Mapping[str, Any], rows: Any) -> Any:
        found = operand(values, rows)
        return None if found is None else operator(found)

    return value


def _binary(operator: Callable[[Any, Any], Any], left: Meaning, right: Meaning) -> Meaning:
    def value(values: Mapping[str, Any], rows: Any) -> Any:
        one, other = left(values, rows), right(values, rows)
        return None if one is None or other is None else operator(one, other)

    return value


def _in(operands: list[Any]) -> bool | None:
    value, *options = operands
    if value is None:
        return None
    return True if value in options else None if None in options else False


def _between(operands: list[Any]) -> bool | None:
    """As in SQL, one bound can settle it though the other is null."""
    value, low, high = operands
    sides = [None if None in (value, low) else low <= value, None if None in (value, high) else value <= high]
    return _and(sides)


def _and(operands: list[Any]) -> bool | None:
    return False if False in operands else None if None in operands else True


def _or(operands: list[Any]) -> bool | None:
    return True if True in operands else None if None in operands else False


def _number(value: float) -> float | None:
    """What is no number (an infinity less an infinity) is null."""
    return value if value == value else None  # noqa: PLR0124 - only NaN differs from itself


_CONNECTIVES: Mapping[str, Callable[[list[Any]], bool | None]] = {
    "and": _and,
    "or": _or,
    "in": _in,
    "between": _between,
    "is-null": lambda operands: operands[0] is None,
}
_UNARY: Mapping[str, Callable[[Any], Any]] = {"not": lambda a: not a, "neg": lambda a: -a}
_BINARY: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "+": lambda a, b: _number(a + b),
    "-": lambda a, b: _number(a - b),
    "*": lambda a, b: _number(a * b),
    "/": divide,
    "like": like,
}


# ---- functions --------------------------------------------------------------------------------------------------


def _call(tree: Call) -> Meaning:
    arguments = [meaning(argument) for argument in tree.arguments]
    if tree.function in AGGREGATES:
        return _aggregate(tree.function, arguments[0], tree.distinct) if arguments else _count_of_matches
    if tree.function == "if":
        return _choice(*arguments)
    if tree.function == "coalesce":
        return _first_known(arguments)
    return _function(FUNCTIONS[tree.function], arguments)


def _aggregate(name: str, argument: Meaning, distinct: bool) -> Meaning:
    """Nulls do not count; what is listed is listed once."""
    of, is_once = AGGREGATES[name], distinct or name == "list"

    def value(values: Mapping[str, Any], matches: Any) -> Any:
        found = [cell for match in matches if (cell := argument(values, match)) is not None]
        return of(list(dict.fromkeys(found)) if is_once else found)

    return value


def _count_of_matches(_values: Mapping[str, Any], matches: Any) -> int:
    return len(matches)


def _choice(condition: Meaning, then: Meaning, otherwise: Meaning) -> Meaning:
    return lambda values, rows: (then if condition(values, rows) else otherwise)(values, rows)


def _first_known(arguments: Sequence[Meaning]) -> Meaning:
    def value(values: Mapping[str, Any], rows: Any) -> Any:
        for argument in arguments:
            if (found := argument(values, rows)) is not None:
                return found
        return None

    return value


def _function(function: Callable[..., Any], arguments: Sequence[Meaning]) -> Meaning:
    def value(values: Mapping[str, Any], rows: Any) -> Any:
        found = [argument(values, rows) for argument in arguments]
        return None if None in found else function(*found)

    return value
