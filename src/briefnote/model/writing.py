"""A record as the plain values of its file: fields in their order, those that say nothing left out."""

from __future__ import annotations

import dataclasses
from typing import Any

from briefnote.model.record import written_fields
from briefnote.model.summary import Figure, Source, Summary

# Where the order in a file is another than that of the record, which has what must be given first.
_ORDER: dict[type, tuple[str, ...]] = {
    Source: ("id", "title", "short", "authors", "publisher", "published", "url", "accessed", "language"),
    Figure: ("id", "claim", "metric", "subject", "counterpart", "item", "value", "low", "high", "unit", "period"),
}
# What a person looks for first is written even where it is not known.
_ALWAYS = {Source: {"authors", "publisher", "published", "url"}, Summary: {"reviewed", "by", "claims"}}


def as_written(record: Any) -> dict[str, Any]:
    """Returns the record as maps, lists and scalars. Fields that have their default are left out."""
    always, fields = _ALWAYS.get(type(record), set()), written_fields(type(record))
    values = {name: getattr(record, name) for name in (*_ORDER.get(type(record), ()), *fields)}
    return {
        name: _plain(value) for name, value in values.items() if name in always or not _is_default(value, fields[name])
    }


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return as_written(value)
    return [_plain(entry) for entry in value] if isinstance(value, tuple) else value


def _is_default(value: Any, field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING and value == field.default
