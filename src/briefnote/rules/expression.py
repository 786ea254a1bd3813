"""The expressions of `where`, `let`, `having`, `score` and `{{ … }}`: text → tree.

The grammar is small and closed: what has no node class here cannot be written. SQL's words are used (`and`,
`between`, `is null`) because analysts know them from spreadsheets and databases; the tree is printed as SQL by
`sql.py` and evaluated in Python by `evaluation.py`, so nothing an analyst writes ever reaches SQL as text.
"""

from __future__ import annotations

import re

from briefnote.rules.nodes import Call, Expression, ExpressionError, Literal, Name, Operation

MAX_CHARACTERS = 1000
MAX_DEPTH = 20
MAX_DIGITS = 30
MAX_OPERATORS = 100  # a chain of them is a tree of that depth

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>'(?:[^']|'')*')|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<symbol><>|!=|<=|>=|[=<>+\-*/(),.]))"
)
_WORDS = {"and", "or", "not", "in", "between", "like", "is", "null", "true", "false", "distinct"}
_COMPARISONS = {"=", "<>", "!=", "<", "<=", ">", ">="}


def parse(text: str) -> Expression:
    """Returns the tree of one expression. Raises ExpressionError with the place and what was expected."""
    if len(text) > MAX_CHARACTERS:
        raise ExpressionError(f"longer than {MAX_CHARACTERS} characters; split the rule or use let:")
    parser = _Parser(text)
    if parser.operators() > MAX_OPERATORS:
        raise ExpressionError(f"more than {MAX_OPERATORS} operators; split the rule or use let:")
    tree = parser.disjunction()
    parser.expect_end()
    return tree


class _Parser:
    """Recursive descent, one method a precedence level, lowest first."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = self._tokens()
        self.at = 0
        self.depth = 0

    def _tokens(self) -> list[tuple[str, str, int]]:
        found, position = [], 0
        while position < len(self.text.rstrip()):
            match = _TOKEN.match(self.text, position)
            if match is None:
                raise ExpressionError(f"cannot read `{self.text[position:].strip()[:20]}` in `{self.text}`")
            kind = match.lastgroup or ""
            word = match[kind]
            if kind == "name" and word.lower() in _WORDS:
                kind, word = "word", word.lower()
            found.append((kind, word, match.start(match.lastgroup or 0)))
            position = match.end()
        return found

    def operators(self) -> int:
        return sum(kind == "word" or (kind == "symbol" and value not in ".,()") for kind, value, _ in self.tokens)

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at][:2] if self.at < len(self.tokens) else ("end", "")

    def take(self, *wanted: str) -> str | None:
        """Returns the next word or symbol if it is one of those wanted, and moves on; else None."""
        kind, value = self.peek()
        if kind in ("word", "symbol") and value in wanted:
            self.at += 1
            return value
        return None

    def need(self, symbol: str) -> None:
        if not self.take(symbol):
            self.fail(f"'{symbol}'")

    def fail(self, expected: str) -> None:
        where = self.tokens[self.at][2] if self.at < len(self.tokens) else len(self.text)
        found = f"`{self.text[where : where + 20].strip()}`" if where < len(self.text.rstrip()) else "the end"
        raise ExpressionError(f"found {found} at character {where + 1} of `{self.text}`, expected {expected}")

    def expect_end(self) -> None:
        if self.at < len(self.tokens):
            self.fail("an operator or the end")

    def disjunction(self) -> Expression:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(f"nested more than {MAX_DEPTH} deep; split the rule or use let:")
        left = self.conjunction()
        while self.take("or"):
            left = Operation("or", (left, self.conjunction()))
        self.depth -= 1
        return left

    def conjunction(self) -> Expression:
        left = self.negation()
        while self.take("and"):
            left = Operation("and", (left, self.negation()))
        return left

    def negation(self) -> Expression:
        flips = 0
        while self.take("not"):
            flips += 1
        inner = self.comparison()
        return Operation("not", (inner,)) if flips % 2 else inner

    def comparison(self) -> Expression:
        left = self.sum()
        if operator := self.take(*_COMPARISONS):
            return Operation("<>" if operator == "!=" else operator, (left, self.sum()))
        if self.take("is"):
            negated = bool(self.take("not"))
            if not self.take("null"):
                self.fail("null (compare with = otherwise)")
            return _maybe_not(negated, Operation("is-null", (left,)))
        negated = bool(self.take("not"))
        if self.take("in"):
            options = self.arguments()
            if not options:
                self.at -= 1
                self.fail("at least one value in in (…)")
            return _maybe_not(negated, Operation("in", (left, *options)))
        if self.take("between"):
            low = self.sum()
            self.need("and")
            return _maybe_not(negated, Operation("between", (left, low, self.sum())))
        if self.take("like"):
            return _maybe_not(negated, Operation("like", (left, self.sum())))
        if negated:
            self.fail("in, between or like after not")
        return left

    def sum(self) -> Expression:
        left = self.product()
        while operator := self.take("+", "-"):
            left = Operation(operator, (left, self.product()))
        return left

    def product(self) -> Expression:
        left = self.sign()
        while operator := self.take("*", "/"):
            left = Operation(operator, (left, self.sign()))
        return left

    def sign(self) -> Expression:
        return Operation("neg", (self.atom(),)) if self.take("-") else self.atom()

    def arguments(self) -> tuple[Expression, ...]:
        self.need("(")
        found: list[Expression] = []
        if self.take(")"):
            return ()
        while True:
            found.append(self.disjunction())
            if not self.take(","):
                break
        self.need(")")
        return tuple(found)

    def atom(self) -> Expression:
        kind, value = self.peek()
        if kind == "number":
            if len(value) > MAX_DIGITS:
                self.fail(f"a number of at most {MAX_DIGITS} digits")
            self.at += 1
            return Literal(float(value) if "." in value else int(value))
        if kind == "text":
            self.at += 1
            return Literal(value[1:-1].replace("''", "'"))
        if word := self.take("true", "false", "null"):
            return Literal({"true": True, "false": False, "null": None}[word])
        if self.take("("):
            inner = self.disjunction()
            self.need(")")
            return inner
        if kind == "name":
            self.at += 1
            return self.name(value)
        self.fail("a value, a name or '('")
        raise AssertionError("fail() raises")

    def name(self, first: str) -> Expression:
        if self.peek() == ("symbol", "("):
            return self.call(first)
        if not self.take("."):
            return Name(first)
        kind, value = self.peek()
        if kind not in ("name", "word"):
            self.fail("a field after the dot")
        self.at += 1
        return Name(first, value)

    def call(self, function: str) -> Expression:
        if self.tokens[self.at + 1 : self.at + 2] and self.tokens[self.at + 1][1] == "*":
            self.at += 2
            self.need(")")
            return Call(function.lower(), ())
        distinct = len(self.tokens) > self.at + 1 and self.tokens[self.at + 1][1] == "distinct"
        if distinct:
            del self.tokens[self.at + 1]
        return Call(function.lower(), self.arguments(), distinct)


def _maybe_not(negated: bool, tree: Expression) -> Expression:
    return Operation("not", (tree,)) if negated else tree
