"""The lint over a finished brief: estimative language as the standards have it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from briefnote.model.brief import Block, Brief, Section, SectionKind, Sentence
from briefnote.rules.estimative import Estimative
from briefnote.rules.lint import lint
from briefnote.standards import read_standard, standard_file
from support import assembled

EMPTY: dict[str, Any] = dict.fromkeys(
    ("title", "subtitle", "period", "date", "author", "marking", "basis", "changes_summary"), ""
)
QUOTING = "{{ c.text | clause }}; that is all."
PLAIN = "{{ holder }} {{ 2 | words }}."


def warnings(
    *texts: str, say: str = PLAIN, judgement: bool = False, scale: str = "icd-203", kind: SectionKind = "table"
) -> list[str]:
    """Returns what the lint says of a brief in which one rule says these sentences, each with its sentence's id."""
    rules = f"""\
rules:
  - id: said
    section: leverage
    match: {{c: {{claim: leverage, holder: $holder}}}}
    say: {say!r}
"""
    book, problems = assembled(rules)
    assert book is not None, problems
    said = [Sentence(f"s.{n}", text, "said", (), (), {}, 0, is_judgement=judgement) for n, text in enumerate(texts, 1)]
    sections = (Section("s", "S", kind, (Block(tuple(said)),)),)
    brief = Brief(
        "b", **EMPTY, language="en", sections=sections, sources=(), omitted=(), changes=(), charts=(), cut=(), words=0
    )
    estimative = read_standard(standard_file("estimative"), Estimative)
    found = lint(replace(brief), book, estimative, scale)
    assert {(problem.file, problem.line, problem.field, problem.is_warning) for problem in found} <= {
        ("rules.yaml", 2, "rule 'said'", True)
    }
    return [problem.message for problem in found]


def test_a_likelihood_and_a_confidence_in_one_sentence() -> None:
    """ICD 203 forbids it; in two sentences it is right."""
    assert warnings("We say with high confidence that it is likely.", "It is likely.", "Confidence is high.") == [
        "s.1: 'likely' and a word of confidence in one sentence; make it two"
    ]


def test_a_term_of_the_other_scale() -> None:
    """The brief has chosen one."""
    assert warnings("There is a realistic possibility of rain.") == [
        "s.1: 'realistic possibility' is a term of PHIA yardstick; the brief uses ICD 203"
    ]
    assert warnings("Rain is very likely.", scale="phia") == [
        "s.1: 'very likely' is a term of ICD 203; the brief uses PHIA yardstick"
    ]


def test_terms_of_both_rows_of_icd_203_in_one_brief() -> None:
    """The first term sets the row."""
    assert warnings("Rain is unlikely.", "Snow is likely.", "Hail will probably fall.") == [
        "s.3: 'probably' and 'unlikely' (s.1) are of different rows of ICD 203; keep to one"
    ]


def test_the_phia_yardstick_has_one_row() -> None:
    """Likely or probably, as one pleases."""
    assert warnings("Rain is likely.", "Hail will probably fall.", scale="phia") == []


def test_the_longer_of_two_terms_counts() -> None:
    """ "Very unlikely" is not "unlikely", and "highly unlikely" is PHIA's."""
    assert warnings("Rain is very unlikely.") == []
    assert warnings("Rain is highly unlikely.") == [
        "s.1: 'highly unlikely' is a term of PHIA yardstick; the brief uses ICD 203"
    ]


def test_a_comparison_is_no_term() -> None:
    """ "More likely than" compares, in whichever row."""
    assert warnings("Rain is probable.", "Snow is more likely than hail.") == []


def test_a_remote_place_is_no_likelihood() -> None:
    """A word with an everyday meaning is a term before chance, odds and the like."""
    assert warnings("Rain is likely.", "It falls in remote valleys.") == []
    assert warnings("Rain is likely.", "There is a remote prospect of hail.") == [
        "s.2: 'remote' and 'likely' (s.1) are of different rows of ICD 203; keep to one"
    ]


@pytest.mark.parametrize("hedge", ["may well", "possibly", "perhaps", "arguably", "it cannot be ruled out"])
def test_a_hedge_of_no_scale(hedge: str) -> None:
    """It hides how likely a thing is."""
    assert warnings(f"So {hedge.upper()} it rains.") == [
        f"s.1: '{hedge}' is a hedge of no scale; use a term of ICD 203"
    ]


def test_may_and_could_are_no_hedges() -> None:
    """They keep what is possible apart from what is."""
    assert warnings("It may rain, and it could snow.") == []


def test_we_judge_without_a_judgement() -> None:
    """A rule that only reports does not judge."""
    assert warnings("We judge that it rains.") == [
        "s.1: says 'we judge', but its rule is no judgement; set judgement: true, or say who judges"
    ]


@pytest.mark.parametrize("kind", ["bullets", "prose"])
def test_a_judgement_in_running_text_without_we_judge(kind: SectionKind) -> None:
    """The reader could not tell it from what the sources say."""
    assert warnings("It rains.", judgement=True, kind=kind) == [
        "s.1: concludes more than its sources say, without 'we judge'"
    ]


@pytest.mark.parametrize("kind", ["judgements", "table"])
def test_a_judgement_that_its_section_marks(kind: SectionKind) -> None:
    """Key judgements are numbered and have their confidence."""
    assert warnings("It rains.", judgement=True, kind=kind) == []


def test_a_judgement_that_says_so() -> None:
    """Nothing is wrong with it."""
    assert warnings("We judge that it rains.", judgement=True, kind="bullets") == []


def test_a_source_keeps_its_own_hedges() -> None:
    """Of a sentence that prints a claim's text, what the rule adds is linted."""
    assert warnings("Perhaps it rains, we judge with confidence that it probably will; that is all.", say=QUOTING) == []


def test_what_a_rule_adds_to_a_source_is_linted() -> None:
    """Its own words are its own."""
    assert warnings("It rains, perhaps.", say="{{ c.text | clause }}, perhaps.") == [
        "s.1: 'perhaps' is a hedge of no scale; use a term of ICD 203"
    ]
