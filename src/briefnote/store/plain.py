"""Frozen records as JSON and back. What is read is checked against the annotations: a file may have been edited."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
_OPEN = 4  # columns: deeper maps stand on one line


def record_text(plain: Mapping[str, object]) -> str:
    """Returns plain values (of `dataclasses.asdict`) as JSON, one field and one entry of a list a line."""
    return _text(plain, "") + "\n"


def _text(value: object, indent: str) -> str:
    deeper = indent + "  "
    if isinstance(value, Mapping) and len(indent) < _OPEN:
        fields = [f"{deeper}{json.dumps(name)}: {_text(inner, deeper)}" for name, inner in value.items()]
        return "{\n" + ",\n".join(fields) + f"\n{indent}}}"
    if isinstance(value, tuple | list) and value:
        entries = [deeper + json.dumps(entry, ensure_ascii=False) for entry in value]
        return "[\n" + ",\n".join(entries) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)


def read_record(record: type[Record], plain: object, where: str = "") -> Record:
    """Returns the record that a JSON value describes; fields that it lacks have their defaults, others are ignored.

    Raises ValueError, with the field, where the value does not fit.
    """
    if not isinstance(plain, Mapping):
        raise ValueError(f"{where or 'the file'} is no object")
    values: dict[str, Any] = {}
    for name, (hint, is_needed) in _fields(cast("Any", record)).items():
        path = f"{where}.{name}" if where else name
        if name in plain:
            values[name] = _read(hint, plain[name], path)
        elif is_needed:
            raise ValueError(f"{path} is missing")
    return record(**values)


@cache
def _fields(record: type) -> Mapping[str, tuple[Any, bool]]:
    hints = get_type_hints(record)
    missing = dataclasses.MISSING
    return {
        field.name: (hints[field.name], field.default is missing and field.default_factory is missing)
        for field in dataclasses.fields(record)
    }


def _read(hint: Any, value: Any, where: str) -> Any:
    if hint in (str, int, bool, type(None)):
        if type(value) is hint:
            return value
    elif hint is float:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
    elif dataclasses.is_dataclass(hint):
        return read_record(cast("type[Any]", hint), value, where)
    else:
        return _read_generic(hint, value, where)
    raise ValueError(f"{where}: found {value!r:.60}, expected {hint.__name__}")


def _read_generic(hint: Any, value: Any, where: str) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        if value is None and type(None) in inner:
            return None
        return _read(next(option for option in inner if option is not type(None)), value, where)
    if origin is tuple and isinstance(value, list):
        return tuple(_read(inner[0], entry, f"{where}[{number}]") for number, entry in enumerate(value, 1))
    if origin is Literal and value in inner:
        return value
    raise ValueError(f"{where}: found {value!r:.60}, expected {hint}")
