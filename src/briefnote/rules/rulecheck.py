"""Checks one rule against the schema, the vocabulary and the rules before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from briefnote.errors import did_you_mean
from briefnote.model.record import Reader
from briefnote.rules.checked import CheckedAbsence, CheckedRule
from briefnote.rules.checking import Scope, check, check_term, need_truth
from briefnote.rules.expression import parse
from briefnote.rules.language import Absence, Pattern, RuleText, absences, patterns
from briefnote.rules.nodes import Expression, ExpressionError, names
from briefnote.rules.schema import OR_NULL, RELATIONS, TAGS, Field
from briefnote.rules.wording import Wording, read_wording
from briefnote.yamltree import Scalar

_TEXT = Field("text")
_NUMBER = Field("number")
_WORDS = Field("words")
_OWN_NAMES = ("id", "score")  # every finding has these columns
MAX_ROWS = 20  # in one match: a finding that rests on more rows is a group
MAX_LET = 4_000
WORKING = "working"


class RuleChecker:
    """Checks one rule; problems go to `report`, each with the rule's id and line."""

    def __init__(
        self,
        text: RuleText,
        report: Reader,
        findings: Mapping[str, Mapping[str, Field]],
        params: Mapping[str, Scalar],
        terms: Mapping[str, frozenset[str]],
    ) -> None:
        self.text = text
        self.report = report
        self.findings = findings
        self.terms = terms
        self.values: dict[str, Field] = {name: _param_field(value) for name, value in params.items()}
        self.rows: dict[str, tuple[str, Mapping[str, Field]]] = {}
        self.bound: dict[str, tuple[str, str]] = {}
        self.optional: set[str] = set()
        self.uses: dict[str, int] = {}
        self.sizes: dict[str, int] = {}

    def problem(self, message: str, line: int | None = None, *, is_warning: bool = False) -> None:
        self.report.problem(line or self.text.line, f"rule '{self.text.id}'", message, is_warning=is_warning)

    def check(self) -> CheckedRule:
        """Returns the checked rule; it may only be used where no problem was reported."""
        text = self.text
        matched = patterns(text.match, self.report, f"rule '{text.id}'.match")
        if not matched:
            self.problem("match: is empty; name at least one row")
        if len(matched) > MAX_ROWS:
            self.problem(f"match: names {len(matched)} rows, at most {MAX_ROWS} are joined; use group: or two rules")
        for pattern in matched:
            self._rows_of(pattern)
        grouped = bool(text.group)
        plain = Scope(self.rows, self._variables(), terms=self.terms)
        where = self._conditions("where", text.where, plain)
        self._linked(matched, where)
        missing = tuple(self._absence(block) for block in absences(text.unless, self.report, "unless"))
        self._known_variables("group", text.group)
        visible = Scope(self.rows, self._visible(), aggregates=True, terms=self.terms, grouped=grouped)
        let: dict[str, Expression] = {}
        for name, written in text.let.items():
            visible = self._let(name, written, visible, let)
        having = self._conditions("having", text.having, visible)
        if text.having and not grouped:
            self.problem("having: needs group:")
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
        self._unused()
        return checked

    # ---- rows -----------------------------------------------------------------------------------------

    def _rows_of(self, pattern: Pattern) -> None:
        fields = self._relation_fields(pattern)
        if fields is None:
            return
        if _clashes(pattern.alias, [*self.rows, *self.values]):
            self.problem(f"'{pattern.alias}' is used twice; give the row another name", pattern.line)
        self.rows[pattern.alias] = (pattern.relation, fields)
        self._tag(pattern, fields)
        for name, value in pattern.fields.items():
            if name not in fields:
                self.problem(f"{pattern.relation} has no field '{name}'.{did_you_mean(name, fields)}", pattern.line)
            else:
                self._field(pattern, name, value, fields[name])

    def _relation_fields(self, pattern: Pattern) -> Mapping[str, Field] | None:
        if pattern.relation in RELATIONS:
            return RELATIONS[pattern.relation]
        if pattern.relation != "finding":
            known = did_you_mean(pattern.relation, [*RELATIONS, "finding"])
            self.problem(f"'{pattern.relation}' is no relation.{known}", pattern.line)
            return None
        if pattern.tag not in self.findings:
            near = did_you_mean(str(pattern.tag), self.findings)
            self.problem(f"no rule '{pattern.tag}' to read findings of.{near}", pattern.line)
            return None
        return self.findings[str(pattern.tag)]

    def _tag(self, pattern: Pattern, fields: Mapping[str, Field]) -> None:
        if pattern.relation != "finding" and pattern.tag != "any":
            self._field(pattern, TAGS[pattern.relation], pattern.tag, fields[TAGS[pattern.relation]])

    def _field(self, pattern: Pattern, name: str, value: Scalar | tuple[Scalar, ...], field: Field) -> None:
        if isinstance(value, str) and value.startswith("$"):
            self._variable(pattern, name, value[1:], field)
            return
        for option in value if isinstance(value, tuple) else (value,):
            kind = _kind(option)
            if isinstance(value, tuple) and (kind == "null" or str(option).startswith("$") or option == "_"):
                shown = "null" if option is None else option
                self.problem(f"{name}: a list holds values only, found {shown}; use where:", pattern.line)
            elif kind not in ("null", field.type):
                self.problem(f"{pattern.relation}.{name} is a {field.type}, found {option!r}", pattern.line)
            elif kind == "text" and option != "_":
                try:
                    check_term(field, str(option), self.terms)
                except ExpressionError as error:
                    self.problem(str(error), pattern.line)

    def _variable(self, pattern: Pattern, name: str, variable: str, field: Field) -> None:
        is_optional = variable.endswith(OR_NULL)
        variable = variable.removesuffix(OR_NULL)
        if not variable.isidentifier():
            self.problem(f"'${variable}' is no variable; letters, digits and _ only", pattern.line)
            return
        self.uses[variable] = self.uses.get(variable, 0) + 1
        if is_optional and field.many:
            self.problem(
                f"{pattern.relation}.{name} has many values; write ${variable} without {OR_NULL}", pattern.line
            )
        if variable not in self.bound:
            if _clashes(variable, [*self.bound, *_OWN_NAMES]):
                self.problem(f"'${variable}' is a name of the language or of another variable", pattern.line)
            self.bound[variable] = (pattern.alias, name)
            if is_optional:
                self.optional.add(variable)
            return
        alias, first = self.bound[variable]
        was = self.rows[alias][1][first]
        if was.type != field.type:
            self.problem(f"${variable} is a {was.type} in {alias}.{first} and a {field.type} in {name}", pattern.line)

    def _linked(self, matched: tuple[Pattern, ...], where: tuple[Expression, ...]) -> None:
        """Refuses a row that nothing ties to the others: it would pair every row with every other."""
        groups: list[tuple[set[str], set[str]]] = []
        for pattern in matched:
            wanted = [str(value) for value in (pattern.tag, *pattern.fields.values())]
            variables = {value[1:].removesuffix(OR_NULL) for value in wanted if value.startswith("$")}
            groups.append(({pattern.alias}, variables))
        for condition in where:
            groups.append(({name.row for name in names(condition) if name.row in self.rows}, set()))
            groups[-1][1].update(name.row for name in names(condition) if name.row in self.bound)
        if not matched:
            return
        if len(reached := _reach(groups)) < len(self.rows):
            lone = next(alias for alias in self.rows if alias not in reached)
            self.problem(f"nothing ties '{lone}' to the rows above it: every row would be paired with every other")

    def _absence(self, block: Absence) -> CheckedAbsence:
        outer = (dict(self.rows), dict(self.bound), set(self.optional))
        for pattern in block.patterns:
            self._rows_of(pattern)
        where = self._conditions("unless", block.where, Scope(self.rows, self._variables(), terms=self.terms))
        self.rows, self.bound, self.optional = outer
        return CheckedAbsence(block.patterns, where)

    # ---- names and expressions --------------------------------------------------------------------------

    def _variables(self) -> dict[str, Field]:
        return {
            **self.values,
            **{name: self.rows[alias][1][field] for name, (alias, field) in self.bound.items()},
        }

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
            self.problem(f"{place}: {error}")
            return parse("0")
        return tree

    def _conditions(self, place: str, written: Iterable[str], scope: Scope) -> tuple[Expression, ...]:
        trees = []
        for text in written:
            try:
                tree = parse(text)
                need_truth(tree, scope)
                trees.append(tree)
            except ExpressionError as error:
                shown = "" if f"`{text}`" in str(error) else f"`{text}`: "
                self.problem(f"{place}: {shown}{error}")
        return tuple(trees)

    def _let(self, name: str, written: str, scope: Scope, let: dict[str, Expression]) -> Scope:
        if _clashes(name, [*scope.values, *self.rows, *self.bound, *_OWN_NAMES]) or not name.isidentifier():
            self.problem(f"let: '{name}' is already a name, or is none")
            return scope
        try:
            let[name] = parse(written)
            kind = check(let[name], scope)
            self.sizes[name] = len(written) + sum(self.sizes.get(used.row, 0) for used in names(let[name]))
            if self.sizes[name] > MAX_LET:
                raise ExpressionError(f"with the lets it names, longer than {MAX_LET:,} characters")
        except ExpressionError as error:
            self.problem(f"let: {name}: {error}")
            return scope
        field = Field("truth" if kind == "truth" else "text" if kind == "text" else "number")
        return replace(scope, values={**scope.values, name: field})

    def _wording(self, place: str, written: str, scope: Scope) -> Wording:
        try:
            return read_wording(written, scope)
        except ExpressionError as error:
            self.problem(f"{place}: {error}")
            return Wording(())

    def _known_variables(self, place: str, wanted: Iterable[str]) -> None:
        for name in wanted:
            if name not in self.bound:
                self.problem(f"{place}: '{name}' is no $variable of match:.{did_you_mean(name, self.bound)}")

    def _once_per(self, scope: Scope) -> None:
        for name in self.text.once_per:
            if name not in scope.values:
                self.problem(f"once_per: unknown '{name}'.{did_you_mean(name, scope.values)}")

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
        spoken |= {"proposition", "stance"} if "bearing(" in rest else set()
        for variable, uses in self.uses.items():
            if uses == 1 and variable not in spoken and not re.search(rf"\b{variable}\b", rest):
                self.problem(
                    f"${variable} is used only once; a misspelling? Write _ if it does not matter",
                    is_warning=True,
                )


def _reach(groups: list[tuple[set[str], set[str]]]) -> set[str]:
    """Returns the rows tied to the first one, directly or through others."""
    rows, variables = set(groups[0][0]), set(groups[0][1])
    grew = True
    while grew:
        grew = False
        for group_rows, group_variables in groups:
            touches = group_rows & rows or group_variables & variables
            if touches and not (group_rows <= rows and group_variables <= variables):
                rows |= group_rows
                variables |= group_variables
                grew = True
    return rows


def _clashes(name: str, others: Iterable[str]) -> bool:
    """The database does not tell upper from lower case in names."""
    return name.lower() in (other.lower() for other in others)


def _kind(value: Scalar) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "truth"
    return "text" if isinstance(value, str) else "number"


def _param_field(value: Scalar) -> Field:
    return _TEXT if isinstance(value, str) else Field("truth") if isinstance(value, bool) else _NUMBER
