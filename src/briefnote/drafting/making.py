"""Drafts the summary of one article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from briefnote.drafting.about import source_of
from briefnote.drafting.asked import asked_about
from briefnote.drafting.order import Order
from briefnote.errors import BriefnoteError, Problem
from briefnote.model.article import Article, Block, Metadata
from briefnote.model.summary import Claim, Drafted, Figure, Source, Summary
from briefnote.store.issue import digest

Entry = TypeVar("Entry", bound=Claim | Figure)


def draft(article: Article, identity: str, order: Order) -> Summary:
    """Returns the drafted summary of an article. Raises BriefnoteError where a model is asked and cannot answer."""
    source = source_of(article, identity, digest(article.text.encode()))
    if order.method == "model":
        from briefnote.drafting.modelled import draft_with_model

        summary = draft_with_model(article, source, order)
    else:
        summary = _extracted(article, source, order)
    return _with_paragraphs(asked_about(summary, order.pairs), article.text)


def program_of(order: Order) -> str:
    """Returns what drafts by this order, with its version: a draft of another is not up to date."""
    if order.method == "model":
        from briefnote.drafting.modelled import program

        return program()
    from briefnote.summarise import VERSION

    return f"extractive {VERSION}"


def _extracted(article: Article, source: Source, order: Order) -> Summary:
    from briefnote.summarise.extraction import extract

    summary = extract(article, source, order.actors, order.audiences)
    return replace(summary, by="machine", reviewed=False, drafted=Drafted(program_of(order)))


def read_file(path: Path) -> Article:
    """Returns the article of any file that the readers read. Raises BriefnoteError with reason and remedy."""
    from briefnote.ingest.reading import read

    try:
        data = path.read_bytes()
    except OSError as error:
        raise BriefnoteError([Problem(str(path), message=f"cannot be read: {error.strerror}")]) from None
    return read(data, str(path))


def with_structure(article: Article) -> Article:
    """Returns the article with blocks: those that were read, else those seen in its text, else one for each line.

    A text that a person put there, or edited, has no blocks of its own; offsets must still count in it as it is.
    """
    if article.blocks:
        return article
    from briefnote.ingest.reading import read

    try:
        seen = read(article.text.encode(), "text.txt", media_type="text/plain")
    except BriefnoteError:
        seen = article
    blocks = seen.blocks if seen.text == article.text else tuple(_lines(article.text))
    return replace(article, blocks=blocks, metadata=_known(article.metadata, seen.metadata))


def _known(said: Metadata, seen: Metadata) -> Metadata:
    return said if said != Metadata() else seen


def _lines(text: str) -> Iterator[Block]:
    for match in re.finditer(r"\S[^\n]*(?<=\S)", text):
        yield Block("paragraph", match.start(), match.end())


def _with_paragraphs(summary: Summary, text: str) -> Summary:
    starts = _paragraphs(text)
    claims = tuple(_in_paragraph(claim, starts) for claim in summary.claims)
    return replace(summary, claims=claims, figures=tuple(_in_paragraph(figure, starts) for figure in summary.figures))


def placed(entry: Claim | Figure, text: str) -> Claim | Figure:
    """Returns the entry with the number of the paragraph in which its passage begins."""
    return _in_paragraph(entry, _paragraphs(text))


def _paragraphs(text: str) -> list[int]:
    """Notes of a brief print paragraphs: lines of the text that are not empty, counted from 1."""
    starts, at = [], 0
    for line in text.splitlines(keepends=True):
        starts += [at] if line.strip() else []
        at += len(line)
    return starts


def _in_paragraph(entry: Entry, starts: Sequence[int]) -> Entry:
    locator = entry.locator
    if locator is None or locator.start is None:
        return entry
    return replace(entry, locator=replace(locator, paragraph=max(1, bisect_right(starts, locator.start))))
