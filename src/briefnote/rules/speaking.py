"""Turns a checked wording and the values of one finding into words."""

from __future__ import annotations

from briefnote.model.finding import Bearing, Cite, JudgementNumber, topic_of
from briefnote.model.quantity import (
    as_number,
    count_of,
    figure_range,
    in_words,
    joined,
    signed,
    year_in_words,
)
from briefnote.model.value import NONE, Value
from briefnote.rules.evaluation import evaluate
from briefnote.rules.nodes import MARKS, Call, Expression, Name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, TypeVar

    from briefnote.errors import BriefnoteError
    from briefnote.model.finding import Words
    from briefnote.rules.nodes import Hole, Wording
    from briefnote.rules.plan import Plan

    Known = TypeVar("Known")
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


class Speaker:
    """Speaks wordings with the vocabulary and the actor names of one brief."""

    def __init__(self, plan: Plan, actors: ActorNames) -> None:
        self.words = plan.words
        self.actors = actors
        self.places = {rule.id: (rule.record.file, rule.record.line) for rule in plan.rules}

    def speak(self, wording: Wording, context: Context) -> Words:
        """Returns the words, runs of text merged. Raises BriefnoteError where a value is missing."""
        words: list[Any] = []
        for piece in wording.pieces:
            if isinstance(piece, str):
                words.append(piece)
            else:
                words += self._hole(piece, context)
        return _merged(words)

    def _hole(self, hole: Hole, context: Context) -> Words:
        expression = hole.expression
        if isinstance(expression, Call) and expression.function in MARKS:
            return self._mark(expression, context)
        value = self._value(expression, context)
        if value is None:
            raise self._missing(expression, context)
        if hole.is_actor:
            value = self._displayed(value, [step.name for step in hole.steps])
        for step in hole.steps:
            value = _FILTERS[step.name](self, value, step.arguments, context)
            if value is None:
                raise self._missing(expression, context)
        if isinstance(value, tuple):
            return value
        if isinstance(value, str):
            return (value,)
        return (year_in_words(value) if hole.is_year and not hole.steps else as_number(value),)

    def _displayed(self, value: Any, steps: list[str]) -> Any:
        if steps[:1] in (["adjective"], ["verb"]):  # they look the actor up themselves
            return value
        return [self.actors.display(one) for one in value] if isinstance(value, list) else self.actors.display(value)

    def _mark(self, call: Call, context: Context) -> Words:
        aliases = [argument.row for argument in call.arguments if isinstance(argument, Name)]
        if call.function == "judgement":
            return tuple(JudgementNumber(context.findings[alias]) for alias in aliases)
        if call.function == "bearing":
            rows = [context.rows[alias] for alias in aliases]
            return tuple(Bearing(topic_of(row), str(row["stance"])) for row in rows)
        return (Cite(tuple(dict.fromkeys(row for alias in aliases for row in context.evidence[alias]))),)

    def _value(self, expression: Expression, context: Context) -> Any:
        return evaluate(expression, context.values, context.scope)

    def _missing(self, expression: Expression, context: Context) -> BriefnoteError:
        what = str(expression) if isinstance(expression, Name) else "an expression"
        message = f"{what} is empty here; ask for it in match: (a $variable never binds an empty cell) or use coalesce"
        return self.failure(context, message)

    def failure(self, context: Context, message: str) -> BriefnoteError:
        """Returns the error of a rule, with the place where the rule stands."""
        from briefnote.errors import BriefnoteError, Problem

        file, line = self.places.get(context.rule, ("", 0))
        return BriefnoteError([Problem(file, line, f"rule '{context.rule}'", message)])

    def vocabulary_words(self, wording: Wording, names: Mapping[str, Any]) -> str:
        """Returns a handle, question or label with its actors' names put in."""
        values = {name: ("?" if value is None else value) for name, value in names.items()}
        context = Context("vocabulary", values, {}, (), False, {}, {})
        return "".join(str(word) for word in self.speak(wording, context))


def _clause(text: str) -> str:
    return text.rstrip().removesuffix(".")


