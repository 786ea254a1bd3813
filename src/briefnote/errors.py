"""What can go wrong, said so that a person can mend it.

A `Problem` says where, what was found, what was expected and what to do. Problems are collected, sorted and
reported all at once; `BriefnoteError` carries them to the one place (`briefnote.cli`) that prints them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: `file:line: field: message`. A warning does not stop a build, unless --strict."""

    file: str
    line: int = 0
    field: str = ""
    message: str = ""
    is_warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        kind = "warning: " if self.is_warning else ""
        field = f"{self.field}: " if self.field else ""
        return f"{place}: {kind}{field}{self.message}"


class BriefnoteError(Exception):
    """An expected failure: exit code 1, its problems printed one a line, no traceback."""

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        found = [Problem(file="briefnote", message=problems)] if isinstance(problems, str) else problems
        self.problems: tuple[Problem, ...] = tuple(sorted(set(found)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[BriefnoteError], tuple[tuple[Problem, ...]]]:
        """An error that crosses from a child process keeps its problems."""
        return BriefnoteError, (self.problems,)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Returns " Did you mean 'x'?" for the nearest known word, else " Known: a, b, c." (at most twelve)."""
    options = sorted({str(option) for option in known})
    near = difflib.get_close_matches(word, options, n=1, cutoff=0.6)
    if near:
        return f" Did you mean '{near[0]}'?"
    if not options:
        return ""
    more = f" and {len(options) - 12} more" if len(options) > 12 else ""
    return f" Known: {', '.join(options[:12])}{more}."
