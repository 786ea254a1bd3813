"""briefnote template"""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def template() -> None:
    """Start a house file for Word, and check templates, theme and house file before a brief is due.

    \b
    Example:
      briefnote template new
      briefnote template check
    """


@template.command("new")
@click.argument("directory", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def new_template(folder: Path, directory: Path | None) -> None:
    """Write a Word file to start from, house.docx, with a template and a theme, into templates/ or another folder.

    A file that is already there is kept as it is.

    \b
    Example:
      briefnote template new
      briefnote template new our-templates
    """
    from briefnote.starter import start_templates

    written = start_templates(directory or folder / "templates")
    for path in written:
        click.echo(str(path))
    click.echo("Next: change it in Word, then briefnote template check" if written else "All is there.", err=True)


@template.command("check")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write the specimen into this folder.")
@click.pass_obj
def check_template(folder: Path, out: Path | None) -> None:
    """Set a specimen of everything that may occur in your template, theme and house file, and say what is wrong.

    Prints every problem, one a line: unknown names, missing styles, characters that no font has, colours that are too
    pale to read. Exit code 1 if there is any.

    \b
    Example:
      briefnote template check
      briefnote template check --out specimen
    """
    from briefnote.store.folder import open_folder
    from briefnote.workbench.template import check_template as check
    from briefnote.workbench.template import write_specimen

    checked = check(open_folder(folder))
    for path in write_specimen(checked, out) if out is not None else ():
        click.echo(str(path), err=True)
    for problem in checked.problems:
        click.echo(str(problem))
    if checked.problems:
        click.echo(f"{len(checked.problems)} to mend", err=True)
        raise SystemExit(1)
    click.echo("Nothing to mend.", err=True)