def _handle(speaker: Speaker, mechanism: str, context: Context) -> str:
    wording = _known(speaker, speaker.words.handles, mechanism, "mechanism", context)
    return speaker.vocabulary_words(wording, _pair(context))


def _question(speaker: Speaker, proposition: str, context: Context) -> str:
    wording = _known(speaker, speaker.words.questions, proposition, "proposition", context)
    return speaker.vocabulary_words(wording, _pair(context))


def _known(speaker: Speaker, words: Mapping[str, Known], word: str, what: str, context: Context) -> Known:
    if word not in words:
        raise speaker.failure(context, f"'{word}' is no {what} of the packs in use")
    return words[word]


def _pair(context: Context) -> dict[str, Any]:
    return {"holder": context.values.get("holder"), "over": context.values.get("over")}


def _label(speaker: Speaker, row: Row, context: Context) -> str:
    names = {name: row.get(name) for name in ("subject", "counterpart", "item")}
    wording = _known(speaker, speaker.words.labels, row["metric"], "metric", context)
    text = speaker.vocabulary_words(wording, names)
    return text[:1].upper() + text[1:]


def _likelihood(speaker: Speaker, percent: float, context: Context) -> str:
    """Returns the term of the brief's scale; what the scale leaves out stops the build, it is never rounded."""
    scale = speaker.words.likelihood
    if scale is None:
        raise speaker.failure(context, "the brief has no scale of likelihood")
    try:
        return scale.term(percent)
    except ValueError as error:
        raise speaker.failure(context, str(error)) from None


def _shown(speaker: Speaker, value: Any, context: Context) -> str | None:
    known = speaker.words.shown
    mechanisms = value if isinstance(value, list) else [value]
    shown = [_known(speaker, known, mechanism, "mechanism", context) for mechanism in mechanisms]
    return joined(list(dict.fromkeys(word for word in shown if word))) or None


_FILTERS: Mapping[str, Callable[[Speaker, Any, tuple[str, ...], Context], Any]] = {
    "range": lambda _s, row, _a, _c: figure_range(row),
    "label": lambda s, row, _a, c: _label(s, row, c),
    "when": lambda _s, row, _a, _c: row["period"] or year_in_words(row["year"]),
    "number": lambda _s, value, _a, _c: as_number(value),
    "percent": lambda _s, value, _a, _c: f"{as_number(value)}%",
    "signed": lambda _s, value, _a, _c: signed(value),
    "likelihood": lambda s, value, _a, c: _likelihood(s, value, c),
    "words": lambda _s, value, _a, _c: in_words(value),
    "verb": lambda s, value, a, _c: a[s.actors.is_plural(value)],
    "count": lambda _s, value, a, _c: count_of(value, *a),
    "and": lambda _s, value, _a, _c: joined([one if isinstance(one, str) else as_number(one) for one in value]),
    "possessive": lambda _s, value, _a, _c: possessive(value),
    "adjective": lambda s, value, _a, _c: s.actors.adjective(value),
    "clause": lambda _s, value, _a, _c: _trimmed(value),
    "handle": lambda s, value, _a, c: _handle(s, value, c),
    "shown": lambda s, value, _a, c: _shown(s, value, c),
    "question": lambda s, value, _a, c: _question(s, value, c),
    "definition": lambda s, value, _a, c: _known(s, s.words.definitions, value, "proposition", c),
    "theme": lambda s, value, _a, c: _known(s, s.words.themes, value, "theme", c),
}


def _trimmed(value: Any) -> Any:
    """A finding's text is words with citations; its last full stop goes."""
    if isinstance(value, str):
        return _clause(value)
    words = list(value)
    for index in range(len(words) - 1, -1, -1):
        if isinstance(words[index], str) and words[index].strip():
            words[index] = _clause(words[index])
            break
    return tuple(words)


def _merged(words: Sequence[Any]) -> Words:
    merged: list[Any] = []
    for word in words:
        if isinstance(word, str) and merged and isinstance(merged[-1], str):
            merged[-1] += word
        elif word != "":
            merged.append(word)
    return tuple(merged)
