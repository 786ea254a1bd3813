"""briefnote schema"""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("kind", required=False, type=click.Choice(("summary", "brief", "rules", "feeds", "theme", "edition")))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write all schemas into this folder.")
def schema(kind: str | None, out: Path | None) -> None:
    """Print the JSON Schema of a file format, or write all of them, for editors that check while you type.

    \b
    Example:
      briefnote schema summary
      briefnote schema --out schemas
    """
    from briefnote.schemas import schema_text, write_schemas

    if kind is None and out is None:
        raise click.UsageError("say which schema to print, or give --out to write all of them")
    if kind is not None:
        click.echo(schema_text(kind), nl=False)
    if out is not None:
        for path in write_schemas(out):
            click.echo(str(path))
