"""What a wording may use while one finding is spoken: its values, its rows, how actors are printed."""

from __future__ import annotations

from briefnote.model.value import NONE, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Row = Mapping[str, Any]


def possessive(name: str) -> str:
    """Returns the name with its apostrophe: Ruritania's, the Gulf states'."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


class ActorNames(Value):
    """How actors are printed: name → (display name, adjective). An actor without an entry is printed as it is."""

    names: Mapping[str, tuple[str | None, str | None]] = NONE
    plural: frozenset[str] = frozenset()

    def display(self, actor: str) -> str:
        """Returns the name as it stands in running text ("the Gulf states")."""
        return self.names.get(actor, (None, None))[0] or actor

    def adjective(self, actor: str) -> str:
        """Returns the adjective, or the possessive where none is given."""
        return self.names.get(actor, (None, None))[1] or possessive(self.display(actor))

    def is_plural(self, actor: str) -> bool:
        """Returns whether the actor takes a plural verb (the Gulf states)."""
        return actor in self.plural


class Context(Value):
    """What one finding's wording may use. `matches`: every match of a group, best first, alias → row."""

    rule: str
    values: Mapping[str, Any]
    rows: Mapping[str, Row]
    matches: Sequence[Mapping[str, Row]]
    grouped: bool
    evidence: Mapping[str, tuple[str, ...]]
    findings: Mapping[str, str]

    @property
    def scope(self) -> Any:
        """Returns what an expression ranges over: the rows, or every match of a group."""
        return self.matches if self.grouped else self.rows
