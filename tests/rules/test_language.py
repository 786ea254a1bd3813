"""What each construct of the rule language finds: the plain-text cases of tests/cases/rules."""

from __future__ import annotations

import pytest

from briefnote.errors import BriefnoteError
from support import Case, judged, plain_yaml, read_cases, shown_all


@pytest.mark.parametrize("case", read_cases("rules"), ids=lambda case: case.name)
def test_rules_find_what_the_case_says(case: Case) -> None:
    """The rules of the case find in its rows exactly what it lists, in its order and words."""
    brief = plain_yaml(case.parts["brief"]) if "brief" in case.parts else None
    found = judged(case.parts["rules"], case.parts["rows"], brief)
    assert shown_all(found).strip() == case.parts["findings"].strip()


def failure(rule: str, rows: str) -> str:
    """What is said where a rule that is right in itself meets rows that it did not reckon with."""
    with pytest.raises(BriefnoteError) as error:
        judged(f"rules:\n  - {{id: said, section: leverage, {rule}}}\n", rows)
    return str(error.value)


def test_empty_value_in_a_wording_is_an_error() -> None:
    """A finding never has a hole: a value that is missing stops the run, with the rule and the remedy."""
    rule = "match: {c: {claim: leverage}}, say: '{{ c.over }} depends.'"
    assert failure(rule, "claim: [{id: s1#c1, over: Ruritania}, {id: s1#c2}]") == (
        "rules.yaml:2: rule 'said': c.over is empty here; ask for it in match: (a $variable never binds an empty "
        "cell) or use coalesce"
    )


def test_empty_value_before_a_filter_is_an_error() -> None:
    """A filter is never given nothing."""
    rule = "match: {f: {figure: any}}, say: '{{ f.value | percent }}'"
    assert failure(rule, "figure: [{id: s1#f1}]") == (
        "rules.yaml:2: rule 'said': f.value is empty here; ask for it in match: (a $variable never binds an empty "
        "cell) or use coalesce"
    )


@pytest.mark.parametrize(
    ("word", "what"),
    [
        ("handle", "mechanism"),
        ("shown", "mechanism"),
        ("question", "proposition"),
        ("definition", "proposition"),
        ("theme", "theme"),
    ],
)
def test_word_that_no_pack_has_is_an_error(word: str, what: str) -> None:
    """A filter that looks a word up says which word it did not find."""
    rule = f"match: {{c: {{claim: leverage, holder: $holder}}}}, say: '{{{{ holder | {word} }}}}'"
    assert failure(rule, "claim: [{id: s1#c1, holder: Elbonia}]") == (
        f"rules.yaml:2: rule 'said': 'Elbonia' is no {what} of the packs in use"
    )


def test_rule_that_finds_too_much_is_an_error() -> None:
    """More than 5,000 findings of one rule are no brief but a rule without conditions."""
    rule = "match: {a: {claim: any, theme: $theme}, b: {claim: any, theme: $theme}}, say: 'Hm.'"
    claims = ", ".join(f"{{id: s1#c{number}}}" for number in range(71))
    assert failure(rule, f"claim: [{claims}]") == (
        "rules.yaml:2: rule 'said': more than 5,000 findings, as many as one rule may have; add conditions"
    )


def test_findings_do_not_hang_on_the_order_of_the_rows() -> None:
    """Rows in another order give the same findings, to the last id."""
    rules = """
rules:
  - id: shared
    section: leverage
    match: {c: {claim: leverage, holder: $holder, over: $over}}
    group: [holder]
    say: "{{ holder }}: {{ list(c.over) | and }}"
"""
    claims = [
        {"id": f"s{n}#c{m}", "holder": "AB"[m], "over": "XYZ"[n], "weight": 0.5} for n in range(3) for m in range(2)
    ]
    assert shown_all(judged(rules, {"claim": claims})) == shown_all(judged(rules, {"claim": claims[::-1]}))


def test_finding_has_its_rule_its_values_and_its_parents() -> None:
    """explain can follow a finding: to its rule, what it bound, the findings it read, and the rows at the bottom."""
    rules = """
rules:
  - id: base
    section: working
    match: {c: {claim: leverage, holder: $holder}}
    say: Base.
  - id: above
    section: leverage
    match: {b: {finding: base, holder: $holder}}
    let: {size: length(holder)}
    where: length(holder) > 2
    judgement: true
    say: Above.
"""
    found = judged(rules, {"claim": [{"id": "s1#c1", "holder": "Elbonia"}]})
    (finding,) = found.findings
    assert (finding.id, finding.rule, finding.parents) == ("above|base|s1#c1", "above", ("base|s1#c1",))
    assert (finding.bindings, finding.evidence) == ({"holder": "Elbonia", "size": 7.0}, ("s1#c1",))
    assert finding.is_judgement
    assert found.rules["above"].conditions == ("b is a finding (base; holder: $holder)", "where length(holder) > 2")
