"""Where an article names an actor."""

from __future__ import annotations

from briefnote.model.value import Value


class Mention(Value):
    """One place where an actor is named: `form == article.text[start:end]`, without an "’s" after it.

    `kind` says by what: its "name", its "people" (or adjective), a "seat" of its government, its "leader" or a "firm".
    """

    actor: str
    start: int
    end: int
    form: str
    kind: str = "name"
