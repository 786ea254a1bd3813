"""The law of rules: an engine finds what trying every combination of rows finds, with the same ids and values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from reference import Expected, expected

from briefnote.model.finding import Finding
from briefnote.rules.judging import Choice, judge
from briefnote.rules.plan import Limits
from briefnote.rules.rulebook import RuleBook
from briefnote.rules.speaking import ActorNames
from support import assembled, confidence_rule, rows

ACTORS = st.sampled_from(["A", "É", "O'Hara|b\\", "", None])
SHARES = st.sampled_from([0.5, 0.1, 0.2, 0.7, 0, None])
CLAIM = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["leverage", "leverage", "limit"]),
        "holder": ACTORS,
        "over": ACTORS,
        "handle": st.sampled_from([None, "x", "X", "ß", "%"]),
        "certainty": SHARES,
        "weight": SHARES,
        "audience": st.lists(st.sampled_from(["us", "europe"]), unique=True),
    }
)
FIGURE = st.fixed_dictionaries(
    {
        "subject": st.sampled_from(["A", "É", "O'Hara|b\\", ""]),
        "counterpart": ACTORS,
        "item": st.sampled_from([None, "tin", "TIN"]),
        "value": st.sampled_from([None, 0, -1, 2.5, 0.1, 0.2, 0.3, 7]),
        "year": st.sampled_from([None, 2024, 2024.5, 2025]),
        "approximate": st.sampled_from([None, True, False]),
    }
)
ROWS = st.fixed_dictionaries(
    {"claim": st.lists(CLAIM, min_size=3, max_size=8), "figure": st.lists(FIGURE, min_size=3, max_size=8)}
)

_ASKED: Mapping[str, list[Any]] = {
    "holder": ["$x", "$x", "$y", "$x|null", ["A", "É"], None],
    "over": ["$y", "$y", "$x", "$y|null", "_"],
    "handle": ["$h|null", ["x", "ß"]],
    "weight": ["$n", "$n|null"],
    "audience": ["$a", "us", ["us", "europe"], None],
}
_ASKED_FIGURE: Mapping[str, list[Any]] = {
    "subject": ["$x", "$x", "$y", "A"],
    "counterpart": ["$y", "$x|null", None],
    "item": ["$h|null"],
    "year": ["$t", "$t|null", 2024],
    "approximate": ["$k|null", True],
}


def _pattern(relation: str, tags: list[str], asked: Mapping[str, list[Any]]) -> Any:
    fields = {name: st.sampled_from(values) for name, values in asked.items()}
    return st.builds(lambda tag, more: {relation: tag, **more}, st.sampled_from(tags), _some(fields))


def _some(fields: Mapping[str, Any]) -> Any:
    return st.lists(st.sampled_from(sorted(fields)), unique=True, min_size=1, max_size=3).flatmap(
        lambda names: st.fixed_dictionaries({name: fields[name] for name in names})
    )


CLAIM_ROW = _pattern("claim", ["any", "any", "leverage", "limit"], _ASKED)
FIGURE_ROW = _pattern("figure", ["any", "trade_share"], _ASKED_FIGURE)
NUMBERS = {"claim": ["{0}.weight", "{0}.certainty"], "figure": ["{0}.value", "{0}.year"]}
TEXTS = {"claim": ["{0}.holder", "{0}.over", "{0}.handle"], "figure": ["{0}.subject", "{0}.item"]}


def _relation(row: Mapping[str, Any]) -> str:
    return next(iter(row))


@st.composite
def _rules(draw: Any) -> dict[str, Any]:
    match = {"p": draw(st.one_of(CLAIM_ROW, FIGURE_ROW))}
    if draw(st.booleans()):
        match["q"] = draw(st.one_of(CLAIM_ROW, FIGURE_ROW))
    numbers = [n.format(alias) for alias, row in match.items() for n in NUMBERS[_relation(row)]]
    texts = [t.format(alias) for alias, row in match.items() for t in TEXTS[_relation(row)]]
    rule: dict[str, Any] = {"id": "law", "section": "leverage", "match": match, "say": "Said."}
    conditions = st.one_of(
        st.builds("{} {} {}".format, *map(st.sampled_from, (numbers, ["<", "<=", ">=", "<>"], ["0.2", "1", *numbers]))),
        st.builds("coalesce({} {} {}, true)".format, *map(st.sampled_from, (texts, ["<", ">", "<>"], texts))),
        st.builds("{} is not null".format, st.sampled_from([*numbers, *texts])),
        st.builds(
            "coalesce(lower({}), '') like '%{}%'".format, st.sampled_from(texts), st.sampled_from(["", "a", "É"])
        ),
        st.builds("not greatest({}, {}) > 6".format, st.sampled_from(numbers), st.sampled_from(numbers)),
    )
    rule["where"] = draw(st.lists(conditions, max_size=1))
    if draw(st.booleans()):
        rule["unless"] = draw(_unless())
    used = sorted({str(v)[1:].removesuffix("|null") for row in match.values() for v in row.values() if _binds(v)})
    if used and draw(st.booleans()):
        rule["group"] = draw(st.lists(st.sampled_from(used), unique=True, min_size=1, max_size=2))
        rule["let"] = {"n": draw(_aggregate(numbers)), "m": draw(_aggregate([*numbers, *texts]))}
        rule["having"] = draw(st.lists(st.sampled_from(["n > 0", "count() > 1", "m is not null"]), max_size=2))
        rule["score"] = draw(st.sampled_from(["n", "count()", "n * 3 + 1"]))
    else:
        rule["score"] = draw(st.sampled_from(["1", *numbers, f"round({numbers[0]} * 3, 1)"]))
    keys = rule.get("group", used)
    if keys and draw(st.booleans()):
        rule["once_per"] = draw(st.lists(st.sampled_from(keys), unique=True, min_size=1))
    return rule


def _binds(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("$")


def _aggregate(names: list[str]) -> Any:
    whole = ["count({})", "count(distinct {})"]
    if all(name.rpartition(".")[2] in ("weight", "certainty", "value", "year") for name in names):
        whole += ["sum({})", "avg({})", "min({})", "max({})", "sum(distinct {})"]
    return st.builds(lambda form, name: form.format(name), st.sampled_from(whole), st.sampled_from(names))


def _unless() -> Any:
    rows_of = st.fixed_dictionaries(
        {
            "claim": st.just("limit"),
            "weight": st.sampled_from(["_", "$n|null", 0.5]),
            "holder": st.sampled_from(["$x", "$y", "$x|null"]),
            "over": st.sampled_from(["$y", "$y|null", "_"]),
        }
    )
    where = st.lists(st.sampled_from(["no.weight > 0.2", "no.holder <> 'A'"]), min_size=1, max_size=1)
    return st.builds(lambda row, conditions: [{"match": {"no": row}, "where": conditions}], rows_of, where)


def _book(rule: dict[str, Any]) -> RuleBook:
    book, _ = assembled(json.dumps({"rules": [rule]}), {"keep": {"leverage": 1_000}})
    assume(book is not None)
    assert book is not None
    return book


def _found(book: RuleBook, facts: Mapping[str, Any], engine: Choice) -> tuple[Finding, ...]:
    return judge(book, rows(facts), ActorNames(), confidence_rule(), engine, Limits(100_000)).findings


def _same(found: Finding, wanted: Expected) -> bool:
    bindings = dict(wanted.bindings)
    return (found.id, found.score, dict(found.bindings)) == (wanted.id, float(wanted.score or 0), bindings)


def _agrees(rule: dict[str, Any], facts: dict[str, Any], engine: Choice) -> None:
    book = _book(rule)
    numbered = {
        relation: [{"id": f"s{n % 2}#{relation[0]}{n}", **row} for n, row in enumerate(entries)]
        for relation, entries in facts.items()
    }
    found = _found(book, numbered, engine)
    wanted = sorted(expected(book, rows(numbered))["law"], key=lambda one: (-float(one.score or 0), one.id))
    assert [finding.id for finding in found] == [finding.id for finding in wanted]
    for finding, one in zip(found, wanted, strict=True):
        assert _same(finding, one), (finding, one)
        assert set(finding.evidence) == {row for match in one.matches for row in match}


@given(rule=_rules(), facts=ROWS)
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_python_finds_what_trying_everything_finds(rule: dict[str, Any], facts: dict[str, Any]) -> None:
    """Joins, conditions, absences, groups and once_per mean in the Python engine what they mean told plainly."""
    _agrees(rule, facts, "python")


@given(rule=_rules(), facts=ROWS)
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_sqlite_finds_what_trying_everything_finds(rule: dict[str, Any], facts: dict[str, Any]) -> None:
    """Joins, conditions, absences, groups and once_per mean in SQLite what they mean in plain Python."""
    _agrees(rule, facts, "sqlite")


@pytest.mark.skipif(find_spec("duckdb") is None, reason="the extra `scale` is not installed")
@given(rule=_rules(), facts=ROWS)
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], max_examples=60)
def test_duckdb_finds_what_trying_everything_finds(rule: dict[str, Any], facts: dict[str, Any]) -> None:
    """Joins, conditions, absences, groups and once_per mean in DuckDB what they mean in plain Python."""
    _agrees(rule, facts, "duckdb")
