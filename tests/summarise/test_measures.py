"""Measures: each entry of data/measures.yaml reads the sentence beside it, and not the other."""

from __future__ import annotations

from typing import Any

import pytest

from briefnote.store.folder import packaged
from briefnote.summarise.data import read_data
from support import figures_of, plain_yaml

ENTRIES = read_data("measures.yaml")["measures"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["metric"]))
def test_a_measure_reads_its_sentence_and_not_the_other(entry: dict[str, Any]) -> None:
    """What an entry promises with `match` and `not` holds."""
    assert [figure.metric for figure in figures_of(entry["match"])] == [entry["metric"]]
    assert entry["metric"] not in [figure.metric for figure in figures_of(entry["not"])]


def test_every_measure_is_a_metric_of_the_leverage_pack() -> None:
    """A draft never holds a metric that the vocabulary does not know."""
    vocabulary = plain_yaml(packaged("packs", "leverage", "vocabulary.yaml").decode())
    assert {entry["metric"] for entry in ENTRIES} - set(vocabulary["vocabulary"]["metrics"]) == set()
