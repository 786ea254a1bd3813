"""Rules ready to be tried: those of a pack alone, and those of a brief on top of its packs."""

from __future__ import annotations

from collections.abc import Mapping

from briefnote.errors import BriefnoteError, Problem
from briefnote.inputvalues import RulesRead
from briefnote.model.vocabulary import Vocabulary, merge
from briefnote.pipeline import actor_names
from briefnote.rules.estimative import Estimative
from briefnote.rules.examples import Bench
from briefnote.rules.language import RulesFile, read_rules
from briefnote.rules.rulebook import Settings
from briefnote.rules.speaking import ActorNames
from briefnote.standards import read_standard, standard_file
from briefnote.store.folder import Folder, InputFile, pack_files, pack_names

RulesFiles = tuple[tuple[str, RulesFile], ...]


def read_files(files: tuple[InputFile, ...]) -> tuple[RulesFiles, list[Problem]]:
    """Returns the rules files that can be read, by name, and every problem of all."""
    read, problems = [], []
    for file in files:
        rules_file, found = read_rules(file.data, file.name)
        problems += found
        if rules_file is not None:
            read.append((file.name, rules_file))
    return tuple(read), problems


def nobody(audiences: tuple[str, ...] = ()) -> Settings:
    """Returns the settings of rules that are in no brief: every parameter as the pack has it, and ICD 203."""
    return Settings("params", audiences, {}, {}, estimative().likelihood["icd-203"])


def estimative() -> Estimative:
    """Returns packs/estimative.yaml."""
    return read_standard(standard_file("estimative"), Estimative)


def pack_bench(pack: str) -> Bench:
    """Returns a pack alone, with the actors' names as they are. Raises BriefnoteError with its problems."""
    files, problems = read_files(pack_files(pack))
    _raise(problems)
    return Bench(files, nobody(), ActorNames(), estimative().confidence)


def brief_bench(rules: RulesRead) -> Bench:
    """Returns a brief's rules with its parameters and names. Raises BriefnoteError with their problems."""
    _raise(rules.problems)
    if rules.config is None:
        raise AssertionError("a brief.yaml that cannot be read has problems")
    return Bench(rules.files, rules.settings, actor_names(rules.config), estimative().confidence)


def terms_of(files: RulesFiles) -> Mapping[str, frozenset[str]]:
    """Returns the words that claims and figures may use, by vocabulary."""
    return merge([rules_file.vocabulary for _, rules_file in files])[0].terms()


def words_of(folder: Folder) -> Vocabulary:
    """Returns the words that claims and figures may use in some brief of a folder, and those of all packs."""
    files = {file.name: file for pack in pack_names() for file in pack_files(pack)}
    for name in folder.brief_names():
        if (rules := folder.rules_file(name)) is not None:
            files[rules.name] = rules
    return merge([rules_file.vocabulary for _, rules_file in read_files(tuple(files.values()))[0]])[0]


def _raise(problems: list[Problem] | tuple[Problem, ...]) -> None:
    if wrong := [problem for problem in problems if not problem.is_warning]:
        raise BriefnoteError(wrong)
