"""Reads the structured summaries of sources/ and checks them against one another."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from briefnote.errors import Problem, did_you_mean
from briefnote.model.record import Reader
from briefnote.model.summary import Claim, Figure, Locator, Summary
from briefnote.store.folder import InputFile
from briefnote.yamltree import read_yaml


def read_summaries(
    files: tuple[InputFile, ...],
    terms: Mapping[str, frozenset[str]],
    mechanism_kinds: Mapping[str, str] = MappingProxyType({}),
) -> tuple[dict[str, Summary], list[Problem]]:
    """Returns the summaries by source id, and every problem of every file.

    `terms` are the known words of each vocabulary; `mechanism_kinds` says of which kind of claim a mechanism is.
    """
    summaries: dict[str, Summary] = {}
    problems: list[Problem] = []
    for file in files:
        node, found = read_yaml(file.data, file.name)
        problems += found
        if node is None:
            continue
        reader = Reader(file.name, terms)
        summary = reader.read(node, Summary)
        if summary is not None:
            _cross_checked(summary, file, reader, summaries)
            _of_their_kind(summary, reader, mechanism_kinds)
            summaries.setdefault(summary.source.id, summary)
        problems += reader.problems
    problems += _origins(files, summaries)
    return summaries, problems


def _cross_checked(summary: Summary, file: InputFile, reader: Reader, known: Mapping[str, Summary]) -> None:
    stem = Path(file.name).stem
    if summary.source.id in known:
        message = f"'{summary.source.id}' is the id of another file too; every source has its own"
        reader.problem(summary.source.line, "source.id", message)
    elif summary.source.id != stem:
        message = f"found '{summary.source.id}', expected '{stem}' (the file's name); rename one"
        reader.problem(summary.source.line, "source.id", message)
    entries: list[Claim | Figure] = [*summary.claims, *summary.figures]
    first: dict[str, int] = {}
    for entry in entries:
        if entry.id in first:
            message = f"'{entry.id}' is used twice (first on line {first[entry.id]}); give this one another id"
            reader.problem(entry.line, "id", message)
        first.setdefault(entry.id, entry.line)
    for claim in summary.claims:
        _claim(claim, reader)
    claims = {claim.id for claim in summary.claims}
    for figure in summary.figures:
        _figure(figure, claims, reader)


def _of_their_kind(summary: Summary, reader: Reader, kinds: Mapping[str, str]) -> None:
    for claim in summary.claims:
        if message := wrong_kind(claim, kinds):
            reader.problem(claim.line, f"claims.{claim.id}.mechanism", message)


def wrong_kind(claim: Claim, kinds: Mapping[str, str]) -> str | None:
    """Returns what is wrong where a claim has a mechanism of another kind than its own, by `kinds` of mechanisms."""
    kind = kinds.get(claim.mechanism or "")
    if kind is None or claim.kind not in ("leverage", "limit", "implication") or claim.kind == kind:
        return None
    return f"'{claim.mechanism}' is a kind of {kind}, the claim is a {claim.kind}; change one of them"


def _claim(claim: Claim, reader: Reader) -> None:
    where = f"claims.{claim.id}"
    if (claim.proposition is None) != (claim.stance is None):
        reader.problem(claim.line, where, "proposition and stance go together; give both or neither")
    _located(claim.locator, claim.line, where, reader)


def _figure(figure: Figure, claims: set[str], reader: Reader) -> None:
    where = f"figures.{figure.id}"
    if figure.claim is not None and figure.claim not in claims:
        message = f"no claim '{figure.claim}' in this file.{did_you_mean(figure.claim, claims)}"
        reader.problem(figure.line, where, message)
    if figure.value is None and figure.low is None and figure.high is None:
        reader.problem(figure.line, where, "has no number; give value, or low and high")
    if figure.low is not None and figure.high is not None and figure.low > figure.high:
        reader.problem(figure.line, where, f"low {figure.low:g} is above high {figure.high:g}; swap them")
    if figure.value is not None and not _between(figure):
        message = f"value {figure.value:g} does not lie between its low and high; mend one of them"
        reader.problem(figure.line, where, message)
    _located(figure.locator, figure.line, where, reader)


def _between(figure: Figure) -> bool:
    value, low, high = figure.value or 0.0, figure.low, figure.high
    return (low is None or low <= value) and (high is None or value <= high)


def _located(locator: Locator | None, line: int, where: str, reader: Reader) -> None:
    start, end = (locator.start, locator.end) if locator else (None, None)
    if (start is None) != (end is None) or (start is not None and end is not None and start >= end):
        reader.problem(line, f"{where}.locator", "start and end go together, start before end")


def _origins(files: tuple[InputFile, ...], summaries: Mapping[str, Summary]) -> list[Problem]:
    names = {Path(file.name).stem: file.name for file in files}
    return [
        Problem(
            names.get(summary.source.id, summary.source.id),
            summary.source.line,
            "source.origin",
            f"no source '{summary.source.origin}'.{did_you_mean(summary.source.origin, summaries)}",
        )
        for summary in summaries.values()
        if summary.source.origin is not None and summary.source.origin not in summaries
    ]
