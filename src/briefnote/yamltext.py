"""Plain values as YAML that a person likes to read and edit, and that `yamltree` reads back as the same values.

Maps and lists of maps are blocks, a list of scalars and a small map of numbers stand on one line, and a text that does
not fit on its line is folded. A text that YAML would take for something else is quoted.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from briefnote.yamltree import resolve

WIDTH = 118
# A text of these characters needs no quotes in a block; inside [ ] and { } there are fewer.
_PLAIN = re.compile(r"[^\W_](?:[^\x00-\x1f\x7f-\xa0:#\u2028\u2029\ufeff]|:(?=\S)|(?<=\S)#)*", re.UNICODE)
_FLOW = re.compile(r"[^\[\]{},\"']*")
_SCALES = (12, 9, 6)


def to_yaml(value: Mapping[str, Any]) -> str:
    """Returns the text of a file. Values are maps, lists, texts on one line, numbers, truth values, dates or None."""
    return "\n".join(_map(value, 0)) + "\n"


def entry_to_yaml(value: Mapping[str, Any], indent: int) -> str:
    """Returns a map as one entry of a list, indented by so many spaces, with its line break."""
    return "\n".join(_entry(value, indent)) + "\n"


def _map(value: Mapping[str, Any], indent: int) -> list[str]:
    return [line for key, entry in value.items() for line in _field(key, entry, indent)]


def _field(key: str, value: Any, indent: int) -> list[str]:
    lead = f"{' ' * indent}{_scalar(key)}:"
    if isinstance(value, Mapping):
        return [f"{lead} {_inline_map(value)}"] if _is_small(value) else [lead, *_map(value, indent + 2)]
    if isinstance(value, str):
        return _text(lead, value, indent + 2)
    if isinstance(value, Sequence):
        return _list(lead, value, indent)
    return [f"{lead} {_scalar(value)}"]


def _list(lead: str, values: Sequence[Any], indent: int) -> list[str]:
    if any(isinstance(value, Mapping) for value in values):
        return [lead, *(line for value in values for line in _entry(value, indent + 2))]
    inline = f"{lead} [{', '.join(_flow(value) for value in values)}]"
    if len(inline) <= WIDTH:
        return [inline]
    return [lead, *(line for value in values for line in _text(f"{' ' * (indent + 2)}-", value, indent + 4))]


def _entry(value: Mapping[str, Any], indent: int) -> list[str]:
    first, *rest = _map(value, indent + 2)
    return [f"{' ' * indent}- {first.lstrip()}", *rest]


def _text(lead: str, text: Any, indent: int) -> list[str]:
    line = f"{lead} {_scalar(text)}"
    if len(line) <= WIDTH or not isinstance(text, str) or not _can_fold(text):
        return [line]
    width = max(40, WIDTH - indent)
    folded = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    return [f"{lead} >-", *(" " * indent + part for part in folded)]


def _can_fold(text: str) -> bool:
    """Folding turns one break into one space: so the text has single spaces, and nothing else that may break a line."""
    return text.isprintable() and "  " not in text and text == text.strip() and "\ufeff" not in text


def _is_small(value: Mapping[str, Any]) -> bool:
    return all(entry is None or isinstance(entry, int | float) for entry in value.values())


def _inline_map(value: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{_scalar(key)}: {_scalar(entry)}" for key, entry in value.items()) + "}"


def _flow(value: Any) -> str:
    written = _scalar(value)
    return written if written.startswith('"') or _FLOW.fullmatch(written) else _quoted(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()
    is_plain = _PLAIN.fullmatch(value) and value == value.rstrip() and isinstance(resolve(value), str)
    return value if is_plain else _quoted(value)


def _quoted(text: str) -> str:
    """Returns the text in double quotes; what does not print, or may break a line, by its number."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable() and character != "\ufeff":
        return character
    return f"\\u{ord(character):04X}" if ord(character) < 0x10000 else f"\\U{ord(character):08X}"


def _number(value: float) -> str:
    """Returns 34, 0.85, 245e9: large amounts in thousands, millions of millions, as a person writes them."""
    if isinstance(value, int) or (value == int(value) and abs(value) < 10**6):
        return str(int(value))
    for scale in _SCALES:
        written = f"{value / 10**scale:.12g}e{scale}"
        if abs(value) >= 10**scale and "e+" not in written and float(written) == value:
            return written
    return repr(value)
