"""The trees of expressions and wordings. What has no node class here cannot be written in a rule."""

from __future__ import annotations

from briefnote.model.value import Value

MARKS = frozenset({"cite", "judgement", "bearing"})  # functions of a wording that stand for no text of their own


class ExpressionError(ValueError):
    """What is wrong with an expression, said to the person who wrote it."""


class Literal(Value):
    """A number, a text in single quotes, true, false or null."""

    value: float | int | str | bool | None


class Name(Value):
    """A variable, parameter or let (`ratio`), a row (`weak`) or a field of a row (`weak.value`)."""

    row: str
    field: str = ""

    def __str__(self) -> str:
        return f"{self.row}.{self.field}" if self.field else self.row


class Operation(Value):
    """An operator with its operands: and or not = <> < <= > >= + - * / neg like in between is-null."""

    operator: str
    operands: tuple[Expression, ...]


class Call(Value):
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


class Step(Value):
    """One filter of a wording with its text arguments."""

    name: str
    arguments: tuple[str, ...] = ()


class Hole(Value):
    """One `{{ … }}`: an expression and the filters its value goes through.

    `is_actor`: shown by its display name; `is_year`: without a thousands separator.
    """

    expression: Expression
    steps: tuple[Step, ...]
    is_actor: bool = False
    is_year: bool = False


class Wording(Value):
    """Text and holes in reading order."""

    pieces: tuple[str | Hole, ...]

    @property
    def cites(self) -> bool:
        """Returns whether the wording says itself where its citations stand."""
        return any(
            isinstance(piece, Hole) and isinstance(piece.expression, Call) and piece.expression.function == "cite"
            for piece in self.pieces
        )
