"""Checks one rule against the schema, the vocabulary and the rules before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from briefnote.errors import did_you_mean
from briefnote.model.record import Reader
from briefnote.rules import plan
from briefnote.rules.checked import CheckedAbsence, CheckedRule
from briefnote.rules.checking import Scope, check, need_truth
from briefnote.rules.expression import parse
from briefnote.rules.language import Absence, Pattern, absences, patterns
from briefnote.rules.nodes import Expression, ExpressionError, Wording, names
from briefnote.rules.rowcheck import OWN_NAMES, RowChecker, clashes
from briefnote.rules.schema import Field
from briefnote.rules.wording import read_wording

_TEXT = Field("text")
_NUMBER = Field("number")
_WORDS = Field("words")
MAX_ROWS = 20  # in one match: a finding that rests on more rows is a group
MAX_LET = 4_000
WORKING = plan.WORKING


class RuleChecker(RowChecker):
    """Checks one rule; problems go to `report`, each with the rule's id and line."""

    def check(self) -> CheckedRule:
        """Returns the checked rule; it may only be used where no problem was reported."""
        text = self.text
        matched = patterns(text.match, self.report, f"rule '{text.id}'.match")
        if not matched:
            self.problem("match: is empty; name at least one row")
        if len(matched) > MAX_ROWS:
            self.problem(f"match: names {len(matched)} rows, at most {MAX_ROWS} are joined; use group: or two rules")
        if text.section != WORKING:
            self._printable(matched)
        for pattern in matched:
            self._rows_of(pattern)
        grouped = bool(text.group)
        plain = Scope(self.rows, self._variables(), terms=self.terms)
        where = self._conditions("where", text.where, plain, self._lines("where", text.where))
        self._linked(matched, where)
        missing = tuple(self._absence(block) for block in absences(text.unless, self.report, "unless"))
        self._known_variables("group", text.group)
        visible = Scope(self.rows, self._visible(), aggregates=True, terms=self.terms, grouped=grouped)
        let: dict[str, Expression] = {}
        for name, written in text.let.items():
            visible = self._let(name, written, visible, let)
        having = self._conditions("having", text.having, visible, self._lines("having", text.having))
        if text.having and not grouped:
            self.problem("having: needs group:", text.lines.get("having"))
        self._once_per(visible)
        score = self._expression("score", text.score, visible, "number")
        spoken = replace(visible, wording=True, rows=self._with_words(), values={**visible.values, "score": _NUMBER})
        checked = CheckedRule(
            text,
            matched,
            dict(self.bound),
            frozenset(self.optional),
            where,
            missing,
            let,
            having,
            score,
            self._wording("say", text.say, spoken),
            self._wording("handle", text.handle, spoken),
            {name: self._wording(f"cells.{name}", written, spoken) for name, written in text.cells.items()},
            self._fields(visible, let),
            self._confidence(),
        )
        if not self.is_read:  # a variable may be there for the rules that read these findings
            self._unused()
        return checked

    def _printable(self, matched: tuple[Pattern, ...]) -> None:
        """What is printed has words, and leads to a claim or a figure."""
        if not self.text.say.strip():
            self.problem("say: is empty; a rule whose findings are printed needs a wording")
        if matched and all(pattern.relation in ("source", "pair", "audience") for pattern in matched):
            self.problem("match: names no claim, figure or finding; what is printed must rest on one")

    def _absence(self, block: Absence) -> CheckedAbsence:
        outer = (dict(self.rows), dict(self.bound), set(self.optional))
        for pattern in block.patterns:
            self._rows_of(pattern)
        scope = Scope(self.rows, self._variables(), terms=self.terms)
        where = self._conditions("unless", block.where, scope, block.lines)
        self.rows, self.bound, self.optional = outer
        return CheckedAbsence(block.patterns, where)

    # ---- names and expressions --------------------------------------------------------------------------

    def _visible(self) -> dict[str, Field]:
        """In a rule with group: only the grouped variables have one value."""
        variables = self._variables()
        hidden = set(self.bound) - set(self.text.group) if self.text.group else set()
        return {name: field for name, field in variables.items() if name not in hidden}

    def _with_words(self) -> dict[str, tuple[str, Mapping[str, Field]]]:
        """In a wording, a finding has its text besides its fields."""
        return {
            alias: (relation, {**fields, "text": _WORDS} if relation == "finding" else fields)
            for alias, (relation, fields) in self.rows.items()
        }

    def _expression(self, place: str, written: str, scope: Scope, wanted: str) -> Expression:
        try:
            tree = parse(written)
            kind = check(tree, scope)
            if kind != wanted:
                raise ExpressionError(f"`{written}` is a {kind}, expected a {wanted}")
        except ExpressionError as error:
            self.problem(f"{place}: {error}", self.text.lines.get(place))
            return parse("0")
        return tree

    def _lines(self, place: str, entries: Sequence[str]) -> list[int]:
        """Returns the line of each entry of a list, or of the one value that stands for it."""
        lines = self.text.lines
        whole = lines.get(place, self.text.line)
        return [lines.get(f"{place}[{number}]", whole) for number, _ in enumerate(entries, 1)]

    def _conditions(
        self, place: str, written: Iterable[str], scope: Scope, lines: Iterable[int]
    ) -> tuple[Expression, ...]:
        trees = []
        for text, line in zip(written, lines, strict=True):
            try:
                tree = parse(text)
                need_truth(tree, scope)
                trees.append(tree)
            except ExpressionError as error:
                shown = "" if f"`{text}`" in str(error) else f"`{text}`: "
                self.problem(f"{place}: {shown}{error}", line)
        return tuple(trees)

    def _let(self, name: str, written: str, scope: Scope, let: dict[str, Expression]) -> Scope:
        if clashes(name, [*scope.values, *self.rows, *self.bound, *OWN_NAMES]) or not name.isidentifier():
            self.problem(f"let: '{name}' is already a name, or is none", self.text.lines.get(f"let.{name}"))
            return scope
        try:
            let[name] = parse(written)
            kind = check(let[name], scope)
            self.sizes[name] = len(written) + sum(self.sizes.get(used.row, 0) for used in names(let[name]))
            if self.sizes[name] > MAX_LET:
                raise ExpressionError(f"with the lets it names, longer than {MAX_LET:,} characters")
        except ExpressionError as error:
            self.problem(f"let: {name}: {error}", self.text.lines.get(f"let.{name}"))
            return scope
        field = Field("truth" if kind == "truth" else "text" if kind == "text" else "number")
        return replace(scope, values={**scope.values, name: field})

    def _wording(self, place: str, written: str, scope: Scope) -> Wording:
        try:
            return read_wording(written, scope)
        except ExpressionError as error:
            self.problem(f"{place}: {error}", self.text.lines.get(place))
            return Wording(())

    def _known_variables(self, place: str, wanted: Sequence[str]) -> None:
        for name, line in zip(wanted, self._lines(place, wanted), strict=True):
            if name not in self.bound:
                self.problem(f"{place}: '{name}' is no $variable of match:.{did_you_mean(name, self.bound)}", line)

    def _once_per(self, scope: Scope) -> None:
        keys = self.text.once_per
        for name, line in zip(keys, self._lines("once_per", keys), strict=True):
            if name not in scope.values:
                self.problem(f"once_per: unknown '{name}'.{did_you_mean(name, scope.values)}", line)

    def _fields(self, scope: Scope, let: Mapping[str, Expression]) -> Mapping[str, Field]:
        bound = {name: field for name, field in scope.values.items() if name in self.bound or name in let}
        return {"id": _TEXT, **bound, "score": _NUMBER}

    def _confidence(self) -> Mapping[str, tuple[str, ...]]:
        node = self.text.confidence
        if node is None:
            return {}
        aspects = node.items if node.kind == "map" else {"": node}
        weighed = {}
        for aspect, rows in (aspects or {}).items():
            aliases = tuple(entry.written for entry in (rows.entries or (rows,)))
            for alias in aliases:
                if alias not in self.rows:
                    near = did_you_mean(alias, self.rows)
                    self.problem(f"confidence: no row is called '{alias}'.{near}", rows.line)
            weighed[aspect] = aliases
        return weighed

    def _unused(self) -> None:
        if self.text.section == WORKING:
            return  # its variables are for the rules that read its findings
        rest = " ".join(
            [
                *self.text.where,
                *self.text.having,
                *self.text.group,
                *self.text.once_per,
                *self.text.let.values(),
                self.text.score,
                self.text.say,
                self.text.handle,
                *self.text.cells.values(),
                *(condition for block in absences(self.text.unless, Reader(""), "") for condition in block.where),
            ]
        )
        spoken = {"holder", "over"} if re.search(r"\|\s*(handle|question)", rest) else set()
        spoken |= {"proposition", "stance", "holder", "over"} if "bearing(" in rest else set()
        for variable, uses in self.uses.items():
            if uses == 1 and variable not in spoken and not re.search(rf"\b{variable}\b", rest):
                self.problem(
                    f"${variable} is used only once; a misspelling? Write _ if it does not matter",
                    is_warning=True,
                )
