"""What an engine may do and may not: read the rows, keep findings, end in time; nothing else, whatever it is told."""

from __future__ import annotations

import marshal
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from briefnote.errors import BriefnoteError
from briefnote.model.finding import Judged
from briefnote.rules import judging, search
from briefnote.rules.database import SqliteDatabase
from briefnote.rules.duck import DuckDatabase
from briefnote.rules.judging import Choice, choose, judge
from briefnote.rules.plan import Limits, Parquet, Plan, as_data, from_data
from briefnote.rules.planning import plan_of
from briefnote.rules.rulebook import RuleBook
from briefnote.rules.speaking import ActorNames
from support import assembled, confidence_rule, rows

if TYPE_CHECKING:
    from briefnote.rules.plan import EngineName

needs_duckdb = pytest.mark.skipif(find_spec("duckdb") is None, reason="the extra `scale` is not installed")
ENGINES = ["python", "sqlite", pytest.param("duckdb", marks=needs_duckdb)]
PAIRED = """
rules:
  - id: paired
    section: leverage
    match: {a: {claim: any, theme: $theme}, b: {claim: any, theme: $theme}}
    say: Hm.
"""
COUNTED = """
rules:
  - id: counted
    section: leverage
    match: {a: {claim: any, theme: $theme}, b: {claim: any, theme: $theme}, c: {claim: any, theme: $theme}}
    where: a.weight + b.weight * c.weight < c.certainty
    group: [theme]
    say: Hm.
"""
STATED = """
rules:
  - id: stated
    section: leverage
    match: {c: {claim: leverage}}
    score: 100 * c.weight
    say: "{{ c.text }}"
"""


def book_of(rules: str) -> RuleBook:
    book, problems = assembled(rules)
    assert book is not None, problems
    return book


def judged_by(rules: str, engine: Choice, claims: list[dict[str, Any]], limits: Limits | None = None) -> Judged:
    return judge(book_of(rules), rows({"claim": claims}), ActorNames(), confidence_rule(), engine, limits)


def claims(count: int) -> list[dict[str, Any]]:
    return [{"id": f"s1#c{number}"} for number in range(count)]


@pytest.mark.parametrize("engine", ENGINES)
def test_rule_that_pairs_everything_stops_at_the_limit(engine: Choice) -> None:
    """What lies beyond the limit is never made."""
    with pytest.raises(BriefnoteError, match="rule 'paired': more than 50 findings, as many as one rule may have"):
        judged_by(PAIRED, engine, claims(3_000), Limits(findings=50))


@pytest.mark.parametrize("engine", ENGINES)
def test_rule_that_takes_too_long_is_named(engine: Choice) -> None:
    """A rule that counts billions of combinations is stopped by the clock, with its place and a remedy."""
    with pytest.raises(BriefnoteError, match=r"rules\.yaml:3: rule 'counted': not done after 0\.3 seconds"):
        judged_by(COUNTED, engine, claims(4_000), Limits(seconds=0.3))


