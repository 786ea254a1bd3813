"""Drafts a summary by asking a model about each part of an article, and keeps what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from briefnote.model.article import Article
from briefnote.model.summary import Drafted, Source, Summary
from briefnote.model.vocabulary import Vocabulary
from briefnote.summarise.asking.answers import Answer, read_answer
from briefnote.summarise.asking.chunks import Chunk, chunks_of
from briefnote.summarise.asking.prompt import Messages, messages
from briefnote.summarise.asking.standing import standing

_HALVED = Answer()  # stands for an answer that could not be read, where its halves are asked for
_SENTENCE = re.compile(r".+?[.!?](?=\s|$)|.+")


@dataclass(frozen=True)
class Reply:
    """What came back to a question, with the tokens that it cost."""

    content: str
    tokens_in: int = 0
    tokens_out: int = 0


Ask = Callable[[Messages], Reply]


@dataclass(frozen=True)
class Question:
    """What is asked besides the article: the words to code with, for whom, about whom."""

    vocabulary: Vocabulary
    audiences: Mapping[str, str]
    actors: tuple[str, ...] = ()


def draft_by_asking(article: Article, source: Source, question: Question, ask: Ask) -> Summary | None:
    """Returns the draft, None where no answer could be read. `ask` raises what it likes where nobody answers.

    An answer that is cut off or broken is asked for again in halves.
    """
    said = [pair for chunk in chunks_of(article) for pair in _answers(article, chunk, question, ask)]
    answers = [answer for answer, _ in said if answer is not None and answer is not _HALVED]
    if not answers:
        return None
    whole = Summary(
        source,
        _joined(answers) or "The model gave no summary.",
        by="model",
        gaps=tuple(dict.fromkeys(gap for answer in answers for gap in answer.gaps)),
        claims=tuple(claim for answer in answers for claim in answer.claims),
        figures=tuple(figure for answer in answers for figure in answer.figures),
    )
    kept, lost = standing(_numbered(whole), article.text)
    replies = [reply for _, reply in said]
    record = Drafted(
        program="",
        dropped=lost + sum(answer.dropped for answer in answers) + sum(answer is None for answer, _ in said),
        tokens_in=sum(reply.tokens_in for reply in replies),
        tokens_out=sum(reply.tokens_out for reply in replies),
    )
    return replace(_numbered(kept), drafted=record, actors=_actors(kept))


def _answers(
    article: Article, chunk: Chunk, question: Question, ask: Ask, halvings: int = 2
) -> Iterator[tuple[Answer | None, Reply]]:
    part = chunk.text(article)
    reply = ask(messages(part, chunk.headings, question.vocabulary, question.audiences, question.actors))
    answer = read_answer(reply.content, question.vocabulary, question.audiences)
    halves = chunk.halves() if answer is None and halvings else ()
    yield (_HALVED if halves else answer), reply
    for half in halves:
        yield from _answers(article, half, question, ask, halvings - 1)


def _joined(answers: list[Answer]) -> str:
    """Of one answer its summary, of several the first sentence of each, three at most."""
    said = [answer.summary for answer in answers if answer.summary]
    if len(said) < 2:
        return "".join(said)
    return " ".join(_SENTENCE.match(summary)[0] for summary in said[:3])  # type: ignore[index]


def _numbered(summary: Summary) -> Summary:
    return replace(
        summary,
        claims=tuple(replace(claim, id=f"c{number}") for number, claim in enumerate(summary.claims, 1)),
        figures=tuple(replace(figure, id=f"f{number}") for number, figure in enumerate(summary.figures, 1)),
    )


def _actors(summary: Summary) -> tuple[str, ...]:
    named = [actor for claim in summary.claims for actor in (claim.holder, claim.over) if actor]
    return tuple(sorted(set(named), key=lambda actor: (-named.count(actor), actor)))
