"""What is known once a brief's folder has been read: its inputs, or its rules alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefnote.config.brief import BriefConfig
from briefnote.errors import Problem
from briefnote.model.edition import HouseFile, Theme
from briefnote.model.summary import Summary
from briefnote.rules.estimative import Estimative
from briefnote.rules.plan import Plan
from briefnote.rules.rulebook import RuleBook, Settings
from briefnote.standards import Admiralty
from briefnote.store.folder import InputFile

if TYPE_CHECKING:
    from briefnote.model.archive import Drift
    from briefnote.rules.language import RulesFile


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
    """What was read. `files` are all files with their bytes; `template` returns a template's text by name.

    `plan` is what SQLite needs to run the book, where that was made already; `drifts` says what has become of articles
    since they were read, by source.
    """

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
    plan: Plan | None = None
    drifts: Mapping[str, Drift] = field(default_factory=dict)
