"""Checks the rows a rule matches: relations, fields, words of the vocabulary, variables, and that they are tied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefnote.errors import did_you_mean
from briefnote.model.record import Reader
from briefnote.rules.checking import check_term
from briefnote.rules.language import Pattern, RuleText
from briefnote.rules.nodes import Expression, ExpressionError, names
from briefnote.rules.schema import OR_NULL, RELATIONS, TAGS, Field
from briefnote.yamltree import Scalar

OWN_NAMES = ("id", "score")  # every finding has these columns


class RowChecker:
    """Checks the rows of one rule: what its patterns name, and what its variables bind."""

    def __init__(
        self,
        text: RuleText,
        report: Reader,
        findings: Mapping[str, Mapping[str, Field]],
        params: Mapping[str, Scalar],
        terms: Mapping[str, frozenset[str]],
        *,
        is_read: bool,
    ) -> None:
        self.text = text
        self.report = report
        self.findings = findings
        self.terms = terms
        self.is_read = is_read
        self.values: dict[str, Field] = {name: _param_field(value) for name, value in params.items()}
        self.rows: dict[str, tuple[str, Mapping[str, Field]]] = {}
        self.bound: dict[str, tuple[str, str]] = {}
        self.optional: set[str] = set()
        self.uses: dict[str, int] = {}
        self.sizes: dict[str, int] = {}

    def problem(self, message: str, line: int | None = None, *, is_warning: bool = False) -> None:
        self.report.problem(line or self.text.line, f"rule '{self.text.id}'", message, is_warning=is_warning)

    def _rows_of(self, pattern: Pattern) -> None:
        fields = self._relation_fields(pattern)
        if fields is None:
            return
        if clashes(pattern.alias, [*self.rows, *self.values]):
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
            if clashes(variable, [*self.bound, *OWN_NAMES]):
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

    def _variables(self) -> dict[str, Field]:
        return {
            **self.values,
            **{name: self.rows[alias][1][field] for name, (alias, field) in self.bound.items()},
        }


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


def clashes(name: str, others: Iterable[str]) -> bool:
    """The database does not tell upper from lower case in names."""
    return name.lower() in (other.lower() for other in others)


def _kind(value: Scalar) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "truth"
    return "text" if isinstance(value, str) else "number"


def _param_field(value: Scalar) -> Field:
    return Field("text") if isinstance(value, str) else Field("truth") if isinstance(value, bool) else Field("number")
