"""Reads web pages: the article without navigation, adverts and footers, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from briefnote.ingest.html import jsonld
from briefnote.ingest.html.body import pieces_of
from briefnote.ingest.html.bylines import authors_of, published_of, updated_of
from briefnote.ingest.html.page import Page, open_page
from briefnote.ingest.html.places import SourceMap
from briefnote.ingest.html.stated import Statements
from briefnote.ingest.html.titles import site_in_title, title_of
from briefnote.ingest.language import language_of
from briefnote.ingest.passages import Passage, assemble
from briefnote.ingest.snapshot import Snapshot
from briefnote.ingest.walls import wall_in
from briefnote.model.article import Article, Gate, Metadata, Stated
from briefnote.text import count_words

_LOCKED = re.compile(
    r"paywall|regwall|subscriber-only|subscription-required|premium-content|metered-content|piano-offer", re.I
)
_SHORT = 400  # words: what is longer is no teaser


def read(snapshot: Snapshot) -> Article:
    """Returns the article. Places count the characters of the decoded source; at an entity stands its first one."""
    return read_page(open_page(snapshot))


def read_page(page: Page) -> Article:
    """Returns the article of a page."""
    stated = Statements(page.tree)
    publisher = _publisher(stated)
    title = title_of(stated, publisher.value if publisher else _host(page.url))
    facts = (authors_of(stated), published_of(stated, page.url), updated_of(stated))
    where = SourceMap(page.source)
    pieces = pieces_of(page, title.value if title else None, where, _article_body(stated))
    body = assemble(Passage(piece.kind, where.runs(piece.text), piece.level) for piece in pieces)
    metadata = Metadata(title, facts[0], publisher, *facts[1:], _language(page.tree, body.text), _address(page))
    return Article(body.text, body.blocks, body.places, metadata, gates=tuple(_gates(page, stated, body.text)))


def _article_body(stated: Statements) -> str:
    """Returns the text that the JSON-LD holds of the article, tags left out, "" where it holds none."""
    bodies = (found.value for found in stated.in_jsonld("articleBody", 0.9))
    return re.sub(r"<[^<>]{1,300}>", " ", next(bodies, ""))


def _publisher(stated: Statements) -> Stated | None:
    """Returns who publishes the page, by its metadata, or by the part of its <title> that is not its heading."""
    for place in (
        stated.in_jsonld("publisher", 0.95, lambda value: jsonld.texts(value, "name")),
        stated.in_metas("publisher", 0.9),
    ):
        for found in place:
            if "://" not in found.value and 1 < len(found.value) < 100:
                return Stated(found.value.lstrip("@©").strip(), found.where, found.certainty)
    site = site_in_title(stated.tree)
    return Stated(site, "title element", 0.6) if site else None


def _host(url: str | None) -> str | None:
    """Returns the name in an address: "www.example.org" → "example"."""
    labels = _site(url or "").split(".")
    return labels[-2] if len(labels) > 1 else None


def _language(tree: Any, text: str) -> Stated | None:
    """Returns the language of the words where they are clear, else that of the page."""
    found = language_of(text)
    if found and found[1] >= 0.7:
        return Stated(found[0], "words of the text", found[1])
    said = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip().replace("_", "-")
    if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", said):
        return Stated(said, "html lang", 0.7)
    return Stated(found[0], "words of the text", found[1]) if found else None


def _address(page: Page) -> Stated | None:
    """Returns the canonical address; one on another host than it was fetched from is not believed."""
    fetched = page.url
    links = [link.get("href") for link in page.tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    metas = [meta.get("content") for meta in page.tree.iter("meta") if meta.get("property") == "og:url"]
    for where, said in (("link canonical", links), ("meta og:url", metas)):
        for address in said:
            whole = _whole(fetched, (address or "").strip())
            if whole and (not fetched or _site(whole) == _site(fetched)):
                return Stated(whole, where, 0.95)
    return Stated(fetched, "address", 1.0) if fetched else None


def _whole(fetched: str | None, address: str) -> str | None:
    """Returns an address as a whole, None where it is none of the web."""
    try:
        whole = urljoin(fetched or "", address)
        return whole if urlsplit(whole).scheme in {"http", "https"} and _site(whole) else None
    except ValueError:
        return None


def _site(url: str) -> str:
    """Returns the host of an address without "www.", "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _gates(page: Page, stated: Statements, text: str) -> Iterator[Gate]:
    """Yields what only the page shows: a lock on the rest of the article, a wall in its place."""
    words = count_words(text) if len(text) < 10 * _SHORT else _SHORT
    if words < _SHORT:
        if not jsonld.is_for_free(stated.nodes):
            yield Gate("paywall", "the article is behind a paywall; get the whole text", "JSON-LD isAccessibleForFree")
        elif found := next(_locks(page.tree), None):
            yield Gate("paywall", "the article is behind a paywall; get the whole text", found)
    if words < 100 and (wall := wall_in(_visible(page.tree))):
        yield wall


def _locks(tree: Any) -> Iterator[str]:
    for meta in tree.iter("meta"):
        if (meta.get("property") or meta.get("name")) == "article:content_tier" and meta.get("content") in {
            "locked",
            "metered",
        }:
            yield f"meta article:content_tier {meta.get('content')}"
    for element in tree.iter("div", "section", "aside", "p"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if found := _LOCKED.search(names):
            yield f"an element called {found[0]}"


def _visible(tree: Any) -> str:
    """Returns the first words of the page, its title included."""
    found: list[str] = []
    for element in tree.iter():
        if element.tag not in {"script", "style", "noscript", "template", "meta"} and isinstance(element.tag, str):
            found.append(element.text or "")
        found.append(element.tail or "")
        if len(found) > 1000:
            break
    return " ".join(" ".join(found).split())[:3000]
