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
    assert about[0].startswith("Each is a very different share of the other's trade, in the latest year")


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
    assert [line.split(maxsplit=1)[0] for line in output.splitlines()] == ["1", "0", "0"]
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


# ---- check ------------------------------------------------------------------------------------------------------

OWN = """\
rules:
  - id: one-buyer
    section: leverage
    match: {c: {claim: leverage, mechanism: no-alternative, holder: $buyer, over: $seller}}
    where: c.certainty >= 0.6
    score: 50
    say: "{{ seller }} sells to {{ buyer }} alone."
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A new folder whose brief has a rule of its own."""
    start_folder(tmp_path)
    (tmp_path / "briefs/example/rules.yaml").write_text(OWN, encoding="utf-8")
    return tmp_path


def test_check_passes_the_packs_and_a_sound_brief(desk: Path) -> None:
    """Nothing on stdout, exit code 0, warnings counted."""
    result = rules(desk, "check", "--strict")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Nothing to mend.\n")


def test_check_prints_the_problems_of_rules_and_examples_with_file_and_line(desk: Path) -> None:
    """Both files at once, exit code 1."""
    (desk / "briefs/example/rules.yaml").write_text(OWN.replace("mechanism:", "mecanism:"), encoding="utf-8")
    (desk / "briefs/example/examples.yaml").write_text(
        "- {rule: one-byer, name: a, finds: []}\n- {rule: one-buyer, name: b, find: []}\n", encoding="utf-8"
    )
    result = rules(desk, "check")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "briefs/example/examples.yaml:1: rule 'one-byer': no such rule. Did you mean 'one-buyer'?",
        "briefs/example/examples.yaml:2: find: unknown field. Did you mean 'finds'?",
        "briefs/example/examples.yaml:2: finds: missing; expected the texts of the rule's findings, best first; "
        "[] where it must find nothing",
        "briefs/example/rules.yaml:4: rule 'one-buyer': claim has no field 'mecanism'. Did you mean 'mechanism'?",
    ]
    assert result.stderr == "4 to mend\n"


def test_check_counts_warnings_only_when_strict(desk: Path) -> None:
    """A variable used once is a warning: exit code 0, and 2 with --strict."""
    text = OWN.replace("$seller}", "$seller, theme: $theme}")
    (desk / "briefs/example/rules.yaml").write_text(text, encoding="utf-8")
    assert rules(desk, "check").exit_code == 0
    assert rules(desk, "check", "--strict").exit_code == 2


def test_check_takes_a_file_of_a_brief_as_the_brief_has_it(desk: Path) -> None:
    """Its audiences and parameters are known."""
    file = desk / "briefs/example/rules.yaml"
    file.write_text(OWN.replace("c.certainty >= 0.6", "c.certainty >= suer"), encoding="utf-8")
    result = rules(desk, "check", str(file))
    assert result.stdout == (
        "briefs/example/rules.yaml:5: rule 'one-buyer': where: `c.certainty >= suer`: unknown name 'suer'. "
        "Did you mean 'sure'?\n"
    )


def test_check_takes_a_file_of_no_brief_on_top_of_the_leverage_pack(desk: Path, tmp_path: Path) -> None:
    """The words and parameters of the pack are known to it."""
    file = tmp_path / "draft.yaml"
    file.write_text(OWN.replace("0.6", "sure").replace("section: leverage", "section: leverge"), encoding="utf-8")
    result = rules(desk, "check", str(file))
    assert result.stdout == ("draft.yaml:2: rule 'one-buyer': unknown section 'leverge'. Did you mean 'leverage'?\n")


def test_check_takes_a_part_of_a_pack_with_the_others_of_its_folder(desk: Path, tmp_path: Path) -> None:
    """A word that another part defines is known, and the leverage pack is not."""
    pack = tmp_path / "mud"
    pack.mkdir()
    (pack / "words.yaml").write_text(
        "pack: mud\nsections: {leverage: 3}\nvocabulary: {themes: {mud: Mud}}\n", encoding="utf-8"
    )
    file = pack / "rules.yaml"
    text = "pack: mud\n" + OWN.replace("mechanism: no-alternative", "theme: mudd")
    file.write_text(text, encoding="utf-8")
    assert rules(desk, "check", str(file)).stdout == (
        "mud/rules.yaml:5: rule 'one-buyer': unknown theme 'mudd'. Did you mean 'mud'?\n"
    )


# ---- test -------------------------------------------------------------------------------------------------------

EXAMPLES = """\
- rule: one-buyer
  name: sure enough
  claims: [{kind: leverage, mechanism: no-alternative, holder: Ruritania, over: Elbonia, certainty: 0.6}]
  finds: [Elbonia sells to Ruritania alone.]
- rule: one-buyer
  name: a rumour
  claims: [{kind: leverage, mechanism: no-alternative, holder: Ruritania, over: Elbonia, certainty: 0.3}]
  finds: []
"""


def test_test_runs_the_examples_of_the_packs_and_of_the_brief(desk: Path) -> None:
    """Nothing on stdout where all are as expected."""
    (desk / "briefs/example/examples.yaml").write_text(EXAMPLES, encoding="utf-8")
    result = rules(desk, "test", "example")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith("rules: all as expected\n")


def test_test_prints_an_example_that_fails(desk: Path) -> None:
    """One line, found and expected, exit code 1."""
    file = desk / "briefs/example/examples.yaml"
    file.write_text(EXAMPLES.replace("certainty: 0.3", "certainty: 0.7"), encoding="utf-8")
    for arguments in (("example",), (str(file),), ("example", str(file))):
        result = rules(desk, "test", *arguments)
        assert result.exit_code == 1
        assert result.stdout == (
            "briefs/example/examples.yaml:5: rule 'one-buyer', a rumour: "
            "found 'Elbonia sells to Ruritania alone.'; expected nothing\n"
        )
    assert result.stderr == "2 examples of 1 rules: 1 fail\n"


