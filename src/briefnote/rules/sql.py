"""Prints checked expressions as SQL. Every literal is a bound parameter, every name a quoted, known identifier.

The traps that engines disagree on are closed here (measured: the same findings on all of them): numbers are doubles,
division never truncates and by zero is null, greatest and least are null if an argument is, a sum adds from the
smallest to the largest, and what an engine's own function does with accents or halves is not relied on: round_of,
lower_of, upper_of and number_text are defined by rules/database.py and rules/duck.py to mean what evaluation.py does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefnote.model.value import Value
from briefnote.rules.nodes import Call, Expression, Literal, Name, Operation


class Dialect(Value):
    """What two engines write differently. `types`: of a text, a number and a truth; `mark` opens a placeholder.

    `same` is equality that holds of two nulls; `wanted` selects the texts of the list bound as "wanted".
    """

    name: str
    mark: str
    types: Mapping[str, str]
    strict: str
    same: str
    wanted: str
    total: str
    mean: str

    def placeholder(self, name: str) -> str:
        """Returns the place of a bound value."""
        return f"{self.mark}{name}"


SQLITE = Dialect(
    name="sqlite",
    mark=":",
    types={"text": "TEXT", "number": "REAL", "truth": "INTEGER"},
    strict=" STRICT",
    same="IS",
    wanted='SELECT "value" FROM json_each(:wanted)',
    total="total_of({})",
    mean="mean_of({})",
)
DUCKDB = Dialect(
    name="duckdb",
    mark="$",
    types={"text": "VARCHAR", "number": "DOUBLE", "truth": "BOOLEAN"},
    strict="",
    same="IS NOT DISTINCT FROM",
    wanted="SELECT unnest(CAST($wanted AS VARCHAR[]))",
    total="list_sum(list_sort(list({})))",
    mean="list_avg(list_sort(list({})))",
)

DIALECTS = {dialect.name: dialect for dialect in (SQLITE, DUCKDB)}


class Parameters:
    """Values on their way to the database, in the order of their names p1, p2, …"""

    def __init__(self, dialect: Dialect = SQLITE) -> None:
        self.dialect = dialect
        self.values: dict[str, Any] = {}

    def bind(self, value: Any) -> str:
        """Returns the placeholder of a value."""
        name = f"p{len(self.values) + 1}"
        self.values[name] = float(value) if isinstance(value, int) and not isinstance(value, bool) else value
        return self.dialect.placeholder(name)


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
        self.dialect = parameters.dialect

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
            return "TRUE" if tree.value else "FALSE"
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
                return f"(lower_of({first}) LIKE lower_of({operands[1]}))"
            case "/":
                number = self.dialect.types["number"]
                return f"(CAST({first} AS {number}) / NULLIF(CAST({operands[1]} AS {number}), 0))"
        return f"({first} {tree.operator.upper()} {operands[1]})"

    def call(self, tree: Call) -> str:
        arguments = [self.print(argument) for argument in tree.arguments]
        distinct = "DISTINCT " if tree.distinct else ""
        match tree.function:
            case "count" if not arguments:
                return "COUNT(*)"
            case "count" | "min" | "max":
                return f"{tree.function.upper()}({distinct}{arguments[0]})"
            case "sum":
                return self.dialect.total.format(distinct + arguments[0])
            case "avg":
                return self.dialect.mean.format(distinct + arguments[0])
            case "greatest" | "least":
                return self.extreme(tree.function, arguments)
            case "if":
                return f"(CASE WHEN {arguments[0]} THEN {arguments[1]} ELSE {arguments[2]} END)"
            case "round":
                return f"round_of({arguments[0]}, {arguments[1] if arguments[1:] else '0'})"
            case "lower" | "upper":
                return f"{tree.function}_of({arguments[0]})"
            case "coalesce" if len(arguments) == 1:
                return arguments[0]
        return f"{tree.function}({', '.join(arguments)})"

    def extreme(self, function: str, arguments: list[str]) -> str:
        """Null if an argument is. A CASE would print each argument twice, and nested ones would grow without end."""
        if len(arguments) == 1:
            return arguments[0]
        listed = ", ".join(arguments)
        if self.dialect is SQLITE:
            return f"{'MAX' if function == 'greatest' else 'MIN'}({listed})"
        return f"list_sort([{listed}], '{'DESC' if function == 'greatest' else 'ASC'}', 'NULLS FIRST')[1]"
