"""Judges rows by a rule book: chooses the engine, compiles for it, and runs."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from briefnote.errors import BriefnoteError, Problem
from briefnote.model.finding import Judged
from briefnote.rules.confidence import ConfidenceRule
from briefnote.rules.facts import Rows
from briefnote.rules.memory import PythonEngine
from briefnote.rules.plan import Limits, Parquet, Plan
from briefnote.rules.rulebook import RuleBook
from briefnote.rules.running import run
from briefnote.rules.speaking import ActorNames
from briefnote.rules.statements import SqlEngine

if TYPE_CHECKING:
    from briefnote.rules.engine import Engine
    from briefnote.rules.plan import EngineName

Choice = Literal["auto", "python", "sqlite", "duckdb"]
FEW_CLAIMS = 2_000  # up to here Python is done before SQLite (measured with the pack leverage; later they are even)
MANY_CLAIMS = 20_000  # from here on DuckDB is the faster one (measured: they cross between 10,000 and 30,000)


def judge(
    book: RuleBook,
    rows: Rows | Parquet,
    actors: ActorNames,
    confidence: ConfidenceRule,
    engine: Choice = "auto",
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
    if plan is None or plan.engine != chosen:
        from briefnote.rules.planning import plan_of

        plan = plan_of(book, chosen)
    return run(plan, open_engine(plan, rows, limits), actors, confidence, limits)


def choose(engine: Choice, rows: Rows | Parquet) -> EngineName:
    """Returns the engine for these rows. Raises BriefnoteError where it is not installed or cannot read them."""
    has_duckdb = find_spec("duckdb") is not None
    if isinstance(rows, Parquet) and engine in ("python", "sqlite"):
        raise BriefnoteError([Problem("--engine", message=f"{engine} reads no Parquet files; leave it to duckdb")])
    if (engine == "duckdb" or isinstance(rows, Parquet)) and not has_duckdb:
        message = "DuckDB is not installed; run `pip install 'briefnote[scale]'`, or leave --engine out"
        raise BriefnoteError([Problem("--engine", message=message)])
    if isinstance(rows, Parquet):
        return "duckdb"
    if engine != "auto":
        return engine
    claims = len(rows.get("claim", ()))
    return "python" if claims <= FEW_CLAIMS else "duckdb" if claims > MANY_CLAIMS and has_duckdb else "sqlite"


def open_engine(plan: Plan, rows: Rows | Parquet, limits: Limits) -> Engine:
    """Returns the engine that the plan was made for, with the rows in it."""
    if plan.engine == "duckdb":
        from briefnote.rules.duck import DuckDatabase

        return SqlEngine(plan, DuckDatabase(plan, rows, limits))
    if isinstance(rows, Parquet):
        raise TypeError("only a plan for DuckDB takes Parquet files")
    if plan.engine == "python":
        return PythonEngine(plan, rows, limits)
    from briefnote.rules.database import SqliteDatabase

    return SqlEngine(plan, SqliteDatabase(plan, rows, limits.seconds))
