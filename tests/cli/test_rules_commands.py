"""`briefnote rules`: what the rules are, what they ask, and why one found nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefnote.cli import command
from briefnote.errors import BriefnoteError
from briefnote.starter import start_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new folder with its example brief."""
    path = tmp_path_factory.mktemp("desk")
    start_folder(path)
    return path


def rules(folder: Path, *arguments: str) -> Result:
    """Runs `briefnote rules`; a BriefnoteError is left in the result."""
    return CliRunner().invoke(command, ["-C", str(folder), "rules", *arguments])


def test_list_shows_each_rule_with_its_place(folder: Path) -> None:
    """Id, section, file and line, and what it is about, in the order in which they run."""
    lines = rules(folder, "list", "example").output.splitlines()
    (line,) = [line for line in lines if line.startswith("lopsided-trade ")]
    _, section, place, *about = line.split(maxsplit=3)
    assert section == "bottom-line"
    assert place.startswith("pack:leverage/figures.yaml:")
    assert about[0].startswith("Each is a very different share of the other's trade.")


def test_sql_shows_the_statement_and_what_is_bound(folder: Path) -> None:
    """Nothing that a rule says stands in the SQL: its words are bound values."""
    output = rules(folder, "sql", "example", "lopsided-trade").output
    statements, _, values = output.partition("-- :")
    assert 'INSERT INTO "finding:lopsided-trade"' in statements
    assert "trade_share" not in statements
    assert "'trade_share'" in values


def test_why_not_names_the_step_that_left_nothing(folder: Path) -> None:
    """How many rows survive each step, with variables fixed."""
    output = rules(folder, "why-not", "example", "pressure-on-record", "holder=Ruritania").output
    assert [line.split(maxsplit=1)[0] for line in output.splitlines()] == ["1", "0"]
    assert output.splitlines()[1].endswith("<- nothing is left here")


def test_why_not_shows_conditions_and_groups(folder: Path) -> None:
    """Each condition, each absence, the groups and what is asked of them is a step of its own."""
    output = rules(folder, "why-not", "example", "where-it-shows").output
    assert [line.strip().partition("  ")[2].split("  <-")[0] for line in output.splitlines()][2:] == [
        "where c.certainty >= sure",
        "group by holder, over",
        "having count(distinct c.mechanism) >= 2",
    ]


def test_an_unknown_rule_gets_a_suggestion(folder: Path) -> None:
    """The nearest rule is named."""
    error = rules(folder, "why-not", "example", "coerce").exception
    assert isinstance(error, BriefnoteError)
    assert str(error) == "rules: no rule 'coerce'. Did you mean 'coerces'?"


def test_an_unknown_variable_gets_a_suggestion(folder: Path) -> None:
    """Only variables of match: can be fixed."""
    error = rules(folder, "why-not", "example", "coerces", "holdr=Ruritania").exception
    assert isinstance(error, BriefnoteError)
    assert str(error).endswith("rule 'coerces': 'holdr' is no $variable of match:. Did you mean 'holder'?")


def test_a_value_without_a_name_is_misuse(folder: Path) -> None:
    """Exit code 2, with the form that is expected."""
    result = rules(folder, "why-not", "example", "coerces", "Ruritania")
    assert result.exit_code == 2
    assert "give variables as NAME=VALUE" in result.output
