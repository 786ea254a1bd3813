"""Confidence by a stated rule: independent voices, data, reliability, opposite premises, dissent.

The points are data (packs/estimative.yaml), so that a house can set its own; the levels are ICD 203's low,
moderate and high. Confidence is in the evidence; how likely a thing is, is another scale and another sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefnote.model.finding import Assessment, Cite, Words
from briefnote.model.quantity import count_of, in_words
from briefnote.model.record import note

Row = Mapping[str, Any]
_OPPOSITE = {"for": "against", "against": "for"}


@dataclass(frozen=True)
class ConfidenceRule:
    """How many points a judgement gets for what, and how many make it moderate or high."""

    second_voice: int = note("for a second independent voice")
    third_voice: int = note("for a third independent voice")
    data: int = note("if a voice brings figures attributed to a named origin")
    reliable: int = note("if a voice has one of the reliable letters")
    opposite_premises: int = note("if two voices agree here but disagree on another question")
    dissent: int = note("taken off for a dissenting voice")
    reliable_dissent: int = note("taken off for a dissenting voice with one of the reliable letters")
    moderate: int = note("points from which confidence is moderate")
    high: int = note("points from which confidence is high")
    reliable_letters: tuple[str, ...] = note("Admiralty letters that count as reliable")


@dataclass(frozen=True)
class _Weighing:
    level: str
    voices: int
    dissenting: int
    words: Words


class Assessor:
    """Weighs the claims behind a finding against all claims there are."""

    def __init__(self, rule: ConfidenceRule, rows: Mapping[str, Sequence[Row]]) -> None:
        self.rule = rule
        # An indicator says what would count, not what is; a rejected claim is its source's quarrel, not its view.
        self.claims = [row for row in rows["claim"] if row["kind"] != "indicator" and row["polarity"] != "rejected"]
        self.attributed = {row["claim"] for row in rows["figure"] if row["claim"] and row["attributed_to"]}
        self.letters: dict[str, list[str]] = {}
        for source in rows["source"]:
            self.letters.setdefault(source["voice"], []).append(source["reliability"])

    def assess(self, aspects: Mapping[str, Sequence[Row]]) -> Assessment:
        """Returns the assessment. `aspects` maps an aspect ("" for the only one) to its supporting rows."""
        weighings = {aspect: self._weigh(rows) for aspect, rows in aspects.items()}
        reason: list[Any] = []
        for aspect, weighing in weighings.items():
            opening = f"On {aspect}, " if aspect else ""
            words = list(weighing.words)
            first = str(words[0])
            words[0] = opening + first if opening else first[:1].upper() + first[1:]
            reason += [*words, ". "]
        reason[-1] = "."
        return Assessment(
            {aspect: weighing.level for aspect, weighing in weighings.items()},
            tuple(reason),
            max(weighing.voices for weighing in weighings.values()),
            max(weighing.dissenting for weighing in weighings.values()),
        )

    def _weigh(self, support: Sequence[Row]) -> _Weighing:
        rule = self.rule
        voices = list(dict.fromkeys(str(row["voice"]) for row in support))
        with_data = {row["voice"] for row in support if self._is_data(row)}
        against = self._dissent(support, set(voices))
        dissenters = list(dict.fromkeys(str(row["voice"]) for row in against))
        opposite = self._opposite_premises(support)
        points = rule.second_voice * (len(voices) > 1) + rule.third_voice * (len(voices) > 2)
        points += rule.data * bool(with_data) + rule.reliable * any(map(self._is_reliable, voices))
        points += rule.opposite_premises * opposite
        points -= sum(rule.reliable_dissent if self._is_reliable(voice) else rule.dissent for voice in dissenters)
        level = "high" if points >= rule.high else "moderate" if points >= rule.moderate else "low"
        words = self._words(support, len(voices), len(with_data), opposite, against, len(dissenters))
        return _Weighing(level, len(voices), len(dissenters), words)

    def _is_data(self, row: Row) -> bool:
        """A figure, or a claim with a figure, that its source attributes to someone."""
        return bool(row["attributed_to"]) if "metric" in row else row["id"] in self.attributed

    def _is_reliable(self, voice: str) -> bool:
        return any(letter in self.rule.reliable_letters for letter in self.letters.get(voice, []))

    def _dissent(self, support: Sequence[Row], voices: set[str]) -> list[Row]:
        """Claims of other voices that take the other side of the same question about the same pair."""
        questions = {_question(row): row["stance"] for row in support if row.get("proposition")}
        return [
            claim
            for claim in self.claims
            if claim["voice"] not in voices
            and _question(claim) in questions
            and claim["stance"] == _OPPOSITE[questions[_question(claim)]]
        ]

    def _opposite_premises(self, support: Sequence[Row]) -> bool:
        own = {row["proposition"] for row in support if row.get("proposition")}
        voices = {row["voice"] for row in support}
        pairs = {(row.get("holder"), row.get("over")) for row in support}
        sides: dict[str, dict[str, set[str]]] = {}
        for claim in self.claims:
            relevant = claim["proposition"] and claim["proposition"] not in own
            if relevant and claim["voice"] in voices and (claim["holder"], claim["over"]) in pairs:
                sides.setdefault(claim["proposition"], {}).setdefault(claim["stance"], set()).add(claim["voice"])
        return any(
            side.get("for", set()) - side.get("against", set()) and side.get("against", set()) - side.get("for", set())
            for side in sides.values()
        )

    def _words(
        self,
        support: Sequence[Row],
        voices: int,
        with_data: int,
        opposite: bool,
        against: Sequence[Row],
        dissent: int,
    ) -> Words:
        agree = count_of(voices, "independent source supports this", "independent sources agree")
        words: list[Any] = [agree, Cite(_ids(support))]
        if opposite:
            words.append(", from opposite premises")
        words.append(_data_words(voices, with_data))
        if dissent:
            words += [f"; {count_of(dissent, 'dissents', 'dissent')}", Cite(_ids(against))]
        else:
            words.append("; none dissents")
        return tuple(words)


def _data_words(voices: int, with_data: int) -> str:
    if not with_data:
        return ", without attributed figures"
    if voices == 1:
        return ", with attributed figures"
    return f", {'all' if with_data == voices else in_words(with_data)} with attributed figures"


def _question(row: Row) -> tuple[Any, Any, Any]:
    return row.get("proposition"), row.get("holder"), row.get("over")


def _ids(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(row["id"]) for row in rows))
