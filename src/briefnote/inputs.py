"""Everything a brief is made from, read and checked; all problems of all files at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from briefnote.config.brief import BriefConfig, read_brief_config
from briefnote.config.theme import read_theme
from briefnote.errors import BriefnoteError, Problem, did_you_mean
from briefnote.model.edition import Theme
from briefnote.model.record import Reader, note
from briefnote.model.summary import Summary
from briefnote.model.vocabulary import merge
from briefnote.rules.confidence import ConfidenceRule
from briefnote.rules.language import RulesFile, read_rules
from briefnote.rules.rulebook import RuleBook, Settings, assemble
from briefnote.store.folder import Folder, InputFile, pack_files, packaged
from briefnote.store.summaries import read_summaries
from briefnote.yamltree import Scalar, read_yaml

Result = TypeVar("Result")
TEMPLATE = "brief.md.j2"
_STANDARD = "standard/"  # `{% extends "standard/brief.md.j2" %}` reaches the template of the package


@dataclass(frozen=True)
class Estimative:
    """packs/estimative.yaml: the rule of confidence and the wording of the reliability letters."""

    confidence: ConfidenceRule = note("how confidence is reckoned")
    reliability: Mapping[str, str] = note("letter: its meaning")


@dataclass(frozen=True)
class Inputs:
    """What was read. `files` are all files with their bytes; `template` returns a template's text by name."""

    config: BriefConfig
    config_file: str
    book: RuleBook
    summaries: Mapping[str, Summary]
    theme: Theme
    estimative: Estimative
    template: Callable[[str], str | None]
    files: tuple[InputFile, ...]
    warnings: tuple[Problem, ...]


def read_inputs(folder: Folder, brief: str) -> Inputs:
    """Returns the inputs of one brief. Raises BriefnoteError with every problem of every file."""
    reading = _Reading(folder, brief)
    inputs = reading.read()
    wrong = [problem for problem in reading.problems if not problem.is_warning]
    if inputs is None or wrong:
        raise BriefnoteError(wrong)
    return inputs


def check(folder: Folder, briefs: tuple[str, ...]) -> list[Problem]:
    """Returns every problem and warning of the named briefs (of all where none is named), sorted, each once."""
    names = briefs or tuple(folder.brief_names())
    problems: set[Problem] = set()
    if not names:
        problems.add(Problem("briefs/", message="there is no brief here; start one with `briefnote init DIR`"))
    for name in names:
        reading = _Reading(folder, name)
        try:
            reading.read()
        except BriefnoteError as error:
            problems.update(error.problems)
        problems.update(reading.problems)
    return sorted(problems)


