"""A drafted summary as JSON: every field of it, whatever it is, for other programs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from briefnote.model.record import written_fields
from briefnote.model.summary import Summary


def as_json(summaries: Sequence[Summary]) -> str:
    """Returns one summary as an object, several as a list."""
    plain = [_plain(summary) for summary in summaries]
    return json.dumps(plain[0] if len(plain) == 1 else plain, ensure_ascii=False, indent=1) + "\n"


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {name: _plain(getattr(value, name)) for name in written_fields(type(value))}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value
