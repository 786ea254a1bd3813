"""Why a rule found nothing: how many rows survive each of its steps, with some variables fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefnote.errors import BriefnoteError, Problem, did_you_mean
from briefnote.rules.checked import CheckedRule
from briefnote.rules.compilation import Compiler
from briefnote.rules.database import SqliteDatabase
from briefnote.rules.engine import TooSlow
from briefnote.rules.facts import Rows
from briefnote.rules.joining import from_clause
from briefnote.rules.plan import Limits
from briefnote.rules.planning import plan_of
from briefnote.rules.rulebook import RuleBook
from briefnote.yamltree import Scalar

if TYPE_CHECKING:
    from briefnote.rules.statements import Database


@dataclass(frozen=True)
class Step:
    """One step of a rule, in its own words, and how many combinations of rows are left after it."""

    text: str
    left: int


def find_rule(book: RuleBook, rule_id: str) -> CheckedRule:
    """Returns a rule by id. Raises BriefnoteError with the nearest id where there is none."""
    rules = {rule.id: rule for rule in book.rules}
    if rule_id not in rules:
        raise BriefnoteError([Problem("rules", message=f"no rule '{rule_id}'.{did_you_mean(rule_id, rules)}")])
    return rules[rule_id]


def why_not(book: RuleBook, rows: Rows, rule_id: str, given: Mapping[str, str]) -> tuple[Step, ...]:
    """Returns the steps of a rule with what is left after each; the rules it reads run first.

    `given` fixes variables of match: to a value. Raises BriefnoteError for a rule or a variable that is not there.
    """
    rule = find_rule(book, rule_id)
    for name in given:
        if name not in rule.bound:
            message = f"'{name}' is no $variable of match:.{did_you_mean(name, rule.bound)}"
            raise BriefnoteError([Problem(rule.text.file, rule.text.line, f"rule '{rule.id}'", message)])
    plan, limits = plan_of(book, "sqlite"), Limits()
    database = SqliteDatabase(plan, rows, limits.seconds)
    try:
        for earlier in plan.rules:
            if earlier.id == rule.id:
                return _Counting(rule, book.params, database, given).steps()
            how = earlier.statements
            database.write(how.findings, {**how.parameters, "limit": limits.findings})
    except TooSlow:
        message = f"not counted after {limits.seconds:g} seconds; fix more of its variables (name=value)"
        raise BriefnoteError([Problem(rule.text.file, rule.text.line, f"rule '{rule.id}'", message)]) from None
    finally:
        database.close()
    raise AssertionError("the rule is in the book")


class _Counting:
    def __init__(
        self,
        rule: CheckedRule,
        params: Mapping[str, Scalar],
        database: Database,
        given: Mapping[str, str],
    ) -> None:
        self.rule = rule
        self.compiler = Compiler(rule, params)
        self.database = database
        self.given = {name: self.compiler.parameters.bind(_typed(value)) for name, value in given.items()}

    def steps(self) -> tuple[Step, ...]:
        compiler, rule = self.compiler, self.rule
        found = []
        for pattern in rule.patterns:
            compiler.joins += compiler.joined(pattern, compiler.variables)
            asked = ", ".join(f"{name}: {value}" for name, value in pattern.fields.items())
            found.append(Step(f"{pattern.alias} is a {pattern.relation} ({pattern.tag}; {asked})", self.count([])))
        conditions: list[str] = []
        for tree, written in zip(rule.where, rule.text.where, strict=True):
            conditions.append(compiler.printer(compiler.variables).print(tree))
            found.append(Step(f"where {written}", self.count(conditions)))
        for block in rule.absences:
            conditions.append(compiler.absent(block.patterns, block.where))
            absent = " and ".join(f"{pattern.relation} ({pattern.tag})" for pattern in block.patterns)
            found.append(Step(f"unless there is such a {absent}", self.count(conditions)))
        if rule.is_grouped:
            found += self.groups(conditions)
        return tuple(found)

    def count(self, conditions: Sequence[str]) -> int:
        """Returns how many combinations of rows are left."""
        return self.query(f"SELECT COUNT(*) {self.source(conditions)}")

    def source(self, conditions: Sequence[str]) -> str:
        known = self.compiler.variables
        fixed = [f"{known[name]} = {value}" for name, value in self.given.items() if name in known]
        return from_clause(self.compiler.joins) + "".join(f" AND {condition}" for condition in [*fixed, *conditions])

    def groups(self, conditions: Sequence[str]) -> list[Step]:
        compiler, rule = self.compiler, self.rule
        keys = ", ".join(compiler.variables[name] for name in rule.text.group)
        source = f"{self.source(conditions)} GROUP BY {keys}"
        found = [
            Step(f"group by {', '.join(rule.text.group)}", self.query(f"SELECT COUNT(*) FROM (SELECT 1 {source})"))
        ]
        having: list[str] = []
        for tree, written in zip(rule.having, rule.text.having, strict=True):
            having.append(compiler.printer(compiler.names()).print(tree))
            inner = f"SELECT 1 {source} HAVING {' AND '.join(having)}"
            found.append(Step(f"having {written}", self.query(f"SELECT COUNT(*) FROM ({inner})")))
        return found

    def query(self, sql: str) -> int:
        ((number,),) = self.database.read(sql, self.compiler.parameters.values)
        return int(number)


def _typed(value: str) -> Scalar:
    """A value that reads as a number is one."""
    try:
        return float(value)
    except ValueError:
        return value
