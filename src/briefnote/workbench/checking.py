"""Checks rules and their examples without running them: the packs and all briefs, or single files."""

from __future__ import annotations

from pathlib import Path

from briefnote.errors import Problem, did_you_mean
from briefnote.inputs import read_brief_rules
from briefnote.rules.examplefile import read_examples
from briefnote.rules.rulebook import assemble
from briefnote.store.folder import SUFFIX, Folder, InputFile, pack_examples, pack_files, pack_names
from briefnote.workbench.benches import RulesFiles, nobody, read_files, terms_of
from briefnote.workbench.places import brief_of, file_at
from briefnote.workbench.testing import STANDARD_PACK


def check_rules(folder: Folder, paths: tuple[Path, ...] = ()) -> list[Problem]:
    """Returns every problem and warning of the files, or of all packs and briefs, sorted, each once.

    A file of a brief is checked as that brief has it; a file of a pack with its neighbours; any other on the
    standard pack. Raises BriefnoteError for a file that cannot be read.
    """
    if not paths:
        found = [problem for pack in pack_names() for problem in _pack(pack)]
        found += [problem for name in folder.brief_names() for problem in _brief(folder, name)]
        return sorted(set(found))
    return sorted({problem for path in paths for problem in _file(folder, path)})


def _pack(pack: str) -> list[Problem]:
    return _alone(pack_files(pack), pack_examples(pack))


def _brief(folder: Folder, name: str) -> list[Problem]:
    rules = read_brief_rules(folder, name)
    examples = folder.examples_file(name)
    return [*rules.problems, *(_examples((examples,), rules.files) if examples else ())]


def _file(folder: Folder, path: Path) -> list[Problem]:
    if name := brief_of(folder, path):
        return _brief(folder, name)
    file = file_at(folder, path)
    if path.parent.name == "examples" or path.stem == "examples":
        return _examples((file,), read_files(pack_files(STANDARD_PACK))[0])
    (read, _) = read_files((file,))
    if read and read[0][1].pack:  # a part of a pack is checked with the others
        files = tuple(file_at(folder, part) for part in sorted(path.resolve().parent.glob(f"*{SUFFIX}")))
        return _alone(files, ())
    return _alone((*pack_files(STANDARD_PACK), file), (), _audiences(folder))


def _audiences(folder: Folder) -> tuple[str, ...]:
    configs = [read_brief_rules(folder, name).config for name in folder.brief_names()]
    return tuple(dict.fromkeys(audience for config in configs if config for audience in config.audiences))


def _alone(
    files: tuple[InputFile, ...], examples: tuple[InputFile, ...], audiences: tuple[str, ...] = ()
) -> list[Problem]:
    read, problems = read_files(files)
    if not any(not problem.is_warning for problem in problems):
        problems += assemble(read, nobody(audiences))[1]
    return [*problems, *_examples(examples, read)]


def _examples(files: tuple[InputFile, ...], rules: RulesFiles) -> list[Problem]:
    known = [rule.id for _, rules_file in rules for rule in rules_file.rules]
    problems = []
    for file in files:
        examples, found = read_examples(file.data, file.name, terms_of(rules))
        problems += found
        problems += [
            Problem(
                file.name, example.line, f"rule '{example.rule}'", f"no such rule.{did_you_mean(example.rule, known)}"
            )
            for example in examples
            if example.rule not in known
        ]
    return problems
