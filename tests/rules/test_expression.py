"""The grammar of conditions: what can be written, how tightly each operator binds, what is refused and where."""

from __future__ import annotations

import pytest

from briefnote.rules.expression import parse
from briefnote.rules.nodes import Call, Expression, ExpressionError, Literal, Name, Operation, names
from support import assembled


def bracketed(tree: Expression) -> str:
    """The tree with a pair of brackets around every operation."""
    if isinstance(tree, Literal):
        return repr(tree.value)
    if isinstance(tree, Name):
        return str(tree)
    if isinstance(tree, Call):
        distinct = "distinct " if tree.distinct else ""
        return f"{tree.function}({distinct}{', '.join(map(bracketed, tree.arguments))})"
    first, *rest = map(bracketed, tree.operands)
    return f"({tree.operator} {first})" if not rest else f"({first} {tree.operator} {' '.join(rest)})"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a or b and c", "(a or (b and c))"),
        ("a and b or c and d", "((a and b) or (c and d))"),
        ("not a and b", "((not a) and b)"),
        ("not a = b", "(not (a = b))"),
        ("a + b * c", "(a + (b * c))"),
        ("(a + b) * c", "((a + b) * c)"),
        ("a - b - c", "((a - b) - c)"),
        ("a / b / c", "((a / b) / c)"),
        ("-a + b", "((neg a) + b)"),
        ("a < b + 1", "(a < (b + 1))"),
        ("a between 1 and 2 and b", "((a between 1 2) and b)"),
        ("a in (1, 2) or b", "((a in 1 2) or b)"),
        ("a is null and b", "((is-null a) and b)"),
    ],
)
def test_operators_bind_as_in_sql(written: str, meant: str) -> None:
    """or binds loosest, then and, not, comparisons, sums, products, and the sign tightest; equals from the left."""
    assert bracketed(parse(written)) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a != b", "(a <> b)"),
        ("a is not null", "(not (is-null a))"),
        ("a not in (1)", "(not (a in 1))"),
        ("a not between 1 and 2", "(not (a between 1 2))"),
        ("a not like 'x%'", "(not (a like 'x%'))"),
        ("not not a", "a"),
        ("A AND B", "(A and B)"),
        ("COUNT(*)", "count()"),
        ("count(distinct c.voice)", "count(distinct c.voice)"),
    ],
)
def test_one_meaning_may_be_written_in_several_ways(written: str, meant: str) -> None:
    """SQL's other spellings, and words in capitals, give the same tree."""
    assert bracketed(parse(written)) == meant


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("34", 34),
        ("0.5", 0.5),
        ("'Elbonia'", "Elbonia"),
        ("'Elbonia''s'", "Elbonia's"),
        ("'-- ; /* */ \"x\" {{ y }}'", '-- ; /* */ "x" {{ y }}'),
        ("'樓蘭'", "樓蘭"),
        ("true", True),
        ("FALSE", False),
        ("null", None),
    ],
)
def test_literal_is_taken_as_it_stands(written: str, value: object) -> None:
    """A literal is a number, a text in single quotes (a quote in it is doubled), true, false or null."""
    assert parse(written) == Literal(value)  # type: ignore[arg-type]


def test_field_may_have_the_name_of_a_word_of_the_grammar() -> None:
    """After a dot stands a field, whatever its name."""
    assert parse("a.like = b.in") == Operation("=", (Name("a", "like"), Name("b", "in")))


def test_names_come_in_reading_order_with_repeats() -> None:
    """Every name of an expression can be listed."""
    assert [str(name) for name in names(parse("a.x + max(b) > a.x and c is null"))] == ["a.x", "b", "a.x", "c"]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "found the end at character 1 of ``, expected a value, a name or '('"),
        ("a = ", "found the end at character 5 of `a = `, expected a value, a name or '('"),
        ("a = = b", "found `= b` at character 5 of `a = = b`, expected a value, a name or '('"),
        ("(a", "found the end at character 3 of `(a`, expected ')'"),
        ("a)", "found `)` at character 2 of `a)`, expected an operator or the end"),
        ("a < b < c", "found `< c` at character 7 of `a < b < c`, expected an operator or the end"),
        ("a is 3", "found `3` at character 6 of `a is 3`, expected null (compare with = otherwise)"),
        ("a not 3", "found `3` at character 7 of `a not 3`, expected in, between or like after not"),
        ("f(a, )", "found `)` at character 6 of `f(a, )`, expected a value, a name or '('"),
        ("- -a", "found `-a` at character 3 of `- -a`, expected a value, a name or '('"),
        ("a in ()", "found `)` at character 7 of `a in ()`, expected at least one value in in (…)"),
        ("a; b", "cannot read `; b` in `a; b`"),
        ("'open", "cannot read `'open` in `'open`"),
        ('a = "b"', 'cannot read `"b"` in `a = "b"`'),
        ("a @> b", "cannot read `@> b` in `a @> b`"),
        ("select a", "found `a` at character 8 of `select a`, expected an operator or the end"),
        ("9" * 31, f"found `{'9' * 20}` at character 1 of `{'9' * 31}`, expected a number of at most 30 digits"),
    ],
)
def test_error_says_the_place_and_what_was_expected(written: str, message: str) -> None:
    """What cannot be read is shown with its position, counted from 1, and with what could stand there."""
    with pytest.raises(ExpressionError) as error:
        parse(written)
    assert str(error.value) == message


def test_thousand_characters_are_the_most() -> None:
    """An expression has at most 1,000 characters."""
    parse("a = '" + "x" * 994 + "'")
    with pytest.raises(ExpressionError, match=r"^longer than 1000 characters; split the rule or use let:$"):
        parse("a = '" + "x" * 995 + "'")


def test_twenty_levels_are_the_deepest() -> None:
    """Brackets nest at most 20 deep, the expression itself counted."""
    parse("(" * 19 + "a" + ")" * 19)
    with pytest.raises(ExpressionError, match=r"^nested more than 20 deep; split the rule or use let:$"):
        parse("(" * 20 + "a" + ")" * 20)


@pytest.mark.parametrize("chain", ["1" + " + 1" * 101, "not " * 101 + "a", "a" + " or a" * 101])
def test_hundred_operators_are_the_most(chain: str) -> None:
    """A long chain of operators is refused before it can exhaust the stack."""
    with pytest.raises(ExpressionError, match=r"^more than 100 operators; split the rule or use let:$"):
        parse(chain)


def test_too_long_condition_is_reported_with_its_rule() -> None:
    """A condition beyond the limit is a mistake like any other: file, line, rule, remedy."""
    text = "x" * 1000
    rules = f"""rules:
  - id: long
    section: leverage
    match: {{c: {{claim: leverage}}}}
    score: length('{text}')
    say: Hm.
"""
    assert assembled(rules)[1] == [
        "rules.yaml:5: rule 'long': score: longer than 1000 characters; split the rule or use let:"
    ]


def test_lets_that_double_one_another_are_refused() -> None:
    """Lets are put into one another; a chain that doubles at each step is stopped before it fills the memory."""
    lets = "\n".join(f"      x{number}: x{number - 1} + x{number - 1}" for number in range(1, 40))
    rules = f"""rules:
  - id: doubling
    section: leverage
    match: {{f: {{figure: any}}}}
    let:
      x0: f.value
{lets}
    say: Hm.
"""
    _, problems = assembled(rules)
    assert "rules.yaml:15: rule 'doubling': let: x9: with the lets it names, longer than 4,000 characters" in problems
