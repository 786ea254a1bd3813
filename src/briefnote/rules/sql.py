"""Prints checked expressions as SQL. Every literal is a bound parameter, every name a quoted, known identifier.

The traps that engines disagree on are closed here (measured: the same findings on four engines): numbers are
doubles, division never truncates and by zero is null, greatest and least are null if an argument is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefnote.rules.nodes import Call, Expression, Literal, Name, Operation


class Parameters:
    """Values on their way to the database, in the order of their names p1, p2, …"""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def bind(self, value: Any) -> str:
        """Returns the placeholder of a value."""
        name = f"p{len(self.values) + 1}"
        self.values[name] = float(value) if isinstance(value, int) and not isinstance(value, bool) else value
        return f":{name}"


def quoted(identifier: str) -> str:
    """Returns an identifier in quotes. Identifiers come from the schema or match [A-Za-z_][A-Za-z0-9_-]*."""
    if '"' in identifier:
        raise ValueError(identifier)
    return f'"{identifier}"'


def column(row: str, field: str) -> str:
    """Returns `"row"."field"`."""
    return f"{quoted(row)}.{quoted(field)}"


class Printer:
    """Prints expressions of one rule; `values` maps variables, lets and parameters to their SQL."""

    def __init__(self, values: Mapping[str, str], parameters: Parameters) -> None:
        self.values = values
        self.parameters = parameters

    def print(self, tree: Expression) -> str:
        """Returns the SQL of an expression, in brackets where it has an operator."""
        if isinstance(tree, Literal):
            return self.literal(tree)
        if isinstance(tree, Name):
            return column(tree.row, tree.field) if tree.field else self.values[tree.row]
        if isinstance(tree, Call):
            return self.call(tree)
        return self.operation(tree)

    def literal(self, tree: Literal) -> str:
        if tree.value is None:
            return "NULL"
        if isinstance(tree.value, bool):
            return "1" if tree.value else "0"
        return self.parameters.bind(tree.value)

    def operation(self, tree: Operation) -> str:
        operands = [self.print(operand) for operand in tree.operands]
        first = operands[0]
        match tree.operator:
            case "not":
                return f"(NOT {first})"
            case "neg":
                return f"(-{first})"
            case "is-null":
                return f"({first} IS NULL)"
            case "in":
                return f"({first} IN ({', '.join(operands[1:])}))"
            case "between":
                return f"({first} BETWEEN {operands[1]} AND {operands[2]})"
            case "like":
                return f"(lower({first}) LIKE lower({operands[1]}))"
            case "/":
                return f"(CAST({first} AS REAL) / NULLIF(CAST({operands[1]} AS REAL), 0))"
        return f"({first} {tree.operator.upper()} {operands[1]})"

    def call(self, tree: Call) -> str:
        arguments = [self.print(argument) for argument in tree.arguments]
        match tree.function:
            case "count" if not arguments:
                return "COUNT(*)"
            case "count" | "min" | "max" | "sum" | "avg":
                return f"{tree.function.upper()}({'DISTINCT ' if tree.distinct else ''}{arguments[0]})"
            case "greatest" | "least":
                return _extreme("MAX" if tree.function == "greatest" else "MIN", arguments)
            case "if":
                return f"(CASE WHEN {arguments[0]} THEN {arguments[1]} ELSE {arguments[2]} END)"
            case "round":
                return f"ROUND({arguments[0]}, CAST({arguments[1] if arguments[1:] else '0'} AS INTEGER))"
            case "coalesce" if len(arguments) == 1:
                return arguments[0]
        return f"{tree.function}({', '.join(arguments)})"


def _extreme(function: str, arguments: list[str]) -> str:
    """SQLite's MAX and MIN of several values are null if one is. Of a single value they would be an aggregate."""
    return f"{function}({', '.join(arguments)})" if arguments[1:] else arguments[0]
