"""Unknown names of a template, gathered all at once instead of stopping at the first."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Set
from typing import Any

from jinja2 import Undefined

from briefnote.errors import Problem


def gathering(base: type[Undefined], loaded: Set[str], report: Callable[[Problem], None]) -> type[Undefined]:
    """Returns what stands for a missing name: its use is reported, with template and line, and prints nothing.

    `base` words the message, `loaded` are the templates' names. What a missing name is asked for is missing with it and
    not reported again.
    """
    told: dict[str, Any] = {"_loaded": loaded, "_tell": staticmethod(report)}
    return type("Gathered", (_Gathered, base), told)


class _Gathered:
    """What a missing name does in a template, before the class of Jinja's that words the message."""

    _loaded: Set[str]
    _tell: Callable[[Problem], None]
    _undefined_message: str

    def _report(self) -> None:
        name, line = _place(self._loaded)
        self._tell(Problem(file=name, line=line, message=self._undefined_message))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, _: object) -> Any:
        return self

    def __call__(self, *_: object, **__: object) -> Any:
        return self

    def __str__(self) -> str:
        self._report()
        return ""

    def __iter__(self) -> Iterator[Any]:
        self._report()
        return iter(())

    def __len__(self) -> int:
        self._report()
        return 0

    def __bool__(self) -> bool:
        self._report()
        return False

    def __eq__(self, other: object) -> bool:
        self._report()
        return self is other

    def __hash__(self) -> int:
        return id(type(self))


def _place(loaded: Set[str]) -> tuple[str, int]:
    """Returns template and line that are at work: Jinja's code has the name of its template for a file."""
    frame = sys._getframe()
    while frame.f_back is not None:
        frame = frame.f_back
        template = frame.f_globals.get("__jinja_template__")
        if frame.f_code.co_filename in loaded and template is not None:
            return frame.f_code.co_filename, template.get_corresponding_lineno(frame.f_lineno)
    return "", 0
