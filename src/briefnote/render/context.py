"""The Brief as the plain values a template sees, and as the JSON edition."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from briefnote.model.brief import Brief, Confidence
from briefnote.model.value import Value

_SCALARS = frozenset({str, int, float, bool})


def as_plain(value: Any) -> Any:
    """Returns dicts, lists and scalars; a confidence has its statement with it."""
    if value is None or type(value) in _SCALARS:  # nine of ten values
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: as_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {**fields, "statement": value.statement} if isinstance(value, Confidence) else fields
    if isinstance(value, Value):
        return dict(zip(value.field_names(), map(as_plain, value.contents()), strict=True))
    if isinstance(value, Mapping):
        return {str(key): as_plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [as_plain(entry) for entry in value]
    return value


def template_context(brief: Brief) -> Mapping[str, Any]:
    """Returns what a template may name: `brief`, with its dates in words."""
    plain = as_plain(brief)
    plain["date_in_words"] = day_in_words(brief.date)
    for source in plain["sources"]:
        source["published_in_words"] = day_in_words(source["published"]) if source["published"] else None
    return {"brief": plain}


def day_in_words(iso: str) -> str:
    """Returns "21 November 2026"; months in English, whatever the machine's locale."""
    day = date.fromisoformat(iso)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def json_edition(brief: Brief) -> bytes:
    """Returns the Brief, whole, as JSON; keys in the order of the model, one trailing newline."""
    return (json.dumps(as_plain(brief), ensure_ascii=False, indent=1) + "\n").encode()
