"""Rules tested beside the rules: literal rows in, findings out."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefnote.errors import BriefnoteError
from briefnote.rules.examplefile import Example, read_examples
from briefnote.rules.examples import Bench, Outcome, run_examples, untested
from briefnote.rules.language import read_rules
from briefnote.rules.rulebook import Settings
from briefnote.rules.speaking import ActorNames
from briefnote.store.folder import open_folder, pack_names
from briefnote.workbench.testing import Trial, try_rules
from support import TERMS, confidence_rule, messages, words

ROOT = Path(__file__).parents[2]
RULES = """\
params: {enough: 10}
rules:
  - id: heavy
    section: working
    match: {f: {figure: trade_share, subject: $whole, counterpart: $part}}
    where: f.value >= enough
    let: {rest: 100 - f.value}
  - id: hold
    section: leverage
    match:
      p: {pair: any, holder: $holder, over: $over}
      c: {claim: leverage, holder: $holder, over: $over}
      s: {source: any, id: $source}
    where: c.source = s.id
    group: [holder, over]
    let: {voices: count(distinct c.voice)}
    score: 10 * voices
    confidence: [c]
    say: "{{ holder }} holds {{ over }}, say {{ voices | words }}."
"""
PAIR = "pairs: [{holder: Ruritania, over: Elbonia}]"


def examples(text: str) -> tuple[list[Example], list[str]]:
    """Returns the examples of a file, and its problems as they are printed."""
    read, problems = read_examples(text.encode(), "examples.yaml", TERMS)
    return read, messages(problems)


def run(text: str, **params: float) -> list[Outcome]:
    """Runs examples of the two rules above."""
    rules_file, problems = read_rules(RULES.encode(), "rules.yaml")
    assert not problems
    assert rules_file is not None
    settings = Settings("brief.yaml", (), params, {})
    files = (("words.yaml", words()), ("rules.yaml", rules_file))
    read, wrong = examples(text)
    assert wrong == []
    return run_examples(read, Bench(files, settings, ActorNames(), confidence_rule()))


def failure(text: str) -> str:
    """Returns what the one example of a text says of its failure."""
    (outcome,) = run(text)
    return outcome.failure


# ---- the shipped packs and briefs ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> Trial:
    """All examples of the packs and of the briefs of this repository, run."""
    return try_rules(open_folder(ROOT))


def test_every_shipped_example_is_as_expected(shipped: Trial) -> None:
    """The packs' rules and the briefs' own find what their examples say, and nothing where they say so."""
    assert [str(outcome) for outcome in shipped.failed] == []
    assert len(shipped.outcomes) > 150


def test_every_shipped_rule_has_an_example_that_fires_and_one_that_must_not(shipped: Trial) -> None:
    """No rule of a pack or of a brief is without both."""
    assert pack_names() == ["leverage"]
    assert [str(warning) for warning in shipped.warnings] == []


def test_an_example_that_must_not_fire_has_rows(shipped: Trial) -> None:
    """A rule that finds nothing in nothing has not been tested."""
    empty = [
        outcome.example.name
        for outcome in shipped.outcomes
        if not any(summary.claims or summary.figures for summary in outcome.example.summaries.values())
    ]
    assert empty == []


# ---- running ----------------------------------------------------------------------------------------------------


def test_a_text_is_compared_without_its_citations() -> None:
    """The example gives the sentence as it is read."""
    text = (
        f"- {{rule: hold, name: a, {PAIR}, claims: [{{kind: leverage}}], finds: ['Ruritania holds Elbonia, say one.']}}"
    )
    assert failure(text) == ""


def test_a_failure_says_what_was_found_and_what_was_expected() -> None:
    """Its line names the file, the line, the rule and the example."""
    text = f"- {{rule: hold, name: one claim, {PAIR}, claims: [{{kind: leverage}}], finds: []}}"
    (outcome,) = run(text)
    assert str(outcome) == (
        "examples.yaml:1: rule 'hold', one claim: found 'Ruritania holds Elbonia, say one.'; expected nothing"
    )


def test_a_finding_that_is_missing_fails() -> None:
    """Nothing where something is expected is no pass."""
    text = f"- {{rule: hold, name: a, {PAIR}, claims: [{{kind: limit}}], finds: [Something.]}}"
    assert failure(text) == "found nothing; expected 'Something.'"


def test_an_expectation_may_give_values_by_name() -> None:
    """Variables, lets, score, confidence and evidence, each compared by value."""
    text = f"""\
- rule: hold
  name: two
  {PAIR}
  claims: [{{kind: leverage, source: one}}, {{kind: leverage, source: two}}]
  finds: [{{holder: Ruritania, voices: 2, score: 20, confidence: low, evidence: "one#c1 two#c2"}}]
