"""briefnote explain"""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("brief")
@click.argument("sentence", required=False)
@click.option("--period", metavar="PERIOD", help="The issue (2026-W47); the latest by default.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where it was built, if not briefs/.")
@click.pass_obj
def explain(folder: Path, brief: str, sentence: str | None, period: str | None, out: Path | None) -> None:
    """Say how a sentence of an issue is known: its rule, what the rule bound, the sources and the passages.

    Without a sentence, list the sentences of the issue with their ids.

    \b
    Example:
      briefnote explain example
      briefnote explain example judgements.2
    """
    from briefnote.cli.printing import echo_wrapped
    from briefnote.explanation import explain_sentence, list_sentences, read_issue
    from briefnote.store.folder import open_folder

    opened = open_folder(folder)
    edition = read_issue(opened, brief, period, out)
    lines = explain_sentence(opened, edition, sentence) if sentence else list_sentences(edition)
    for line in lines:
        echo_wrapped(line)
