"""The relations a rule may match, with the type of each field. This is the whole world of the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from briefnote.rules import plan

# "words": the text of a finding, with its citations; only a wording can say it
Type = Literal["text", "number", "truth", "words"]


@dataclass(frozen=True)
class Field:
    """A field's type; `term` names the vocabulary its values come from; `many`: a row has several of it.

    An actor is printed by its display name, a year without a thousands separator.
    """

    type: Type
    term: str | None = None
    is_actor: bool = False
    many: bool = False
    is_year: bool = False


_TEXT, _NUMBER, _TRUTH, _ACTOR = Field("text"), Field("number"), Field("truth"), Field("text", is_actor=True)

RELATIONS: Mapping[str, Mapping[str, Field]] = {
    "source": {
        "id": _TEXT,
        "name": _TEXT,
        "kind": _TEXT,
        "published": _TEXT,
        "reliability": _TEXT,
        "marking": _TEXT,
        "voice": _TEXT,
        "reviewed": _TRUTH,
        "draft": _TRUTH,
    },
    "claim": {
        "id": _TEXT,
        "source": _TEXT,
        "voice": _TEXT,
        "kind": Field("text", term="kind"),
        "text": _TEXT,
        "handle": _TEXT,
        "holder": _ACTOR,
        "over": _ACTOR,
        "audience": Field("text", term="audience", many=True),
        "theme": Field("text", term="theme"),
        "mechanism": Field("text", term="mechanism"),
        "proposition": Field("text", term="proposition"),
        "stance": Field("text", term="stance"),
        "polarity": Field("text", term="polarity"),
        "certainty": _NUMBER,
        "certainty_words": _TEXT,
        "roles": _TEXT,
        "weight": _NUMBER,
        "attributed_to": _TEXT,
        "horizon": _TEXT,
        "window": _TEXT,
        "sense": _TEXT,
    },
    "figure": {
        "id": _TEXT,
        "source": _TEXT,
        "voice": _TEXT,
        "claim": _TEXT,
        "metric": Field("text", term="metric"),
        "subject": _ACTOR,
        "counterpart": _ACTOR,
        "item": _TEXT,
        "value": _NUMBER,
        "low": _NUMBER,
        "high": _NUMBER,
        "unit": _TEXT,
        "period": _TEXT,
        "year": Field("number", is_year=True),
        "approximate": _TRUTH,
        "attributed_to": _TEXT,
        "weight": _NUMBER,
    },
    "pair": {"id": _TEXT, "holder": _ACTOR, "over": _ACTOR, "rank": _NUMBER},
    "audience": {"id": Field("text", term="audience"), "actor": _ACTOR, "rank": _NUMBER},
}

# What the first entry of a pattern compares: `{claim: leverage, …}` means kind = leverage; `any` compares nothing.
TAGS: Mapping[str, str] = {
    "source": "reliability",
    "claim": "kind",
    "figure": "metric",
    "pair": "id",
    "audience": "id",
}
# `$name|null` matches an empty cell too; a plain `$name` never does.
OR_NULL = "|null"
EVIDENCE_RELATIONS = plan.EVIDENCE_RELATIONS

# Words that are the language's own and in no pack.
FIXED_TERMS: Mapping[str, frozenset[str]] = {
    "kind": frozenset({"leverage", "limit", "implication", "context", "indicator"}),
    "stance": frozenset({"for", "against"}),
    "polarity": frozenset({"asserted", "denied", "reported", "rejected"}),
}
