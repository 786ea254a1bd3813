"""All engines find the same, in the same order, to the last digit: on generated rows, cases, odd values."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from pack_rows import generated, pack

from briefnote.errors import BriefnoteError
from briefnote.model.finding import Judged
from briefnote.rules.judging import Choice, judge
from briefnote.rules.plan import Limits
from briefnote.rules.speaking import ActorNames
from support import Case, assembled, confidence_rule, judged, plain_yaml, read_cases, rows

needs_duckdb = pytest.mark.skipif(find_spec("duckdb") is None, reason="the extra `scale` is not installed")
OTHERS: list[Any] = ["python", pytest.param("duckdb", marks=needs_duckdb)]  # each beside SQLite


def outcome(facts: Mapping[str, list[dict[str, Any]]], engine: Choice) -> Judged | str:
    try:
        return judge(pack(), facts, ActorNames(), confidence_rule(), engine, Limits(200_000))
    except BriefnoteError as error:
        return str(error)


@cache
def by_sqlite(seed: int) -> Judged | str:
    return outcome(generated(seed), "sqlite")


@pytest.mark.parametrize("engine", OTHERS)
@pytest.mark.parametrize("seed", range(4))
def test_pack_finds_the_same_on_every_engine(seed: int, engine: Choice) -> None:
    """All rules of the leverage pack, over rows with empty cells, accents, quotes, decimals and ties."""
    found = by_sqlite(seed)
    assert isinstance(found, Judged), found
    assert len({finding.rule for finding in found.findings}) > 25
    assert outcome(generated(seed), engine) == found


@pytest.mark.parametrize("engine", OTHERS)
@pytest.mark.parametrize("case", read_cases("rules"), ids=lambda case: case.name)
def test_case_finds_the_same_on_every_engine(case: Case, engine: Choice) -> None:
    """Each plain-text case of tests/cases/rules."""
    brief = plain_yaml(case.parts["brief"]) if "brief" in case.parts else None
    parts = case.parts["rules"], case.parts["rows"], brief
    assert judged(*parts, engine) == judged(*parts, "sqlite")


@pytest.mark.parametrize("engine", ["sqlite", *OTHERS])
def test_nothing_and_an_empty_text_are_two_findings(engine: Choice) -> None:
    """The id of a finding tells null, an empty text, and texts with | and \\ apart."""
    texts = [None, "", "\\e", "a|", "a\\|", "a\\"]
    facts = {"figure": [{"id": f"s#f{number}", "item": text, "period": "|"} for number, text in enumerate(texts)]}
    rules = """
rules:
  - id: named
    section: leverage
    match: {f: {figure: any, item: $item|null, period: $period}}
    group: [item, period]
    say: "{{ count() | words }}"
"""
    found = judged(rules, facts, None, engine).findings
    ids = ["named||\\|", "named|\\\\e|\\|", "named|\\e|\\|", "named|a\\\\\\||\\|", "named|a\\\\|\\|", "named|a\\||\\|"]
    assert [finding.id for finding in found] == sorted(ids)


@pytest.mark.parametrize("engine", ["sqlite", *OTHERS])
@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("match: {a: {figure: any, period: a, item: $x|null}, b: {figure: any, period: b, item: $x}}", 1),
        ("match: {a: {figure: any, period: a, item: $x}, b: {figure: any, period: b, item: $x|null}}", 0),
        ("match: {a: {figure: any, item: $x|null, attributed_to: $x}}", 2),
        (
            "match: {a: {figure: any, period: a}, b: {figure: any, period: b, year: $sure}}\n"
            "    where: [a.id < b.id, sure > 2000]",  # not the parameter of that name
            1,
        ),
        (
            "match: {a: {figure: any, period: a}}\n"
            "    unless: {b: {figure: any, period: b, item: $n|null}, c: {figure: any, period: a, item: $n}}",
            1,
        ),
    ],
)
def test_nothing_meets_nothing_where_the_variable_says_so(rule: str, count: int, engine: Choice) -> None:
    """`$x|null` where a variable stands first lets it be null from there on; a plain `$x` of its own never is."""
    facts = {"figure": [{"id": "s#f1", "period": "a"}, {"id": "s#f2", "period": "b", "year": 2024}]}
    rules = f"rules:\n  - id: met\n    section: leverage\n    {rule}\n    say: Met.\n"
    assert len(judged(rules, facts, None, engine).findings) == count


@pytest.mark.parametrize("engine", ["sqlite", *OTHERS])
def test_matches_of_a_group_come_weightiest_first(engine: Choice) -> None:
    """Those without a weight come last, ties by id, in whatever order the rows are."""
    weights = [None, 0.2, 0.9, 0.2]
    facts = rows({"figure": [{"id": f"s#f{number}", "weight": weight} for number, weight in enumerate(weights)]})
    facts["figure"].reverse()
    rules = """
