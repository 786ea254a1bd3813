"""A page as a tree: its size and depth are bounded before anything works on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from briefnote.ingest.decoding import declared_charset, decode
from briefnote.ingest.snapshot import Snapshot

MOST_BYTES = 25_000_000
# Beyond it scripts and styles are taken out before parsing; what then is still longer than the second is refused:
# extraction takes about 1.3 s and 80 MB a megabyte.
_SLIM_ABOVE = 1_000_000
_LONGEST = 4_000_000
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BULKY = re.compile(r"<(script|style|svg|noscript|template)\b|<!--|[\"'(]data:", re.IGNORECASE)
_CALL = re.compile(r"[\s\[\]()*†]*\d{0,3}[\s\[\]()*†]*")
_ADVICE = "save the article alone (reading view, or print to PDF)"


@dataclass(frozen=True)
class Page:
    """A page: its decoded text, and the tree of its elements (lxml)."""

    source: str
    tree: Any
    url: str | None


def open_page(snapshot: Snapshot) -> Page:
    """Returns the page. Raises BriefnoteError where it is too large, too deep, or holds no element."""
    if len(snapshot.data) > MOST_BYTES:
        snapshot.refuse(f"is a page of {len(snapshot.data):,} bytes, more than {MOST_BYTES:,}; {_ADVICE}")
    source = decode(snapshot.data, declared_charset(snapshot.data, snapshot.media_type))
    text = source if len(source) <= _SLIM_ABOVE else _slim(source)
    if len(text) > _LONGEST:
        snapshot.refuse(f"has {len(text):,} characters without scripts, more than {_LONGEST:,}; {_ADVICE}")
    return Page(source, _without_calls(_tree(text, snapshot)), snapshot.url)


def _without_calls(tree: Any) -> Any:
    """Returns the tree without the raised numbers that lead to notes: they would stick to the words before them."""
    for call in tree.xpath("//sup[.//a] | //a[sup]"):
        if _CALL.fullmatch(call.text_content()) and call.getparent() is not None:
            call.drop_tree()
    return tree


def _tree(text: str, snapshot: Snapshot) -> Any:
    from lxml import etree, html

    ready = _UNREADABLE.sub("", _DECLARATION.sub("", text, count=1))
    for is_huge in (False, True):
        parser = html.HTMLParser(huge_tree=is_huge, no_network=True, remove_pis=True)
        try:
            tree = html.document_fromstring(ready, parser=parser, ensure_head_body=True)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
            snapshot.refuse(f"is no readable page; {_ADVICE}")
        if not any("xcessive depth" in entry.message for entry in parser.error_log):
            return tree
    return snapshot.refuse(f"has elements nested more than 2,000 deep; {_ADVICE}")


def _slim(text: str) -> str:
    """Returns the page without scripts (but JSON-LD), styles, drawings, comments and embedded files, in linear time."""
    kept: list[str] = []
    done = 0
    while found := _BULKY.search(text, done):
        kept.append(text[done : found.start()])
        end = _end(text, found)
        if found[1] and "ld+json" in text[found.start() : found.start() + 200]:
            kept.append(text[found.start() : end])
        done = end
    return "".join([*kept, text[done:]])


def _end(text: str, found: re.Match[str]) -> int:
    """Returns where what begins there ends; the end of the text where nothing closes it."""
    if found[1]:
        closing = re.compile(rf"</{found[1]}\s*>", re.IGNORECASE).search(text, found.end())
        return closing.end() if closing else len(text)
    mark = "-->" if found[0] == "<!--" else {'"': '"', "'": "'", "(": ")"}[found[0][0]]
    end = text.find(mark, found.end())
    return end + (len(mark) if mark == "-->" else 0) if end >= 0 else len(text)
