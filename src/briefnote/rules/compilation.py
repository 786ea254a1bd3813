"""Compiles a checked rule to SQL: one statement for its findings, one for the evidence of some of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefnote.rules.checked import CheckedRule
from briefnote.rules.functions import EMPTY
from briefnote.rules.joining import Joiner, conjunction, from_clause, is_many
from briefnote.rules.plan import WEIGHTS
from briefnote.rules.sql import SQLITE, Dialect, column, quoted
from briefnote.yamltree import Scalar


@dataclass(frozen=True)
class CompiledRule:
    """The statements of a rule, which share their parameters.

    `findings` inserts at most :limit findings into `table`; `ranking` selects the best :limit of them, (id, score).
    Of the findings whose ids are bound as "wanted", `values` selects `columns`, and `evidence` (finding id, row id of
    each alias), a line a match, the weightiest rows first. `joins` are the (table, columns) that its rows are looked
    up by.
    """

    rule: CheckedRule
    table: str
    create: str
    findings: str
    ranking: str
    columns: tuple[str, ...]
    values: str
    evidence: str
    parameters: Mapping[str, Any]
    joins: tuple[tuple[str, tuple[str, ...]], ...]


def row_column(alias: str) -> str:
    """Returns the column of a finding that holds the id of the row it matched under a name."""
    return f"row:{alias}"


def compile_rule(rule: CheckedRule, params: Mapping[str, Scalar], dialect: Dialect = SQLITE) -> CompiledRule:
    """Returns the SQL of one rule, as one engine writes it."""
    return Compiler(rule, params, dialect).compile()


class Compiler(Joiner):
    """Prints the SQL of one rule."""

    def compile(self) -> CompiledRule:
        rule = self.rule
        for pattern in rule.patterns:
            self.joins += self.joined(pattern, self.variables)
        conditions = [self.printer(self.variables).print(tree) for tree in rule.where]
        conditions += [self.absent(block.patterns, block.where) for block in rule.absences]
        fields = {"id": "text", **{name: field.type for name, field in rule.fields.items()}}
        columns = dict(fields)
        if not rule.is_grouped:
            columns |= {row_column(pattern.alias): "text" for pattern in rule.patterns}
        select = self.best(self.select(from_clause(self.joins) + conjunction(conditions)), list(columns))
        typed = ", ".join(f"{quoted(name)} {self.dialect.types[kind]}" for name, kind in columns.items())
        listed = ", ".join(map(quoted, columns))
        table, limit = quoted(self.table), self.dialect.placeholder("limit")
        return CompiledRule(
            rule,
            self.table,
            f"CREATE TABLE {table} ({typed}){self.dialect.strict}",
            f"INSERT INTO {table} ({listed}) {select} LIMIT {limit}",
            f'SELECT "id", COALESCE("score", 0) FROM {table} ORDER BY 2 DESC, 1 LIMIT {limit}',
            tuple(fields),
            f'SELECT {", ".join(map(quoted, fields))} FROM {table} WHERE "id" IN ({self.dialect.wanted}) ORDER BY "id"',
            self.evidence(conditions),
            self.parameters.values,
            tuple(self.looked_up),
        )

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
        names = list(group)
        keys = []
        if not group:
            keys = [column(pattern.alias, "id") for pattern in self.rule.patterns]
            names = [name for name, place in self.rule.bound.items() if self.has_many(*place)]
        keys += [self.key_text(name) for name in names]
        return " || '|' || ".join([self.parameters.bind(self.rule.id), *keys])

    def key_text(self, name: str) -> str:
        """As functions.key_text: a | in a value must not look like the | between two, nor an empty text like null."""
        value = self.variables[name]
        match self.rule.fields[name].type:
            case "number":
                text = f"number_text({value})"
            case "truth":
                text = f"CAST(CAST({value} AS INTEGER) AS TEXT)"
            case _:
                escaped = f"REPLACE(REPLACE({value}, '\\', '\\\\'), '|', '\\|')"
                text = f"CASE {value} WHEN '' THEN '{EMPTY}' ELSE {escaped} END"
        return f"COALESCE({text}, '')"

    def has_many(self, alias: str, field: str) -> bool:
        relation = next(pattern.relation for pattern in self.rule.patterns if pattern.alias == alias)
        return is_many(relation, field)

    def select(self, source: str) -> str:
        names = self.names()
        group = self.rule.text.group
        score = self.printer(names).print(self.rule.score)
        cells = [f"{self.key()} AS {quoted('id')}"]
        cells += [f"{sql} AS {quoted(name)}" for name, sql in names.items()]
        cells.append(f"CAST({score} AS {self.dialect.types['number']}) AS {quoted('score')}")
        if not group:
            rows = [pattern.alias for pattern in self.rule.patterns]
            cells += [f"{column(alias, 'id')} AS {quoted(row_column(alias))}" for alias in rows]
        sql = f"SELECT {', '.join(cells)} {source}"
        if group:
            sql += " GROUP BY " + ", ".join(self.variables[name] for name in group)
        if self.rule.having:
            sql += " HAVING " + " AND ".join(self.printer(names).print(tree) for tree in self.rule.having)
        return sql

    def best(self, select: str, columns: list[str]) -> str:
        """Keeps the best-scored finding per key of once_per; ties go to the smallest id."""
        listed = ", ".join(quoted(name) for name in columns)
        if not self.rule.text.once_per:
            return f'SELECT {listed} FROM ({select}) AS "all:"'
        keys = ", ".join(quoted(name) for name in self.rule.text.once_per)
        # Engines differ on where null stands, unless told.
        rank = f'ROW_NUMBER() OVER (PARTITION BY {keys} ORDER BY "score" DESC NULLS LAST, "id")'
        ranked = f'SELECT *, {rank} AS "once:rank" FROM ({select}) AS "all:"'
        return f'SELECT {listed} FROM ({ranked}) AS "ranked:" WHERE "once:rank" = 1'

    def evidence(self, conditions: list[str]) -> str:
        """A finding of one match has its rows in its table; the matches of a group are looked up again."""
        found = f'SELECT * FROM {quoted(self.table)} WHERE "id" IN ({self.dialect.wanted})'
        if not self.rule.is_grouped:
            rows = ", ".join(quoted(row_column(pattern.alias)) for pattern in self.rule.patterns)
            return f'SELECT "id", {rows} FROM ({found}) AS "found:"'
        rows = ", ".join(column(pattern.alias, "id") for pattern in self.rule.patterns)
        weights = [
            f"{column(pattern.alias, WEIGHTS[pattern.relation])} DESC NULLS LAST"
            for pattern in self.rule.patterns
            if pattern.relation in WEIGHTS
        ]
        joins = [(f'({found}) AS "found:"', list[str]()), *self.joins]
        source = from_clause(joins) + conjunction([*map(self.same_group, self.rule.text.group), *conditions])
        return f'SELECT "found:"."id", {rows} {source} ORDER BY {", ".join([*weights, rows])}'

    def same_group(self, name: str) -> str:
        is_optional = name in self.rule.optional
        return f"{self.variables[name]} {self.dialect.same if is_optional else '='} {column('found:', name)}"