rules:
  - id: ordered
    section: leverage
    match: {f: {figure: $metric}}
    group: [metric]
    say: All.
"""
    book, _ = assembled(rules)
    assert book is not None
    (found,) = judge(book, facts, ActorNames(), confidence_rule(), engine).findings
    assert found.evidence == ("s#f2", "s#f1", "s#f3", "s#f0")


VALUES = [None, 0, -0.4, 0.5, 1.5, -2.5, 2.675, 0.1, 1e15, 123456789.125, 1e20, -1e-7]
EXPRESSIONS = [
    "round(f.value)",
    "round(f.value, 2)",
    "round(f.value, 2.9)",
    "round(f.value, f.low)",
    "round(f.value, -3)",
    "greatest(f.value, f.low)",
    "least(f.value, 3, f.low)",
    "f.value / f.low",
    "f.value / 0",
    "7 / 2",
    "0.1 * 3",
    "if(f.value > f.low, f.value, f.low)",
    "-f.value",
    "abs(f.value) * f.low",
    "length(f.item)",
]
TEXT_EXPRESSIONS = ["lower(f.item)", "upper(f.item)", "coalesce(f.item, 'none')"]
CONDITIONS = [
    "f.item like '%ä%'",
    "f.item like 'a_c'",
    "f.item like 'a\\%'",
    "f.item < 'b'",
    "f.item in ('a', 'Ä')",
    "not f.item = 'a'",
    "not (f.approximate or f.value > 2)",
    "0.1 * 3 = 0.3",
    "f.value between f.low and 3",
    "f.approximate",
    "f.approximate = (f.value > 0)",
]
TEXTS = [
    None,
    "a",
    "Ä",
    "äbc",
    "ABC",
    "a\\%",
    "ß",
    "İstanbul",
    "ΣΊΣΥΦΟΣ",
    "ŉ",
    "ﬁ",
    "o'b",
    'say "x"',
    "北京",
    "a\nc",
    "𐐀",
]


def same_values(engine: Choice, let: str, facts: Mapping[str, Any], where: str = "true = true") -> None:
    match = {"f": {"figure": "any"}}
    rule = {
        "id": "value",
        "section": "leverage",
        "match": match,
        "where": where,
        "let": {"result": let},
        "say": "Said.",
    }
    rules = json.dumps({"rules": [rule]})
    brief = {"keep": {"leverage": 1_000}}
    found = {
        one: [(f.id, {name: repr(value) for name, value in f.bindings.items()}) for f in result.findings]
        for one in ("sqlite", engine)
        for result in [judged(rules, facts, brief, one)]
    }
    assert found["sqlite"] == found[engine]


@pytest.mark.parametrize("engine", OTHERS)
@pytest.mark.parametrize("written", EXPRESSIONS)
def test_number_is_the_same_to_the_last_digit(written: str, engine: Choice) -> None:
    """Halves, decimals, divisions, empty cells and large numbers come out alike from every engine."""
    facts = [
        {"id": f"s#f{number}", "value": value, "low": low, "item": "Äß"}
        for number, (value, low) in enumerate((value, low) for value in VALUES for low in (None, 0, 1, 3.5))
    ]
    same_values(engine, written, {"figure": facts})


@pytest.mark.parametrize("engine", OTHERS)
@pytest.mark.parametrize("written", TEXT_EXPRESSIONS)
def test_text_is_the_same_letter_by_letter(written: str, engine: Choice) -> None:
    """Capitals and small letters of any script come out alike from every engine."""
    same_values(engine, written, {"figure": [{"id": f"s#f{n}", "item": text} for n, text in enumerate(TEXTS)]})


@pytest.mark.parametrize("engine", OTHERS)
@pytest.mark.parametrize("condition", CONDITIONS)
def test_condition_holds_of_the_same_rows(condition: str, engine: Choice) -> None:
    """Comparison, like, in, between and truths choose the same rows on every engine."""
    facts = [
        {"id": f"s#f{n}-{m}", "item": text, "value": value, "low": 1, "approximate": (None, True, False)[(n + m) % 3]}
        for n, text in enumerate(TEXTS)
        for m, value in enumerate((None, -1, 2.5))
    ]
    same_values(engine, "1", {"figure": facts}, condition)


@pytest.mark.parametrize("engine", OTHERS)
@pytest.mark.parametrize("aggregate", ["sum", "avg", "min", "max", "count", "sum distinct", "count distinct"])
def test_aggregate_does_not_hang_on_the_order_of_the_rows(aggregate: str, engine: Choice) -> None:
    """Sums of decimals are the same on every engine, whatever order it adds in."""
    name, _, distinct = aggregate.partition(" ")
    draw = random.Random(5)  # noqa: S311 - to be repeated, not to be secret
    values = [draw.choice([None, round(draw.uniform(-1e6, 1e6), draw.randrange(9))]) for _ in range(500)]
    facts = {"figure": [{"id": f"s#f{n}", "value": value, "year": 2020 + n % 3} for n, value in enumerate(values)]}
    rules = f"""
