"""docs/delivery.md keeps to the code: its example is valid, and all that a person can write or meet stands in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from briefnote.config.brief import read_brief_config
from briefnote.config.recipients import DeliveryConfig, MailLanguage, RecipientGroup
from briefnote.config.settings import KNOWN
from briefnote.deliver.phrases import PHRASES
from briefnote.model.record import written_fields
from briefnote.store.ledger import State

TEXT = (Path(__file__).parents[2] / "docs/delivery.md").read_text(encoding="utf-8")
SPANS = set(re.findall(r"`([^`\n]+)`", TEXT))


def test_its_example_is_valid() -> None:
    """Added to a brief.yaml, it has nothing wrong with it, not even a warning."""
    (example,) = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    config, problems = read_brief_config(f"title: x\nabout: [{{holder: A, over: B}}]\n{example}".encode(), "brief.yaml")
    assert problems == []
    assert config is not None
    assert [group.group for group in config.recipients] == ["analysts", "try-out", "archive", "channel"]


def test_every_field_and_setting_is_described() -> None:
    """Of recipients, of delivery, of the mail server."""
    assert set(written_fields(RecipientGroup)) - SPANS == set()
    assert set(written_fields(DeliveryConfig)) - SPANS == set()
    assert set(KNOWN) - SPANS == set()


def test_every_state_and_language_is_described() -> None:
    """The states of the ledger, and the languages there are words for."""
    assert set(get_args(State)) <= set(re.findall(r"^\| (\w+) \|", TEXT, re.MULTILINE))
    assert set(get_args(MailLanguage)) == set(PHRASES)
    assert set(PHRASES) - SPANS == set()
