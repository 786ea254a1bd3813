"""Judges rows by a rule book: chooses the engine, compiles for it, and runs."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from briefnote.errors import BriefnoteError, Problem
from briefnote.model.finding import Judged
from briefnote.rules.confidence import ConfidenceRule
from briefnote.rules.context import ActorNames
from briefnote.rules.database import SqliteDatabase
from briefnote.rules.facts import Rows
from briefnote.rules.plan import Limits, Parquet, Plan
from briefnote.rules.rulebook import RuleBook
from briefnote.rules.running import run

if TYPE_CHECKING:
    from briefnote.rules.database import Database

Engine = Literal["auto", "sqlite", "duckdb"]
MANY_CLAIMS = 20_000  # from here on DuckDB is the faster one (measured: they cross between 10,000 and 30,000)


def judge(
    book: RuleBook,
    rows: Rows | Parquet,
    actors: ActorNames,
    confidence: ConfidenceRule,
    engine: Engine = "auto",
    limits: Limits | None = None,
    plan: Plan | None = None,
) -> Judged:
    """Returns the findings, best first within each section, and how many each section had before the cut.

    `plan` is the book's, where it was made before; it is taken if it is for the engine chosen.

    Raises BriefnoteError where a rule finds or takes more than the limits allow, or says a value that is missing, and
    where the engine asked for is not installed.
    """
    limits = limits or Limits()
    chosen = choose(engine, rows)
    if plan is None or plan.dialect != chosen:
        from briefnote.rules.planning import plan_of
        from briefnote.rules.sql import DUCKDB, SQLITE

        plan = plan_of(book, {"sqlite": SQLITE, "duckdb": DUCKDB}[chosen])
    return run(plan, open_database(plan, rows, limits), actors, confidence, limits)


def choose(engine: Engine, rows: Rows | Parquet) -> Literal["sqlite", "duckdb"]:
    """Returns the engine for these rows. Raises BriefnoteError where it is not installed or cannot read them."""
    has_duckdb = find_spec("duckdb") is not None
    is_large = isinstance(rows, Parquet) or len(rows.get("claim", ())) > MANY_CLAIMS
    if isinstance(rows, Parquet) and engine == "sqlite":
        raise BriefnoteError([Problem("--engine", message="sqlite reads no Parquet files; leave it to duckdb")])
    wants_duckdb = engine == "duckdb" or isinstance(rows, Parquet)
    if wants_duckdb and not has_duckdb:
        message = "DuckDB is not installed; run `pip install 'briefnote[scale]'`, or leave --engine out"
        raise BriefnoteError([Problem("--engine", message=message)])
    return "duckdb" if wants_duckdb or (engine == "auto" and is_large and has_duckdb) else "sqlite"


def open_database(plan: Plan, rows: Rows | Parquet, limits: Limits) -> Database:
    """Returns the engine that the plan was made for, with the rows in it."""
    if plan.dialect == "duckdb":
        from briefnote.rules.duck import DuckDatabase

        return DuckDatabase(plan, rows, limits)
    if isinstance(rows, Parquet):
        raise TypeError("a plan for SQLite takes rows")
    return SqliteDatabase(plan, rows, limits.seconds)
