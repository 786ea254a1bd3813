"""Where an article names an actor."""

from __future__ import annotations

from briefnote.model.value import Value


class Mention(Value):
    """One place where an actor is named: `form == article.text[start:end]`, without an "’s" after it."""

    actor: str
    start: int
    end: int
    form: str
