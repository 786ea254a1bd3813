"""Turns a checked rule into a search: which row is looked up after which, and by what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from briefnote.rules.checked import CheckedRule
from briefnote.rules.joining import asked, is_many, table_of
from briefnote.rules.language import Pattern, Wanted
from briefnote.rules.nodes import Call, Expression, Literal, Name, Operation, names
from briefnote.rules.plan import Search, WantedRow
from briefnote.rules.schema import OR_NULL
from briefnote.yamltree import Scalar


def search_of(rule: CheckedRule, params: Mapping[str, Scalar]) -> Search:
    """Returns how Python finds what a rule asks for."""
    constants: Mapping[str, Expression] = {name: Literal(value) for name, value in params.items()}
    order = _Order(rule.optional, constants)
    wanted = order.wanted(rule.patterns, rule.where)
    # Of a group, a variable has one value for all matches; of a match, it is a field of a row.
    visible: dict[str, Expression] = {name: tree for name, tree in constants.items() if name not in rule.bound}
    if not rule.is_grouped:
        visible |= order.known
    return Search(
        wanted=wanted,
        absences=tuple(order.after().wanted(block.patterns, block.where) for block in rule.absences),
        values={name: order.known[name] for name in rule.fields if name in rule.bound},
        let={name: replaced(tree, visible) for name, tree in rule.let.items()},
        group=rule.text.group,
        having=tuple(replaced(tree, visible) for tree in rule.having),
        score=replaced(rule.score, visible),
        once_per=rule.text.once_per,
        identity=rule.text.group or tuple(_many(rule)),
        types={name: field.type for name, field in rule.fields.items()},
    )


def _many(rule: CheckedRule) -> Iterable[str]:
    """Variables whose values tell findings on the same rows apart."""
    relations = {pattern.alias: pattern.relation for pattern in rule.patterns}
    return (name for name, (alias, field) in rule.bound.items() if is_many(relations[alias], field))


def replaced(tree: Expression, known: Mapping[str, Expression]) -> Expression:
    """Returns the tree with what is known in the place of its name."""
    if isinstance(tree, Name):
        return tree if tree.field else known.get(tree.row, tree)
    if isinstance(tree, Operation):
        return Operation(tree.operator, tuple(replaced(operand, known) for operand in tree.operands))
    if isinstance(tree, Call):
        return Call(tree.function, tuple(replaced(one, known) for one in tree.arguments), tree.distinct)
    return tree


@dataclass
class _Order:
    """Puts rows in an order in which each can be looked up by the rows before it.

    `known`: variable → its place in a match so far; `nullable`: variables that may be null there; `seen`: the rows of
    that match.
    """

    optional: frozenset[str]
    constants: Mapping[str, Expression]
    known: dict[str, Expression] = field(default_factory=dict)
    nullable: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def after(self) -> _Order:
        """Returns the same for rows that must not be there besides."""
        return _Order(self.optional, self.constants, dict(self.known), set(self.nullable), set(self.seen))

    def wanted(self, patterns: Sequence[Pattern], where: Sequence[Expression]) -> tuple[WantedRow, ...]:
        """Returns the rows in order, each with the conditions that can be told once it is there."""
        waiting, conditions, found = list(patterns), list(where), list[WantedRow]()
        variables = {_variable(value)[0] for pattern in patterns for value in asked(pattern).values()}
        constants = {name: tree for name, tree in self.constants.items() if name not in variables}
        while waiting:
            pattern = next(filter(self.is_tied, waiting), waiting[0])
            waiting.remove(pattern)
            row = _Row(pattern.alias, self)
            for name, value in asked(pattern).items():
                row.ask(name, value, is_many=is_many(pattern.relation, name))
            self.seen.add(pattern.alias)
            trees = [replaced(tree, {**constants, **self.known}) for tree in conditions]
            ready = [tree for tree in trees if self.is_ready(tree)]
            conditions = [tree for tree in trees if tree not in ready]
            found.append(row.wanted(table_of(pattern), ready))
        return tuple(found)

    def is_tied(self, pattern: Pattern) -> bool:
        """Returns whether a row shares a variable with the rows before it."""
        return any(variable in self.known for variable, _ in map(_variable, asked(pattern).values()))

    def is_ready(self, tree: Expression) -> bool:
        """Returns whether a condition names only rows that are there."""
        return all(name.field and name.row in self.seen for name in names(tree))


class _Row:
    """What is asked of one row, field by field."""

    def __init__(self, alias: str, order: _Order) -> None:
        self.alias = alias
        self.order = order
        self.fixed: dict[str, Scalar] = {}
        self.keys: dict[str, Expression] = {}
        self.present: list[str] = []
        self.where: list[Expression] = []
        self.spread: list[str] = []
        self.held: list[tuple[str, tuple[Scalar, ...]]] = []

    def ask(self, name: str, value: Wanted, *, is_many: bool) -> None:
        """Adds what a field must hold: a value, one of several, or that of a variable."""
        variable, takes_null = _variable(value)
        cell = Name(self.alias, name)
        if value == "_":
            return
        if variable:
            self.spread += [name] if is_many else []
            self.variable(cell, variable, takes_null=takes_null or variable in self.order.optional)
        elif is_many:
            self.held.append((name, value if isinstance(value, tuple) else () if value is None else (value,)))
        elif isinstance(value, tuple):
            self.where.append(Operation("in", (cell, *map(Literal, value))))
        else:
            self.fixed[name] = value

    def variable(self, cell: Name, variable: str, *, takes_null: bool) -> None:
        """A variable is bound where it stands first, and looked up after that; only `$name|null` matches null."""
        bound = self.order.known.get(variable)
        if bound is None:
            self.order.known[variable] = cell
            self.order.nullable |= {variable} if takes_null else set()
        elif isinstance(bound, Name) and bound.row == self.alias:
            self.where.append(_same(bound, cell) if takes_null else Operation("=", (bound, cell)))
        else:
            self.keys[cell.field] = bound
        if not takes_null and (bound is None or variable in self.order.nullable):
            self.present.append(cell.field)

    def wanted(self, table: str, conditions: Sequence[Expression]) -> WantedRow:
        """Returns the row. What a condition says it equals, it is looked up by as well."""
        for name, tree in (found for condition in conditions for found in self.equal(condition)):
            if name not in self.fixed:
                self.keys.setdefault(name, tree)
        return WantedRow(
            self.alias,
            table,
            tuple(self.fixed.items()),
            self.keys,
            tuple(dict.fromkeys(self.present)),
            (*self.where, *conditions),
            tuple(self.spread),
            tuple(self.held),
        )

    def equal(self, tree: Expression) -> Iterable[tuple[str, Expression]]:
        """Yields the field of this row that a condition says is equal to something of the rows before."""
        if not isinstance(tree, Operation) or tree.operator != "=":
            return
        for own, other in (tree.operands, tree.operands[::-1]):
            if (
                isinstance(own, Name)
                and own.row == self.alias
                and self.alias not in {name.row for name in names(other)}
            ):
                yield own.field, other


def _variable(value: Wanted) -> tuple[str, bool]:
    """Returns the name of a variable ("" for a value) and whether it matches null."""
    if not isinstance(value, str) or not value.startswith("$"):
        return "", False
    return value[1:].removesuffix(OR_NULL), value.endswith(OR_NULL)


def _same(one: Expression, other: Expression) -> Expression:
    """Equality that holds of two nulls."""
    nulls = tuple(Operation("is-null", (tree,)) for tree in (one, other))
    return Call("coalesce", (Operation("=", (one, other)), Operation("and", nulls)))
