"""briefnote review"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from briefnote.cli.reviewscreen import Screen
    from briefnote.workbench.reviewing import Entry, Review


@click.command()
@click.argument("source")
@click.option("--by", metavar="NAME", help="Who reviews; written into the summary when all of it was seen.")
@click.option("--again", is_flag=True, help="Go through all of it, also what was seen before.")
@click.pass_obj
def review(folder: Path, source: str, by: str | None, again: bool) -> None:
    """Read the draft of a source beside its article: accept, correct, drop or add claims and figures.

    Each decision is saved at once, so that you can leave at any time and go on later. When all was seen, the summary
    is marked as reviewed. `correct` and `new` open $EDITOR, or ask field by field where none is set.

    \b
    Example:
      briefnote review 2025-05-08-asymmetry --by "C. Reader"
    """
    from briefnote.cli.reviewscreen import Screen
    from briefnote.store.folder import open_folder
    from briefnote.workbench.reviewing import open_review

    opened = open_review(open_folder(folder), source)
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise click.UsageError("A review needs a terminal; without one, edit the file and set reviewed: true.")
    screen = Screen()
    waiting = [entry.id for entry in (opened.entries if again else opened.pending)]
    if not waiting and opened.summary.reviewed:
        screen.say("Reviewed already; --again goes through all of it.")
        return
    ended = _go_through(opened, waiting, screen)
    if ended is not None:
        _close(ended, screen, by)


def _go_through(review: Review, waiting: list[str], screen: Screen) -> Review | None:
    """Returns the review when all was seen, None where the reviewer left or skipped something."""
    skipped = False
    for number, identity in enumerate(waiting, 1):
        entry = next((entry for entry in review.entries if entry.id == identity), None)
        while entry is not None:
            screen.show(review, entry, number, len(waiting))
            key = screen.key("adcnsq")
            if key == "q":
                screen.say(f"Saved. {len(waiting) - number + 1} left; `briefnote review` goes on from here.")
                return None
            review, is_done = _decided(review, entry, key, screen)
            skipped = skipped or key == "s"
            entry = None if is_done else entry
    if skipped:
        screen.say("Saved. What was skipped is shown next time; the summary is not marked as reviewed yet.")
    return None if skipped else review


def _decided(review: Review, entry: Entry, key: str, screen: Screen) -> tuple[Review, bool]:
    """Returns the review after a key, and whether this entry is dealt with."""
    from briefnote.workbench import reviewing

    if key == "a":
        return reviewing.accept(review, entry), True
    if key == "d":
        return reviewing.drop(review, entry), True
    if key == "c":
        corrected = screen.edited(review, entry)
        return (review, False) if corrected is None else (reviewing.correct(review, entry, corrected), True)
    if key == "n":
        added = screen.edited(review, reviewing.new_claim(review))
        return (review if added is None else reviewing.add(review, added)), False  # type: ignore[arg-type]
    return review, True


def _close(review: Review, screen: Screen, by: str | None) -> None:
    from briefnote.drafting.about import NOT_JUDGED
    from briefnote.workbench.reviewing import finish, judge_source

    if review.summary.source.reliability_reason == NOT_JUDGED:
        judged = screen.judged(review.summary)
        review = judge_source(review, *judged) if judged else review
    review = finish(review, by)
    claims, figures = len(review.summary.claims), len(review.summary.figures)
    screen.say(f"Reviewed: {claims} claims and {figures} figures in {review.folder.name_of(review.path)}")
