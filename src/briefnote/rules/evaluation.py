"""Evaluates an expression in Python, with SQL's meaning of null. Wording uses it; so can a test of the SQL."""

from __future__ import annotations

from briefnote.rules.nodes import Call, Expression, Literal, Name, Operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any


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
    """SQL's LIKE without regard to case: % is any run of characters, _ any one. Takes at most text x pattern steps."""
    text, pattern = lower(text), lower(pattern)
    at, wanted, star, retry = 0, 0, -1, 0
    while at < len(text):
        if wanted < len(pattern) and pattern[wanted] == "%":
            star, retry, wanted = wanted, at, wanted + 1
        elif wanted < len(pattern) and pattern[wanted] in ("_", text[at]):
            at, wanted = at + 1, wanted + 1
        elif star >= 0:  # let the last % take one character more
            retry += 1
            at, wanted = retry, star + 1
        else:
            return False
    return not pattern[wanted:].strip("%")


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


_INFINITY = float("inf")


def round_half_away(value: float, digits: float = 0) -> float:
    """Rounds halves away from zero (Python rounds them to even), to 0 to 15 digits after the point.

    As C's round() does, and with it DuckDB: the number times a power of ten is rounded, then divided by it again.
    """
    factor = float(10 ** max(0, min(15, int(digits))))
    size = abs(value) * factor
    if size == _INFINITY:
        return float(value)
    whole = float(int(size))
    rounded = (whole + (size - whole >= 0.5)) / factor
    return -rounded if value < 0 else rounded


def lower(text: str) -> str:
    """Returns the text in small letters, letter by letter: where that would take two letters, it stays as it is."""
    return text.lower() if text.isascii() else "".join(map(_small, text))


def upper(text: str) -> str:
    """Returns the text in capitals, letter by letter: where that would take two letters (ß), it stays as it is."""
    return text.upper() if text.isascii() else "".join(map(_capital, text))


def _small(letter: str) -> str:
    changed = letter.lower()
    return changed if len(changed) == 1 else letter


def _capital(letter: str) -> str:
    changed = letter.upper()
    return changed if len(changed) == 1 else letter


def total(values: Iterable[float]) -> float | None:
    """Returns the sum, from the smallest to the largest: the same to the last bit on every engine; null for none."""
    ordered = sorted(values)
    if not ordered:
        return None
    found = 0.0
    for value in ordered:  # not sum(), which from Python 3.12 on rounds differently from a database
        found += value
    return found


def mean(values: Sequence[float]) -> float | None:
    """Returns the arithmetic mean, null for none."""
    found = total(values)
    return None if found is None else found / len(values)


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "abs": abs,
    "round": round_half_away,
    "greatest": lambda *values: max(values),
    "least": lambda *values: min(values),
    "lower": lower,
    "upper": upper,
    "length": len,
}

AGGREGATES: Mapping[str, Callable[[list[Any]], Any]] = {
    "first": lambda values: values[0] if values else None,
    "list": lambda values: values,
    "count": len,
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
    "sum": total,
    "avg": mean,
}
