"""Everything a brief is made from, read and checked; all problems of all files at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from briefnote.config.brief import BriefConfig, read_brief_config
from briefnote.config.house import read_house
from briefnote.config.theme import read_theme
from briefnote.errors import BriefnoteError, Problem
from briefnote.model.edition import HouseFile, Theme
from briefnote.model.summary import Summary
from briefnote.model.vocabulary import merge
from briefnote.rules.estimative import Estimative
from briefnote.rules.language import RulesFile, read_rules
from briefnote.rules.rulebook import RuleBook, Settings, assemble
from briefnote.standards import Admiralty, read_standard, standard_file
from briefnote.store.folder import Folder, InputFile, pack_files, packaged
from briefnote.store.summaries import read_summaries
from briefnote.yamltree import Scalar

Result = TypeVar("Result")
TEMPLATE = "brief.md.j2"
HOUSE = "house.docx"
_STANDARD = "standard/"  # `{% extends "standard/brief.md.j2" %}` reaches the template of the package


@dataclass(frozen=True)
class RulesRead:
    """The rules of a brief: its configuration, its rules files (packs first), and the rule book they make.

    `config` and `book` are None where something is wrong with them.
    """

    config: BriefConfig | None
    config_file: str
    files: tuple[tuple[str, RulesFile], ...]
    settings: Settings
    book: RuleBook | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Inputs:
    """What was read. `files` are all files with their bytes; `template` returns a template's text by name."""

    config: BriefConfig
    config_file: str
    book: RuleBook
    summaries: Mapping[str, Summary]
    theme: Theme
    estimative: Estimative
    admiralty: Admiralty
    template: Callable[[str], str | None]
    files: tuple[InputFile, ...]
    warnings: tuple[Problem, ...]
    house: HouseFile | None = None


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


def read_brief_rules(folder: Folder, brief: str) -> RulesRead:
    """Returns a brief's rules without its sources, with every problem. Raises BriefnoteError for an unknown brief."""
    return _Reading(folder, brief).read_rules()


def read_look(folder: Folder) -> tuple[Theme, HouseFile | None, Callable[[str], str | None], tuple[Problem, ...]]:
    """Returns the theme, house file and templates of a folder, and every problem of the first two."""
    reading = _Reading(folder, "")
    theme, house = reading.attempt(reading._theme), reading.attempt(reading._house)
    return theme or Theme(), house, reading.template_text, tuple(reading.problems)


class _Reading:
    def __init__(self, folder: Folder, brief: str) -> None:
        self.folder = folder
        self.brief = brief
        self.problems: list[Problem] = []
        self.files: list[InputFile] = []
        self.estimative = read_standard(self.keep(standard_file("estimative")), Estimative)

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
        book = self._book(rules, settings)
        return RulesRead(config, config_file.name, tuple(rules), settings, book, tuple(self.problems))

    def read(self) -> Inputs | None:
        rules = self.read_rules()
        summaries = self.attempt(lambda: self._summaries(rules.files))
        theme = self.attempt(self._theme)
        house = self.attempt(self._house)
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

    def _book(self, rules: list[tuple[str, RulesFile]], settings: Settings) -> RuleBook | None:
        file = settings.file
        if not rules or any(not problem.is_warning for problem in self.problems if problem.file != file):
            return None
        book, found = assemble(rules, settings)
        self.problems += found
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

    def _theme(self) -> Theme:
        file = self.folder.template("theme.yaml")
        if file is None:
            return Theme()
        theme, found = read_theme(self.keep(file).data, file.name)
        self.problems += found
        return theme or Theme()

    def _house(self) -> HouseFile | None:
        file = self.folder.template(HOUSE)
        if file is None:
            return None
        house, found = read_house(self.keep(file).data, file.name)
        self.problems += found
        return house

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
