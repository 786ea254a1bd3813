"""How a finding or a printed sentence is known: the brief is judged again, in memory, and its chain told."""

from __future__ import annotations

import dataclasses
from datetime import date

from briefnote import clock
from briefnote.compose.citations import Passages
from briefnote.errors import BriefnoteError, Problem, did_you_mean
from briefnote.explanation import passage
from briefnote.inputs import read_inputs
from briefnote.inputvalues import Inputs
from briefnote.model.brief import Brief, Sentence
from briefnote.model.finding import Finding, Judged
from briefnote.model.period import parse_period, period_of
from briefnote.pipeline import actor_names, case_of, compose_brief, origins_of
from briefnote.rules.independence import voices
from briefnote.rules.judging import judge
from briefnote.rules.tracing import Tracer, open_book
from briefnote.store.folder import Folder
from briefnote.store.issue import Issue


def explain_finding(folder: Folder, brief: str, wanted: str, period: str | None = None) -> list[str]:
    """Returns the chain of a finding (by its id) or of a sentence (by its id in the brief as it would be built now).

    `period` is the present one where None. Raises BriefnoteError for an id that is neither.
    """
    inputs = read_inputs(folder, brief)
    wanted_period = parse_period(period) if period else period_of(inputs.config.every, clock.today())
    case = case_of(inputs, wanted_period)
    book = open_book(inputs.book)
    judged = judge(book, case.rows, actor_names(inputs.config), inputs.estimative.confidence)
    finding, sentence = _wanted(folder, inputs, judged, wanted, str(wanted_period), wanted_period.last_day)
    opening = [f"{sentence.id}  {sentence.text}", ""] if sentence else []
    reasons = {source: voice.because for source, voice in voices(case.summaries, origins=origins_of(inputs)).items()}
    chain = Tracer(book, case.rows, judged, inputs.estimative.confidence, reasons).trace(finding)
    passages = Passages(case.summaries)
    evidence = [dataclasses.asdict(passages.evidence(row)) for row in finding.evidence]
    return [*opening, *chain, "", "Evidence", *(f"  {line}" for row in evidence for line in passage(folder, row))]


def _wanted(
    folder: Folder, inputs: Inputs, judged: Judged, wanted: str, period: str, day: date
) -> tuple[Finding, Sentence | None]:
    found = {finding.id: finding for finding in judged.findings}
    if wanted in found:
        return found[wanted], None
    name = inputs.config_file.split("/")[-2]
    brief = compose_brief(inputs, Issue(folder.brief_folder(name), name, period), day)
    sentences = {sentence.id: sentence for sentence in _sentences(brief)}
    if wanted not in sentences:
        near = did_you_mean(wanted, [*sentences, *found])
        raise BriefnoteError([Problem("explain", message=f"'{wanted}' is no finding and no sentence.{near}")])
    sentence = sentences[wanted]
    return next(finding for finding in judged.findings if _is_said_by(sentence, finding)), sentence


def _sentences(brief: Brief) -> list[Sentence]:
    return [sentence for section in brief.sections for block in section.blocks for sentence in block.sentences]


def _is_said_by(sentence: Sentence, finding: Finding) -> bool:
    rows = tuple(f"{row.source}#{row.claim or row.figure}" for row in sentence.evidence)
    return (sentence.rule, sentence.bindings, rows) == (finding.rule, finding.bindings, finding.evidence)
