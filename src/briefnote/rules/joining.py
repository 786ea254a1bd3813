"""Prints which rows a rule joins and which must be absent: FROM, JOIN … ON, WHERE and NOT EXISTS."""

from __future__ import annotations

from collections.abc import Mapping

from briefnote.rules.checked import CheckedRule
from briefnote.rules.language import Pattern, Wanted
from briefnote.rules.nodes import Expression
from briefnote.rules.schema import OR_NULL, RELATIONS, TAGS
from briefnote.rules.sql import SQLITE, Dialect, Parameters, Printer, column, quoted
from briefnote.yamltree import Scalar


def findings_of(rule_id: str) -> str:
    """Returns the table that holds a rule's findings."""
    return f"finding:{rule_id}"


def table_of(pattern: Pattern) -> str:
    """Returns the table of the rows that a pattern asks for."""
    return findings_of(str(pattern.tag)) if pattern.relation == "finding" else pattern.relation


def asked(pattern: Pattern) -> dict[str, Wanted]:
    """Returns what each field of a row must hold, its tag among them."""
    own = {} if pattern.relation == "finding" or pattern.tag == "any" else {TAGS[pattern.relation]: pattern.tag}
    return {**own, **pattern.fields}


class Joiner:
    """Joins the rows of one rule, pattern by pattern; `variables` grows as they are joined."""

    def __init__(self, rule: CheckedRule, params: Mapping[str, Scalar], dialect: Dialect = SQLITE) -> None:
        self.rule = rule
        self.dialect = dialect
        self.parameters = Parameters(dialect)
        self.params = {name: self.parameters.bind(value) for name, value in params.items()}
        self.variables: dict[str, str] = {}
        self.joins: list[tuple[str, list[str]]] = []
        self.table = findings_of(rule.id)
        self.looked_up: dict[tuple[str, tuple[str, ...]], None] = {}

    def printer(self, variables: Mapping[str, str]) -> Printer:
        return Printer({**self.params, **variables}, self.parameters)

    def joined(self, pattern: Pattern, variables: dict[str, str]) -> list[tuple[str, list[str]]]:
        """Returns (table AS alias, its conditions): the row, and a side table for each field with many values."""
        table = table_of(pattern)
        fields = asked(pattern)
        self.look_up(table, pattern, fields)
        own: list[str] = []
        sides: list[tuple[str, list[str]]] = []
        for name, value in fields.items():
            if is_many(pattern.relation, name) and value != "_":
                if isinstance(value, str) and value.startswith("$"):
                    sides.append(self.side(pattern, name, value, variables))
                else:
                    own.append(self.among(pattern, name, value))
            else:
                own += self.condition(column(pattern.alias, name), value, variables)
        return [(f"{quoted(table)} AS {quoted(pattern.alias)}", own), *sides]

    def look_up(self, table: str, pattern: Pattern, fields: Mapping[str, Wanted]) -> None:
        """Notes by which columns the rows are found, most selective last, for an index where there are many."""
        single = [name for name in fields if not is_many(pattern.relation, name) and fields[name] not in ("_", None)]
        if columns := sorted(single, key=lambda name: str(fields[name]).startswith("$")):
            self.looked_up[table, tuple(columns)] = None

    def side(
        self,
        pattern: Pattern,
        name: str,
        value: Wanted,
        variables: dict[str, str],
    ) -> tuple[str, list[str]]:
        alias = f"{pattern.alias}:{name}"
        on = [f"{column(alias, 'row')} = {column(pattern.alias, 'id')}"]
        on += self.condition(column(alias, name), value, variables)
        return f"{quoted(f'{pattern.relation}:{name}')} AS {quoted(alias)}", on

    def among(self, pattern: Pattern, name: str, value: Wanted) -> str:
        """One of a row's many values is wanted, or (null) none: the row still stands once."""
        alias = f"{pattern.alias}:{name}"
        on = [f"{column(alias, 'row')} = {column(pattern.alias, 'id')}"]
        if value is not None:
            on += self.condition(column(alias, name), value, {})
        table = quoted(f"{pattern.relation}:{name}")
        rows = f"SELECT 1 FROM {table} AS {quoted(alias)} WHERE {' AND '.join(on)}"
        return f"{'NOT ' if value is None else ''}EXISTS ({rows})"

    def condition(self, cell: str, value: Wanted, variables: dict[str, str]) -> list[str]:
        if value == "_":
            return []
        if isinstance(value, str) and value.startswith("$"):
            return self.variable(cell, value[1:], variables)
        if isinstance(value, tuple):
            return [f"{cell} IN ({', '.join(self.parameters.bind(option) for option in value)})"]
        return [f"{cell} IS NULL" if value is None else f"{cell} = {self.parameters.bind(value)}"]

    def variable(self, cell: str, name: str, variables: dict[str, str]) -> list[str]:
        """A variable binds where it stands first, and joins after that; `$name|null` matches empty cells too."""
        is_optional = name.endswith(OR_NULL) or name in self.rule.optional
        name = name.removesuffix(OR_NULL)
        if name in variables:
            return [f"{cell} {self.dialect.same if is_optional else '='} {variables[name]}"]
        variables[name] = cell
        return [] if is_optional else [f"{cell} IS NOT NULL"]

    def absent(self, patterns: tuple[Pattern, ...], where: tuple[Expression, ...]) -> str:
        variables = dict(self.variables)
        joins: list[tuple[str, list[str]]] = []
        for pattern in patterns:
            joins += self.joined(pattern, variables)
        conditions = [self.printer(variables).print(tree) for tree in where]
        return f"NOT EXISTS (SELECT 1 {from_clause(joins)}{conjunction(conditions)})"


def is_many(relation: str, field: str) -> bool:
    """Returns whether a row has several values of a field."""
    known = RELATIONS.get(relation, {}).get(field)
    return known is not None and known.many


def from_clause(joins: list[tuple[str, list[str]]]) -> str:
    """Returns FROM … JOIN … WHERE of the joined tables; conditions may follow with AND."""
    (first, conditions), *rest = joins
    sql = f"FROM {first}"
    for table, on in rest:
        sql += f" JOIN {table} ON {' AND '.join(on) or 'TRUE'}"
    return sql + (f" WHERE {' AND '.join(conditions)}" if conditions else " WHERE TRUE")


def conjunction(conditions: list[str]) -> str:
    """Returns AND … for conditions that follow others."""
    return "".join(f" AND {condition}" for condition in conditions)
