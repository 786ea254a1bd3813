"""Whether the summaries of a folder stand in the articles beside them: quotes, offsets, numbers."""

from __future__ import annotations

from briefnote.errors import BriefnoteError, Problem
from briefnote.model.record import Reader
from briefnote.model.summary import Summary
from briefnote.store.articles import has_article, text_read
from briefnote.store.folder import SUFFIX, Folder, InputFile
from briefnote.summarise.grounding import ungrounded
from briefnote.yamltree import read_yaml


def ungrounded_summaries(folder: Folder) -> list[Problem]:
    """Returns what of the summaries does not stand in their articles. A summary without an article is not compared.

    A summary that cannot be read is not compared either: reading it says why.
    """
    problems: list[Problem] = []
    for file in folder.summary_files:
        source = file.name.removeprefix("sources/").removesuffix(SUFFIX)
        summary = summary_in(file) if has_article(folder, source) else None
        if summary is not None:
            problems += _against_article(folder, source, summary, file)
    return problems


def summary_in(file: InputFile) -> Summary | None:
    """Returns the summary of a file, whatever its words; None where it cannot be read."""
    node, _ = read_yaml(file.data, file.name)
    return Reader(file.name).read(node, Summary) if node is not None else None


def _against_article(folder: Folder, source: str, summary: Summary, file: InputFile) -> tuple[Problem, ...]:
    try:
        return ungrounded(summary, text_read(folder, source, summary.source.sha256), file.name)
    except BriefnoteError as error:
        return error.problems
