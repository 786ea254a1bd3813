"""Packs and a brief's own rules put together: merged vocabulary, parameters and sections, rules in strata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefnote.errors import Problem, did_you_mean
from briefnote.model.record import Reader
from briefnote.model.vocabulary import Vocabulary, merge
from briefnote.rules.checked import CheckedRule
from briefnote.rules.checking import Scope
from briefnote.rules.estimative import Scale
from briefnote.rules.language import RulesFile, RuleText, patterns
from briefnote.rules.nodes import ExpressionError, Wording
from briefnote.rules.rulecheck import WORKING, RuleChecker
from briefnote.rules.schema import FIXED_TERMS, Field
from briefnote.rules.wording import read_wording
from briefnote.yamltree import Scalar


@dataclass(frozen=True)
class RuleBook:
    """Everything a run needs, checked. `rules` stand in the order in which they run."""

    rules: tuple[CheckedRule, ...]
    params: Mapping[str, Scalar]
    sections: Mapping[str, int]
    vocabulary: Vocabulary
    handles: Mapping[str, Wording]
    questions: Mapping[str, Wording]
    labels: Mapping[str, Wording]
    likelihood: Scale | None = None


@dataclass(frozen=True)
class Settings:
    """What a brief says about its rules: audiences, sections, values of its own for parameters, scale of likelihood."""

    file: str
    audiences: tuple[str, ...]
    params: Mapping[str, Scalar]
    keep: Mapping[str, int]
    likelihood: Scale | None = None
    charts: tuple[str, ...] = ()


def assemble(files: Iterable[tuple[str, RulesFile]], settings: Settings) -> tuple[RuleBook | None, list[Problem]]:
    """Returns the rule book (None where anything is wrong) and every problem of all files."""
    return _Assembly(list(files), settings).assemble()


class _Assembly:
    def __init__(self, files: list[tuple[str, RulesFile]], settings: Settings) -> None:
        self.files = files
        self.settings = settings
        self.problems: list[Problem] = []
        self.params: dict[str, Scalar] = {}
        self.sections: dict[str, int] = {}

    def problem(self, file: str, line: int, field: str, message: str) -> None:
        self.problems.append(Problem(file, line, field, message))

    def assemble(self) -> tuple[RuleBook | None, list[Problem]]:
        vocabulary, twice = merge([rules_file.vocabulary for _, rules_file in self.files])
        for word in twice:
            self.problem(self.files[-1][0], 0, "vocabulary", f"{word} is defined twice; keep one")
        self._params_and_sections()
        terms = {**vocabulary.terms(), **FIXED_TERMS, "audience": frozenset(self.settings.audiences)}
        texts = [rule for _, rules_file in self.files for rule in rules_file.rules]
        self._unique(texts)
        self._charts(texts)
        rules = self._check(self._strata(texts), terms)
        handles = self._wordings(vocabulary.mechanisms, "handle", ("holder", "over"))
        questions = self._wordings(vocabulary.propositions, "question", ("holder", "over"))
        labels = self._wordings(vocabulary.metrics, "label", ("subject", "counterpart", "item"))
        scale = self.settings.likelihood
        book = RuleBook(tuple(rules), self.params, self.sections, vocabulary, handles, questions, labels, scale)
        wrong = [problem for problem in self.problems if not problem.is_warning]
        return (None if wrong else book), self.problems

    def _params_and_sections(self) -> None:
        for file, rules_file in self.files:
            for name, node in rules_file.params.items():
                if node.kind != "scalar" or node.scalar is None:
                    self.problem(file, node.line, f"params.{name}", f"found {node.describe()}, expected one value")
                else:
                    self.params[name] = node.scalar
            self.sections.update(rules_file.sections)
        for name, value in self.settings.params.items():
            self._override(name, value)
        for name, keep in self.settings.keep.items():
            if name not in self.sections:
                near = did_you_mean(name, self.sections)
                self.problem(self.settings.file, 0, f"keep.{name}", f"no pack in use has this section.{near}")
            self.sections[name] = keep

    def _charts(self, texts: list[RuleText]) -> None:
        drawing = [rule.id for rule in texts if rule.section == "charts"]
        for name in self.settings.charts:
            if name not in drawing:
                near = did_you_mean(name, drawing)
                self.problem(self.settings.file, 0, "charts", f"no rule '{name}' draws a chart.{near}")

    def _override(self, name: str, value: Scalar) -> None:
        if name not in self.params:
            near = did_you_mean(name, self.params)
            self.problem(self.settings.file, 0, f"params.{name}", f"no pack in use has this parameter.{near}")
        elif isinstance(value, str) != isinstance(self.params[name], str):
            was = self.params[name]
            self.problem(self.settings.file, 0, f"params.{name}", f"found {value!r}, expected a value like {was!r}")
        else:
            self.params[name] = value

    def _unique(self, texts: list[RuleText]) -> None:
        first: dict[str, RuleText] = {}
        for rule in texts:
            if rule.id in first:
                other = first[rule.id]
                self.problem(rule.file, rule.line, f"rule '{rule.id}'", f"also at {other.file}:{other.line}")
            first.setdefault(rule.id, rule)
            if rule.section != WORKING and rule.section not in self.sections:
                near = did_you_mean(rule.section, [*self.sections, WORKING])
                self.problem(rule.file, rule.line, f"rule '{rule.id}'", f"unknown section '{rule.section}'.{near}")

    def _strata(self, texts: list[RuleText]) -> list[RuleText]:
        """Orders rules so that findings come before the rules that read them; a circle is reported."""
        reads = {rule.id: _reads(rule) for rule in texts}
        ordered: list[RuleText] = []
        done: set[str] = set()
        waiting = list(texts)
        while waiting:
            ready = [rule for rule in waiting if not (reads[rule.id] & reads.keys()) - done]
            if not ready:
                circle = ", ".join(rule.id for rule in waiting)
                rule = waiting[0]
                message = f"rules read each other's findings in a circle: {circle}"
                self.problem(rule.file, rule.line, f"rule '{rule.id}'", message)
                return ordered  # what waits reads findings that never come: one message says it all
            ordered += ready
            done |= {rule.id for rule in ready}
            waiting = [rule for rule in waiting if rule not in ready]
        return ordered

    def _check(self, texts: list[RuleText], terms: Mapping[str, frozenset[str]]) -> list[CheckedRule]:
        findings: dict[str, Mapping[str, Field]] = {}
        checked = []
        read = set().union(*(_reads(rule) for rule in texts))
        for rule in texts:
            report = Reader(rule.file)
            is_read = rule.id in read
            result = RuleChecker(rule, report, findings, self.params, terms, is_read=is_read).check()
            self.problems += report.problems
            findings[rule.id] = result.fields
            checked.append(result)
        return checked

    def _wordings(self, words: Mapping[str, object], attribute: str, names: tuple[str, ...]) -> dict[str, Wording]:
        scope = Scope({}, {name: Field("text", is_actor=True) for name in names}, wording=True)
        read = {}
        for word, definition in words.items():
            try:
                read[word] = read_wording(getattr(definition, attribute), scope)
            except ExpressionError as error:
                self.problem(self.files[-1][0], 0, f"vocabulary: {word}: {attribute}", str(error))
        return read


def _reads(rule: RuleText) -> set[str]:
    quiet = Reader("")
    blocks = [rule.match]
    if rule.unless is not None:
        nodes = rule.unless.entries or (rule.unless,)
        for node in nodes:
            inner = (node.items or {}).get("match", node)
            blocks.append(inner.items or {})
    found = [pattern for block in blocks for pattern in patterns(block, quiet, "")]
    return {str(pattern.tag) for pattern in found if pattern.relation == "finding"}
