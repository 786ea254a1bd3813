"""Values read back from the plain dicts and lists that they were written as."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from briefnote.model.value import Value

Record = TypeVar("Record")


class NotPlainError(ValueError):
    """What was read is not what was expected; the text says where."""


def from_plain(record: type[Record], plain: object, place: str = "") -> Record:
    """Returns the record that a dict of its fields stands for; fields it does not have are passed over.

    Raises NotPlainError where a field is missing that has no default, or is of another kind.
    """
    if not isinstance(plain, Mapping):
        raise NotPlainError(f"{place or record.__name__}: expected a map")
    read = {
        name: _read(hint, plain[name], f"{place}.{name}".lstrip("."))
        for name, hint in _fields(typing.cast("typing.Hashable", record)).items()
        if name in plain
    }
    try:
        return record(**read)
    except TypeError as error:
        raise NotPlainError(f"{place or record.__name__}: {error}") from None


@cache
def _fields(record: Any) -> Mapping[str, Any]:
    names = record.field_names() if issubclass(record, Value) else [field.name for field in _dataclass_fields(record)]
    hints = typing.get_type_hints(record, _names_of(record))
    return {name: hints[name] for name in names}


def _dataclass_fields(record: Any) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(record)


def _names_of(record: type) -> dict[str, Any]:
    """A `Value`'s module imports what only its annotations name for type checkers alone."""
    import sys

    return {"Mapping": Mapping, **vars(sys.modules[record.__module__])}


def _read(hint: Any, plain: Any, place: str) -> Any:
    origin = get_origin(hint)
    if hint is Any:
        return plain
    if origin in (Union, types.UnionType):
        return _read_union(get_args(hint), plain, place)
    if origin is Literal:
        return _checked(plain in get_args(hint), plain, place, f"one of {', '.join(map(str, get_args(hint)))}")
    if origin is tuple:
        _checked(isinstance(plain, list), plain, place, "a list")
        inner = get_args(hint)[0]
        return tuple(_read(inner, value, f"{place}[{number}]") for number, value in enumerate(plain, 1))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        _checked(isinstance(plain, Mapping), plain, place, "a map")
        return {key: _read(get_args(hint)[1], value, f"{place}.{key}") for key, value in plain.items()}
    if isinstance(hint, type) and (dataclasses.is_dataclass(hint) or issubclass(hint, Value)):
        return from_plain(hint, plain, place)
    if hint is float:
        return _checked(isinstance(plain, int | float) and not isinstance(plain, bool), plain, place, "a number")
    is_it = isinstance(plain, hint) and (hint is bool or not isinstance(plain, bool))
    return _checked(is_it, plain, place, hint.__name__)


def _read_union(options: tuple[Any, ...], plain: Any, place: str) -> Any:
    if plain is None and type(None) in options:
        return None
    wanted = [option for option in options if option is not type(None)]
    for option in wanted[:-1]:
        try:
            return _read(option, plain, place)
        except NotPlainError:
            continue
    return _read(wanted[-1], plain, place)


def _checked(is_right: bool, plain: Any, place: str, expected: str) -> Any:
    if not is_right:
        raise NotPlainError(f"{place}: expected {expected}")
    return plain
