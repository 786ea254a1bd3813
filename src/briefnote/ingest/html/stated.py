"""Where pages say their title, authors, dates and publisher: JSON-LD, meta tags, microdata, visible lines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from briefnote.ingest.html import jsonld
from briefnote.model.article import Stated

_METAS = {
    "title": "og:title citation_title dc.title dcterms.title parsely-title sailthru.title headline twitter:title title",
    "authors": "citation_author dc.creator dcterms.creator parsely-author sailthru.author author authors "
    "byl article:author "
    "og:article:author dc.contributor.author rbauthors cxenseparse:author",
    "publisher": "og:site_name citation_publisher dc.publisher dcterms.publisher publisher citation_journal_title "
    "application-name copyright",
    "published": "article:published_time og:published_time og:article:published_time citation_publication_date "
    "citation_online_date citation_date dc.date.issued dcterms.issued dc.date dcterms.date "
    "dcterms.created dc.date.created "
    "parsely-pub-date sailthru.date pubdate publishdate publish-date publish_date publication_date date_published "
    "datepublished article.published date pdate published-date dateissued cxenseparse:recs:publishtime ptime "
    "article_date_original originalpublicationdate publication-date displaydate",
    "updated": "article:modified_time og:updated_time og:modified_time dcterms.modified dc.date.modified lastmod "
    "last-modified datemodified article.updated utime revised",
}
_WHERE = {name: kind for kind, names in _METAS.items() for name in names.split()}
_ELSEWHERE = re.compile(
    r"comment|related|recommend|sidebar|(?<!post-)(?<!entry-)(?<!article-)footer|widget|teaser|promo|popular|trending|"
    r"newsletter|read-?more|more-(?:from|stories|news)|next-|prev-|pagination|carousel|recirc|latest|archive|signup|"
    r"subscri(?:be|ption)-|donat|breadcrumb|menu|advert|share|social",
    re.IGNORECASE,
)
_ASIDE = {"aside", "nav"}


@dataclass(frozen=True)
class Statements:
    """All that a page states, by kind, the most trustworthy first; each value as it is written."""

    tree: Any

    @cached_property
    def nodes(self) -> list[jsonld.Node]:
        """The article nodes of its JSON-LD; of several articles, the one that the <title> names comes first."""
        nodes = jsonld.article_nodes(self.tree)
        title = _letters(self.tree.findtext(".//title") or "")
        return sorted(nodes, key=lambda node: not _names(node, title)) if len(nodes) > 1 else nodes

    @cached_property
    def metas(self) -> dict[str, list[tuple[str, str]]]:
        """The contents of its meta tags by kind, as (name, content), in the order of trust."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for element in self.tree.iter("meta"):
            name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
            content = " ".join((element.get("content") or "").split())
            if content and (kind := _WHERE.get(name.replace("dc:", "dc.").replace("dcterms:", "dcterms."))):
                found[kind].append((name, content))
        return {kind: sorted(values, key=lambda value: _rank(kind, value[0])) for kind, values in found.items()}

    def in_metas(self, kind: str, certainty: float) -> Iterator[Stated]:
        """Yields what the meta tags say of a kind."""
        for name, content in self.metas.get(kind, ()):
            yield Stated(content, f"meta {name}", certainty)

    def in_jsonld(
        self, key: str, certainty: float, of: Callable[[object], Iterator[str]] = jsonld.texts
    ) -> Iterator[Stated]:
        """Yields what the JSON-LD says under a key; `of` turns its value into words."""
        for node in self.nodes:
            for text in of(node.get(key)):
                yield Stated(text, f"JSON-LD {key}", certainty)

    def in_microdata(self, name: str, certainty: float) -> Iterator[Stated]:
        """Yields what elements with an itemprop say, those of comments and side columns left out."""
        for element in self._with_itemprop:
            if name in (element.get("itemprop") or "").split() and not is_elsewhere(element):
                inner = [part for part in element.iter() if part.get("itemprop") == "name"]
                yield Stated(written(inner[0] if inner else element), f"itemprop {name}", certainty)

    @cached_property
    def _with_itemprop(self) -> Sequence[Any]:
        return list(self.tree.xpath("//body//*[@itemprop]"))


def written(element: Any) -> str:
    """Returns what an element says: its content or datetime attribute, else its words on one line."""
    stated = element.get("content") or element.get("datetime")
    return " ".join((stated or " ".join(element.itertext())).split())


def is_elsewhere(element: Any) -> bool:
    """Says whether an element belongs to comments, related articles, side columns or footers.

    What holds the main heading of the page is no such part, whatever it is called.
    """
    return any(_is_aside(part) and part.find(".//h1") is None for part in (element, *element.iterancestors()))


def _is_aside(element: Any) -> bool:
    if element.tag == "footer":
        return next(element.iterancestors("article"), None) is None
    if element.tag in _ASIDE:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag not in {"html", "body", "main"} and _ELSEWHERE.search(names) is not None


def _names(node: jsonld.Node, title: str) -> bool:
    """Says whether the headline of a node stands in a title."""
    return any(_letters(headline) in title for headline in jsonld.texts(node.get("headline")) if _letters(headline))


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _rank(kind: str, name: str) -> int:
    names = _METAS[kind].split()
    bare = name.replace("dc:", "dc.").replace("dcterms:", "dcterms.")
    return names.index(bare)
