"""Types and names of expressions: every mistake is found before anything runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefnote.errors import did_you_mean
from briefnote.rules.nodes import MARKS, Call, Expression, ExpressionError, Literal, Name, Operation
from briefnote.rules.schema import Field, Type

# function: (types of its arguments, repeated as needed; type of its result)
FUNCTIONS: Mapping[str, tuple[tuple[Type, ...], Type]] = {
    "abs": (("number",), "number"),
    "round": (("number", "number"), "number"),
    "greatest": (("number",), "number"),
    "least": (("number",), "number"),
    "lower": (("text",), "text"),
    "upper": (("text",), "text"),
    "length": (("text",), "number"),
}
VARIADIC = {"greatest", "least", "coalesce"}
AGGREGATES = {"count", "min", "max", "sum", "avg"}
# Only in `say`, `handle` and `cells`: they make words, which no database needs to see.
WORDING_AGGREGATES = {"first", "list"}
Kind = Type | str  # a Type, "row", "list", "cite" or "null"


@dataclass(frozen=True)
class Scope:
    """What an expression may name. `rows` maps an alias to (relation, its fields); `values` everything else."""

    rows: Mapping[str, tuple[str, Mapping[str, Field]]]
    values: Mapping[str, Field]
    aggregates: bool = False
    wording: bool = False
    terms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    grouped: bool = False

    def field_of(self, name: Name) -> Field | None:
        """Returns the field a name stands for; None for a whole row. Raises ExpressionError if unknown."""
        if name.field:
            return self._row_field(name)
        if name.row in self.values:
            return self.values[name.row]
        if name.row in self.rows:
            return None
        hints = [f"{alias}.{name.row}" for alias, (_, fields) in self.rows.items() if name.row in fields]
        near = f" Did you mean '{hints[0]}'?" if hints else did_you_mean(name.row, [*self.values, *self.rows])
        raise ExpressionError(f"unknown name '{name.row}'.{near}")

    def _row_field(self, name: Name) -> Field:
        if name.row not in self.rows:
            raise ExpressionError(f"no row is called '{name.row}' in match:.{did_you_mean(name.row, self.rows)}")
        relation, fields = self.rows[name.row]
        if name.field not in fields:
            raise ExpressionError(
                f"{relation} has no field '{name.field}' (`{name}`).{did_you_mean(name.field, fields)}"
            )
        if fields[name.field].many:
            raise ExpressionError(f"`{name}` may have many values; bind it in match: ({name.field}: $name)")
        return fields[name.field]


def check(tree: Expression, scope: Scope, *, inside: bool = False) -> Kind:
    """Returns the kind of the expression. `inside`: within an aggregate, where fields of rows may stand."""
    if isinstance(tree, Literal):
        return _literal(tree)
    if isinstance(tree, Name):
        return _name(tree, scope, inside)
    if isinstance(tree, Call):
        return _call(tree, scope, inside)
    return _operation(tree, scope, inside)


def need_truth(tree: Expression, scope: Scope) -> None:
    """Raises ExpressionError unless the expression is a condition."""
    if (kind := check(tree, scope)) != "truth":
        raise ExpressionError(f"is a {kind}, expected a condition (with =, <, and, …)")


def _literal(tree: Literal) -> Kind:
    if tree.value is None:
        return "null"
    if isinstance(tree.value, bool):
        return "truth"
    return "text" if isinstance(tree.value, str) else "number"


def _name(tree: Name, scope: Scope, inside: bool) -> Kind:
    found = scope.field_of(tree)
    if scope.grouped and tree.row in scope.rows and tree.row not in scope.values and not inside:
        raise ExpressionError(f"`{tree}`: a rule with group: has many '{tree.row}' rows; write count(…), max(…), …")
    if found is None:
        if not scope.wording:
            raise ExpressionError(f"'{tree.row}' is a whole row; write {tree.row}.field")
        return "row"
    return found.type


def _operation(tree: Operation, scope: Scope, inside: bool) -> Kind:
    kinds = [check(operand, scope, inside=inside) for operand in tree.operands]
    operator = tree.operator
    if operator in ("and", "or", "not"):
        _all(kinds, "truth", operator)
        return "truth"
    if operator in ("+", "-", "*", "/", "neg"):
        _all(kinds, "number", operator)
        return "number"
    if operator == "is-null":
        return "truth"
    if operator == "like":
        _all(kinds, "text", operator)
        return "truth"
    _comparable(tree, kinds, scope)
    return "truth"


def _all(kinds: list[Kind], wanted: Kind, operator: str) -> None:
    for kind in kinds:
        if kind != wanted:
            raise ExpressionError(f"'{operator}' takes a {wanted}, found a {kind}")


def _comparable(tree: Operation, kinds: list[Kind], scope: Scope) -> None:
    first = kinds[0]
    for kind in kinds[1:]:
        if kind == "null" or first == "null":
            raise ExpressionError("nothing equals null; write `is null` or `is not null`")
        if kind != first or kind not in ("text", "number", "truth"):
            raise ExpressionError(f"compares a {first} with a {kind}")
    for one, other in ((one, other) for one in tree.operands for other in tree.operands):
        if isinstance(one, Name) and isinstance(other, Literal) and isinstance(other.value, str):
            check_term(scope.field_of(one), other.value, scope.terms)


def check_term(found: Field | None, word: str, terms: Mapping[str, frozenset[str]]) -> None:
    """Raises ExpressionError where a word is compared with a field whose vocabulary does not hold it."""
    known = terms.get(found.term) if found and found.term else None
    if known is not None and found is not None and word not in known:
        raise ExpressionError(f"unknown {found.term} '{word}'.{did_you_mean(word, known)}")


def _call(tree: Call, scope: Scope, inside: bool) -> Kind:
    if tree.function in AGGREGATES:
        return _aggregate(tree, scope, inside)
    if tree.function in WORDING_AGGREGATES | MARKS and scope.wording:
        return _wording_call(tree, scope)
    if tree.function == "coalesce":
        kinds = {check(argument, scope, inside=inside) for argument in tree.arguments} - {"null"}
        if len(kinds) != 1:
            raise ExpressionError("coalesce(…) takes values of one type")
        return kinds.pop()
    if tree.function == "if":
        return _choice(tree, scope, inside)
    if tree.function not in FUNCTIONS:
        known = [
            *FUNCTIONS,
            *AGGREGATES,
            "coalesce",
            "if",
            *(WORDING_AGGREGATES | MARKS if scope.wording else ()),
        ]
        raise ExpressionError(f"no function '{tree.function}'.{did_you_mean(tree.function, known)}")
    wanted, result = FUNCTIONS[tree.function]
    _arity(tree, wanted)
    for number, argument in enumerate(tree.arguments):
        kind = check(argument, scope, inside=inside)
        if kind != wanted[min(number, len(wanted) - 1)]:
            raise ExpressionError(f"{tree.function}(…) takes a {wanted[0]}, found a {kind}")
    return result


def _arity(tree: Call, wanted: tuple[Type, ...]) -> None:
    count = len(tree.arguments)
    least = 1
    most = 20 if tree.function in VARIADIC else len(wanted)
    if tree.distinct or not least <= count <= most:
        wanted_count = "one value" if most == 1 else f"{least} to {most} values"
        raise ExpressionError(f"{tree.function}(…) takes {wanted_count}")


def _choice(tree: Call, scope: Scope, inside: bool) -> Kind:
    if len(tree.arguments) != 3:
        raise ExpressionError("if(condition, then, else) takes three values")
    condition, then, otherwise = (check(argument, scope, inside=inside) for argument in tree.arguments)
    kinds = {then, otherwise} - {"null"}
    if condition != "truth" or len(kinds) != 1:
        raise ExpressionError("if(condition, then, else): a condition, and two values of one type")
    return kinds.pop()


def _aggregate(tree: Call, scope: Scope, inside: bool) -> Kind:
    if not (scope.aggregates and scope.grouped) or inside:
        raise ExpressionError(f"{tree.function}(…) works only in let:, having:, score: and say: of a rule with group:")
    if tree.function == "count" and not tree.arguments:
        return "number"
    if len(tree.arguments) != 1:
        raise ExpressionError(f"{tree.function}(…) takes one value; greatest()/least() take several")
    kind = check(tree.arguments[0], scope, inside=True)
    if kind == "words":
        raise ExpressionError(f"{tree.function}(…) takes no whole text of a finding; first(…) does")
    if tree.function in ("sum", "avg") and kind != "number":
        raise ExpressionError(f"{tree.function}(…) takes a number, found a {kind}")
    return "number" if tree.function == "count" else kind


def _mark(function: str, argument: Expression, scope: Scope) -> None:
    if not isinstance(argument, Name) or argument.field or argument.row not in scope.rows:
        raise ExpressionError(f"{function}(…) takes the name of a row of match:")
    relation, fields = scope.rows[argument.row]
    wanted = {"cite": "claim, figure or finding", "judgement": "finding", "bearing": "claim"}[function]
    has_topic = fields.keys() >= {"proposition", "stance", "holder", "over"}
    if relation not in wanted and not (function == "bearing" and has_topic):
        raise ExpressionError(f"{function}(…) takes a {wanted}; '{argument}' is a {relation}")


def _wording_call(tree: Call, scope: Scope) -> Kind:
    if tree.function in MARKS:
        for argument in tree.arguments:
            _mark(tree.function, argument, scope)
        return "cite"
    if not scope.grouped or len(tree.arguments) != 1:
        raise ExpressionError(f"{tree.function}(…) takes one value, in a rule with group:")
    kind = check(tree.arguments[0], scope, inside=True)
    if tree.function == "first":
        return kind
    if kind not in ("text", "number"):
        raise ExpressionError(f"list(…) takes a text or a number, found a {kind}")
    return "list"
