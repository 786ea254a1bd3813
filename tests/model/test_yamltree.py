"""How YAML is read: by the rules of YAML 1.2, strictly, with the line of every problem."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefnote.text import unprintable
from briefnote.yamltree import MAX_BYTES, read_yaml

HINT = "check the indent, the colons and the quotes of this line and the one before"


def value(text: str) -> object:
    """The plain value of a text that has nothing wrong with it."""
    node, problems = read_yaml(text.encode(), "a.yaml")
    assert not problems
    assert node is not None
    return node.plain()


def problems(data: bytes | str) -> list[str]:
    """What is said of a text."""
    _, found = read_yaml(data if isinstance(data, bytes) else data.encode(), "a.yaml")
    return [str(problem) for problem in found]


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "no",
        "yes",
        "on",
        "off",
        "y",
        "N",
        "2025-05-29",
        "12:30:45",
        "1_000",
        "0x1F",
        "0o14",
        ".inf",
        ".nan",
        "1e400",
        "=",
        "<<",
    ],
)
def test_plain_words_stay_text(text: str) -> None:
    """What YAML 1.1 made a truth, a date, a time or a number is text: Norway is NO and a date is a date's text."""
    assert value(f"over: {text}") == {"over": text}


@pytest.mark.parametrize("text", ["null", "Null", "NULL", "~", ""])
def test_null_is_null(text: str) -> None:
    """null, ~ and nothing at all are empty."""
    assert value(f"over: {text}") == {"over": None}


@pytest.mark.parametrize(
    ("text", "truth"),
    [("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False), ("FALSE", False)],
)
def test_true_and_false_are_truths(text: str, truth: bool) -> None:
    """true and false, in three spellings each, are truths."""
    assert value(f"reviewed: {text}") == {"reviewed": truth}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("34", 34),
        ("-3", -3),
        ("+1", 1),
        ("012", 12),
        ("2.5", 2.5),
        (".5", 0.5),
        ("1.", 1.0),
        ("245e9", 245e9),
        ("-1.5E-3", -0.0015),
    ],
)
def test_numbers_are_numbers(text: str, number: float) -> None:
    """Whole numbers, decimals and powers of ten are numbers; a leading zero is no octal."""
    assert value(f"value: {text}") == {"value": number}


@pytest.mark.parametrize("text", ["'34'", '"true"', "'null'", "'~'"])
def test_quotes_make_text(text: str) -> None:
    """What stands in quotes is text, whatever it looks like."""
    assert value(f"title: {text}") == {"title": text[1:-1]}


def test_every_value_knows_its_line() -> None:
    """Keys and values have the line they start on, counted from 1."""
    node, _ = read_yaml(b"# comment\nsource:\n  id: a\nclaims:\n- one\n-\n  two\n", "a.yaml")
    assert node is not None
    assert node.items is not None
    assert node.key_lines == {"source": 2, "claims": 4}
    assert node.items["source"].line == 3
    assert [entry.line for entry in node.items["claims"].entries] == [5, 7]


def test_byte_order_mark_is_no_text() -> None:
    """A byte order mark at the start, as some editors write it, is ignored."""
    assert read_yaml(b"\xef\xbb\xbfa: 1", "a.yaml")[1] == []


def test_key_that_stands_twice_is_reported_with_both_lines() -> None:
    """Two equal keys in one block are a problem, not a silent choice."""
    assert problems("a: 1\nb: 2\na: 3\n") == ["a.yaml:3: a: 'a' stands twice in one block (first on line 1)"]


def test_alias_is_refused() -> None:
    """An alias would make one passage mean another."""
    assert problems("a: &x [1]\nb: *x\n") == [
        "a.yaml:2: an alias (*name) stands here; write the value out where it is needed"
    ]


def test_laughs_are_refused_at_once() -> None:
    """A small file whose aliases would make a huge one is refused without being blown up."""
    text = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    assert problems(text)[0] == "a.yaml:2: an alias (*name) stands here; write the value out where it is needed"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("a: !!str 5", "!!str"),
        ("a: !mine {b: 1}", "!mine"),
        ("a: !!binary aGk=", "!!binary"),
        ("a: !!python/object/apply:os.system [ls]", "!!python/object/apply:os.system"),
        ("a: !!set {b}", "!!set"),
    ],
)
def test_tag_is_refused(text: str, tag: str) -> None:
    """A tag, on whatever kind of value, is refused."""
    assert problems(text) == [f"a.yaml:1: the tag {tag} is not allowed; write plain text"]


