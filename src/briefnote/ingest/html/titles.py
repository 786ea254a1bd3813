"""The title of a page, without the name of the site that stands before or after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from briefnote.ingest.html.stated import Statements, is_elsewhere, written
from briefnote.model.article import Stated
from briefnote.text import bare_words

_MARK = re.compile(r"\s+[|•·»›«–—:~/-]+\s+|\s*[|»]\s*")
# Elements that themes call the title of the article.
_MARKED = (
    "//body//*[self::h1 or self::h2 or self::h3 or self::h4 or self::td or self::div or self::span or self::p]"
    "[contains(concat(' ',@class,' '),'entry-title') or contains(concat(' ',@class,' '),'post-title') or "
    "contains(concat(' ',@class,' '),'article-title') or contains(concat(' ',@class,' '),'page-title') or "
    "contains(concat(' ',@class,' '),' headline ') or contains(concat(' ',@class,' '),'contentheading') or "
    "contains(@class,'article__title') or contains(@class,'article-headline') or @itemprop='headline']"
)
_NO_TITLE = re.compile(r"(?:home|homepage|untitled|index|blog|news|article|menu|search|about)", re.IGNORECASE)


def title_of(page: Statements, site: str | None) -> Stated | None:
    """Returns the title: the only heading of the first rank where meta data agree with it, else what these say."""
    raw = list(_said(page))
    parts = {bare_words(part) for stated in raw for part in _MARK.split(stated.value)}
    said = [Stated(_bare(stated.value, site), stated.where, stated.certainty) for stated in raw]
    said = [stated for stated in said if stated.value and not _NO_TITLE.fullmatch(stated.value)]
    headings = [
        text
        for element in islice(page.tree.iter("h1"), 20)
        if (text := written(element)) and not _is_site(text, site) and not _leads_home(element)
    ]
    for heading, where in chain(((text, "h1") for text in headings), _marked(page.tree)):
        if bare_words(heading) in parts or any(_agree(heading, stated.value) for stated in said):
            return Stated(heading, where, 0.95)
    if said and said[0].certainty > 0.7:
        return said[0]
    own = [heading for heading in headings if len(heading.split()) > 2]
    if len(own) == 1:
        return Stated(own[0], "h1", 0.8)
    return said[0] if said else (Stated(headings[0], "h1", 0.6) if headings else _second(page.tree))


def site_in_title(tree: Any) -> str | None:
    """Returns the part of the <title> before or after what is a heading of the page."""
    text = _title_element(tree)
    marks = list(_MARK.finditer(text))
    if not marks:
        return None
    headings = {bare_words(written(element)) for element in islice(tree.iter("h1"), 20) if not _leads_home(element)}
    headings.update(bare_words(title) for title, _ in _marked(tree))
    for mark in marks:
        if bare_words(text[: mark.start()]) in headings:
            return text[mark.end() :].strip() or None
        if bare_words(text[mark.end() :]) in headings:
            return _MARK.split(text)[0].strip() or None
    return None


def _marked(tree: Any) -> Iterator[tuple[str, str]]:
    """Yields what elements called title say; they are looked for only where they are asked for."""
    yield from (
        (text, "element called title") for element in islice(tree.xpath(_MARKED), 20) if (text := written(element))
    )


def _leads_home(heading: Any) -> bool:
    """Says whether a heading is one link to the front page: the name of the site."""
    link = heading.find(".//a")
    if link is None:
        return False
    return link.get("rel") == "home" or re.fullmatch(r"(?:https?://[^/]+)?/?", link.get("href") or "x") is not None


def _said(page: Statements) -> Iterator[Stated]:
    yield from page.in_jsonld("headline", 0.9)
    yield from page.in_metas("title", 0.85)
    yield from page.in_microdata("headline", 0.8)
    yield from page.in_jsonld("name", 0.75)
    if text := _title_element(page.tree):
        yield Stated(text, "title element", 0.7)


def _title_element(tree: Any) -> str:
    element = tree.find(".//head/title")
    return "" if element is None else " ".join(element.text_content().split())


def _bare(title: str, site: str | None) -> str:
    """Returns the title without the site's name; of unknown sites, without a short last part after a stroke."""
    marks = list(_MARK.finditer(title))
    for mark in reversed(marks):
        if _is_site(title[mark.end() :], site):
            title = title[: mark.start()]
    if (first := _MARK.search(title)) and _is_site(title[: first.start()], site):
        title = title[first.end() :]
    last = marks[-1] if marks else None
    if last and "|" in last[0] and last.end() < len(title):
        before, after = title[: last.start()], title[last.end() :]
        title = before if len(after.split()) < min(5, len(before.split())) else title
    return title.strip(" |–—-•·»")


def _is_site(text: str, site: str | None) -> bool:
    """Says whether it is the name of the site, or one of the two holds the other as whole words."""
    part, whole = bare_words(text), bare_words(site or "")
    if not part or not whole:
        return False
    return (
        part == whole
        or part.replace(" ", "") == whole.replace(" ", "")
        or (f" {whole} " in f" {part} " and len(part) < 60)
    )


def _agree(heading: str, said: str) -> bool:
    """Says whether the two are the same words, or one begins or ends with the other."""
    one, other = bare_words(heading), bare_words(said)
    short, long = sorted((one, other), key=len)
    return bool(short) and (long.startswith(short) or long.endswith(short)) and len(short) > 0.5 * len(long)


def _second(tree: Any) -> Stated | None:
    headings = (written(element) for element in islice(tree.iter("h2"), 20) if not is_elsewhere(element))
    return next((Stated(text, "h2", 0.4) for text in headings if len(text.split()) > 2), None)
