"""Text as Markdown: escaping, and the filters of a template that set text, citations and notes.

A `Markup` value is Markdown that may stand as it is; anything else is text and gets escaped. Only this module
makes `Markup` of what is not a literal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from briefnote.render.dialect import is_allowed_link
from briefnote.text import clean

# What means something to Markdown wherever it stands.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#!|~&^])")
# What means something at the start of a line or right after "]"; a value may stand there.
_AT_START = re.compile(r"(\d{1,9}(?=[.)](?:\s|$)))?[-+=(:.)]")
_WHITE_SPACE = re.compile("[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
_ENTITY = re.compile(r"(&#?\w+);")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s()\\`*\[\]<>{}|^\"]")

Parts = Sequence[Mapping[str, Any]]


def escape_markdown(value: object) -> Markup:
    """Returns the value as one line of Markdown that reads as the value does, white space folded."""
    return _escaped(_folded(value).strip(" "))


def finalize(value: object) -> Markup:
    """Returns what a template prints for a value: Markdown as it is, text escaped, nothing for None."""
    if value is None:
        return Markup()
    return value if isinstance(value, Markup) else escape_markdown(value)


def cited(parts: Parts | str) -> Markup:
    """Returns the parts as text, each followed by links to the sources it cites: `… [1][2].`

    A part is `{"text": str, "cites": [int, …]}`; a plain string is a part without citations.
    """
    if isinstance(parts, str):
        return escape_markdown(parts)
    said, is_after_link = Markup(), False
    for part in parts:
        text = _folded(part["text"])
        if not said:
            text = text.lstrip(" ")
        elif is_after_link and text[:1].isalnum():
            text = f" {text}"
        links = Markup().join(_citation(int(number)) for number in part["cites"])
        if links:
            text = f"{text.rstrip(' ')} " if text.strip(" ") else ""
        said += _escaped(text) + links
        is_after_link = bool(links)
    return _markup(said.rstrip(" "))


def said(words: Parts | str, sentence: Mapping[str, Any]) -> Markup:
    """Returns text, parts or Markdown as what a sentence says: HTML leads from there to the sentence's evidence."""
    markdown = words if isinstance(words, Markup) else cited(words)
    return _markup(f"[{markdown}]{{#{sentence_anchor(sentence['id'])} .said}}") if markdown else markdown


def sentence_anchor(identifier: str) -> str:
    """Returns the id that `said` gives a sentence: "s_leverage-1"; no section's id has a "_" in it."""
    return ident(f"s_{identifier}")


def cells(row: Iterable[Parts | str]) -> Markup:
    """Returns the inside of a table row: the cells, each text or a list of parts, between vertical bars."""
    return Markup(" | ").join(cited(cell) for cell in row)


def join(values: Iterable[Any], separator: str = "") -> Markup:
    """Returns the values, escaped, with the separator, escaped too, between them."""
    return _escaped(_folded(separator)).join(finalize(value) for value in values)


def note(text: str, collected: list[dict[str, object]]) -> Markup:
    """Returns the mark of a new footnote and adds its number and text to the notes collected.

    Returns nothing, and adds nothing, where there is no text.
    """
    if not text:
        return Markup()
    number = len(collected) + 1
    collected.append({"number": number, "text": text})
    return _markup(f"[^{number}]")


def ident(value: object) -> Markup:
    """Returns the value as an id: ASCII letters, digits and "_"; runs of anything else become "-"."""
    return _markup(re.sub(r"[^A-Za-z0-9_]+", "-", str(value)).strip("-"))


def md_url(address: str) -> Markup:
    """Returns an address fit for `<…>` and `[…](…)`; one that may not be a link comes out as escaped text."""
    address = _folded(address).strip(" ")
    if not is_allowed_link(address):
        return escape_markdown(address)
    address = _ENTITY.sub(r"\1%3B", address)
    return _markup(_UNSAFE_IN_ADDRESS.sub(lambda unsafe: f"%{ord(unsafe[0]):02X}", address))


def capitalise(text: str) -> str:
    """Returns the text with its first letter in upper case and the rest as it was."""
    return text[:1].upper() + text[1:]


FILTERS: Mapping[str, Callable[..., Any]] = {
    "capitalise": capitalise,
    "cells": cells,
    "cited": cited,
    "ident": ident,
    "join": join,
    "markdown": finalize,
    "md_url": md_url,
    "said": said,
}


def _citation(number: int) -> Markup:
    return _markup(f"[\\[{number}\\]](#source-{number})")


def _folded(value: object) -> str:
    return clean(_WHITE_SPACE.sub(" ", str(value)))


def _escaped(text: str) -> Markup:
    start = _AT_START.match(text)
    if not start:
        return _markup(_SPECIAL.sub(r"\\\1", text))
    head, tail = text[: start.end()], text[start.end() :]
    return _markup(f"{head[:-1]}\\{head[-1]}" + _SPECIAL.sub(r"\\\1", tail))


def _markup(text: str) -> Markup:
    """Marks text as Markdown that may stand as it is: every caller has escaped it or made it of literals."""
    return Markup(text)  # noqa: S704
