"""What a run needs of the rules, for one engine: how to find, and how to say what was found; all checked before."""

from __future__ import annotations

from briefnote.model.finding import RuleRecord
from briefnote.model.value import NONE, Value
from briefnote.rules.nodes import Call, Expression, Hole, Literal, Name, Operation, Step, Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import Any, Protocol
    from typing import Literal as OneOf

    EngineName = OneOf["python", "sqlite", "duckdb"]

    class Scale(Protocol):
        """A scale of likelihood (rules/estimative.py)."""

        def term(self, percent: float) -> str:
            """Returns the term for a likelihood. Raises ValueError where the scale has none."""


WORKING = "working"  # the section of findings that only other rules read
EVIDENCE_RELATIONS = ("claim", "figure")
# What the matches of a group are ordered by, the weightiest first: relation → field.
WEIGHTS = {"claim": "weight", "figure": "weight", "finding": "score"}


class PlannedRow(Value):
    """A row that a rule matches: its name, its relation, and the rule whose finding it is ("" for other rows)."""

    alias: str
    relation: str
    rule: str = ""


class Statements(Value):
    """How a database finds what a rule asks for: the statements of compilation.CompiledRule."""

    create: str
    findings: str
    ranking: str
    values_of: str
    evidence: str
    parameters: Mapping[str, Any]
    joins: tuple[tuple[str, tuple[str, ...]], ...]


class WantedRow(Value):
    """One row of a match. `table` is a relation, or the findings of a rule.

    `fixed`: field and the value it must hold; `keys`: field → what it must equal, of the rows before (null equals null
    in both); `present`: fields that must not be null; `where`: what else must hold.
    Of fields with many values, `spread` are those of which each value is tried alone, and `held` says of which values
    a row must hold one (none at all where the list is empty).
    """

    alias: str
    table: str
    fixed: tuple[tuple[str, Any], ...]
    keys: Mapping[str, Expression]
    present: tuple[str, ...]
    where: tuple[Expression, ...]
    spread: tuple[str, ...] = ()
    held: tuple[tuple[str, tuple[Any, ...]], ...] = ()


class Search(Value):
    """How Python finds what a rule asks for.

    `absences`: rows that must not be there; `values`: variable → its place in a match;
    `identity` are the names that tell the findings on the same rows apart (all findings, in a rule with group);
    `types`: column → its type.
    """

    wanted: tuple[WantedRow, ...]
    absences: tuple[tuple[WantedRow, ...], ...]
    values: Mapping[str, Expression]
    let: Mapping[str, Expression]
    group: tuple[str, ...]
    having: tuple[Expression, ...]
    score: Expression
    once_per: tuple[str, ...]
    identity: tuple[str, ...]
    types: Mapping[str, str]


class PlannedRule(Value):
    """One rule: how its findings are found, and how they are said. `columns` are those of a finding."""

    record: RuleRecord
    section: str
    rows: tuple[PlannedRow, ...]
    columns: tuple[str, ...]
    how: Statements | Search
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

    @property
    def statements(self) -> Statements:
        """Returns how a database finds it. Raises TypeError in a plan for Python."""
        if not isinstance(self.how, Statements):
            raise TypeError("a plan for Python has no statements")
        return self.how

    @property
    def search(self) -> Search:
        """Returns how Python finds it. Raises TypeError in a plan for a database."""
        if not isinstance(self.how, Search):
            raise TypeError("a plan for a database has no search")
        return self.how


class PlannedField(Value):
    """A column of a relation: its name, its type, and whether a row has several values of it."""

    name: str
    type: str
    many: bool = False


class SpokenWords(Value):
    """The vocabulary as wordings need it: word → how it is said."""

    handles: Mapping[str, Wording] = NONE
    questions: Mapping[str, Wording] = NONE
    labels: Mapping[str, Wording] = NONE
    shown: Mapping[str, str | None] = NONE
    definitions: Mapping[str, str | None] = NONE
    themes: Mapping[str, str] = NONE
    likelihood: Scale | None = None


class Plan(Value):
    """The rules in the order in which they run, and what they run on. `engine` names the one that they are for.

    `queries` are the statements by which a database reads single rows; `sections` says how many findings of each are
    kept.
    """

    engine: EngineName
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
        *(Plan, PlannedRule, PlannedRow, PlannedField, Statements, Search, WantedRow, SpokenWords, RuleRecord),
        *(Wording, Hole, Step, Literal, Name, Operation, Call),
    )
}


def as_data(value: Any) -> Any:
    """Returns a plan as what marshal can hold. A list is to be made again: it begins with the name of a class, with
    "()" for a tuple or "{}" for a dict; all else stands for itself.
    """
    if isinstance(value, Value):
        return [type(value).__name__, dict(zip(value.field_names(), map(as_data, value.contents()), strict=True))]
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        parts = [*map(as_data, value)]
        return ["()", *parts] if _has_list(parts) else tuple(parts)
    named = {name: as_data(part) for name, part in value.items()}
    return ["{}", named] if _has_list(named.values()) else named


def _has_list(parts: Iterable[Any]) -> bool:
    return any(isinstance(part, list) for part in parts)


def from_data(data: list[Any]) -> Any:
    """Returns the plan that `as_data` was given. The data is used up: what it holds becomes part of the plan."""
    kind, named = data[:2]
    if kind == "()":
        return tuple([from_data(part) if part.__class__ is list else part for part in data[1:]])
    for name, part in named.items():
        if part.__class__ is list:
            named[name] = from_data(part)
    return named if kind == "{}" else _CLASSES[kind].of_contents(named)
