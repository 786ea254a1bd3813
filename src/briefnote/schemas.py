"""The JSON Schemas of all file formats, for editors that check while you type and for readers of the editions."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from briefnote.config.brief import BriefConfig
from briefnote.config.feeds import FeedsConfig
from briefnote.errors import BriefnoteError, Problem
from briefnote.model.brief import Brief, Confidence
from briefnote.model.edition import Theme
from briefnote.model.jsonschema import json_schema
from briefnote.model.summary import Summary
from briefnote.model.value import Value
from briefnote.rules.language import RulesFile, read_rules
from briefnote.store.durable import new_file, replace_file
from briefnote.store.folder import pack_files


def schema(kind: str) -> Mapping[str, Any]:
    """Returns a schema by kind: summary, brief, rules, theme or edition."""
    return _SCHEMAS[kind]()


def schema_text(kind: str) -> str:
    """Returns a schema as JSON text, the same on every run."""
    return json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path, *, keep: bool = False) -> list[Path]:
    """Writes all schemas into a folder and returns the paths written. `keep`: what is there stays as it is.

    Raises BriefnoteError where a file cannot be written.
    """
    paths = []
    for kind in _SCHEMAS:
        path = folder / f"{kind}.schema.json"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write = new_file if keep else replace_file
            write(path, schema_text(kind).encode())
        except FileExistsError:
            continue
        except OSError as error:
            message = f"cannot be written: {error.strerror}; choose another folder"
            raise BriefnoteError([Problem(str(path), message=message)]) from None
        paths.append(path)
    return paths


def _summary() -> Mapping[str, Any]:
    """An editor offers the words of the packs that come with briefnote; a brief may add words, so others pass."""
    return json_schema(Summary, "briefnote: structured summary of a source")


def _edition() -> Mapping[str, Any]:
    definitions: dict[str, Any] = {}
    root = _made(Brief, definitions)
    dialect = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "briefnote: JSON edition of a brief",
    }
    return {**dialect, **root, "$defs": dict(sorted(definitions.items()))}


def _made(record: type, definitions: dict[str, Any]) -> dict[str, Any]:
    """What briefnote itself writes is complete: every field is there."""
    names = get_type_hints(record)
    properties = {name: _value(names[name], definitions) for name in _fields(record)}
    if record is Confidence:
        properties["statement"] = {"type": "string"}
    description = (record.__doc__ or "").split("\n")[0]
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _fields(record: type) -> tuple[str, ...]:
    if issubclass(record, Value):
        return record.field_names()
    return tuple(field.name for field in dataclasses.fields(record))  # type: ignore[arg-type]


_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def _value(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_value(option, definitions) for option in get_args(hint)]}
    if origin is tuple:
        return {"type": "array", "items": _value(get_args(hint)[0], definitions)}
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _value(get_args(hint)[1], definitions)}
    if isinstance(hint, type) and (dataclasses.is_dataclass(hint) or issubclass(hint, Value)):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}
            definitions[hint.__name__] = _made(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return {"type": _PLAIN[hint]} if hint in _PLAIN else {}


def _rules() -> Mapping[str, Any]:
    return json_schema(RulesFile, "briefnote: rule pack, or a brief's own rules")


_SCHEMAS: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "summary": _summary,
    "brief": lambda: json_schema(BriefConfig, "briefnote: brief.yaml"),
    "rules": _rules,
    "feeds": lambda: json_schema(FeedsConfig, "briefnote: sources/feeds.yaml"),
    "theme": lambda: json_schema(Theme, "briefnote: theme.yaml"),
    "edition": _edition,
}


def known_terms(pack: str) -> Mapping[str, frozenset[str]]:
    """Returns the vocabulary of a pack that comes with briefnote."""
    terms: dict[str, frozenset[str]] = {}
    for file in pack_files(pack):
        rules_file, _ = read_rules(file.data, file.name)
        if rules_file is not None:
            for name, words in rules_file.vocabulary.terms().items():
                terms[name] = terms.get(name, frozenset()) | words
    return terms
