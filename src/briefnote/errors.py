"""What can go wrong, said so that a person can mend it.

A `Problem` says where, what was found, what was expected and what to do. Problems are collected, sorted and
reported all at once; `BriefnoteError` carries them to the one place (`briefnote.cli`) that prints them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import category

_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Cs"}


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: `file:line: field: message`. A warning does not stop a build, unless --strict."""

    file: str
    line: int = 0
    field: str = ""
    message: str = ""
    is_warning: bool = False

    def __str__(self) -> str:
        file, field = visible(self.file), visible(self.field)
        place = f"{file}:{self.line}" if self.line else file
        kind = "warning: " if self.is_warning else ""
        return f"{place}: {kind}{field + ': ' if field else ''}{visible(self.message)}"


class BriefnoteError(Exception):
    """An expected failure: exit code 1, its problems printed one a line, no traceback."""

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        found = [Problem(file="briefnote", message=problems)] if isinstance(problems, str) else problems
        self.problems: tuple[Problem, ...] = tuple(sorted(set(found)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[BriefnoteError], tuple[tuple[Problem, ...]]]:
        """An error that crosses from a child process keeps its problems."""
        return BriefnoteError, (self.problems,)


def visible(text: str) -> str:
    """Returns the text on one line, with what a terminal would act on, or not show, as escapes.

    Those are the characters of Unicode's categories Cc (line ends among them), Cf, Zl, Zp and Cs.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(character if category(character) not in _UNSEEN else ascii(character)[1:-1] for character in text)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Returns the known word that is most like a word, None where none is."""
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Returns " Did you mean 'x'?" for the nearest known word, else " Known: a, b, c." (at most twelve)."""
    options = sorted({str(option) for option in known})
    if near := nearest(word, options):
        return f" Did you mean '{near}'?"
    if not options:
        return ""
    more = f" and {len(options) - 12} more" if len(options) > 12 else ""
    return f" Known: {', '.join(options[:12])}{more}."
