"""The rows in a database: SQLite in memory, with the functions and the strictness that the SQL counts on."""

from __future__ import annotations

import sqlite3
from functools import partial

from briefnote.rules.evaluation import apply
from briefnote.rules.facts import Rows
from briefnote.rules.schema import RELATIONS
from briefnote.rules.sql import quoted

_SQL_TYPE = {"text": "TEXT", "number": "REAL", "truth": "INTEGER"}


def load(rows: Rows) -> sqlite3.Connection:
    """Returns an in-memory database: STRICT tables, a side table for each field with many values."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    for function in ("lower", "upper", "round"):  # SQLite's own know ASCII only, and round in decimal
        database.create_function(function, -1, partial(apply, function), deterministic=True)
    for relation, fields in RELATIONS.items():
        single = [name for name, field in fields.items() if not field.many]
        columns = ", ".join(f"{quoted(name)} {_SQL_TYPE[fields[name].type]}" for name in single)
        database.execute(f"CREATE TABLE {quoted(relation)} ({columns}, PRIMARY KEY (id)) STRICT")
        marks = ", ".join("?" * len(single))
        records = ([row[name] for name in single] for row in rows[relation])
        database.executemany(f"INSERT INTO {quoted(relation)} VALUES ({marks})", records)
        for name in (name for name, field in fields.items() if field.many):
            side = quoted(f"{relation}:{name}")
            database.execute(f'CREATE TABLE {side} ("row" TEXT, {quoted(name)} TEXT) STRICT')
            pairs = ((row["id"], value) for row in rows[relation] for value in dict.fromkeys(row[name]))
            database.executemany(f"INSERT INTO {side} VALUES (?, ?)", pairs)
    return database
