"""Frozen values that cost next to nothing to define.

`dataclasses` takes 10 ms to import and most of a millisecond a class. That is half of a whole run of the rules over a
weekly brief's claims, so what such a run needs is made of these; everything else is a dataclass.
"""

from __future__ import annotations

NONE = type(vars(object))({})  # an empty types.MappingProxyType without the import, as a default
TYPE_CHECKING = False  # typing.TYPE_CHECKING without the import; type checkers know the name
if TYPE_CHECKING:
    from typing import Any, ClassVar, Self, dataclass_transform
else:

    def dataclass_transform(**_: object):
        """Says to type checkers that subclasses have a constructor with their fields."""
        return lambda decorated: decorated


@dataclass_transform(frozen_default=True)
class Value:
    """A value with the fields that its class annotates, in that order; equal if its class and its fields are."""

    if TYPE_CHECKING:
        _fields: ClassVar[tuple[str, ...]]
    else:

        def __init_subclass__(cls):
            cls._fields = tuple(cls.__annotations__)

        def __init__(self, *values, **named):
            own = self.__dict__
            own.update(zip(self._fields, values, strict=False))
            own.update(named)
            if len(own) != len(self._fields) or len(values) > len(self._fields):
                self._check(values, named)

    def _check(self, values: tuple[Any, ...], named: dict[str, Any]) -> None:
        """Fields left out have their default as an attribute of the class."""
        kind, fields = type(self), self._fields
        unknown = [name for name in named if name not in fields]
        missing = [name for name in fields if name not in self.__dict__ and not hasattr(kind, name)]
        if unknown or missing or len(values) > len(fields):
            raise TypeError(f"{kind.__name__} takes {', '.join(fields)}; unknown: {unknown}, missing: {missing}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen; use changed({name}=…)")

    @classmethod
    def of_contents(cls, contents: dict[str, Any]) -> Self:
        """Returns the value that has these contents for its own: every field by its name."""
        value = object.__new__(cls)
        object.__setattr__(value, "__dict__", contents)
        return value

    def changed(self, **named: Any) -> Self:
        """Returns a copy with these fields changed."""
        return type(self)(**{**dict(zip(self._fields, self.contents(), strict=True)), **named})

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """Returns the names of the fields, in order."""
        return cls._fields

    def contents(self) -> tuple[Any, ...]:
        """Returns the values of the fields, in order."""
        return tuple(getattr(self, name) for name in self._fields)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Value) and self.contents() == other.contents()

    def __hash__(self) -> int:
        return hash((type(self), self.contents()))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self.contents(), strict=True))
        return f"{type(self).__name__}({shown})"
