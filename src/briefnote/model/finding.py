"""What a rule found: its words, what they rest on, and the values it bound."""

from __future__ import annotations

from briefnote.model.value import NONE, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

Bound = str | int | float | bool | None


class Cite(Value):
    """A place in a text where these rows (claim or figure ids, "source#c1") are cited."""

    rows: tuple[str, ...]


class JudgementNumber(Value):
    """A place in a text where the number of a printed judgement stands ("judgement 2")."""

    finding: str


class Bearing(Value):
    """A place in a text that says what a claim, if it came true, would do to a judgement on the same question."""

    topic: str
    stance: str


Segment = str | Cite | JudgementNumber | Bearing
Words = tuple[Segment, ...]


class Assessment(Value):
    """Confidence by the stated rule. `levels`: aspect → low, moderate or high; `reason` in words, with citations."""

    levels: Mapping[str, str]
    reason: Words
    voices: int
    dissenting: int


class Finding(Value):
    """One result of one rule.

    `id` is the rule and the rows (or group values) it rests on, stable across runs and engines. `evidence` holds
    the ids of the claims and figures at the bottom of the chain, best first. `parents` are the findings it read.
    `position` is what a judgement is about, whatever its wording ("proposition|holder|over"), and its stance.
    """

    id: str
    rule: str
    section: str
    text: Words
    evidence: tuple[str, ...]
    bindings: Mapping[str, Bound]
    score: float
    handle: str = ""
    cells: Mapping[str, Words] = NONE
    parents: tuple[str, ...] = ()
    assessment: Assessment | None = None
    position: tuple[str, str] | None = None
    is_judgement: bool = False


class RuleRecord(Value):
    """A rule as `explain` shows it: where it stands and what it asks, in the words of its file."""

    id: str
    file: str
    line: int
    conditions: tuple[str, ...]
    about: str = ""


class Judged(Value):
    """All findings of a run: those kept per section, best first, how many were found, and the rules' records."""

    findings: tuple[Finding, ...]
    found: Mapping[str, int]
    rules: Mapping[str, RuleRecord]


def topic_of(row: Mapping[str, object]) -> str:
    """Returns what a claim is about, whatever its side: "proposition|holder|over"."""
    return "|".join(str(row[name]) for name in ("proposition", "holder", "over"))


def plain(words: Words) -> str:
    """Returns the text without its citations; a judgement's number is left out."""
    return "".join(segment for segment in words if isinstance(segment, str))