def test_test_names_a_rule_of_the_brief_without_examples(desk: Path) -> None:
    """A warning for each kind that is missing; the exit code stays 0."""
    result = rules(desk, "test", "example")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[:-1] == [
        "examples: warning: rule 'one-buyer': has no example in which it finds something",
        "examples: warning: rule 'one-buyer': has no example in which it must find nothing",
    ]


def test_test_uses_the_parameters_and_names_of_the_brief(desk: Path) -> None:
    """An example of a brief's rule reads like the brief."""
    brief = desk / "briefs/example/brief.yaml"
    text = brief.read_text(encoding="utf-8")
    assert "  Elbonia: {adjective: Elbonian}" in text
    brief.write_text(
        text.replace("  Elbonia: {adjective: Elbonian}", "  Elbonia: {name: the Elbonian Realm}")
        + "params: {sure: 0.9}\n",
        encoding="utf-8",
    )
    own = OWN.replace("0.6", "sure")
    (desk / "briefs/example/rules.yaml").write_text(own, encoding="utf-8")
    (desk / "briefs/example/examples.yaml").write_text(
        EXAMPLES.replace("certainty: 0.6", "certainty: 0.9")
        .replace("certainty: 0.3", "certainty: 0.8")
        .replace("[Elbonia sells", "[The Elbonian Realm sells"),
        encoding="utf-8",
    )
    assert rules(desk, "test", "example").stdout == ""


# ---- explain ----------------------------------------------------------------------------------------------------

REPRINT = """\
source: {id: reprint, title: A reprint, kind: news, reliability: C, reliability_reason: x,
  origin: 2026-01-12-elbonian-trade}
summary: The same again.
reviewed: true
claims:
  - {id: c1, text: It depends on it., kind: leverage, holder: Ruritania, over: Elbonia, mechanism: no-alternative,
     proposition: dependence-is-deep, stance: for}
  - {id: c2, text: It does not., kind: limit, holder: Ruritania, over: Elbonia, mechanism: mistrust,
     proposition: holder-depends-too, stance: for}
"""


def explained(desk: Path, wanted: str) -> list[str]:
    """Returns the chain, a line each, without the indent."""
    result = rules(desk, "explain", "example", wanted, "--period", "2026-W47")
    assert result.exception is None, result.exception
    return [line.strip() for line in result.output.splitlines()]


def test_explain_tells_the_chain_of_a_sentence(desk: Path) -> None:
    """The sentence, its rule, what it bound, the earlier finding it rests on, and the passages."""
    lines = explained(desk, "judgements.1")
    assert lines[0] == "judgements.1  Elbonia depends deeply on Ruritania."
    assert lines[2] == "dependence-deep|side-for|dependence-is-deep|Ruritania|Elbonia"
    assert "Bound: holder = Ruritania, over = Elbonia" in lines
    assert lines.index("Rests on") < lines.index("side-for|dependence-is-deep|Ruritania|Elbonia")
    assert lines.index("Evidence") < lines.index("2026-01-12-elbonian-trade  c1  (paragraph 2)")


def test_explain_counts_a_copy_with_its_original(desk: Path) -> None:
    """The reprint is named, and is no voice of its own."""
    before = explained(desk, "judgements.1")
    (desk / "sources/reprint.yaml").write_text(REPRINT, encoding="utf-8")
    lines = explained(desk, "judgements.1")
    (said,) = {line for line in before if line.startswith("Voices: ")}
    (now,) = {line for line in lines if line.startswith("Voices: ")}
    assert now.startswith(said)
    assert any(line.startswith("reprint is one voice with 2026-01-12-elbonian-trade: copies") for line in lines)


def test_explain_sums_the_points_of_confidence(desk: Path) -> None:
    """Item by item, with the marks for moderate and high."""
    lines = explained(desk, "judgements.1")
    start = lines.index("Confidence moderate")
    total = next(n for n in range(start, len(lines)) if lines[n].startswith("= "))
    assert lines[total].endswith("(moderate from 2, high from 4)")
    items = [int(line.split()[0]) for line in lines[start + 1 : total]]
    assert items
    assert int(lines[total].split()[1]) == sum(items)


def test_explain_shows_the_values_of_a_condition(desk: Path) -> None:
    """Each name of a condition with the value it had."""
    lines = explained(desk, "one-buyer|2026-01-12-elbonian-trade#c1")
    assert "where c.certainty >= 0.6  [c.certainty = 0.8]" in lines


def test_explain_shows_what_came_near_to_an_unless(desk: Path) -> None:
    """A row that fits, with the condition it failed."""
    (desk / "sources/denial.yaml").write_text(
        REPRINT.replace("id: reprint", "id: denial")
        .replace("origin: 2026-01-12-elbonian-trade", "")
        .replace("dependence-is-deep, stance: for", "dependence-is-deep, stance: against"),
        encoding="utf-8",
    )
    lines = explained(desk, "judgements.1")
    near = lines.index("and there is no such finding (side-against): one fits, but not")
    assert lines[near + 1].startswith(
        "side-against|dependence-is-deep|Ruritania|Elbonia  [other.voices = 1, depth.voices ="
    )


def test_explain_of_an_unknown_id_gets_a_suggestion(desk: Path) -> None:
    """The nearest sentence or finding is named."""
    error = rules(desk, "explain", "example", "judgement.1").exception
    assert isinstance(error, BriefnoteError)
    assert str(error) == "explain: 'judgement.1' is no finding and no sentence. Did you mean 'judgements.1'?"
