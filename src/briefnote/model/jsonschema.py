"""JSON Schema (draft 2020-12) of the files a person writes, made from the same dataclasses that read them."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin

from briefnote.model.record import hints, written_fields
from briefnote.yamltree import Node

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCALAR: Mapping[Any, dict[str, Any]] = {
    # YAML's 2024 is a number; where text is wanted, the text it was written as is taken.
    str: {"type": ["string", "number", "boolean"]},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
}


def json_schema(record: type, title: str, terms: Mapping[str, frozenset[str]] | None = None) -> dict[str, Any]:
    """Returns the schema of a record. `terms` turns vocabulary fields into enumerations."""
    definitions: dict[str, Any] = {}
    root = _record(record, definitions, terms or {})
    return {"$schema": _DIALECT, "title": title, **root, "$defs": dict(sorted(definitions.items()))}


def _record(record: type, definitions: dict[str, Any], terms: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    fields = written_fields(record)
    required = [
        name
        for name, field in fields.items()
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]
    properties = {name: _field(hints(record)[name], field, definitions, terms) for name, field in fields.items()}
    schema: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    if record.__doc__:
        schema["description"] = record.__doc__.split("\n")[0]
    return {**schema, "required": required} if required else schema


def _field(
    hint: Any, field: dataclasses.Field[Any], definitions: dict[str, Any], terms: Mapping[str, frozenset[str]]
) -> dict[str, Any]:
    metadata = field.metadata
    schema = _type(hint, metadata, definitions, terms)
    if "$ref" in schema:
        schema = {"allOf": [schema]}
    is_optional = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
    if is_optional:
        schema = {"anyOf": [schema, {"type": "null"}]}
    return {"description": metadata["about"], **schema} if metadata.get("about") else schema


def _type(
    hint: Any, metadata: Mapping[str, Any], definitions: dict[str, Any], terms: Mapping[str, frozenset[str]]
) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        (inner,) = [option for option in get_args(hint) if option is not type(None)]
        return _type(inner, metadata, definitions, terms)
    if origin is tuple:
        inner_schema = _type(get_args(hint)[0], metadata, definitions, terms)
        return {"anyOf": [{"type": "array", "items": inner_schema}, inner_schema]}
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {
            "type": "object",
            "additionalProperties": _type(get_args(hint)[1], metadata, definitions, terms),
        }
    if hint is Node:
        return {}
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}
            definitions[hint.__name__] = _record(hint, definitions, terms)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return _scalar(hint, metadata, terms)


def _scalar(hint: Any, metadata: Mapping[str, Any], terms: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    schema = dict(_SCALAR[hint])
    term = metadata.get("term")
    if term and term in terms:
        return {"enum": sorted(terms[term])}
    if hint is str and metadata.get("pattern"):
        return {"type": "string", "pattern": f"^(?:{metadata['pattern']})$"}
    for name in ("minimum", "maximum"):
        if metadata.get(name) is not None and hint in (int, float):
            schema[name] = metadata[name]
    return schema