class _Reading:
    def __init__(self, folder: Folder, brief: str) -> None:
        self.folder = folder
        self.brief = brief
        self.problems: list[Problem] = []
        self.files: list[InputFile] = []

    def keep(self, file: InputFile) -> InputFile:
        self.files.append(file)
        return file

    def attempt(self, read: Callable[[], Result]) -> Result | None:
        """Runs a step; what it raises joins the other problems, so that all are reported at once."""
        try:
            return read()
        except BriefnoteError as error:
            self.problems += error.problems
            return None

    def read(self) -> Inputs | None:
        config_file = self.keep(self.folder.brief_file(self.brief))
        config, found = read_brief_config(config_file.data, config_file.name)
        self.problems += found
        packs = config.use if config else ("leverage",)
        rules = self._rules(packs)
        book = self._book(rules, config, config_file.name)
        summaries = self.attempt(lambda: self._summaries(rules))
        theme = self.attempt(self._theme)
        estimative = self._estimative()
        self._template_exists()
        if config is None or book is None or summaries is None or theme is None:
            return None
        warnings = tuple(problem for problem in self.problems if problem.is_warning)
        files = tuple(sorted(set(self.files), key=lambda file: file.name))
        return Inputs(config, config_file.name, book, summaries, theme, estimative, self.template_text, files, warnings)

    def _rules(self, packs: tuple[str, ...]) -> list[tuple[str, RulesFile]]:
        files = [file for pack in packs for file in self.attempt(lambda p=pack: pack_files(p)) or ()]  # type: ignore[misc]
        own = self.attempt(lambda: self.folder.rules_file(self.brief))
        read = []
        for file in [*files, *([own] if own else [])]:
            self.keep(file)
            rules_file, found = read_rules(file.data, file.name)
            self.problems += found
            if rules_file is not None:
                read.append((file.name, rules_file))
        return read

    def _book(self, rules: list[tuple[str, RulesFile]], config: BriefConfig | None, file: str) -> RuleBook | None:
        if not rules or any(not problem.is_warning for problem in self.problems if problem.file != file):
            return None
        settings = Settings(
            file=file,
            audiences=tuple(config.audiences) if config else (),
            params=self._params(config, file),
            keep=config.keep if config else {},
        )
        book, found = assemble(rules, settings)
        self.problems += [*found, *_unknown_charts(book, config, file)]
        return book

    def _params(self, config: BriefConfig | None, file: str) -> Mapping[str, Scalar]:
        params: dict[str, Scalar] = {}
        for name, node in (config.params if config else {}).items():
            if node.kind == "scalar" and node.scalar is not None:
                params[name] = node.scalar
            else:
                message = f"found {node.describe()}, expected one value"
                self.problems.append(Problem(file, node.line, f"params.{name}", message))
        return params

    def _summaries(self, rules: list[tuple[str, RulesFile]]) -> Mapping[str, Summary]:
        """Words of any brief's own vocabulary are known in sources/, which all briefs share."""
        vocabularies = [rules_file.vocabulary for _, rules_file in rules]
        for other in self.folder.brief_names():
            own = self.folder.rules_file(other) if other != self.brief else None
            other_rules = read_rules(own.data, own.name)[0] if own else None
            if other_rules is not None:
                vocabularies.append(other_rules.vocabulary)
        files = tuple(self.keep(file) for file in self.folder.summary_files)
        vocabulary = merge(vocabularies)[0]
        kinds = {name: mechanism.kind for name, mechanism in vocabulary.mechanisms.items()}
        summaries, found = read_summaries(files, vocabulary.terms() if rules else {}, kinds)
        self.problems += found
        return summaries

    def _theme(self) -> Theme:
        file = self.folder.template("theme.yaml")
        if file is None:
            return Theme()
        theme, found = read_theme(self.keep(file).data, file.name)
        self.problems += found
        return theme or Theme()

    def _estimative(self) -> Estimative:
        name = "pack:estimative.yaml"
        file = self.keep(InputFile(name, packaged("packs", "estimative.yaml")))
        node, _ = read_yaml(file.data, name)
        estimative = Reader(name).read(node, Estimative) if node else None
        if estimative is None:
            raise AssertionError("the packaged estimative.yaml is broken")
        return estimative

    def _template_exists(self) -> None:
        for name in (TEMPLATE, _STANDARD + TEMPLATE):
            self.attempt(lambda n=name: self.template_text(n))  # type: ignore[misc]

    def template_text(self, name: str) -> str | None:
        """Returns a template's text: the user's own, else the package's. None where there is none."""
        own = None if name.startswith(_STANDARD) else self.folder.template(name)
        if own is None:
            base = name.removeprefix(_STANDARD)
            if base != TEMPLATE:
                return None
            own = InputFile(f"package:{base}", packaged("templates", base))
        self.keep(own)
        try:
            return own.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = f"not UTF-8 (byte 0x{own.data[error.start]:02X}); save the file as UTF-8"
            raise BriefnoteError([Problem(own.name, message=message)]) from None


def _unknown_charts(book: RuleBook | None, config: BriefConfig | None, file: str) -> Iterator[Problem]:
    """Yields a problem for each chart that a brief asks for and no rule draws."""
    drawing = [rule.id for rule in book.rules if rule.text.section == "charts"] if book else []
    for name in config.charts if book and config else ():
        if name not in drawing:
            message = f"no rule '{name}' draws a chart.{did_you_mean(name, drawing)}"
            yield Problem(file, config.line if config else 0, "charts", message)
