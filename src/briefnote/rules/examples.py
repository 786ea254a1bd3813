"""Runs examples of rules: each judges its own few rows by one rule and by the rules that this one reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from briefnote.errors import BriefnoteError, Problem, did_you_mean
from briefnote.model.finding import Bearing, Cite, Finding, JudgementNumber, Segment
from briefnote.rules.checked import CheckedRule
from briefnote.rules.confidence import ConfidenceRule
from briefnote.rules.examplefile import Example, Wanted
from briefnote.rules.facts import facts
from briefnote.rules.judging import judge
from briefnote.rules.language import RulesFile
from briefnote.rules.rulebook import RuleBook, Settings, assemble
from briefnote.rules.rulecheck import WORKING
from briefnote.rules.speaking import ActorNames
from briefnote.text import one_line, typographic
from briefnote.yamltree import Scalar

_TESTED = "tested"  # the section in which the tested rule speaks, be it a working rule or not
_ALL = 1_000_000_000


@dataclass(frozen=True)
class Outcome:
    """What an example found. `failure` says what was found and expected; "" where the two agree."""

    example: Example
    failure: str = ""

    def __str__(self) -> str:
        place = f"{self.example.file}:{self.example.line}"
        return f"{place}: rule '{self.example.rule}', {self.example.name}: {self.failure}"


@dataclass(frozen=True)
class Bench:
    """What examples run on: the rules files in use, and what the brief (or nobody) says about them."""

    files: tuple[tuple[str, RulesFile], ...]
    settings: Settings
    actors: ActorNames
    confidence: ConfidenceRule


def run_examples(examples: Sequence[Example], bench: Bench) -> list[Outcome]:
    """Returns the outcome of every example. Raises BriefnoteError where rules or parameters are wrong."""
    audiences = {audience for example in examples for audience in example.audiences}
    known = tuple(dict.fromkeys([*bench.settings.audiences, *sorted(audiences)]))
    books: dict[tuple[tuple[str, Scalar], ...], RuleBook] = {}
    outcomes = []
    for example in examples:
        key = tuple(sorted(example.params.items()))
        if key not in books:
            books[key] = _book(bench, replace(bench.settings, audiences=known), example)
        outcomes.append(Outcome(example, _failure(example, books[key], bench)))
    return outcomes


def _book(bench: Bench, settings: Settings, example: Example) -> RuleBook:
    params = {**settings.params, **example.params}
    book, problems = assemble(bench.files, replace(settings, params=params))
    if book is not None:
        return book
    here = [replace(p, file=example.file, line=example.line) if p.file == settings.file else p for p in problems]
    raise BriefnoteError([problem for problem in here if not problem.is_warning])


def _failure(example: Example, book: RuleBook, bench: Bench) -> str:
    rules = {rule.id: rule for rule in book.rules}
    if example.rule not in rules:
        return f"no such rule.{did_you_mean(example.rule, rules)}"
    symmetric = frozenset(name for name, metric in book.vocabulary.metrics.items() if metric.symmetric)
    rows = facts(example.summaries, example.pairs, example.audiences, symmetric)
    try:
        judged = judge(only(book, example.rule), rows, bench.actors, bench.confidence)
    except BriefnoteError as error:
        return str(error)
    return _difference(judged.findings, example.finds)


def only(book: RuleBook, rule_id: str) -> RuleBook:
    """Returns the book with one rule, which keeps all of its findings, and the rules it reads, which print nothing."""
    rules = {rule.id: rule for rule in book.rules}
    needed = _needed(rule_id, rules)
    kept = tuple(
        _speaking_in(rule, _TESTED if rule.id == rule_id else WORKING) for rule in book.rules if rule.id in needed
    )
    return replace(book, rules=kept, sections={_TESTED: _ALL})


def _speaking_in(rule: CheckedRule, section: str) -> CheckedRule:
    return replace(rule, text=replace(rule.text, section=section))


def _needed(rule_id: str, rules: Mapping[str, CheckedRule]) -> set[str]:
    """Returns a rule and all the rules it reads, directly or through others, also to see that they found nothing."""
    needed: set[str] = set()
    waiting = [rule_id]
    while waiting:
        rule = rules[waiting.pop()]
        needed.add(rule.id)
        absent = [pattern for block in rule.absences for pattern in block.patterns]
        read = {str(pattern.tag) for pattern in (*rule.patterns, *absent) if pattern.relation == "finding"}
        waiting += read - needed
    return needed


# ---- what was found against what was expected -------------------------------------------------------------------


def _difference(found: Sequence[Finding], wanted: Sequence[Wanted]) -> str:
    if len(found) == len(wanted) and all(map(_is_as_wanted, found, wanted)):
        return ""
    names = list(dict.fromkeys(name for one in wanted for name in one.values)) or ["text"]
    return f"found {_listed(_shown(finding, names) for finding in found)}; expected {_listed(map(str, wanted))}"


def _listed(shown: Iterable[str]) -> str:
    return " and ".join(shown) or "nothing"


def _shown(finding: Finding, names: Sequence[str]) -> str:
    values = values_of(finding)
    return str(Wanted({name: values[name] for name in names if name in values}))


def _is_as_wanted(finding: Finding, wanted: Wanted) -> bool:
    values = values_of(finding)
    return all(name in values and _same(values[name], value) for name, value in wanted.values.items())


def _same(found: Scalar, wanted: Scalar) -> bool:
    if isinstance(found, str) or isinstance(wanted, str):
        return isinstance(found, str) and typographic(found) == typographic(one_line(str(wanted)))
    if found is None or wanted is None:
        return found is wanted
    return abs(found - wanted) < 1e-6


def values_of(finding: Finding) -> dict[str, Scalar]:
    """Returns what an example may say of a finding: its variables and lets, text, handle, score, confidence, evidence.

    In the text, a judgement's number is ‹its rule›, a bearing ‹for or against a proposition›; citations are left out.
    """
    text = one_line("".join(map(_word, finding.text)))
    levels = finding.assessment.levels if finding.assessment else {}
    return {
        **finding.bindings,
        "text": text[:1].upper() + text[1:],
        "handle": finding.handle,
        "score": finding.score,
        "confidence": ", ".join(f"{level} on {aspect}" if aspect else level for aspect, level in levels.items()),
        "evidence": " ".join(finding.evidence),
    }


def _word(segment: Segment) -> str:
    if isinstance(segment, Cite):
        return ""
    if isinstance(segment, JudgementNumber):
        return f"‹{segment.finding.partition('|')[0]}›"
    if isinstance(segment, Bearing):
        return f"‹{segment.stance} {segment.topic.partition('|')[0]}›"
    return segment


# ---- coverage ---------------------------------------------------------------------------------------------------


def untested(examples: Iterable[Example], rules: Iterable[str]) -> list[Problem]:
    """Returns a warning for each rule that lacks an example that fires, or one in which it must find nothing."""
    fires: dict[str, set[bool]] = {}
    for example in examples:
        fires.setdefault(example.rule, set()).add(bool(example.finds))
    lacking = {True: "in which it finds something", False: "in which it must find nothing"}
    return [
        Problem("examples", field=f"rule '{rule}'", message=f"has no example {words}", is_warning=True)
        for rule in rules
        for is_firing, words in lacking.items()
        if is_firing not in fires.get(rule, set())
    ]
