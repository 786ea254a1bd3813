"""How a YAML tree becomes a frozen record: strictly, with every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pytest

from briefnote.model.record import Reader, line_field, note
from briefnote.yamltree import read_yaml
from support import messages


@dataclass(frozen=True)
class Port:
    name: str = note("its name", pattern=r"[A-Z]\w*")
    depth: float | None = note("in metres", default=None, minimum=0, maximum=99)


@dataclass(frozen=True)
class Ship:
    name: str = note("what is painted on it")
    kind: Literal["tanker", "ferry"] = note("what it is for")
    crew: int = note("how many sail it", default=1, minimum=1, maximum=9)
    built: date | None = note("its first day", default=None)
    insured: bool = note("whether it is insured", default=False)
    cargo: str | None = note("what it carries", default=None, term="cargo")
    flags: tuple[str, ...] = note("the flags it flies", default=())
    calls: tuple[Port, ...] = note("where it calls", default=())
    home: Port | None = note("where it belongs", default=None)
    tons: Mapping[str, float] = note("deck: its load", default={})
    log: str = note("what happened", default="", multiline=True)
    line: int = line_field()


TERMS = {"cargo": frozenset({"grain", "timber"})}


def read(text: str) -> tuple[Ship | None, list[str]]:
    node, problems = read_yaml(text.encode(), "ship.yaml")
    assert node is not None
    assert not problems
    reader = Reader("ship.yaml", TERMS)
    return reader.read(node, Ship), messages(reader.problems)


def test_whole_record_is_read() -> None:
    """Every kind of field takes its value; what is left out has its default."""
    ship, problems = read("""
name: Swallow
kind: ferry
crew: 3
built: 1999-12-31
insured: true
cargo: grain
flags: [red, white]
calls: [{name: Alpha}, {name: Beta, depth: 12}]
home: {name: Gamma, depth: 3.5}
tons: {upper: 4, lower: 2.5}
""")
    assert problems == []
    assert ship == Ship(
        name="Swallow",
        kind="ferry",
        crew=3,
        built=date(1999, 12, 31),
        insured=True,
        cargo="grain",
        flags=("red", "white"),
        calls=(Port("Alpha"), Port("Beta", 12.0)),
        home=Port("Gamma", 3.5),
        tons={"upper": 4.0, "lower": 2.5},
    )


def test_record_knows_the_line_it_starts_on() -> None:
    """The line is kept for messages, and is no field that a person writes."""
    ship, _ = read("# a comment\nname: Swallow\nkind: ferry\n")
    assert ship is not None
    assert ship.line == 2
    assert read("name: a\nkind: ferry\nline: 3\n")[1] == [
        "ship.yaml:3: line: unknown field. "
        "Known: built, calls, cargo, crew, flags, home, insured, kind, log, name, tons."
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind: ferry", "ship.yaml:1: name: missing; expected what is painted on it"),
        ("name:\nkind: ferry", "ship.yaml:1: name: empty; expected what is painted on it"),
        ("name: '  '\nkind: ferry", "ship.yaml:1: name: empty; expected what is painted on it"),
        (
            "name: a\nkind: fery",
            "ship.yaml:2: kind: found 'fery', expected one of tanker, ferry. Did you mean 'ferry'?",
        ),
        ("name: a\nkind: 7", "ship.yaml:2: kind: found '7', expected one of tanker, ferry."),
        ("name: a\nkind: ferry\ncrw: 2", "ship.yaml:3: crw: unknown field. Did you mean 'crew'?"),
        ("name: a\nkind: ferry\ncrew: two", "ship.yaml:3: crew: found 'two', expected a whole number"),
        ("name: a\nkind: ferry\ncrew: 2.5", "ship.yaml:3: crew: found '2.5', expected a whole number"),
        ("name: a\nkind: ferry\ncrew: '2'", "ship.yaml:3: crew: found '2', expected a whole number"),
        ("name: a\nkind: ferry\ncrew: true", "ship.yaml:3: crew: found 'true', expected a whole number"),
        ("name: a\nkind: ferry\ncrew: 0", "ship.yaml:3: crew: found '0', expected a number from 1 to 9"),
        ("name: a\nkind: ferry\ncrew: [1, 2]", "ship.yaml:3: crew: found a list, expected a whole number"),
        (
            "name: a\nkind: ferry\nbuilt: 31.12.1999",
            "ship.yaml:3: built: found '31.12.1999', expected a date such as 2025-05-29",
        ),
        (
            "name: a\nkind: ferry\nbuilt: 2025-02-30",
            "ship.yaml:3: built: found '2025-02-30', expected a date such as 2025-05-29",
        ),
        ("name: a\nkind: ferry\ninsured: yes", "ship.yaml:3: insured: found 'yes', expected true or false"),
        ("name: a\nkind: ferry\ncargo: grian", "ship.yaml:3: cargo: unknown cargo 'grian'. Did you mean 'grain'?"),
        ("name: a\nkind: ferry\ncargo: oil", "ship.yaml:3: cargo: unknown cargo 'oil'. Known: grain, timber."),
        ("name: a\nkind: ferry\nflags: [red, [white]]", "ship.yaml:3: flags[2]: found a list, expected text"),
        ("name: a\nkind: ferry\nflags: [red, null]", "ship.yaml:3: flags[2]: found nothing, expected text"),
        (
            "name: a\nkind: ferry\ncalls:\n- name: Alpha\n- depth: 3",
            "ship.yaml:5: calls[2].name: missing; expected its name",
        ),
        (
            "name: a\nkind: ferry\ncalls: [{name: alpha}]",
            "ship.yaml:3: calls[1].name: found 'alpha', expected its name",
        ),
        ("name: a\nkind: ferry\nhome: Gamma", "ship.yaml:3: home: found 'Gamma', expected a map of fields"),
        (
            "name: a\nkind: ferry\nhome: {name: G, depth: 100}",
            "ship.yaml:3: home.depth: found '100', expected a number from 0 to 99",
        ),
        ("name: a\nkind: ferry\ntons: 5", "ship.yaml:3: tons: found '5', expected a map"),
        ("name: a\nkind: ferry\ntons: {upper: much}", "ship.yaml:3: tons.upper: found 'much', expected a number"),
        ("name: {a: b}\nkind: ferry", "ship.yaml:1: name: found a map, expected text"),
        ("- name: a", "ship.yaml:1: found a list, expected a map of fields"),
    ],
)
def test_problem_says_line_field_found_and_expected(text: str, message: str) -> None:
    """Each kind of mistake has its message, and the record is not made."""
    assert read(text) == (None, [message])


def test_all_problems_come_at_once_in_the_order_of_lines() -> None:
    """Nobody has to mend a file one message at a time."""
    _, problems = read("""kind: barge
