"""What an expression means, told as plainly as it can be: the tree is walked, and nulls are looked at one by one.

It shares no operator with the package, so that the engines are held to something that none of them is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from briefnote.rules.functions import FUNCTIONS, like
from briefnote.rules.nodes import Call, Expression, Literal, Name, Operation

Rows = Mapping[str, Mapping[str, Any]]
AGGREGATES = ("count", "min", "max", "sum", "avg")


def plainly(tree: Expression, values: Mapping[str, Any], rows: Rows) -> Any:
    """Returns the value of an expression, None for null."""
    match tree:
        case Literal(value=value):
            return value
        case Name(row=row, field=field):
            return rows[row][field] if field else values[row]
        case Call(function=function, arguments=arguments):
            return _call(function, arguments, values, rows)
        case Operation(operator=operator, operands=operands):
            return _operation(operator, [plainly(operand, values, rows) for operand in operands])


def _operation(operator: str, found: list[Any]) -> Any:
    if operator == "is-null":
        return found[0] is None
    if operator == "and":
        return False if any(one is not None and not one for one in found) else None if None in found else True
    if operator == "or":
        return True if any(found) else None if None in found else False
    if operator == "in":
        same = [_operation("=", [found[0], option]) for option in found[1:]]
        return _operation("or", same)
    if operator == "between":
        return _operation("and", [_operation(">=", found[:2]), _operation("<=", [found[0], found[2]])])
    if any(one is None for one in found):
        return None
    return _known(operator, *found)


def _known(operator: str, one: Any, other: Any = None) -> Any:
    match operator:
        case "not":
            return not one
        case "neg":
            return -one
        case "like":
            return like(one, other)
        case "/":
            return None if other == 0 else _defined(one / other)
        case "=" | "<>":
            return (one == other) is (operator == "=")
        case "<" | ">=":
            return (one < other) is (operator == "<")
        case ">" | "<=":
            return (one > other) is (operator == ">")
    return _defined({"+": one + other, "-": one - other, "*": one * other}[operator])


def _defined(number: float) -> float | None:
    return None if math.isnan(number) else number


def _call(function: str, arguments: Sequence[Expression], values: Mapping[str, Any], rows: Rows) -> Any:
    if function == "if":
        condition, then, otherwise = arguments
        return plainly(then if plainly(condition, values, rows) else otherwise, values, rows)
    found = [plainly(argument, values, rows) for argument in arguments]
    if function == "coalesce":
        return next((one for one in found if one is not None), None)
    return None if any(one is None for one in found) else FUNCTIONS[function](*found)


def plainly_of_group(tree: Expression, values: Mapping[str, Any], matches: Sequence[Rows]) -> Any:
    """Returns the value of an expression of a rule with group: each aggregate is put in its place first."""
    return plainly(_folded(tree, values, matches), values, {})


def _folded(tree: Expression, values: Mapping[str, Any], matches: Sequence[Rows]) -> Expression:
    if isinstance(tree, Operation):
        return Operation(tree.operator, tuple(_folded(operand, values, matches) for operand in tree.operands))
    if not isinstance(tree, Call):
        return tree
    if tree.function in AGGREGATES:
        return Literal(_aggregate(tree, values, matches))
    return Call(tree.function, tuple(_folded(argument, values, matches) for argument in tree.arguments))


def _aggregate(tree: Call, values: Mapping[str, Any], matches: Sequence[Rows]) -> Any:
    if not tree.arguments:
        return len(matches)
    found = [plainly(tree.arguments[0], values, rows) for rows in matches]
    found = [one for one in found if one is not None]
    if tree.distinct:
        found = list(set(found))
    if tree.function == "count":
        return len(found)
    if not found:
        return None
    if tree.function in ("min", "max"):
        return sorted(found)[0 if tree.function == "min" else -1]
    whole = 0.0
    for one in sorted(found):
        whole += one
    return whole / len(found) if tree.function == "avg" else whole
