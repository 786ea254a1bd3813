"""briefnote rules"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from briefnote.cli.printing import counted, echo_wrapped


@click.group()
def rules() -> None:
    """Check and test rules; see what they are, what they ask, and why one found what it found, or nothing.

    \b
    Example:
      briefnote rules check
      briefnote rules test example
      briefnote rules explain example judgements.1
      briefnote rules why-not example coerces holder=Ruritania
    """


@rules.command("check")
@click.argument("file", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--strict", is_flag=True, help="Count warnings as well; exit code 2 where there is nothing worse.")
@click.pass_obj
def check_rules(folder: Path, file: tuple[Path, ...], strict: bool) -> None:
    """Check rules and their examples: those of all packs and briefs, or single files.

    Prints every problem, one a line, with file and line. Exit code 1 if there is any.

    \b
    Example:
      briefnote rules check
      briefnote rules check briefs/example/rules.yaml
    """
    from briefnote.store.folder import open_folder
    from briefnote.workbench.checking import check_rules as check

    problems = check(open_folder(folder), file)
    for problem in problems:
        click.echo(str(problem))
    wrong = [problem for problem in problems if not problem.is_warning]
    warnings = len(problems) - len(wrong)
    if wrong or (strict and problems):
        click.echo(f"{len(problems) if strict else len(wrong)} to mend", err=True)
        raise SystemExit(1 if wrong else 2)
    click.echo(counted(warnings, "warning") if warnings else "Nothing to mend.", err=True)


@rules.command("test")
@click.argument("brief", required=False)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def test_rules(folder: Path, brief: str | None, file: Path | None) -> None:
    """Run the examples of rules: a few literal rows, and what a rule must find in them, or must not.

    Those of the packs and of all briefs; of one brief and its packs; or of one file (also without a brief).
    Prints a line for each example that fails, with what was found and expected. Exit code 1 if there is any.

    \b
    Example:
      briefnote rules test
      briefnote rules test example
      briefnote rules test example briefs/example/examples.yaml
    """
    from briefnote.store.folder import open_folder
    from briefnote.workbench.testing import try_rules

    opened = open_folder(folder)
    is_file = brief is not None and file is None and brief not in opened.brief_names() and Path(brief).is_file()
    trial = try_rules(opened, file=Path(str(brief))) if is_file else try_rules(opened, brief, file)
    for outcome in trial.failed:
        click.echo(str(outcome))
    for warning in trial.warnings:
        click.echo(str(warning), err=True)
    click.echo(trial.summary, err=True)
    raise SystemExit(1 if trial.failed else 0)


@rules.command("explain")
@click.argument("brief")
@click.argument("finding")
@click.option("--period", metavar="PERIOD", help="The period that is judged (2026-W47); the present one by default.")
@click.pass_obj
def explain(folder: Path, brief: str, finding: str, period: str | None) -> None:
    """Tell the whole chain of a finding, or of a sentence, from the sources as they are now.

    Each condition with the values it had, the independent voices and their copies, the points of confidence item by
    item, and the findings of earlier rules it rests on. (`briefnote explain` tells what was printed in an issue.)

    \b
    Example:
      briefnote rules explain example judgements.1
      briefnote rules explain example "side-for|dependence-is-deep|Ruritania|Elbonia"
    """
    from briefnote.store.folder import open_folder
    from briefnote.workbench.explaining import explain_finding

    for line in explain_finding(open_folder(folder), brief, finding, period):
        echo_wrapped(line)


@rules.command("list")
@click.argument("brief")
@click.pass_obj
def list_rules(folder: Path, brief: str) -> None:
    """List the rules of a brief in the order in which they run: id, section, file and line, what it is about.

    \b
    Example:
      briefnote rules list example
    """
    from briefnote.inputs import read_inputs
    from briefnote.store.folder import open_folder

    rules_of = read_inputs(open_folder(folder), brief).book.rules
    if sys.stdout.isatty():
        for rule in rules_of:
            click.echo(f"{rule.id}  ({rule.text.section}, {rule.text.file}:{rule.text.line})")
            echo_wrapped(f"    {rule.text.about or ''}".rstrip())
        return
    for rule in rules_of:
        place = f"{rule.text.file}:{rule.text.line}"
        click.echo(f"{rule.id:<28} {rule.text.section:<14} {place:<40} {rule.text.about or ''}".rstrip())


@rules.command("sql")
@click.argument("brief")
@click.argument("rule")
@click.pass_obj
def show_sql(folder: Path, brief: str, rule: str) -> None:
    """Print the SQL of a rule and the values bound to its placeholders.

    \b
    Example:
      briefnote rules sql example lopsided-trade
    """
    from briefnote.inputs import read_inputs
    from briefnote.rules.compilation import compile_rule
    from briefnote.rules.whynot import find_rule
    from briefnote.store.folder import open_folder

    book = read_inputs(open_folder(folder), brief).book
    compiled = compile_rule(find_rule(book, rule), book.params)
    click.echo(f"{compiled.create};\n{compiled.findings};\n{compiled.evidence};")
    for name, value in compiled.parameters.items():
        click.echo(f"-- :{name} = {value!r}")


@rules.command("why-not")
@click.argument("brief")
@click.argument("rule")
@click.argument("given", nargs=-1, metavar="[NAME=VALUE…]")
@click.pass_obj
def why_not(folder: Path, brief: str, rule: str, given: tuple[str, ...]) -> None:
    """Show how many rows survive each step of a rule, with some of its variables fixed.

    \b
    Example:
      briefnote rules why-not example coerces holder=Ruritania over=Elbonia
    """
    from briefnote.pipeline import why_not as steps_of
    from briefnote.store.folder import open_folder

    pairs = [value.partition("=") for value in given]
    if any(not separator for _, separator, _ in pairs):
        raise click.UsageError("give variables as NAME=VALUE, for instance holder=Ruritania")
    steps = steps_of(open_folder(folder), brief, rule, {name: value for name, _, value in pairs})
    before = None
    for step in steps:
        mark = "  <- nothing is left here" if step.left == 0 and before != 0 else ""
        echo_wrapped(f"{step.left:>7}  {step.text}{mark}")
        before = step.left
