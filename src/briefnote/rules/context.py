"""What a wording may use while one finding is spoken: its values, its rows, how actors are printed."""

from __future__ import annotations

from types import MappingProxyType

from briefnote.model.value import Value
from briefnote.rules.evaluation import AGGREGATES, evaluate
from briefnote.rules.nodes import Call, Expression, Literal, Operation

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

    names: Mapping[str, tuple[str | None, str | None]] = MappingProxyType({})
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


class Grouped:
    """Evaluates an expression of a rule with group: aggregates run over the matches."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def value(self, tree: Expression) -> Any:
        if isinstance(tree, Call) and tree.function in AGGREGATES:
            return self._aggregated(tree)
        return evaluate(self._folded(tree), self.context.values, {})

    def _folded(self, tree: Expression) -> Expression:
        """Puts the value of each aggregate in its place."""
        if isinstance(tree, Operation):
            return Operation(tree.operator, tuple(map(self._folded, tree.operands)))
        if not isinstance(tree, Call):
            return tree
        if tree.function in AGGREGATES:
            return Literal(self._aggregated(tree))
        return Call(tree.function, tuple(map(self._folded, tree.arguments)))

    def _aggregated(self, tree: Call) -> Any:
        if not tree.arguments:
            return len(self.context.matches)
        found = [evaluate(tree.arguments[0], self.context.values, rows) for rows in self.context.matches]
        present = [value for value in found if value is not None]
        distinct = list(dict.fromkeys(present)) if tree.distinct or tree.function == "list" else present
        return AGGREGATES[tree.function](distinct)
