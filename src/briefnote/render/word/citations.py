"""The way from a source back to where it is cited first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markdown_it.tree import SyntaxTreeNode

from briefnote.model.value import Value
from briefnote.render.tokens import anchor, css_class, href
from briefnote.render.word.bookmarks import Bookmarks


class Citations(Value):
    """Bookmarks by `id` of a node: `first` of the links that cite a source first, `back` of the items of sources."""

    first: Mapping[int, str]
    back: Mapping[int, str]


def citations(tree: SyntaxTreeNode, bookmarks: Bookmarks) -> Citations:
    """Returns where each item of a list of class `sources` is cited first; one that is not cited has no way back."""
    nodes = list(tree.walk())
    items = [item for node in nodes if css_class(node) == "sources" for item in node.children]
    links = [node for node in nodes if node.type == "link" and href(node).startswith("#")]
    first: dict[int, str] = {}
    back: dict[int, str] = {}
    for item in items:
        targets = {f"#{name}" for name in _anchors(item)}
        own = {id(node) for node in item.walk()}
        cited = next((link for link in links if href(link) in targets and id(link) not in own), None)
        if cited is not None:
            name = first.setdefault(id(cited), bookmarks.hidden("Cite", len(first)))
            back[id(item)] = name
    return Citations(first, back)


def _anchors(item: SyntaxTreeNode) -> Iterator[str]:
    return (identifier for node in item.walk() if (identifier := anchor(node)))