crew: many
flgs: red
calls:
- depth: -1
tons: {upper: x}
""")
    assert problems == [
        "ship.yaml:1: kind: found 'barge', expected one of tanker, ferry.",
        "ship.yaml:1: name: missing; expected what is painted on it",
        "ship.yaml:2: crew: found 'many', expected a whole number",
        "ship.yaml:3: flgs: unknown field. Did you mean 'flags'?",
        "ship.yaml:5: calls[1].depth: found '-1', expected a number from 0 to 99",
        "ship.yaml:5: calls[1].name: missing; expected its name",
        "ship.yaml:6: tons.upper: found 'x', expected a number",
    ]


def test_single_value_stands_for_a_list_of_one() -> None:
    """Where a list is expected, one value may stand alone, a map too."""
    ship, problems = read("name: a\nkind: ferry\nflags: red\ncalls: {name: Alpha}\n")
    assert problems == []
    assert ship is not None
    assert (ship.flags, ship.calls) == (("red",), (Port("Alpha"),))


@pytest.mark.parametrize("nothing", ["", "null", "~", "''"])
def test_nothing_is_the_default(nothing: str) -> None:
    """A field that is there but empty has its default."""
    ship, problems = read(f"name: a\nkind: ferry\ncargo: {nothing}\nflags:\ntons:\n")
    assert problems == []
    assert ship == Ship("a", "ferry")


def test_text_is_one_clean_line() -> None:
    """Line breaks and runs of blanks are one blank, and letters have their composed form."""
    ship, _ = read("name: >\n  Two   lines\n\n  of te\u0301xt\nkind: ferry\n")
    assert ship is not None
    assert ship.name == "Two lines of t\u00e9xt"


def test_text_of_several_lines_keeps_them_where_the_field_allows() -> None:
    """A field of several lines keeps its line breaks."""
    ship, _ = read("name: a\nkind: ferry\nlog: |\n  one\n  two\n")
    assert ship is not None
    assert ship.log == "one\ntwo"


def test_text_of_a_whole_article_is_refused() -> None:
    """A field holds a passage at most: 20,000 characters."""
    assert read(f"name: {20_001 * 'x'}\nkind: ferry\n")[1] == [
        "ship.yaml:1: name: a text of 20,001 characters; at most 20,000 are read, shorten it"
    ]
    assert read(f"name: {20_000 * 'x'}\nkind: ferry\n")[1] == []


def test_number_in_a_text_field_is_the_text_that_was_written() -> None:
    """A name of digits keeps its zeros."""
    ship, _ = read("name: 007\nkind: ferry\n")
    assert ship is not None
    assert ship.name == "007"
