"""Puts a Brief together from what was judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from briefnote.compose.apparatus import basis, list_sources, unused
from briefnote.compose.changes import compare, past_judgements, summarise
from briefnote.compose.charting import charts
from briefnote.compose.citations import Passages, Printed, SourceNumbers, parts, text_of
from briefnote.compose.drifted import drifted_sources
from briefnote.compose.outline import OutlinedSection, cuts, fit, outline, words_in
from briefnote.compose.selection import strictest_marking
from briefnote.config.brief import BriefConfig, SectionConfig
from briefnote.errors import BriefnoteError, Problem
from briefnote.model.brief import (
    Block,
    Brief,
    Change,
    Confidence,
    OmittedSource,
    Part,
    Section,
    Sentence,
)
from briefnote.model.finding import Cite, Finding, Judged
from briefnote.model.period import Period
from briefnote.model.summary import Summary
from briefnote.text import typographic

if TYPE_CHECKING:
    from briefnote.model.archive import Drift

NOTHING_FOUND = "Nothing in the sources of this issue supports a finding here."
_HEADLINE = SectionConfig("headline", "", "prose")


@dataclass(frozen=True)
class Material:
    """What a brief is composed of."""

    name: str
    config: BriefConfig
    summaries: Mapping[str, Summary]
    omitted: tuple[OmittedSource, ...]
    judged: Judged
    reliability: Mapping[str, str]
    period: Period
    day: date
    version: str
    previous: tuple[str, Mapping[str, Any]] | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    drifts: Mapping[str, Drift] = field(default_factory=dict)


def compose(material: Material) -> Brief:
    """Returns the brief: sections within the length budget, numbered sources, changes since the last issue."""
    return _Composer(material).compose()


class _Composer:
    def __init__(self, material: Material) -> None:
        self.material = material
        self.config = material.config
        self.sources = SourceNumbers()
        self.passages = Passages(material.summaries)
        self.cited: dict[str, int] = {}
        self.printed = Printed({}, {})

    def compose(self) -> Brief:
        material, config = self.material, self.config
        whole = outline((_HEADLINE, *config.printed_sections()), material.judged)
        fitted = fit(whole, config.words)
        self.printed = _printed(fitted)
        # The headline is printed first and rests on what follows: sources are numbered from the bottom line on.
        headline, *rest = reversed([self.section(section) for section in (*fitted[1:], fitted[0])])
        sections = (headline, *reversed(rest))
        judgements = [block for section in sections if section.kind == "judgements" for block in section.blocks]
        changes = compare(judgements, past_judgements(*material.previous)) if material.previous else ()
        previous = material.previous[0] if material.previous else None
        listed = list_sources(material.summaries, self.sources.numbers, self.cited, material.reliability)
        return Brief(
            name=material.name,
            title=typographic(config.title),
            subtitle=next((s.text for b in sections[0].blocks for s in b.sentences), ""),
            period=str(material.period),
            date=material.day.isoformat(),
            author=config.author,
            language=config.language,
            marking=strictest_marking(config.marking, material.summaries.values(), _quoted(material, changes)),
            basis=basis(listed),
            sections=sections,
            sources=listed,
            omitted=(*material.omitted, *unused(material.summaries, self.sources.numbers)),
            changes=changes,
            changes_summary=summarise(changes, previous),
            charts=charts(material.judged, config.charts),
            cut=cuts(material.judged, whole, fitted),
            words=sum(words_in(finding) for section in fitted for finding in section.findings),
            keywords=config.keywords,
            previous_period=previous,
            briefnote=material.version,
            parameters=material.parameters,
            rules={name: material.judged.rules[name] for name in sorted(material.judged.rules)},
            drifted=drifted_sources(listed, material.drifts, judgements),
        )

    # ---- sections ---------------------------------------------------------------------------------------

    def section(self, outlined: OutlinedSection) -> Section:
        config = outlined.config
        made = {
            "prose": self.prose,
            "judgements": self.judgements,
            "bullets": self.bullets,
            "table": self.rows,
        }[config.kind]
        blocks = made(outlined)
        is_table = config.kind == "table" and bool(blocks)
        columns = (*config.columns.values(), *self.source_column(outlined)) if is_table else ()
        note = self.passages.note(outlined.findings, self.sources) if is_table else ""
        return Section(
            config.id,
            typographic(config.title),
            config.kind,
            blocks,
            columns,
            "" if blocks else NOTHING_FOUND,
            note,
        )

    def prose(self, outlined: OutlinedSection) -> tuple[Block, ...]:
        if not outlined.findings:
            return ()
        sentences = tuple(self.sentence(f, outlined.config.id, n) for n, f in enumerate(outlined.findings, 1))
        return (Block(sentences, note=self.passages.note(outlined.findings, self.sources)),)

    def judgements(self, outlined: OutlinedSection) -> tuple[Block, ...]:
        return tuple(
            Block(
                (self.sentence(finding, outlined.config.id, number),),
                handle=typographic(finding.handle),
                number=number,
                confidence=self.confidence(finding),
                note=self.passages.note([finding], self.sources),
                topic=finding.position[0] if finding.position else finding.id,
                stance=finding.position[1] if finding.position else "",
            )
            for number, finding in enumerate(outlined.findings, 1)
        )

    def confidence(self, finding: Finding) -> Confidence | None:
        assessment = finding.assessment
        if assessment is None:
            return None
        reason = parts(assessment.reason, self.sources, self.printed)
        return Confidence(assessment.levels, reason, assessment.voices, assessment.dissenting)

    def bullets(self, outlined: OutlinedSection) -> tuple[Block, ...]:
        blocks, number = [], 0
        for handle, findings in outlined.handles(self.config.about_words()).items():
            sentences = []
            for finding in findings:
                number += 1
                sentences.append(self.sentence(finding, outlined.config.id, number))
            blocks.append(Block(tuple(sentences), typographic(handle), note=self.passages.note(findings, self.sources)))
        return tuple(blocks)

    def rows(self, outlined: OutlinedSection) -> tuple[Block, ...]:
        blocks = []
        for number, finding in enumerate(outlined.findings, 1):
            sentence = self.sentence(finding, outlined.config.id, number)
            cells = [parts(finding.cells.get(name, ()), self.sources, self.printed) for name in outlined.config.columns]
            if self.source_column(outlined):
                cells.append((Part("", self.sources.cite(finding.evidence)),))
            blocks.append(Block((sentence,), cells=tuple(cells), note=self.passages.note([finding], self.sources)))
        return tuple(blocks)

    def source_column(self, outlined: OutlinedSection) -> tuple[str, ...]:
        """A table whose cells cite has no need of a column for its sources."""
        words = [word for finding in outlined.findings for cell in finding.cells.values() for word in cell]
        return () if any(isinstance(word, Cite) for word in words) else ("Sources",)

    def sentence(self, finding: Finding, section: str, number: int) -> Sentence:
        if not finding.evidence:
            rule = self.material.judged.rules[finding.rule]
            message = "says a sentence that rests on no claim and no figure; match at least one"
            raise BriefnoteError([Problem(rule.file, rule.line, f"rule '{finding.rule}'", message)])
        found = parts(finding.text, self.sources, self.printed)
        for source in {row.rpartition("#")[0] for row in finding.evidence}:
            self.cited[source] = self.cited.get(source, 0) + 1
        return Sentence(
            id=f"{section}.{number}",
            text=text_of(found),
            rule=finding.rule,
            evidence=tuple(self.passages.evidence(row) for row in finding.evidence),
            parts=found,
            bindings=finding.bindings,
            score=round(finding.score, 6),
            is_judgement=finding.is_judgement,
        )


def _printed(sections: tuple[OutlinedSection, ...]) -> Printed:
    judged = [f for section in sections if section.config.kind == "judgements" for f in section.findings]
    numbers = {finding.id: number for number, finding in enumerate(judged, 1)}
    topics = {f.position[0]: (numbers[f.id], f.position[1]) for f in judged if f.position}
    return Printed(numbers, topics)


def _quoted(material: Material, changes: Sequence[Change]) -> str | None:
    """Returns the marking of the former issue where its words are printed again."""
    quotes = any(change.kind in ("dropped", "reversed") for change in changes)
    return str(material.previous[1].get("marking")) if quotes and material.previous else None
