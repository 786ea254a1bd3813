"""What a page says of itself in JSON-LD (schema.org): also in a graph, also where the JSON is slightly broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

_ARTICLES = re.compile(
    r"(?:Article|BlogPosting|Report|Posting|ScholarlyArticle|Review|Legislation|CreativeWork|Chapter)$"
)
_PAGES = re.compile(r"(?:WebPage|ItemPage|AboutPage)$")
_MOST_NODES = 2_000
_COMMENT = re.compile(r"\A\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*\Z")

Node = Mapping[str, Any]


def article_nodes(tree: Any) -> list[Node]:
    """Returns the nodes that are articles, then those that are the page itself, in order."""
    nodes = list(_nodes_of(tree))
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 2}
    found = [node for node in nodes if _is(node, _ARTICLES)] + [node for node in nodes if _is(node, _PAGES)]
    return [_resolved(node, by_id) for node in found]


def texts(value: object, *keys: str) -> Iterator[str]:
    """Yields the words of a value: of a string, of an object its first key that has any, of a list each in turn."""
    if isinstance(value, str):
        if text := unescape(value).strip():
            yield text
    elif isinstance(value, list):
        for item in value[:50]:
            yield from texts(item, *keys)
    elif isinstance(value, Mapping):
        yield from next((found for key in keys if (found := list(texts(value.get(key), *keys)))), [])


def persons(value: object) -> Iterator[str]:
    """Yields the names of an author field; those said to be organisations are left out."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping) and _is(item, re.compile("Organization$|Corporation$")):
            continue
        yield from texts(item, "name", "alternateName")


def is_for_free(nodes: list[Node]) -> bool:
    """Says whether no article node says "isAccessibleForFree": false."""
    return not any(str(node.get("isAccessibleForFree", "true")).lower().rsplit("/", 1)[-1] == "false" for node in nodes)


def _is(node: Node, kinds: re.Pattern[str]) -> bool:
    return any(kinds.search(kind) for kind in texts(node.get("@type")))


def _nodes_of(tree: Any) -> Iterator[Node]:
    count = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for node in _walk(_parsed(script.text or ""), 0):
            count += 1
            if count > _MOST_NODES:
                return
            yield node


def _walk(value: object, depth: int) -> Iterator[Node]:
    """Yields the objects of a graph or list, and what a page says it is about; comments and the like "
    "are not entered."""
    if isinstance(value, list) and depth < 6:
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, Mapping):
        yield value
        if depth < 6:
            for key in ("@graph", "mainEntity", "mainEntityOfPage", "author", "publisher", "creator"):
                yield from _walk(value.get(key), depth + 1)


def _parsed(text: str) -> object:
    bare = _COMMENT.sub("", text).strip().rstrip(";")
    for candidate in (bare, re.sub(r",\s*([}\]])", r"\1", bare)):
        try:
            found: object = json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        return found
    return None


def _resolved(node: Node, by_id: Mapping[str, Node]) -> Node:
    """Returns the node with the objects that it names only by their "@id"."""
    return {key: _named(value, by_id) for key, value in node.items()}


def _named(value: object, by_id: Mapping[str, Node]) -> object:
    if isinstance(value, list):
        return [_named(item, by_id) for item in value]
    if isinstance(value, Mapping) and "name" not in value:
        return by_id.get(str(value.get("@id")), value)
    return value
