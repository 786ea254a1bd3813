"""Reads everything a brief is made from, step by step, and keeps every problem of every file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TypeVar

from briefnote.agreement import sections_against_rules
from briefnote.config.brief import BriefConfig, read_brief_config
from briefnote.config.house import read_house
from briefnote.config.theme import read_theme
from briefnote.errors import BriefnoteError, Problem
from briefnote.inputvalues import Inputs, RulesRead
from briefnote.model.edition import HouseFile, Theme
from briefnote.model.summary import Summary
from briefnote.model.vocabulary import merge
from briefnote.rules.estimative import Estimative
from briefnote.rules.language import RulesFile, read_rules
from briefnote.rules.rulebook import RuleBook, Settings, assemble
from briefnote.standards import Admiralty, read_standard, standard_file
from briefnote.store.folder import (
    HOUSE,
    STANDARD,
    TEMPLATE,
    THEME,
    Folder,
    InputFile,
    decoded,
    pack_files,
    template_file,
)
from briefnote.store.summaries import read_summaries
from briefnote.yamltree import Scalar

Result = TypeVar("Result")


class Reading:
    """Reads one brief's folder step by step; `problems` are all that were found, `files` all that were read."""

    def __init__(self, folder: Folder, brief: str) -> None:
        self.folder = folder
        self.brief = brief
        self.problems: list[Problem] = []
        self.files: list[InputFile] = []

    @cached_property
    def estimative(self) -> Estimative:
        return read_standard(self.keep(standard_file("estimative")), Estimative)

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

    def read_rules(self) -> RulesRead:
        config_file = self.keep(self.folder.brief_file(self.brief))
        config, found = read_brief_config(config_file.data, config_file.name)
        self.problems += found
        rules = self._rules(config.use if config else ("leverage",))
        settings = self._settings(config, config_file.name)
        book = self._book(rules, settings, config)
        return RulesRead(config, config_file.name, tuple(rules), settings, book, tuple(self.problems))

    def read(self) -> Inputs | None:
        rules = self.read_rules()
        summaries = self.attempt(lambda: self._summaries(rules.files))
        theme = self.attempt(self.theme)
        house = self.attempt(self.house)
        admiralty = read_standard(self.keep(standard_file("admiralty")), Admiralty)
        self._template_exists()
        if rules.config is None or rules.book is None or summaries is None or theme is None:
            return None
        return Inputs(
            rules.config,
            rules.config_file,
            rules.book,
            summaries,
            theme,
            self.estimative,
            admiralty,
            self.template_text,
            files=tuple(sorted(set(self.files), key=lambda file: file.name)),
            warnings=tuple(problem for problem in self.problems if problem.is_warning),
            house=house,
        )

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

    def _settings(self, config: BriefConfig | None, file: str) -> Settings:
        return Settings(
            file=file,
            audiences=tuple(config.audiences) if config else (),
            params=self._params(config, file),
            keep=config.keep if config else {},
            charts=config.charts if config else (),
            likelihood=self.estimative.likelihood[config.likelihood] if config else None,
        )

    def _book(
        self, rules: list[tuple[str, RulesFile]], settings: Settings, config: BriefConfig | None
    ) -> RuleBook | None:
        file = settings.file
        if not rules or any(not problem.is_warning for problem in self.problems if problem.file != file):
            return None
        book, found = assemble(rules, settings)
        self.problems += found
        if book is not None and config is not None:
            self.problems += sections_against_rules(config, book, file)
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

    def _summaries(self, rules: tuple[tuple[str, RulesFile], ...]) -> Mapping[str, Summary]:
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

    def theme(self) -> Theme:
        file = self.folder.template(THEME)
        if file is None:
            return Theme()
        theme, found = read_theme(self.keep(file).data, file.name)
        self.problems += found
        return theme or Theme()

    def house(self) -> HouseFile | None:
        file = self.folder.template(HOUSE)
        if file is None:
            return None
        house, found = read_house(self.keep(file).data, file.name)
        self.problems += found
        return house

    def _template_exists(self) -> None:
        for name in (TEMPLATE, STANDARD + TEMPLATE):
            self.attempt(lambda n=name: self.template_text(n))  # type: ignore[misc]

    def template_text(self, name: str) -> str | None:
        """Returns a template's text, and keeps its file among those read."""
        file = template_file(self.folder, name)
        return decoded(self.keep(file)) if file else None
