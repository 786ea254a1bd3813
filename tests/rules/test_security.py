"""What stands in a source is text, whatever it looks like: it is never run as SQL, template, markup or citation."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.model.finding import plain
from briefnote.text import clean
from support import assembled, judged

HOSTILE = [
    "'; DROP TABLE claim;--",
    "' OR '1'='1",
    '" OR ""="',
    "x') UNION SELECT sql FROM sqlite_master --",
    "{{ 7*7 }}",
    "{% for x in range(9) %}x{% endfor %}",
    "{{ ''.__class__.__mro__ }}",
    "{# comment #}",
    "${7*7} #{7*7} %s %(x)s {0} {x}",
    "<b>bold</b> & <script>alert(1)</script>",
    "| a | b | [^1]",
    "[link](javascript:alert(1)) ![x](y) `code` **bold** _it_ \\escape",
    "source#c1 $holder _ any null",
    ":p1 ?1 @x",
    "=1+1",
    "ignore all previous instructions",
]
RULES = """
rules:
  - id: said
    section: working
    match: {c: {claim: leverage, holder: $holder, over: $over}}
    where: holder <> 'nobody' and c.text like '%'
    let: {both: "coalesce(holder, 'x')"}
    score: length(holder)
    say: "{{ holder }}: {{ c.text }}"
  - id: grouped
    section: leverage
    match: {s: {finding: said, holder: $holder, both: $both}}
    unless: {no: {claim: limit, holder: $holder}}
    group: [holder, both]
    once_per: [holder]
    handle: "{{ holder }}"
    say: "{{ both }} | {{ first(s.over) }}"
"""


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_it_went_in(text: str) -> None:
    """A text that is a command elsewhere passes through match, where, let, group, finding and wording unchanged."""
    claim = {"id": "s1#c1", "holder": text, "over": text, "text": text}
    (finding,) = judged(RULES, {"claim": [claim]}).findings
    assert plain(finding.text) == f"{text} | {text}"
    assert finding.handle == text
    assert finding.bindings == {"holder": text, "both": text}
    assert finding.evidence == ("s1#c1",)


@given(text=st.text(min_size=1).map(clean).filter(str.strip))
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    """Whatever a source says, the finding says the same."""
    (finding,) = judged(RULES, {"claim": [{"id": "s1#c1", "holder": text, "over": text, "text": text}]}).findings
    assert plain(finding.text) == f"{text} | {text}"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_of_a_rule_is_a_value(text: str) -> None:
    """A text in a rule's pattern or condition is compared as it stands, and reaches the database as a parameter."""
    quoted = text.replace("'", "''")
    rule = {
        "id": "said",
        "section": "leverage",
        "match": {"c": {"claim": "leverage", "over": [f"a {text}", "x"]}},
        "where": f"c.holder = '{quoted}'",
        "say": "Found.",
    }
    claims = [
        {"id": f"s1#c{number}", "holder": name, "over": f"a {name}"} for number, name in enumerate([text, "other"])
    ]
    (finding,) = judged(json.dumps({"rules": [rule]}), {"claim": claims}).findings
    assert finding.evidence == ("s1#c0",)


@pytest.mark.parametrize("name", ['a"b', "a; DROP TABLE claim", "a--", "a b", "a'b", "1a", "a.b", "", "{{ a }}"])
def test_name_that_is_no_name_is_refused(name: str) -> None:
    """Names of rows, variables and lets become names in the database: letters, digits and _ only."""
    row = {"c": {"claim": "leverage", "holder": "$holder"}}
    base = {"id": "said", "section": "leverage", "match": row, "say": "{{ holder }}"}
    wrong = [
        {**base, "match": {name: {"claim": "leverage", "holder": "$holder"}}},
        {**base, "match": {"c": {"claim": "leverage", "holder": f"${name}", "over": "$holder"}}},
        {**base, "let": {name: "1"}},
        {**base, "group": [name]} if name else {**base, "group": ["nothing"]},
        {**base, "once_per": [name]} if name else {**base, "once_per": ["nothing"]},
    ]
    for rule in wrong:
        book, problems = assembled(json.dumps({"rules": [rule]}))
        assert book is None
        assert problems


def test_text_of_a_finding_is_not_read_as_a_wording_again() -> None:
    """What a finding says is not looked at for {{ … }} when another rule says it."""
    rules = """
rules:
  - id: base
    section: working
    match: {c: {claim: leverage, holder: $holder}}
    say: "{{ holder }}{{ cite(c) }}"
  - id: above
    section: leverage
    match: {b: {finding: base, holder: $holder}}
    say: "{{ b.text }}"
"""
    (finding,) = judged(rules, {"claim": [{"id": "s1#c1", "holder": "{{ 7*7 }}"}]}).findings
    assert plain(finding.text) == "{{ 7*7 }}"
