"""briefnote init"""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
def init(directory: Path) -> None:
    """Start a folder that builds at once: two example sources, a brief, templates and schemas.

    A file that is already there is kept as it is.

    \b
    Example:
      briefnote init my-briefs
    """
    from briefnote.starter import start_folder

    for path in start_folder(directory):
        click.echo(str(path))
    click.echo(f"Next: briefnote -C {directory} build", err=True)