"""
    assert failure(text) == ""


def test_a_value_that_differs_is_shown() -> None:
    """Only the values that the example names are printed."""
    text = f"- {{rule: hold, name: a, {PAIR}, claims: [{{kind: leverage}}], finds: [{{voices: 2}}]}}"
    assert failure(text) == "found {voices: 1}; expected {voices: 2}"


def test_a_working_rule_without_a_wording_is_tested_by_its_values() -> None:
    """What only other rules read can be tested too."""
    text = """\
- rule: heavy
  name: a
  figures: [{metric: trade_share, subject: Elbonia, counterpart: Ruritania, value: 40}]
  finds: [{whole: Elbonia, rest: 60}]
"""
    assert failure(text) == ""


def test_an_example_has_parameters_of_its_own() -> None:
    """They stand above those of the brief."""
    text = """\
- rule: heavy
  name: a
  params: {enough: 41}
  figures: [{metric: trade_share, subject: Elbonia, counterpart: Ruritania, value: 40}]
  finds: []
- rule: heavy
  name: b
  figures: [{metric: trade_share, subject: Elbonia, counterpart: Ruritania, value: 40}]
  finds: []
"""
    assert [outcome.failure for outcome in run(text, enough=99)] == ["", ""]


def test_copies_are_one_voice_in_an_example_as_well() -> None:
    """`sources` says whose copy a source is."""
    text = f"""\
- rule: hold
  name: a
  {PAIR}
  sources: {{copy: {{origin: paper}}}}
  claims: [{{kind: leverage, source: paper}}, {{kind: leverage, source: copy}}]
  finds: ["Ruritania holds Elbonia, say one."]
"""
    assert failure(text) == ""


def test_an_example_of_an_unknown_rule_fails_with_the_nearest_one() -> None:
    """A misspelt rule is never a rule that finds nothing."""
    assert failure("- {rule: hod, name: a, finds: []}") == "no such rule. Did you mean 'hold'?"


def test_an_unknown_parameter_is_refused_with_the_line_of_its_example() -> None:
    """The message is that of a brief's parameters."""
    with pytest.raises(BriefnoteError) as refused:
        run("\n- {rule: heavy, name: a, params: {enuf: 1}, finds: []}")
    assert str(refused.value) == (
        "examples.yaml:2: params.enuf: no pack in use has this parameter. Did you mean 'enough'?"
    )


# ---- reading ----------------------------------------------------------------------------------------------------


def test_what_an_example_lacks_is_reported_with_its_line() -> None:
    """Rule, name and findings must be given; of all examples at once."""
    assert examples("- {rule: hold, name: a}\n- {rule: hold, finds: []}") == (
        [],
        [
            "examples.yaml:1: finds: missing; expected the texts of the rule's findings, best first; "
            "[] where it must find nothing",
            "examples.yaml:2: name: missing; expected what is special about its rows",
        ],
    )


def test_rows_are_checked_as_those_of_a_summary() -> None:
    """A misspelt field or word gets its line and a suggestion."""
    text = """\
- rule: hold
  name: a
  finds: []
  claims:
    - {kind: leverage, mecanism: no-alternative}
    - {kind: leverage, mechanism: no-alternatve}
    - {kind: leverge}
  params: {enough: [1]}
"""
    assert examples(text)[1] == [
        "examples.yaml:5: claims[1].mecanism: unknown field. Did you mean 'mechanism'?",
        "examples.yaml:6: claims[2].mechanism: unknown mechanism 'no-alternatve'. Did you mean 'no-alternative'?",
        "examples.yaml:7: claims[3].kind: found 'leverge', expected one of leverage, limit, implication, context, "
        "indicator. Did you mean 'leverage'?",
        "examples.yaml:8: params.enough: found a list, expected one value",
    ]


def test_a_file_that_is_no_list_is_refused() -> None:
    """The message says what an example file is."""
    assert examples("rule: hold")[1] == ["examples.yaml:1: found a map, expected a list of examples (- rule: …)"]


def test_a_claim_is_about_the_one_pair_unless_it_names_another() -> None:
    """With two pairs, every claim says whose leverage it means."""
    one, _ = examples(f"- {{rule: hold, name: a, {PAIR}, claims: [{{kind: leverage, holder: Freedonia}}], finds: []}}")
    two, _ = examples(
        "- {rule: a, name: b, pairs: [{holder: A, over: B}, {holder: C, over: D}], claims: [{}], finds: []}"
    )
    assert [(claim.holder, claim.over) for claim in one[0].summaries["one"].claims] == [("Freedonia", "Elbonia")]
    assert [(claim.holder, claim.over) for claim in two[0].summaries["one"].claims] == [(None, None)]


def test_a_rule_without_examples_is_named() -> None:
    """Once for the one that fires, once for the one that must not."""
    read, _ = examples("- {rule: hold, name: a, finds: []}")
    assert messages(untested(read, ["hold", "heavy"])) == [
        "examples: warning: rule 'heavy': has no example in which it finds something",
        "examples: warning: rule 'heavy': has no example in which it must find nothing",
        "examples: warning: rule 'hold': has no example in which it finds something",
    ]