rules:
  - id: whole
    section: leverage
    match: {{f: {{figure: any, year: $year}}}}
    group: [year]
    let: {{result: {name}({distinct} f.value)}}
    score: result
    say: "{{{{ {name}({distinct} f.value) | number }}}}"
"""
    assert judged(rules, facts, None, engine) == judged(rules, facts, None, "sqlite")


@needs_duckdb
def test_parquet_finds_what_rows_find(tmp_path: Path) -> None:
    """A folder of Parquet files gives the findings of the same rows in memory."""
    import duckdb

    from briefnote.rules.duck import tables
    from briefnote.rules.plan import Parquet
    from briefnote.rules.planning import plan_of
    from briefnote.rules.sql import DUCKDB

    facts = generated(9)
    for relation, fields in plan_of(pack(), "duckdb").relations.items():
        for table, columns in tables(relation, fields):
            with duckdb.connect() as connection:
                typed = ", ".join(f'"{name}" {DUCKDB.types[kind]}' for name, kind in columns.items())
                connection.execute(f'CREATE TABLE "{table}" ({typed})')
                many = table.partition(":")[2]
                for row in facts[relation]:
                    lines = [(row["id"], value) for value in row[many]] if many else [tuple(row[n] for n in columns)]
                    for line in lines:
                        marks = ", ".join("?" * len(line))
                        connection.execute(f'INSERT INTO "{table}" VALUES ({marks})', line)  # noqa: S608 - our schema
                connection.execute(f"COPY \"{table}\" TO '{tmp_path / table.replace(':', '_')}.parquet'")
    found = judge(pack(), Parquet(tmp_path), ActorNames(), confidence_rule(), limits=Limits(200_000))
    assert found == outcome(facts, "sqlite")
