"""Sentences that speak to a machine instead of a reader: they are in the article, but they are no claims about it."""

from __future__ import annotations

import re
from functools import cache

from briefnote.summarise.data import read_data


def speaks_to_machines(text: str) -> bool:
    """Says whether a passage tells whoever codes it what to do."""
    return _pattern().search(text) is not None


@cache
def _pattern() -> re.Pattern[str]:
    patterns = [entry["pattern"] for entry in read_data("addressed.yaml")["patterns"]]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