@pytest.mark.parametrize(("most", "is_fine"), [(9, True), (8, False)])
def test_group_of_more_matches_than_python_holds_is_named(
    most: int, is_fine: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python keeps the matches of a group; where they are too many it says so, before memory runs out."""
    monkeypatch.setattr(search, "MOST_MATCHES", most)
    grouped = PAIRED.replace("say:", "group: [theme]\n    say:")
    message = "rule 'paired': its groups have more than 8 matches, as many as are held in memory; add conditions"
    with nullcontext() if is_fine else pytest.raises(BriefnoteError, match=message):
        judged_by(grouped, "python", claims(3))


@pytest.mark.parametrize("engine", ENGINES)
def test_only_the_best_are_put_into_words(engine: Choice) -> None:
    """What is not printed is counted, but not spoken: the eleventh claim, which has no text, stops nothing."""
    many = [{"id": f"s1#c{n:02}", "weight": (20 - n) / 20, "handle": None if n > 9 else "x"} for n in range(15)]
    found = judged_by(STATED.replace("c.text", "c.handle"), engine, many)
    assert (len(found.findings), found.found) == (10, {"leverage": 15})


# ---- what SQL may do once the rows are in -----------------------------------------------------------------------

HOSTILE = [
    "ATTACH DATABASE ':memory:' AS other",
    "PRAGMA writable_schema = 1",
    'DROP TABLE "claim"',
    'DELETE FROM "claim"',
    'UPDATE "claim" SET "weight" = 1',
    'INSERT INTO "claim" ("id") VALUES (\'x\')',
    "CREATE TABLE more (x)",
    "SELECT load_extension('x')",
    "SELECT randomblob(10)",
    "SELECT sqlite_version()",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
]


@pytest.fixture
def sqlite() -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(plan_of(book_of(STATED), "sqlite"), rows({"claim": claims(3)}), 5)
    yield database
    database.close()


@pytest.mark.parametrize("statement", HOSTILE)
def test_sqlite_does_nothing_but_match(statement: str, sqlite: SqliteDatabase) -> None:
    """Once the rows are in, a statement reads and adds findings; all else is refused, even if it got this far."""
    with pytest.raises(sqlite3.DatabaseError, match="not authorized|prohibited"):
        sqlite.read(statement, {})


HOSTILE_DUCKDB = [
    "SELECT * FROM read_csv('{file}')",
    "SELECT * FROM read_text('{file}')",
    "SELECT * FROM read_parquet('{file}')",
    "SELECT * FROM glob('{folder}/*')",
    "COPY \"claim\" TO '{folder}/out.csv'",
    "ATTACH '{folder}/other.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "PRAGMA memory_limit = '1TB'",
    "SELECT * FROM python_rows",
]


@needs_duckdb
@pytest.mark.parametrize("statement", HOSTILE_DUCKDB)
def test_duckdb_reaches_nothing_outside(statement: str, tmp_path: Path) -> None:
    """Once the rows are in, no file, no network, no setting and no Python variable can be reached."""
    import duckdb

    python_rows = [1, 2, 3]
    (tmp_path / "secret.csv").write_text("secret\n1\n")
    database = DuckDatabase(plan_of(book_of(STATED), "duckdb"), rows({"claim": claims(3)}), Limits())
    try:
        with pytest.raises(duckdb.Error):
            database.read(statement.format(file=tmp_path / "secret.csv", folder=tmp_path), {})
    finally:
        database.close()
    assert sorted(os.listdir(tmp_path)) == ["secret.csv"], python_rows


# ---- the choice of the engine -----------------------------------------------------------------------------------


def test_small_input_runs_in_python() -> None:
    """A weekly brief needs no database."""
    assert choose("auto", rows({"claim": claims(100)})) == "python"


@pytest.mark.parametrize("engine", ["python", "sqlite"])
def test_engine_that_is_asked_for_is_taken(engine: Choice) -> None:
    """Whatever the size."""
    assert choose(engine, {"claim": [{}] * (judging.MANY_CLAIMS + 1)}) == engine


@needs_duckdb
def test_large_input_runs_on_duckdb() -> None:
    """From about 20,000 claims on DuckDB is faster, and chosen where it is installed."""
    assert choose("auto", {"claim": [{}] * (judging.MANY_CLAIMS + 1)}) == "duckdb"


def test_large_input_runs_on_sqlite_where_duckdb_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra everything works, only slower."""
    monkeypatch.setattr(judging, "find_spec", lambda _: None)
    assert choose("auto", {"claim": [{}] * (judging.MANY_CLAIMS + 1)}) == "sqlite"


def test_engine_that_is_not_installed_is_an_error_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--engine duckdb` says what to install."""
    monkeypatch.setattr(judging, "find_spec", lambda _: None)
    with pytest.raises(BriefnoteError, match=r"DuckDB is not installed; run `pip install 'briefnote\[scale\]'`"):
        choose("duckdb", {})


@pytest.mark.parametrize("engine", ["python", "sqlite"])
def test_only_duckdb_reads_parquet(engine: Choice, tmp_path: Path) -> None:
    """Parquet files are DuckDB's."""
    with pytest.raises(BriefnoteError, match=f"{engine} reads no Parquet files"):
        choose(engine, Parquet(tmp_path))


def test_plan_in_python_imports_next_to_nothing() -> None:
    """What is not used is not imported: SQLite takes 3 ms, DuckDB 100; a whole run over a weekly brief takes 5."""
    code = "import sys, briefnote.planned, briefnote.rules.memory, briefnote.rules.running; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.split()
    assert "briefnote.rules.memory" in found
    assert not {"sqlite3", "duckdb", "json", "re", "dataclasses", "typing", "yaml"} & set(found)


# ---- Parquet files that are not what they should be -------------------------------------------------------------


def parquet(folder: Path, **tables: str) -> Parquet:
    import duckdb

    empty = {"claim": "SELECT 'x' AS id", "figure": "SELECT 'x' AS id", "source": "SELECT 'x' AS id"}
    for table, query in {**empty, **tables}.items():
        duckdb.sql(f"COPY ({query}) TO '{folder / table}.parquet'")
    return Parquet(folder)


@needs_duckdb
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT 'a' AS id, 'x' AS colour", "has columns that claim has not: colour"),
        ("SELECT unnest(['a', 'a']) AS id", "1 rows have no id, or that of another row"),
        ("SELECT 'a' AS id, 'n/a' AS weight", "Could not convert string 'n/a' to DOUBLE"),
        ("SELECT 'a' AS id, 'nan'::DOUBLE AS weight", "weight holds NaN or an infinity; leave it empty"),
    ],
)
def test_parquet_with_a_mistake_is_refused(query: str, message: str, tmp_path: Path) -> None:
    """Unknown columns, ids given twice, texts for numbers and NaN are found before anything runs."""
    data = parquet(tmp_path, claim=query)
    with pytest.raises(BriefnoteError, match=message):
        judge(book_of(STATED), data, ActorNames(), confidence_rule())


@needs_duckdb
def test_missing_parquet_file_is_named(tmp_path: Path) -> None:
    """A folder without claims is no input."""
    with pytest.raises(BriefnoteError, match=r"source\.parquet: there is no such file"):
        judge(book_of(STATED), Parquet(tmp_path), ActorNames(), confidence_rule())


# ---- plans as data ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["python", "sqlite", "duckdb"])
@pytest.mark.parametrize("rules", [STATED, PAIRED, COUNTED])
def test_plan_survives_being_written_down(rules: str, engine: EngineName) -> None:
    """What is read from the cache is what was put there."""
    plan: Plan = plan_of(book_of(rules), engine)
    written = marshal.dumps(as_data(plan))
    assert from_data(marshal.loads(written)) == plan  # noqa: S302 - our own
