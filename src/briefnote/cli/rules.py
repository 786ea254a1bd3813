"""briefnote rules"""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def rules() -> None:
    """See what the rules of a brief are, what they ask, and why one found nothing.

    \b
    Example:
      briefnote rules list example
      briefnote rules why-not example coerces holder=Ruritania
    """


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

    for rule in read_inputs(open_folder(folder), brief).book.rules:
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
        click.echo(f"{step.left:>7}  {step.text}{mark}")
        before = step.left
