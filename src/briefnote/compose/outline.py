"""Which findings stand in which section, under which handle, and what is cut to keep the length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefnote.config.brief import SectionConfig
from briefnote.model.brief import Cut
from briefnote.model.finding import Finding, Judged, plain
from briefnote.text import count_words

# What a brief cannot do without is never cut for length.
_KEPT_WHOLE = {"prose", "judgements"}


@dataclass(frozen=True)
class OutlinedSection:
    """A section and the findings it prints, best first."""

    config: SectionConfig
    findings: tuple[Finding, ...]

    def handles(self, pairs: Mapping[tuple[str, str], str]) -> Mapping[str, tuple[Finding, ...]]:
        """Returns the findings by handle, the best-scored handle first.

        In a brief about several pairs of actors they stand pair by pair, and `pairs` maps (holder, over) to the
        words that lead the handle ("Elbonia: Chokepoint").
        """
        order = {pair: number for number, pair in enumerate(pairs)}
        grouped: dict[tuple[int, str], list[Finding]] = {}
        for finding in self.findings:
            pair = (str(finding.bindings.get("holder")), str(finding.bindings.get("over")))
            lead = f"{pairs[pair]}: " if pair in pairs and finding.handle else ""
            grouped.setdefault((order.get(pair, -1), lead + finding.handle), []).append(finding)
        ordered = sorted(grouped.items(), key=lambda item: item[0][0])
        merged: dict[str, tuple[Finding, ...]] = {}
        for (_, handle), findings in ordered:  # two pairs may share a handle, or have none
            merged[handle] = (*merged.get(handle, ()), *findings)
        return merged


def outline(sections: Sequence[SectionConfig], judged: Judged) -> tuple[OutlinedSection, ...]:
    """Returns each section with its findings. The same sentence is printed once, where it comes first."""
    said: set[str] = set()
    outlined = []
    for config in sections:
        findings = []
        for finding in judged.findings:
            text = plain(finding.text).casefold()
            if _belongs(finding, config) and (text not in said or config.audience is not None):
                findings.append(finding)
                said.add(text)
        outlined.append(OutlinedSection(config, tuple(findings)))
    return tuple(outlined)


def _belongs(finding: Finding, config: SectionConfig) -> bool:
    audience = config.audience
    return finding.section == (config.of or config.id) and audience in (
        None,
        finding.bindings.get("audience"),
    )


def _within_words(section: OutlinedSection) -> OutlinedSection:
    """Returns the section within its own limit, where it has one; it keeps its best finding."""
    kept: list[Finding] = []
    used = 0
    for finding in section.findings:
        used += words_in(finding)
        if section.config.words is None or used <= section.config.words or not kept:
            kept.append(finding)
    return OutlinedSection(section.config, tuple(kept))


def words_in(finding: Finding) -> int:
    """Returns how many words a finding takes in print: its cells in a table, else its text and its reason."""
    if finding.cells:
        return sum(count_words(plain(cell)) for cell in finding.cells.values())
    reason = plain(finding.assessment.reason) if finding.assessment else ""
    return count_words(plain(finding.text)) + count_words(reason)


def fit(sections: tuple[OutlinedSection, ...], budget: int) -> tuple[OutlinedSection, ...]:
    """Returns the sections within the word budget: the worst-scored findings go first, wherever they stand.

    Bottom line and judgements stay whole, and every section keeps its best finding. A section's own limit of words
    comes first.
    """
    sections = tuple(map(_within_words, sections))
    total = sum(words_in(finding) for section in sections for finding in section.findings)
    candidates = [
        (finding.score, -number, finding.id)
        for number, section in enumerate(sections)
        if section.config.kind not in _KEPT_WHOLE
        for finding in section.findings[1:]
    ]
    dropped: set[tuple[int, str]] = set()
    for _, number, identity in sorted(candidates):
        if total <= budget:
            break
        finding = next(f for f in sections[-number].findings if f.id == identity)
        total -= words_in(finding)
        dropped.add((-number, identity))
    return tuple(
        OutlinedSection(section.config, tuple(f for f in section.findings if (number, f.id) not in dropped))
        for number, section in enumerate(sections)
    )


def cuts(judged: Judged, before: Sequence[OutlinedSection], after: Sequence[OutlinedSection]) -> tuple[Cut, ...]:
    """Returns, for each of the rules' sections, what was found and what was left out and why."""
    kept = {name: sum(finding.section == name for finding in judged.findings) for name in judged.found}
    lost: dict[str, int] = {}
    for old, new in zip(before, after, strict=True):
        name = old.config.of or old.config.id
        lost[name] = lost.get(name, 0) + len(old.findings) - len(new.findings)
    return tuple(
        Cut(name, found, beyond_section_limit=found - kept[name], beyond_word_budget=lost.get(name, 0))
        for name, found in judged.found.items()
    )
