"""What a run needs of the rules, as one engine writes them: SQL and wordings, all of it checked before."""

from __future__ import annotations

from types import MappingProxyType

from briefnote.model.finding import RuleRecord
from briefnote.model.value import Value
from briefnote.rules.nodes import Call, Hole, Literal, Name, Operation, Step, Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any, Protocol

    class Scale(Protocol):
        """A scale of likelihood (rules/estimative.py)."""

        def term(self, percent: float) -> str:
            """Returns the term for a likelihood. Raises ValueError where the scale has none."""


WORKING = "working"  # the section of findings that only other rules read
EVIDENCE_RELATIONS = ("claim", "figure")


class PlannedRow(Value):
    """A row that a rule matches: its name, its relation, and the rule whose finding it is ("" for other rows)."""

    alias: str
    relation: str
    rule: str = ""


class PlannedRule(Value):
    """One rule; `create`, `findings`, `ranking`, `values_of` and `evidence` are those of compilation.CompiledRule."""

    record: RuleRecord
    section: str
    rows: tuple[PlannedRow, ...]
    table: str
    create: str
    findings: str
    ranking: str
    columns: tuple[str, ...]
    values_of: str
    evidence: str
    parameters: Mapping[str, Any]
    joins: tuple[tuple[str, tuple[str, ...]], ...]
    say: Wording
    handle: Wording
    cells: Mapping[str, Wording]
    confidence: Mapping[str, tuple[str, ...]]
    is_grouped: bool
    is_judgement: bool

    @property
    def id(self) -> str:
        """Returns the rule's id."""
        return self.record.id


class PlannedField(Value):
    """A column of a relation: its name, its type, and whether a row has several values of it."""

    name: str
    type: str
    many: bool = False


class SpokenWords(Value):
    """The vocabulary as wordings need it: word → how it is said."""

    handles: Mapping[str, Wording] = MappingProxyType({})
    questions: Mapping[str, Wording] = MappingProxyType({})
    labels: Mapping[str, Wording] = MappingProxyType({})
    shown: Mapping[str, str | None] = MappingProxyType({})
    definitions: Mapping[str, str | None] = MappingProxyType({})
    themes: Mapping[str, str] = MappingProxyType({})
    likelihood: Scale | None = None


class Plan(Value):
    """The rules in the order in which they run, and what they run on. `dialect` names the engine that they are for.

    `queries` are the statements by which single rows are read; `sections` says how many findings of each are kept.
    """

    dialect: str
    rules: tuple[PlannedRule, ...]
    relations: Mapping[str, tuple[PlannedField, ...]]
    queries: Mapping[str, str]
    params: Mapping[str, Any]
    sections: Mapping[str, int]
    words: SpokenWords


class Limits(Value):
    """What a run may take: findings of one rule, seconds of all, and DuckDB's memory ("1GB"; "" for its own rule)."""

    findings: int = 5_000  # more is a rule that matches too much, not a brief
    seconds: float = 60.0
    memory: str = ""


class Parquet(Value):
    """A folder with claim.parquet, figure.parquet, source.parquet and, where there are any, pair.parquet,
    audience.parquet and claim_audience.parquet (row, audience): the columns of rules/schema.py, those left out null.
    """

    folder: Path

    def file(self, table: str) -> Path:
        """Returns the file of a relation or of a field with several values."""
        return self.folder / f"{table.replace(':', '_')}.parquet"


# ---- as plain data ----------------------------------------------------------------------------------------------

_CLASSES: Mapping[str, type[Value]] = {
    kind.__name__: kind
    for kind in (
        *(Plan, PlannedRule, PlannedRow, PlannedField, SpokenWords, RuleRecord),
        *(Wording, Hole, Step, Literal, Name, Operation, Call),
    )
}


def as_data(value: Any) -> Any:
    """Returns a plan as what JSON can hold: a list begins with the name of its class, "" for a tuple."""
    if isinstance(value, Value):
        return [type(value).__name__, *map(as_data, value.contents())]
    if isinstance(value, tuple):
        return ["", *map(as_data, value)]
    if value is None or isinstance(value, str | int | float):
        return value
    return {name: as_data(part) for name, part in value.items()}


def from_data(data: Any) -> Any:
    """Returns the plan that `as_data` was given."""
    if isinstance(data, list):
        name, *parts = data
        values = [from_data(part) if part.__class__ in (list, dict) else part for part in parts]
        return _CLASSES[name](*values) if name else tuple(values)
    if isinstance(data, dict):
        return {name: from_data(part) for name, part in data.items()}
    return data
