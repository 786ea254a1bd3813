"""The draft of a model: asked at its endpoint, its replies kept for this user, its record saying what wrote it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace

from briefnote.cache import keep, read_cached
from briefnote.drafting.endpoint import Asking, Endpoint, endpoint_from_environment
from briefnote.drafting.order import Order
from briefnote.errors import BriefnoteError, Problem
from briefnote.model.article import Article
from briefnote.model.summary import Source, Summary
from briefnote.model.vocabulary import Vocabulary, merge
from briefnote.rules.language import read_rules
from briefnote.store.folder import pack_files
from briefnote.summarise.asking.answers import is_object
from briefnote.summarise.asking.modelled import Ask, Question, Reply, draft_by_asking
from briefnote.summarise.asking.prompt import PROMPT_VERSION, Messages, answer_schema

PACK = "leverage"


def program() -> str:
    """Returns what a model's draft says wrote it. Raises BriefnoteError where the environment names no model."""
    return f"prompt {PROMPT_VERSION} to {endpoint_from_environment().model}"


def draft_with_model(article: Article, source: Source, order: Order) -> Summary:
    """Returns the model's draft. Raises BriefnoteError where there is no server, or none of its answers can be read."""
    endpoint = endpoint_from_environment()
    vocabulary = vocabulary_of(PACK)
    ask = Remembered(endpoint, Asking(endpoint, answer_schema(vocabulary, order.audiences)))
    summary = draft_by_asking(article, source, Question(vocabulary, order.audiences, order.actors), ask)
    if summary is None or summary.drafted is None:
        message = f"{endpoint.model} gave no answer that can be read; try another model, or draft without one"
        raise BriefnoteError([Problem(endpoint.place, message=message)])
    record = replace(summary.drafted, program=program(), model=endpoint.model, prompt=PROMPT_VERSION)
    return replace(summary, drafted=record)


def vocabulary_of(pack: str) -> Vocabulary:
    """Returns the words of a pack that comes with briefnote."""
    read = [read_rules(file.data, file.name)[0] for file in pack_files(pack)]
    return merge([rules.vocabulary for rules in read if rules is not None])[0]


@dataclass(frozen=True)
class Remembered:
    """Asks only what was not asked before: replies are kept by server, model, prompt and text."""

    endpoint: Endpoint
    ask: Ask = field(repr=False)

    def __call__(self, messages: Messages) -> Reply:
        """Returns the reply, kept or new, with the tokens that it cost when it was new."""
        key = json.dumps([self.endpoint.place, self.endpoint.model, PROMPT_VERSION, [dict(one) for one in messages]])
        name = f"reply-{hashlib.sha256(key.encode()).hexdigest()}.json"
        if (kept := read_cached(name)) is not None and (known := _known(kept)) is not None:
            return known
        reply = self.ask(messages)
        if is_object(reply.content):  # what cannot be read is asked for again another time
            keep(name, json.dumps([reply.content, reply.tokens_in, reply.tokens_out]).encode())
        return reply


def _known(kept: bytes) -> Reply | None:
    try:
        content, tokens_in, tokens_out = json.loads(kept)
        return Reply(str(content), int(tokens_in), int(tokens_out))
    except (ValueError, TypeError):
        return None
