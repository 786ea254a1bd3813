"""Makes the plan of a rule book for one engine: statements for a database, searches for Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from briefnote.model.finding import RuleRecord
from briefnote.rules.checked import CheckedRule
from briefnote.rules.compilation import compile_rule
from briefnote.rules.plan import Plan, PlannedField, PlannedRow, PlannedRule, SpokenWords, Statements
from briefnote.rules.rulebook import RuleBook
from briefnote.rules.schema import RELATIONS
from briefnote.rules.searching import search_of
from briefnote.rules.sql import DIALECTS, Dialect, quoted
from briefnote.yamltree import Scalar

if TYPE_CHECKING:
    from briefnote.rules.plan import EngineName


def plan_of(book: RuleBook, engine: EngineName) -> Plan:
    """Returns what a run of the book on an engine needs."""
    words, dialect = book.vocabulary, DIALECTS.get(engine)
    return Plan(
        engine=engine,
        rules=tuple(_planned(rule, book.params, dialect) for rule in book.rules),
        relations={
            relation: tuple(PlannedField(name, field.type, field.many) for name, field in fields.items())
            for relation, fields in RELATIONS.items()
        },
        queries=queries(dialect) if dialect else {},
        params=book.params,
        sections=book.sections,
        words=SpokenWords(
            handles=book.handles,
            questions=book.questions,
            labels=book.labels,
            shown={name: mechanism.shows_in for name, mechanism in words.mechanisms.items()},
            definitions={name: proposition.definition for name, proposition in words.propositions.items()},
            themes=words.themes,
            likelihood=book.likelihood,
        ),
    )


def _planned(rule: CheckedRule, params: Mapping[str, Scalar], dialect: Dialect | None) -> PlannedRule:
    return PlannedRule(
        record=_record(rule),
        section=rule.text.section,
        rows=tuple(
            PlannedRow(pattern.alias, pattern.relation, str(pattern.tag) if pattern.relation == "finding" else "")
            for pattern in rule.patterns
        ),
        columns=tuple(rule.fields),
        how=_statements(rule, params, dialect) if dialect else search_of(rule, params),
        say=rule.say,
        handle=rule.handle,
        cells=rule.cells,
        confidence=rule.confidence,
        is_grouped=rule.is_grouped,
        is_judgement=rule.text.judgement,
    )


def _statements(rule: CheckedRule, params: Mapping[str, Scalar], dialect: Dialect) -> Statements:
    compiled = compile_rule(rule, params, dialect)
    return Statements(
        create=compiled.create,
        findings=compiled.findings,
        ranking=compiled.ranking,
        values_of=compiled.values,
        evidence=compiled.evidence,
        parameters=compiled.parameters,
        joins=compiled.joins,
    )


def queries(dialect: Dialect) -> dict[str, str]:
    """Returns the statements that read rows: by id of each relation, and what confidence asks of claims.

    Lists of texts are bound as "wanted"; "about" has the claims about one pair (:holder and :over, either may be
    null) that take a side on a question.
    """
    found = {
        relation: f"SELECT {', '.join(quoted(name) for name, field in fields.items() if not field.many)} "
        f'FROM {quoted(relation)} WHERE "id" IN ({dialect.wanted})'
        for relation, fields in RELATIONS.items()
    }
    # An indicator says what would count, not what is; a rejected claim is its source's quarrel, not its view.
    found["about"] = (
        'SELECT "id", "voice", "proposition", "stance" FROM "claim" '
        f'WHERE "holder" {dialect.same} {dialect.placeholder("holder")} '
        f'AND "over" {dialect.same} {dialect.placeholder("over")} AND "proposition" IS NOT NULL '
        "AND COALESCE(\"kind\", '') <> 'indicator' AND COALESCE(\"polarity\", '') <> 'rejected' ORDER BY \"id\""
    )
    found["attributed"] = (
        f'SELECT DISTINCT "claim" FROM "figure" WHERE "claim" IN ({dialect.wanted}) AND "attributed_to" <> \'\''
    )
    found["letters"] = f'SELECT DISTINCT "voice", "reliability" FROM "source" WHERE "voice" IN ({dialect.wanted})'
    found["voices"] = f'SELECT "id", "voice" FROM "source" WHERE "id" IN ({dialect.wanted})'
    return found


def _record(rule: CheckedRule) -> RuleRecord:
    text = rule.text
    conditions = []
    for pattern in rule.patterns:
        asked = ", ".join(f"{name}: {_shown(value)}" for name, value in pattern.fields.items())
        conditions.append(
            f"{pattern.alias} is a {pattern.relation} ({_shown(pattern.tag)}{'; ' + asked if asked else ''})"
        )
    conditions += [f"where {condition}" for condition in text.where]
    for block in rule.absences:
        rows = ", ".join(f"{pattern.relation} ({_shown(pattern.tag)})" for pattern in block.patterns)
        conditions.append(f"and there is no such {rows}")
    conditions += [f"having {condition}" for condition in text.having]
    return RuleRecord(rule.id, text.file, text.line, tuple(conditions), text.about or "")


def _shown(value: Any) -> str:
    return " or ".join(map(str, value)) if isinstance(value, tuple) else "nothing" if value is None else str(value)
