"""The rows in a database: SQLite in memory, with the functions and the strictness that the SQL counts on."""

from __future__ import annotations

import sqlite3
import time
from operator import itemgetter

from briefnote.rules.engine import TooSlow
from briefnote.rules.functions import apply, mean, number_text, total

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from briefnote.rules.plan import Plan, PlannedField

    Rows = Mapping[str, Sequence[Mapping[str, Any]]]
    Row = tuple[Any, ...]


SQL_TYPES = {"text": "TEXT", "number": "REAL", "truth": "INTEGER"}
MANY_ROWS = 2_000  # from here on an index costs less than it saves
_STEPS = 50_000  # of SQLite's machine between two looks at the clock: some milliseconds


def side_table(relation: str, field: str) -> str:
    """Returns the table that has a line for each value of a field with several."""
    return f"{relation}:{field}"


class SqliteDatabase:
    """SQLite in memory. Once the rows are in, a statement can read, and insert findings, and nothing else."""

    def __init__(self, plan: Plan, rows: Rows, seconds: float) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=0)
        try:
            self._fill(plan, rows)
        except BaseException:
            self.close()
            raise
        deadline = time.monotonic() + seconds
        self._connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)

    def _fill(self, plan: Plan, rows: Rows) -> None:
        add_functions(self._connection)
        for relation, fields in plan.relations.items():
            _load(self._connection, relation, fields, rows.get(relation, ()))
        for rule in plan.rules:
            self._connection.execute(rule.statements.create)
        if sum(map(len, rows.values())) > MANY_ROWS:
            self._index(plan)
        guard(self._connection)

    def _index(self, plan: Plan) -> None:
        wanted = {join: None for rule in plan.rules for join in rule.statements.joins}
        for relation in ("claim", "figure", "source"):
            wanted[relation, ("id",)] = None
        wanted["claim", ("holder", "over")] = None
        sides = [
            (relation, field.name) for relation, fields in plan.relations.items() for field in fields if field.many
        ]
        for relation, name in sides:
            wanted[side_table(relation, name), ("row", name)] = None
        for number, (table, columns) in enumerate(wanted):
            listed = ", ".join(f'"{name}"' for name in columns)
            self._connection.execute(f'CREATE INDEX "index:{number}" ON "{table}" ({listed})')
        self._connection.execute("ANALYZE")

    def read(self, sql: str, values: Mapping[str, Any]) -> list[Row]:
        """Returns the rows of a query. Raises TooSlow."""
        found: list[Row] = self._run(lambda: self._connection.execute(sql, _bound(values)).fetchall())
        return found

    def write(self, sql: str, values: Mapping[str, Any]) -> int:
        """Inserts findings and returns how many. Raises TooSlow."""
        return int(self._run(lambda: self._connection.execute(sql, _bound(values)).rowcount))

    def _run(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except sqlite3.OperationalError as error:
            if str(error) == "interrupted":
                raise TooSlow from None
            raise

    def close(self) -> None:
        """Lets go of the rows."""
        self._connection.close()


def _bound(values: Mapping[str, Any]) -> dict[str, Any]:
    """A list of texts goes in as JSON."""
    if "wanted" not in values:
        return dict(values)
    import json

    return {**values, "wanted": json.dumps(values["wanted"])}


def add_functions(connection: sqlite3.Connection) -> None:
    """Gives SQLite the functions that expressions mean: its own know ASCII only, and round in decimal."""
    for name in ("lower", "upper", "round"):
        connection.create_function(f"{name}_of", -1, _function(name), deterministic=True)
    connection.create_function("number_text", 1, number_text, deterministic=True)
    connection.create_aggregate("total_of", 1, _Total)  # type: ignore[arg-type]
    connection.create_aggregate("mean_of", 1, _Mean)  # type: ignore[arg-type]


def _function(name: str) -> Callable[..., Any]:
    return lambda *arguments: apply(name, *arguments)


class _Total:
    finish = staticmethod(total)

    def __init__(self) -> None:
        self.values: list[float] = []

    def step(self, value: float | None) -> None:
        if value is not None:
            self.values.append(value)

    def finalize(self) -> float | None:
        return self.finish(self.values)


class _Mean(_Total):
    finish = staticmethod(mean)  # type: ignore[assignment]


def _load(
    connection: sqlite3.Connection,
    relation: str,
    fields: Iterable[PlannedField],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """STRICT tables: a text in a column of numbers is refused, not compared."""
    single = [field for field in fields if not field.many]
    columns = ", ".join(f'"{field.name}" {SQL_TYPES[field.type]}' for field in single)
    connection.execute(f'CREATE TABLE "{relation}" ({columns}) STRICT')
    names = [field.name for field in single]
    connection.executemany(
        f'INSERT INTO "{relation}" VALUES ({", ".join("?" * len(names))})',
        map(itemgetter(*names), rows),
    )
    for name in (field.name for field in fields if field.many):
        side = side_table(relation, name)
        connection.execute(f'CREATE TABLE "{side}" ("row" TEXT, "{name}" TEXT) STRICT')
        pairs = ((row["id"], value) for row in rows for value in dict.fromkeys(row[name]))
        connection.executemany(f'INSERT INTO "{side}" VALUES (?, ?)', pairs)


_MAY = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_FUNCTIONS = frozenset(
    "abs coalesce count greatest json_each least length like lower_of max mean_of min nullif number_text replace "
    "round_of row_number total_of upper_of".split()
)


def guard(connection: sqlite3.Connection) -> None:
    """From here on, statements can read, insert into tables of findings, and call the functions of the language."""

    def may(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        if action in _MAY:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_INSERT and first is not None and first.startswith("finding:"):
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    connection.execute("SELECT 1 FROM json_each('[]')")  # it makes itself at its first use, which is not allowed after
    connection.set_authorizer(may)
