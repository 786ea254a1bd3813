"""How good the drafts are, on articles that nothing was trained or tuned on. Floors only rise."""

from __future__ import annotations

import pytest
import yaml
from summary_score import HERE, measure

FLOORS = yaml.safe_load((HERE / "floors.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_held_out_articles_reach_the_floor(name: str) -> None:
    """Each measure over the held-out articles is at least its floor."""
    assert measure("held-out").scores()[name] >= FLOORS[name]


def test_no_claim_stands_outside_its_article() -> None:
    """Every quote of every draft is the passage that its offsets name."""
    assert measure("held-out").ungrounded == 0


def test_no_pair_stands_in_both_parts() -> None:
    """What is measured on is about other pairs of actors than what is trained on."""
    pairs = {
        part: {frozenset(pair) for pair in yaml.safe_load((HERE / part / "pairs.yaml").read_text("utf-8")).values()}
        for part in ("development", "held-out")
    }
    assert pairs["development"] & pairs["held-out"] == set()