def test_exclamation_mark_in_a_text_is_no_tag() -> None:
    """A ! within a text is a mark like any other."""
    assert value("a: Stop! he said\nb: '!important'") == {"a": "Stop! he said", "b": "!important"}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a: 1\nb: caf\xe9\n", "a.yaml:2: not UTF-8 (byte 0xE9); save the file as UTF-8"),
        (b"\xff\xfea\x00:\x00", "a.yaml:1: not UTF-8 (byte 0xFF); save the file as UTF-8"),
        (b"a: \xed\xa0\x80\n", "a.yaml:1: not UTF-8 (byte 0xED); save the file as UTF-8"),
    ],
)
def test_file_that_is_not_utf_8_is_reported_with_its_line(data: bytes, message: str) -> None:
    """Latin-1, UTF-16 and broken UTF-8 are named by the first byte that is wrong."""
    assert problems(data) == [message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: x\x07y\n", "a.yaml:2: holds the control character U+0007; remove it"),
        ("a: 1\r\nb: \x00\r\n", "a.yaml:2: holds the control character U+0000; remove it"),
        ("a: \ufffe\n", "a.yaml:1: holds the control character U+FFFE; remove it"),
        ('a: "x\\u0007y\\u001b"\n', "a.yaml:1: holds U+0007, U+001B, which no edition can print; remove it"),
        ("a: 1\nb: pay \u202e001\u202c now\n", "a.yaml:2: holds U+202E, U+202C, which no edition can print; remove it"),
        ('"a\\u0007": 1\n', "a.yaml:1: holds U+0007, which no edition can print; remove it"),
    ],
)
def test_control_character_is_reported_by_code_point(text: str, message: str) -> None:
    """Control characters and overrides of the writing direction are named, in values and keys, plain and escaped."""
    assert problems(text) == [message]


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment only\n", "---\n...\n"])
def test_empty_file_is_said_to_be_empty(text: str) -> None:
    """A file with nothing in it, or only comments, gets a message of its own."""
    expected = "a.yaml:1: the file is empty; expected a map of fields"
    assert problems(text) == ([expected] if "---" not in text else [])


@pytest.mark.parametrize(
    "text",
    [
        "[" * 61 + "]" * 61,
        "[" * 200_000 + "]" * 200_000,
        "- " * 20_000 + "x",
        "{a: " * 30_000 + "1" + "}" * 30_000,
    ],
)
def test_deep_nesting_is_refused(text: str) -> None:
    """More than 60 levels are refused, and no depth can exhaust the stack."""
    assert problems(text) == ["a.yaml:1: nested more than 60 deep; flatten it"]


def test_sixty_levels_are_read() -> None:
    """Sixty levels are as many as anyone needs."""
    assert problems("[" * 60 + "]" * 60) == []


def test_huge_file_is_refused() -> None:
    """More than 8 MB are not read at all."""
    assert problems(b"a: " + b"x" * MAX_BYTES) == [
        "a.yaml: 4,000,003 bytes; at most 4,000,000 are read, split the file"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1, 2\nb: 3\n", "a.yaml:2: not YAML: did not find expected ',' or ']'; "),
        ("a: b: c\n", "a.yaml:1: not YAML: mapping values are not allowed in this context; "),
        ("a: 1\n\tb: 2\n", "a.yaml:2: not YAML: found a tab character that violates indentation; "),
        ("a: 'x\n", "a.yaml:2: not YAML: found unexpected end of stream; "),
        ("a: 1\n---\nb: 2\n", "a.yaml:2: not YAML: found another document; "),
        ("a: {b: 1", "a.yaml:2: not YAML: did not find expected ',' or '}'; "),
    ],
)
def test_syntax_error_has_its_line_and_advice(text: str, message: str) -> None:
    """A file that is no YAML is reported with the line where reading stopped, and with what to look at."""
    assert problems(text) == [message + HINT]


def test_key_that_is_no_text_is_refused() -> None:
    """A list as a key cannot name a field."""
    assert problems("? [a, b]\n: 1\n") == ["a.yaml:1: a key must be plain text"]


printable = st.characters(min_codepoint=32, max_codepoint=0x2FFFF, exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp"))


@given(text=st.text(printable))
def test_single_quoted_text_is_read_back(text: str) -> None:
    """Any text in single quotes (a quote in it doubled) comes back as it is; what cannot be printed is reported."""
    node, found = read_yaml(("a: '" + text.replace("'", "''") + "'").encode(), "a.yaml")
    assert node is not None
    assert node.plain() == {"a": text}
    assert bool(found) == bool(unprintable(text))


@given(data=st.binary(max_size=200))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    """Whatever the bytes, there is a tree or a problem, never an exception."""
    node, found = read_yaml(data, "a.yaml")
    assert node is not None or found
