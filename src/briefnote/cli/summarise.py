"""briefnote summarise"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefnote.cli.printing import fail
from briefnote.cli.progress import steps

if TYPE_CHECKING:
    from briefnote.drafting.batch import Task
    from briefnote.drafting.order import Method, Order
    from briefnote.drafting.summarising import Outcome
    from briefnote.errors import Problem
    from briefnote.model.summary import Drafted
    from briefnote.store.folder import Folder


@click.command()
@click.argument("names", metavar="[FILE|SOURCE]...", nargs=-1)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the summaries as JSON, drafted for no brief; write nothing."
)
@click.option("--all", "all_of_them", is_flag=True, help="All articles of the folder without an up-to-date summary.")
@click.option("--with", "method", type=click.Choice(["extractive", "model"]), default="extractive", help="Who drafts.")
@click.option("--explain", "explained", is_flag=True, help="Say for each sentence what made its labels; write nothing.")
@click.option("--brief", help="Draft for this brief: its pairs, actors and audiences. For all without it.")
@click.option("--processes", type=click.IntRange(1), help="How many work at once; one for each processor by default.")
@click.pass_obj
def summarise(
    folder: Path,
    names: tuple[str, ...],
    as_json: bool,
    all_of_them: bool,
    method: Method,
    explained: bool,
    brief: str | None,
    processes: int | None,
) -> None:
    """Draft the structured summaries of articles: claims and figures with the passages they stand in.

    FILE is any file that `briefnote add` reads, SOURCE an article of sources/ by its id. Summaries are written to
    sources/<id>.yaml; one that a person has edited is kept, and the draft goes beside it. What a brief.yaml asks
    about settles who holds what over whom where an article leaves it open, so write that first.

    \b
    Example:
      briefnote summarise 2025-05-08-asymmetry
      briefnote summarise article.pdf --json
      briefnote summarise --all
    """
    from briefnote.drafting.summarising import missing_summaries, order_of, task_of

    if not names and not all_of_them:
        raise click.UsageError("Name files or sources, or say --all.")
    opened = _folder(folder, needed=all_of_them or brief is not None or not (as_json or explained))
    is_for_briefs = brief is not None or not (as_json or explained)
    order, warnings = order_of(opened if is_for_briefs else None, brief, method)
    for warning in warnings:
        click.echo(str(warning), err=True)
    tasks = [task_of(name, opened) for name in names]
    if all_of_them and opened is not None:
        tasks += missing_summaries(opened, order)
    if explained:
        _explain(tasks, order)
    elif as_json or opened is None:
        _print(tasks, order, processes)
    else:
        _write(opened, tasks, order, processes)


def _folder(path: Path, *, needed: bool) -> Folder | None:
    """A file can be summarised anywhere."""
    from briefnote.store.folder import open_folder

    return open_folder(path) if needed or (path / "briefs").is_dir() else None


def _print(tasks: list[Task], order: Order, processes: int | None) -> None:
    from briefnote.drafting.batch import make_all
    from briefnote.drafting.printing import as_json
    from briefnote.drafting.verbatim import in_its_file

    with steps(len(tasks), "summarising") as step:
        made = list(make_all(tasks, order, processes, step))
    summaries = [summary for one in made if (summary := in_its_file(one)) is not None]
    if summaries:
        click.echo(as_json(summaries), nl=False)
    tell_cost([summary.drafted for summary in summaries])
    fail([problem for one in made for problem in one.problems])


def _explain(tasks: list[Task], order: Order) -> None:
    from briefnote.cli.printing import echo_wrapped
    from briefnote.drafting.explaining import explain_draft

    for task in tasks:
        for line in explain_draft(task, order):
            echo_wrapped(line)


def _write(folder: Folder, tasks: list[Task], order: Order, processes: int | None) -> None:
    from briefnote.drafting.summarising import summarise_into

    problems: list[Problem] = []
    with steps(len(tasks), "summarising") as step:
        outcomes = list(summarise_into(folder, tasks, order, processes, step))
    for outcome in outcomes:
        problems += outcome.problems
        _tell(outcome)
    tell_cost([outcome.drafted for outcome in outcomes])
    fail(problems)


def _tell(outcome: Outcome) -> None:
    if outcome.kept is None:
        return
    click.echo(str(outcome.kept.path))
    if outcome.kept.outcome == "unchanged":
        click.echo(f"{outcome.name}: up to date", err=True)
    if outcome.kept.outcome == "beside":
        click.echo(f"{outcome.name}: edited by a person and kept; the new draft is beside it", err=True)
        for line in outcome.kept.diff:
            click.echo(line, err=True)


def tell_cost(drafts: list[Drafted | None]) -> None:
    """Says what a model was asked and what that cost; nothing where none was."""
    from briefnote.drafting.endpoint import endpoint_from_environment

    asked = [draft for draft in drafts if draft is not None and draft.model]
    if not asked:
        return
    sent, back = sum(draft.tokens_in for draft in asked), sum(draft.tokens_out for draft in asked)
    cost = endpoint_from_environment().cost(sent, back)
    price = f", {cost:.4f} at the price given" if cost is not None else ""
    dropped = sum(draft.dropped for draft in asked)
    line = f"{asked[0].model}: {sent:,} tokens in, {back:,} out{price}; {dropped} entries did not stand in the article"
    click.echo(line, err=True)
