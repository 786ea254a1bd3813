"""The law of expressions: every engine gives the value that a plain evaluation gives, nulls included."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from plain import plainly, plainly_of_group

from briefnote.rules.expression import MAX_CHARACTERS, parse
from briefnote.rules.judging import Choice
from briefnote.rules.nodes import ExpressionError
from support import judged

ENGINES = ["python", "sqlite"]  # DuckDB is held to SQLite (test_engines_agree.py): it takes 0.2 s a rule
# Of two rows each; quarters and small numbers, so that arithmetic is exact and only the meaning is compared.
NUMBERS = ("f.value", "f.low", "f.high")
TEXTS = ("f.item", "f.period", "f.unit")
number_values = st.sampled_from([None, 0, 1, -1, 2.5, -0.25, 7, 12.75, 1000])
text_values = st.sampled_from([None, "a", "B", "b", "Ä", "ä", "ß", "a%", "_", "'", "樓", "10", "b\nc"])
truth_values = st.sampled_from([None, True, False])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            **dict.fromkeys(("value", "low", "high"), number_values),
            **dict.fromkeys(("item", "period", "unit"), text_values),
            "approximate": truth_values,
        }
    ),
    min_size=1,
    max_size=3,
)
number_literals = st.sampled_from(["0", "1", "3", "0.5", "12.75", "100"])
text_literals = st.sampled_from(["'a'", "'B'", "'%b%'", "'_'", "'Ä%'", "''''", "''"])


def _numbers(number: st.SearchStrategy[str], text: st.SearchStrategy[str], truth: st.SearchStrategy[str]) -> Any:
    digits = st.sampled_from(["0", "1", "2", "-1", "2.9"])
    return st.one_of(
        st.builds("({} {} {})".format, number, st.sampled_from("+-*/"), number),
        st.builds("-{}".format, number.filter(lambda written: not written.startswith("-"))),
        st.builds("abs({})".format, number),
        st.builds("round({})".format, number),
        st.builds("round({}, {})".format, number, digits),
        st.builds("{}({}, {}, {})".format, st.sampled_from(["greatest", "least"]), number, number, number),
        st.builds("greatest({})".format, number),
        st.builds("coalesce({}, {})".format, number, number),
        st.builds("if({}, {}, {})".format, truth, number, number),
        st.builds("if({}, {}, null)".format, truth, number),
        st.builds("length({})".format, text),
    )


def _texts(number: st.SearchStrategy[str], text: st.SearchStrategy[str], truth: st.SearchStrategy[str]) -> Any:
    return st.one_of(
        st.builds("{}({})".format, st.sampled_from(["lower", "upper"]), text),
        st.builds("coalesce({}, null, {})".format, text, text),
        st.builds("if({}, {}, {})".format, truth, text, text),
    )


def _truths(number: st.SearchStrategy[str], text: st.SearchStrategy[str], truth: st.SearchStrategy[str]) -> Any:
    comparison = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
    negated = st.sampled_from(["", "not "])
    return st.one_of(
        st.builds("({} {} {})".format, number, comparison, number),
        st.builds("({} {} {})".format, text, comparison, text),
        st.builds("({} = {})".format, truth, truth),
        st.builds("({} {} {})".format, truth, st.sampled_from(["and", "or"]), truth),
        st.builds("(not {})".format, truth),
        st.builds("({} is {}null)".format, st.one_of(number, text, truth), negated),
        st.builds("({} {}between {} and {})".format, number, negated, number, number),
        st.builds("({} {}in ({}, {}))".format, text, negated, text, text),
        st.builds("({} {}in ({}))".format, number, negated, number),
        st.builds("({} {}like {})".format, text, negated, text),
    )


def _deeper(depth: int) -> tuple[Any, Any, Any]:
    """Well-typed numbers, texts and truths, at most so deep."""
    number: Any = st.sampled_from(NUMBERS) | number_literals
    text: Any = st.sampled_from(TEXTS) | text_literals
    truth: Any = st.sampled_from(["f.approximate", "true", "false"])
    for _ in range(depth):
        below = number, text, truth
        number, text, truth = (
            st.one_of(plain, make(*below)) for plain, make in zip(below, (_numbers, _texts, _truths), strict=True)
        )
    return number, text, truth


NUMBER, TEXT, TRUTH = _deeper(3)


def _readable(written: str) -> None:
    assume(len(written) <= MAX_CHARACTERS)
    try:
        parse(written)
    except ExpressionError:
        assume(False)


def _run(rule: dict[str, Any], rows: list[dict[str, Any]], engine: Choice) -> Any:
    rules = {"rules": [{"id": "law", "section": "leverage", "match": {"f": {"figure": "any"}}, **rule}]}
    figures = [{"id": f"s#f{number}", **row} for number, row in enumerate(rows)]
    return judged(json.dumps(rules), {"figure": figures}, {"keep": {"leverage": 100}}, engine).findings


@pytest.mark.parametrize("engine", ENGINES)
@given(written=NUMBER | TEXT | TRUTH, rows=ROWS)
def test_value_is_what_it_means(written: str, rows: list[dict[str, Any]], engine: Choice) -> None:
    """A let: that an engine computes equals the plain evaluation of the same expression over the same row."""
    _readable(written)
    findings = _run({"let": {"result": written}, "say": "Said."}, rows, engine)
    found = {finding.evidence[0]: finding.bindings["result"] for finding in findings}
    assert found == {f"s#f{number}": plainly(parse(written), {}, {"f": row}) for number, row in enumerate(rows)}


@pytest.mark.parametrize("engine", ENGINES)
@given(written=TRUTH, rows=ROWS)
def test_condition_keeps_the_rows_for_which_it_is_true(
    written: str, rows: list[dict[str, Any]], engine: Choice
) -> None:
    """where: keeps a row if and only if the plain evaluation is true: neither false nor null will do."""
    _readable(written)
    findings = _run({"where": written, "say": "Said."}, rows, engine)
    kept = {finding.evidence[0] for finding in findings}
    expected = {f"s#f{number}" for number, row in enumerate(rows) if plainly(parse(written), {}, {"f": row}) is True}
    assert kept == expected


AGGREGATES = st.builds(
    "{}({}{})".format,
    st.sampled_from(["count", "min", "max", "sum"]),
    st.sampled_from(["", "distinct "]),
    st.sampled_from(NUMBERS),
) | st.sampled_from(["count()", "count(*)", "avg(f.value)", "1"])


@pytest.mark.parametrize("engine", ENGINES)
@given(written=st.builds("({} {} {})".format, AGGREGATES, st.sampled_from("+-*/"), AGGREGATES) | AGGREGATES, rows=ROWS)
def test_aggregate_means_what_it_says(written: str, rows: list[dict[str, Any]], engine: Choice) -> None:
    """In a rule with group: a let: holds what the plain evaluation gives, and a wording says the same of it."""
    rule = {
        "match": {"f": {"figure": "$metric"}},
        "group": ["metric"],
        "let": {"result": written},
        "say": f"{{{{ coalesce({written}, -999) }}}} {{{{ coalesce(result, -999) }}}}",
    }
    (finding,) = _run(rule, rows, engine)
    matches = [{"f": row} for row in rows]
    assert finding.bindings["result"] == plainly_of_group(parse(written), {}, matches)
    spoken, computed = str(finding.text[0]).split(" ")
    assert spoken == computed
