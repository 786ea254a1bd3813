"""What is asked of a draft: how it is made, about whom, for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from briefnote.config.brief import BriefConfig

Method = Literal["extractive", "model"]
# For whom implications are drawn where no brief says otherwise.
AUDIENCES: Mapping[str, str] = MappingProxyType({"us": "US", "europe": "Europe"})


@dataclass(frozen=True)
class Order:
    """How drafts are made. `actors` are looked for besides those that the text names; `audiences`: id → actor.

    `pairs` (holder, over) are those asked about: they settle who holds what where an article leaves it open.
    """

    method: Method = "extractive"
    actors: tuple[str, ...] = ()
    audiences: Mapping[str, str] = field(default_factory=lambda: dict(AUDIENCES))
    pairs: tuple[tuple[str, str], ...] = ()


def order_for(configs: Sequence[BriefConfig], method: Method = "extractive") -> Order:
    """Returns the order of one brief, or of several: a source has one summary for all of them.

    The first of two briefs that give an audience different actors has it.
    """
    pairs = tuple(dict.fromkeys((pair.holder, pair.over) for config in configs for pair in config.about))
    named = [actor for config in configs for actor in config.actors]
    actors = dict.fromkeys([*(actor for pair in pairs for actor in pair), *named])
    audiences = {name: audience.actor for config in reversed(configs) for name, audience in config.audiences.items()}
    return Order(method, tuple(actors), audiences or dict(AUDIENCES), pairs)
