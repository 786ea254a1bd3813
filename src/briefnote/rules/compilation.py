"""Compiles a checked rule to SQL: one statement for its findings, one for their evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefnote.rules.checked import CheckedRule
from briefnote.rules.language import Pattern, Wanted
from briefnote.rules.nodes import Expression
from briefnote.rules.schema import OR_NULL, RELATIONS, TAGS
from briefnote.rules.sql import Parameters, Printer, column, quoted
from briefnote.yamltree import Scalar


@dataclass(frozen=True)
class CompiledRule:
    """`findings` inserts into `table`; `evidence` selects (finding id, row ids of each alias, best first)."""

    rule: CheckedRule
    table: str
    create: str
    findings: str
    evidence: str
    parameters: Mapping[str, Any]


def table_of(rule_id: str) -> str:
    """Returns the table that holds a rule's findings."""
    return f"finding:{rule_id}"


def compile_rule(rule: CheckedRule, params: Mapping[str, Scalar]) -> CompiledRule:
    """Returns the SQL of one rule. The statements share their parameters."""
    return Compiler(rule, params).compile()


class Compiler:
    """Prints the SQL of one rule, step by step; `variables` grows as patterns are joined."""

    def __init__(self, rule: CheckedRule, params: Mapping[str, Scalar]) -> None:
        self.rule = rule
        self.parameters = Parameters()
        self.params = {name: self.parameters.bind(value) for name, value in params.items()}
        self.variables: dict[str, str] = {}
        self.joins: list[tuple[str, list[str]]] = []

    def compile(self) -> CompiledRule:
        for pattern in self.rule.patterns:
            self.joins += self.joined(pattern, self.variables, bind=True)
        conditions = [self.printer(self.variables).print(tree) for tree in self.rule.where]
        conditions += [self.absent(block.patterns, block.where) for block in self.rule.absences]
        source = from_clause(self.joins) + _where(conditions)
        names = self.names()
        columns = ["id", *self.rule.fields]
        columns = list(dict.fromkeys(columns))
        select = self.best(self.select(names, source), columns)
        evidence = self.evidence(source)
        table = table_of(self.rule.id)
        typed = ", ".join(f"{quoted(name)} {self.storage(name)}" for name in columns)
        listed = ", ".join(quoted(name) for name in columns)
        return CompiledRule(
            self.rule,
            table,
            f"CREATE TABLE {quoted(table)} ({typed}) STRICT",
            f"INSERT INTO {quoted(table)} ({listed}) {select}",
            evidence,
            self.parameters.values,
        )

    def storage(self, name: str) -> str:
        field = self.rule.fields[name]
        return {"text": "TEXT", "number": "REAL", "truth": "INTEGER"}[field.type]

    def printer(self, variables: Mapping[str, str]) -> Printer:
        return Printer({**self.params, **variables}, self.parameters)

    # ---- rows -----------------------------------------------------------------------------------------

    def joined(self, pattern: Pattern, variables: dict[str, str], *, bind: bool) -> list[tuple[str, list[str]]]:
        """Returns (table AS alias, its conditions): the row, and a side table for each field with many values."""
        table = table_of(str(pattern.tag)) if pattern.relation == "finding" else pattern.relation
        fields = dict(pattern.fields)
        if pattern.relation != "finding" and pattern.tag != "any":
            fields = {TAGS[pattern.relation]: pattern.tag, **fields}
        own: list[str] = []
        sides: list[tuple[str, list[str]]] = []
        for name, value in fields.items():
            if _is_many(pattern.relation, name) and value != "_":
                if isinstance(value, str) and value.startswith("$"):
                    sides.append(self.side(pattern, name, value, variables, bind))
                else:
                    own.append(self.among(pattern, name, value))
            else:
                own += self.condition(column(pattern.alias, name), value, variables, bind)
        return [(f"{quoted(table)} AS {quoted(pattern.alias)}", own), *sides]

    def side(
        self,
        pattern: Pattern,
        name: str,
        value: Wanted,
        variables: dict[str, str],
        bind: bool,
    ) -> tuple[str, list[str]]:
        alias = f"{pattern.alias}:{name}"
        on = [f"{column(alias, 'row')} = {column(pattern.alias, 'id')}"]
        on += self.condition(column(alias, name), value, variables, bind)
        return f"{quoted(f'{pattern.relation}:{name}')} AS {quoted(alias)}", on

    def among(self, pattern: Pattern, name: str, value: Wanted) -> str:
        """One of a row's many values is wanted, or (null) none: the row still stands once."""
        alias = f"{pattern.alias}:{name}"
        on = [f"{column(alias, 'row')} = {column(pattern.alias, 'id')}"]
        if value is not None:
            on += self.condition(column(alias, name), value, {}, bind=False)
        table = quoted(f"{pattern.relation}:{name}")
        rows = f"SELECT 1 FROM {table} AS {quoted(alias)} WHERE {' AND '.join(on)}"
        return f"{'NOT ' if value is None else ''}EXISTS ({rows})"

    def condition(self, cell: str, value: Wanted, variables: dict[str, str], bind: bool) -> list[str]:
        if value == "_":
            return []
        if isinstance(value, str) and value.startswith("$"):
            return self.variable(cell, value[1:], variables, bind)
        if isinstance(value, tuple):
            return [f"{cell} IN ({', '.join(self.parameters.bind(option) for option in value)})"]
        return [f"{cell} IS NULL" if value is None else f"{cell} = {self.parameters.bind(value)}"]

    def variable(self, cell: str, name: str, variables: dict[str, str], bind: bool) -> list[str]:
        """A variable binds where it stands first, and joins after that; `$name|null` matches empty cells too."""
        is_optional = name.endswith(OR_NULL) or name in self.rule.optional
        name = name.removesuffix(OR_NULL)
        if name in variables:
            return [f"{cell} {'IS' if is_optional else '='} {variables[name]}"]
        variables[name] = cell
        return [] if is_optional and bind else [f"{cell} IS NOT NULL"]

    def absent(self, patterns: tuple[Pattern, ...], where: tuple[Expression, ...]) -> str:
        variables = dict(self.variables)
        joins: list[tuple[str, list[str]]] = []
        for pattern in patterns:
            joins += self.joined(pattern, variables, bind=False)
        conditions = [self.printer(variables).print(tree) for tree in where]
        return f"NOT EXISTS (SELECT 1 {from_clause(joins)}{_where(conditions)})"

    # ---- findings ---------------------------------------------------------------------------------------

    def names(self) -> dict[str, str]:
        """Returns the SQL of every visible variable and let, in order of definition."""
        grouped = self.rule.text.group
        visible = {name: sql for name, sql in self.variables.items() if not grouped or name in grouped}
        for name, tree in self.rule.let.items():
            visible[name] = f"({self.printer(visible).print(tree)})"
        return visible

    def key(self) -> str:
        """The finding's id: the rule and the rows (or group values) it rests on."""
        group = self.rule.text.group
        values = [self.variables[name] for name in group if name in self.variables]
        keys = []
        if not group:
            keys = [column(pattern.alias, "id") for pattern in self.rule.patterns]
            values = [self.variables[name] for name, place in self.rule.bound.items() if self.has_many(*place)]
        # A | within a value must not look like the | between two.
        keys += [f"COALESCE(REPLACE(CAST({value} AS TEXT), '|', '\\|'), '')" for value in values]
        return " || '|' || ".join([self.parameters.bind(self.rule.id), *keys])

    def has_many(self, alias: str, field: str) -> bool:
        relation = next(pattern.relation for pattern in self.rule.patterns if pattern.alias == alias)
        return _is_many(relation, field)

    def select(self, names: Mapping[str, str], source: str) -> str:
        score = self.printer(names).print(self.rule.score)
        cells = [f"{self.key()} AS {quoted('id')}"]
        cells += [f"{sql} AS {quoted(name)}" for name, sql in names.items()]
        cells.append(f"CAST({score} AS REAL) AS {quoted('score')}")
        sql = f"SELECT {', '.join(cells)} {source}"
        if self.rule.text.group:
            sql += " GROUP BY " + ", ".join(self.variables[name] for name in self.rule.text.group)
        if self.rule.having:
            sql += " HAVING " + " AND ".join(self.printer(names).print(tree) for tree in self.rule.having)
        return sql

    def best(self, select: str, columns: list[str]) -> str:
        """Keeps the best-scored finding per key of once_per; ties go to the smallest id."""
        listed = ", ".join(quoted(name) for name in columns)
        if not self.rule.text.once_per:
            return f"SELECT {listed} FROM ({select})"
        keys = ", ".join(quoted(name) for name in self.rule.text.once_per)
        rank = f'ROW_NUMBER() OVER (PARTITION BY {keys} ORDER BY "score" DESC, "id")'
        return f'SELECT {listed} FROM (SELECT *, {rank} AS "once:rank" FROM ({select})) WHERE "once:rank" = 1'

    def evidence(self, source: str) -> str:
        """One line for each match behind a finding: its id, then the row of each alias; heaviest rows first."""
        rows = [column(pattern.alias, "id") for pattern in self.rule.patterns]
        weights = [
            f"{column(pattern.alias, _WEIGHT[pattern.relation])} DESC"
            for pattern in self.rule.patterns
            if pattern.relation in _WEIGHT
        ]
        order = ", ".join([*weights, *rows])
        table = quoted(table_of(self.rule.id))
        cells = ", ".join(f"{row} AS {quoted(f'e{n}')}" for n, row in enumerate(rows))
        key = self.key()
        kept = f'{key} IN (SELECT "id" FROM {table})'
        return f'SELECT {key} AS "id", {cells} {source} AND {kept} ORDER BY {order}'


_WEIGHT = {"claim": "weight", "figure": "weight", "finding": "score"}


def _is_many(relation: str, field: str) -> bool:
    known = RELATIONS.get(relation, {}).get(field)
    return known is not None and known.many


def from_clause(joins: list[tuple[str, list[str]]]) -> str:
    """Returns FROM … JOIN … WHERE of the joined tables; conditions may follow with AND."""
    (first, conditions), *rest = joins
    sql = f"FROM {first}"
    for table, on in rest:
        sql += f" JOIN {table} ON {' AND '.join(on) or '1'}"
    return sql + (f" WHERE {' AND '.join(conditions)}" if conditions else " WHERE 1")


def _where(conditions: list[str]) -> str:
    return "".join(f" AND {condition}" for condition in conditions)
