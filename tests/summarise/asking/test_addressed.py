"""Sentences that speak to machines: each pattern has a sentence that it must match and one that it must not."""

from __future__ import annotations

from typing import Any

import pytest

from briefnote.summarise.asking.addressed import speaks_to_machines
from briefnote.summarise.data import read_data

PATTERNS: list[dict[str, Any]] = read_data("addressed.yaml")["patterns"]


@pytest.mark.parametrize("entry", PATTERNS, ids=range(len(PATTERNS)))
def test_pattern(entry: dict[str, Any]) -> None:
    """An order to whoever codes the text is known; what merely sounds alike is not one."""
    assert speaks_to_machines(entry["matches"])
    assert not speaks_to_machines(entry["but_not"])
