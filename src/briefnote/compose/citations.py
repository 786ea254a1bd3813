"""Numbers the sources in the order in which the brief first cites them, and turns words into parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from briefnote.model.brief import Evidence, Part
from briefnote.model.finding import Bearing, Cite, Finding, JudgementNumber, Words
from briefnote.model.quantity import figure_range, joined
from briefnote.model.summary import Claim, Figure, Summaries
from briefnote.text import one_line, typographic


def source_of(row: str) -> str:
    """Returns the source of a row id ("source#c1")."""
    return row.rpartition("#")[0]


@dataclass
class SourceNumbers:
    """Gives each source its number at its first citation."""

    numbers: dict[str, int] = field(default_factory=dict)

    def cite(self, rows: Iterable[str]) -> tuple[int, ...]:
        """Returns the numbers of the rows' sources, each once, ascending."""
        sources = dict.fromkeys(source_of(row) for row in rows)
        return tuple(sorted(self.numbers.setdefault(source, len(self.numbers) + 1) for source in sources))


@dataclass(frozen=True)
class Printed:
    """The judgements that are printed: finding id → number, and topic → (number, stance)."""

    numbers: Mapping[str, int]
    topics: Mapping[str, tuple[int, str]]


def parts(words: Words, sources: SourceNumbers, printed: Printed) -> tuple[Part, ...]:
    """Returns the words as parts: each stretch of text with the citations right after it."""
    found: list[Part] = []
    text = ""
    for word in words:
        if isinstance(word, str):
            text += word
        elif isinstance(word, Cite):
            cites = sources.cite(word.rows)
            before, mark = _mark_last(text)
            found.append(Part(before, cites))
            text = mark
        else:
            text += _judgement(word, printed)
    if text:
        found.append(Part(text))
    return _sentence_case([Part(typographic(part.text), part.cites) for part in found])


def _mark_last(text: str) -> tuple[str, str]:
    """A citation stands before the full stop, as in the sources' own style."""
    return (text[:-1], text[-1]) if text.endswith(".") else (text, "")


def _judgement(word: JudgementNumber | Bearing, printed: Printed) -> str:
    if isinstance(word, JudgementNumber):
        number = printed.numbers.get(word.finding)
        return f"judgement {number}" if number else "that judgement"
    if word.topic not in printed.topics:
        return "bears on a question that no judgement of this issue answers"
    number, stance = printed.topics[word.topic]
    return f"would {'strengthen' if stance == word.stance else 'weaken'} judgement {number}"


def _sentence_case(found: list[Part]) -> tuple[Part, ...]:
    if not found:
        return ()
    first = found[0]
    found[0] = Part(first.text[:1].upper() + first.text[1:], first.cites)
    return tuple(found)


def text_of(found: Iterable[Part]) -> str:
    """Returns the parts' text without citations, on one line."""
    return one_line("".join(part.text for part in found))


class Passages:
    """Looks claims and figures up by row id."""

    def __init__(self, summaries: Summaries) -> None:
        self.rows: dict[str, Claim | Figure] = {}
        for source, summary in summaries.items():
            self.rows |= {f"{source}#{claim.id}": claim for claim in summary.claims}
            self.rows |= {f"{source}#{figure.id}": figure for figure in summary.figures}

    def evidence(self, row: str) -> Evidence:
        """Returns where a row stands in its source."""
        entry = self.rows[row]
        locator = entry.locator
        return Evidence(
            source=source_of(row),
            claim=entry.id if isinstance(entry, Claim) else None,
            figure=entry.id if isinstance(entry, Figure) else None,
            quote=entry.quote,
            start=locator.start if locator else None,
            end=locator.end if locator else None,
            paragraph=locator.paragraph if locator else None,
            text=entry.text if isinstance(entry, Claim) else _as_recorded(entry),
        )

    def note(self, findings: Iterable[Finding], sources: SourceNumbers) -> str:
        """Returns what a footnote prints: "[1] paras 4, 16; [3] para. 4. Rules: …"."""
        findings = list(findings)
        paragraphs: dict[int, set[int]] = {}
        for row in (row for finding in findings for row in finding.evidence):
            (number,) = sources.cite([row])
            locator = self.rows[row].locator
            paragraphs.setdefault(number, set()).update({locator.paragraph} if locator and locator.paragraph else ())
        places = [_place(number, sorted(found)) for number, found in sorted(paragraphs.items())]
        rules = list(dict.fromkeys(finding.rule for finding in findings))
        return f"{'; '.join(places)}. {'Rule' if len(rules) == 1 else 'Rules'}: {joined(rules)}."


def _as_recorded(figure: Figure) -> str:
    """Returns "trade share (Ruritania, Elbonia): about 34%, 2024; attributed to the customs service"."""
    of = ", ".join(filter(None, (figure.subject, figure.counterpart, figure.item)))
    when = f", {figure.period}" if figure.period else ""
    whose = f"; attributed to {figure.attributed_to}" if figure.attributed_to else ""
    return f"{figure.metric.replace('_', ' ')} ({of}): {figure_range(asdict(figure))}{when}{whose}"


def _place(number: int, paragraphs: list[int]) -> str:
    if not paragraphs:
        return f"[{number}]"
    return f"[{number}] {'para.' if len(paragraphs) == 1 else 'paras'} {', '.join(map(str, paragraphs))}"
