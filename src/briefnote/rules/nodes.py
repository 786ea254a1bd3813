"""The tree of an expression. What has no node class here cannot be written in a rule."""

from __future__ import annotations

from dataclasses import dataclass


class ExpressionError(ValueError):
    """What is wrong with an expression, said to the person who wrote it."""


@dataclass(frozen=True)
class Literal:
    """A number, a text in single quotes, true, false or null."""

    value: float | int | str | bool | None


@dataclass(frozen=True)
class Name:
    """A variable, parameter or let (`ratio`), a row (`weak`) or a field of a row (`weak.value`)."""

    row: str
    field: str = ""

    def __str__(self) -> str:
        return f"{self.row}.{self.field}" if self.field else self.row


@dataclass(frozen=True)
class Operation:
    """An operator with its operands: and or not = <> < <= > >= + - * / neg like in between is-null."""

    operator: str
    operands: tuple[Expression, ...]


@dataclass(frozen=True)
class Call:
    """A function of the list in `checking.py`; `distinct` only in count, list."""

    function: str
    arguments: tuple[Expression, ...]
    distinct: bool = False


Expression = Literal | Name | Operation | Call


def names(tree: Expression) -> list[Name]:
    """Returns every name in the tree, in reading order, with repeats."""
    if isinstance(tree, Name):
        return [tree]
    children = tree.operands if isinstance(tree, Operation) else tree.arguments if isinstance(tree, Call) else ()
    return [name for child in children for name in names(child)]
