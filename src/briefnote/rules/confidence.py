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
from briefnote.rules.evidence import Records, RowRecords

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
    """Weighs the claims behind a finding against all claims there are about its pair."""

    def __init__(self, rule: ConfidenceRule, records: Records | Mapping[str, Sequence[Row]]) -> None:
        self.rule = rule
        self.records = RowRecords(records) if isinstance(records, Mapping) else records

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
        of_row = self._voices(support)
        voices = list(dict.fromkeys(of_row.values()))
        with_data = {of_row[row["id"]] for row in self._data(support)}
        against = self._dissent(support, set(voices))
        dissenters = list(dict.fromkeys(str(row["voice"]) for row in against))
        opposite = self._opposite_premises(support, set(voices))
        reliable = self._reliable([*voices, *dissenters])
        points = rule.second_voice * (len(voices) > 1) + rule.third_voice * (len(voices) > 2)
        points += rule.data * bool(with_data) + rule.reliable * any(voice in reliable for voice in voices)
        points += rule.opposite_premises * opposite
        points -= sum(rule.reliable_dissent if voice in reliable else rule.dissent for voice in dissenters)
        level = "high" if points >= rule.high else "moderate" if points >= rule.moderate else "low"
        words = self._words(support, len(voices), len(with_data), opposite, against, len(dissenters))
        return _Weighing(level, len(voices), len(dissenters), words)

    def _voices(self, support: Sequence[Row]) -> dict[str, str]:
        """Returns the voice of each row. A figure that many repeat has one voice of its own (figure.voice), but adds
        none where its source speaks here anyway."""
        of_source = self.records.voices(row["source"] for row in support if "metric" in row)
        speaking = {row["voice"] for row in support if "metric" not in row}
        found = {}
        for row in support:
            own = of_source.get(row["source"], row["voice"]) if "metric" in row else row["voice"]
            found[row["id"]] = str(own if own in speaking else row["voice"])
        return found

    def _data(self, support: Sequence[Row]) -> list[Row]:
        """Figures, and claims with a figure, that their source attributes to someone."""
        attributed = self.records.attributed(row["id"] for row in support if "metric" not in row)
        return [row for row in support if (row["attributed_to"] if "metric" in row else row["id"] in attributed)]

    def _reliable(self, voices: Sequence[str]) -> set[str]:
        letters = self.records.letters(voices)
        return {voice for voice, found in letters.items() if found.intersection(self.rule.reliable_letters)}

    def _dissent(self, support: Sequence[Row], voices: set[str]) -> list[Row]:
        """Claims of other voices that take the other side of the same question about the same pair, by id."""
        questions = {
            (row["holder"], row["over"], row["proposition"]): row["stance"] for row in support if row.get("proposition")
        }
        found = {
            claim["id"]: claim
            for (holder, over, proposition), stance in questions.items()
            for claim in self.records.claims_about(holder, over)
            if claim["proposition"] == proposition
            and claim["stance"] == _OPPOSITE.get(stance)
            and claim["voice"] not in voices
        }
        return [found[identity] for identity in sorted(found)]

    def _opposite_premises(self, support: Sequence[Row], voices: set[str]) -> bool:
        """Whether two voices agree here though they take opposite sides of another question about the pair."""
        own = {row["proposition"] for row in support if row.get("proposition")}
        pairs = dict.fromkeys((row.get("holder"), row.get("over")) for row in support)
        sides: dict[str, dict[str, set[str]]] = {}
        for claim in (claim for pair in pairs for claim in self.records.claims_about(*pair)):
            if claim["proposition"] not in own and claim["voice"] in voices:
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


def _ids(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(row["id"]) for row in rows))
