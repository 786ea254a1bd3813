"""Runs the examples of the packs in use and of the briefs' own rules."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefnote.errors import BriefnoteError, Problem
from briefnote.inputs import read_brief_rules
from briefnote.rules.examplefile import read_examples
from briefnote.rules.examples import Bench, Outcome, run_examples, untested
from briefnote.store.folder import Folder, InputFile, pack_examples
from briefnote.workbench.benches import brief_bench, pack_bench, terms_of
from briefnote.workbench.places import brief_of, file_at

STANDARD_PACK = "leverage"  # for a file that belongs to no brief


@dataclass(frozen=True)
class Trial:
    """The outcome of every example, and a warning for each rule that lacks one."""

    outcomes: tuple[Outcome, ...]
    warnings: tuple[Problem, ...] = ()

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """Returns the outcomes that are not as expected."""
        return tuple(outcome for outcome in self.outcomes if outcome.failure)

    @property
    def summary(self) -> str:
        """Returns how many examples of how many rules there are, and how many fail."""
        rules = {outcome.example.rule for outcome in self.outcomes}
        of = f"{len(self.outcomes)} examples of {len(rules)} rules"
        return f"{of}: {len(self.failed)} fail" if self.failed else f"{of}: all as expected"


def try_rules(folder: Folder, brief: str | None = None, file: Path | None = None) -> Trial:
    """Runs the examples of one file, or of the packs and own rules of one brief, or of all briefs.

    Raises BriefnoteError with every problem of the rules and of the example files.
    """
    if file is not None:
        name = brief or brief_of(folder, file)
        bench = brief_bench(read_brief_rules(folder, name)) if name else pack_bench(STANDARD_PACK)
        return Trial(_outcomes(bench, (file_at(folder, file),)))
    trials = [_try_brief(folder, name) for name in ([brief] if brief else folder.brief_names())]
    packs = dict.fromkeys(pack for _, used in trials for pack in used)
    return _together([*(_try_pack(pack) for pack in packs), *(trial for trial, _ in trials)])


def _try_pack(pack: str) -> Trial:
    bench = pack_bench(pack)
    return _covered(bench, pack_examples(pack), rules=[rule.id for _, file in bench.files for rule in file.rules])


def _try_brief(folder: Folder, name: str) -> tuple[Trial, tuple[str, ...]]:
    """Returns what the examples of a brief's own rules found, and the packs it uses."""
    read = read_brief_rules(folder, name)
    bench = brief_bench(read)
    examples, own = folder.examples_file(name), folder.rules_file(name)
    own_rules = [rule.id for file, rules in bench.files if own and file == own.name for rule in rules.rules]
    used = read.config.use if read.config else ()
    return _covered(bench, (examples,) if examples else (), rules=own_rules), used


def _covered(bench: Bench, files: tuple[InputFile, ...], rules: list[str]) -> Trial:
    outcomes = _outcomes(bench, files)
    return Trial(outcomes, tuple(untested((outcome.example for outcome in outcomes), rules)))


def _outcomes(bench: Bench, files: tuple[InputFile, ...]) -> tuple[Outcome, ...]:
    read = [read_examples(file.data, file.name, terms_of(bench.files)) for file in files]
    if problems := [problem for _, found in read for problem in found]:
        raise BriefnoteError(problems)
    return tuple(run_examples([example for examples, _ in read for example in examples], bench))


def _together(trials: list[Trial]) -> Trial:
    return Trial(
        tuple(outcome for trial in trials for outcome in trial.outcomes),
        tuple(warning for trial in trials for warning in trial.warnings),
    )
