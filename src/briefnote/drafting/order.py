"""What is asked of a draft: how it is made, about whom, for whom."""

from __future__ import annotations

from collections.abc import Mapping
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


def order_for(config: BriefConfig, method: Method = "extractive") -> Order:
    """Returns the order of a brief: its actors and its audiences."""
    pairs = tuple((pair.holder, pair.over) for pair in config.about)
    actors = dict.fromkeys([*(actor for pair in pairs for actor in pair), *config.actors])
    audiences = {name: audience.actor for name, audience in config.audiences.items()}
    return Order(method, tuple(actors), audiences or dict(AUDIENCES), pairs)
