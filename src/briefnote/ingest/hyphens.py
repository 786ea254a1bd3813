"""Words that were divided at the end of a line, made whole only where the text itself shows that they are one word."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_DIVIDED = re.compile(r"([^\W\d_]+(?:[-‐][^\W\d_]+)*)[-‐\u00ad\x02]\s*$")
_REST = re.compile(r"\s*([^\W\d_]+)")


class Vocabulary:
    """The words of a text, to tell "coop-" + "eration" from "well-" + "known"."""

    def __init__(self, text: str) -> None:
        self._words = frozenset(word.lower() for word in _WORD.findall(text))

    def joined(self, line: str, following: str) -> str | None:
        """Returns the line as it goes on in the following one without a space; None where a space is due.

        A hyphen at the end is left out where the whole word stands elsewhere in the text and the hyphenated does not;
        otherwise it stays, and the white space after it goes.
        """
        divided, rest = _DIVIDED.search(line), _REST.match(following)
        if not divided or not rest or not rest[1][0].islower():
            return None
        before, after = divided[1].lower(), rest[1].lower()
        is_one_word = before + after in self._words and f"{before}-{after}" not in self._words
        return line[: divided.end(1)] if is_one_word else line[: divided.end(1) + 1]
