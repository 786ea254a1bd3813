"""Authors and dates of a page: as its metadata say them, else as a reader sees them beside the title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from briefnote.ingest.dates import dates_in, day_of
from briefnote.ingest.html import jsonld
from briefnote.ingest.html.stated import Statements, is_elsewhere, written
from briefnote.ingest.names import is_byline, names_in
from briefnote.model.article import Stated

_BYLINE = re.compile("author|byline|writer|submitted", re.IGNORECASE)
_DATED = re.compile("date|publish|posted|time|meta|byline|info|submitted", re.IGNORECASE)
_NAMING = ("class", "id", "rel", "data-testid")
_SPOKEN = set("a span div p address li strong em h3 h4 h5 h6 time section small b i td ul dl dd header".split())
_BY = (
    "//body//text()[contains(., 'By ') or contains(., 'by ') or contains(., 'BY ') or normalize-space(.) = 'By' "
    "or contains(., 'Von ') or contains(., 'von ') or contains(., 'Par ') or contains(., 'Por ')]"
)
_BEFORE, _AFTER = 25, 60  # elements of the page before and after its heading
_BIOGRAPHY = re.compile(
    r"bio|about|box|card|avatar|image|social|follow|more|count|related|comment|reply|recommend", re.I
)
_UPDATED = re.compile(r"updat|modif|revis|reviewed|edited", re.IGNORECASE)
_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?=[/-]|$)|[/-]((?:19|20)\d\d)([01]\d)([0-3]\d)(?=\D|$)"
)


def authors_of(page: Statements) -> tuple[Stated, ...]:
    """Returns the authors that the first of the places that name any names; () where none does."""
    places = (
        page.in_jsonld("author", 0.95, jsonld.persons),
        page.in_jsonld("creator", 0.9, jsonld.persons),
        page.in_metas("authors", 0.9),
        page.in_microdata("author", 0.85),
        _visible(page.tree),
    )
    for place in places:
        found: dict[str, Stated] = {}
        for stated in islice(place, 60):
            if stated.where != next(iter(found.values()), stated).where:
                break
            for name in names_in(stated.value):
                found.setdefault(name.lower(), Stated(name, stated.where, stated.certainty))
        if found:
            return tuple(found.values())
    return ()


def _visible(tree: Any) -> Iterator[Stated]:
    """Yields what elements called byline or author say, beside the heading if there are any, then lines with "By"."""
    elements = [element for element in islice(_called(tree, _BYLINE), 200) if not is_elsewhere(element)]
    elements = _beside(elements, tree) or elements
    for is_box in (False, True):
        for element in elements:
            text = _line(element) if (_BIOGRAPHY.search(element.get("class") or "") is not None) == is_box else ""
            if 0 < len(text) < 160:
                yield Stated(text, "author box" if is_box else "byline", 0.6 if is_box else 0.75)
    for words in islice(tree.xpath(_BY), 100):
        element = words.getparent()
        text = _line(element) if words.is_text and element.tag not in {"script", "style"} else ""
        if len(text) < 120 and is_byline(text) and not is_elsewhere(element):
            yield Stated(text, "line that begins with By", 0.6)


def _called(tree: Any, names: re.Pattern[str]) -> Iterator[Any]:
    """Yields the elements of the body whose class, id or the like has one of the names."""
    for element in tree.xpath("//body//*[@class or @id or @rel or @data-testid]"):
        if element.tag in _SPOKEN and names.search(" ".join(filter(None, map(element.get, _NAMING)))):
            yield element


def _line(element: Any) -> str:
    """Returns the words of an element on one line; its blocks and links are parted, dates and times left out."""
    if element.tag == "time":
        return ""
    words = " ".join(" ".join(part.split()) for part in element.itertext() if part.strip())
    days = dates_in(words)
    return words[: days[0].start] if days and days[0].start else words


def published_of(page: Statements, url: str | None) -> Stated | None:
    """Returns the day of publication: as metadata, <time>, the address or a visible line say it; None "
    "where none does."""
    said = next(_days(_published(page, url)), None) or _guessed(page.tree, url)
    return said or next(_days(_lines(page.tree, updated=False, near=False)), None)


def updated_of(page: Statements) -> Stated | None:
    """Returns the day of the last change that the page states, None where it states none."""
    return next(_days(_updated(page)), None)


def _has_words_of_change(tree: Any) -> bool:
    """Says whether the page says "updated" or the like anywhere: most do not, and need no search for the date."""
    return bool(
        tree.xpath("boolean(//body//text()[contains(., 'pdated') or contains(., 'odified') or contains(., 'evised')])")
    )


def _published(page: Statements, url: str | None) -> Iterator[Stated]:
    yield from page.in_jsonld("datePublished", 0.95)
    yield from page.in_metas("published", 0.95)
    yield from page.in_microdata("datePublished", 0.9)
    yield from page.in_jsonld("dateCreated", 0.8)
    yield from _times(page.tree, updated=False)
    if found := _IN_ADDRESS.search(url or ""):
        yield Stated("-".join(filter(None, found.groups())), "address", 0.85)
    yield from _lines(page.tree, updated=False)


def _updated(page: Statements) -> Iterator[Stated]:
    yield from page.in_jsonld("dateModified", 0.95)
    yield from page.in_metas("updated", 0.9)
    yield from page.in_microdata("dateModified", 0.9)
    yield from _times(page.tree, updated=True)
    if _has_words_of_change(page.tree):
        yield from _lines(page.tree, updated=True)


def _days(places: Iterator[Stated]) -> Iterator[Stated]:
    """Yields those that hold a date, as ISO 8601 days."""
    for stated in places:
        compact = re.match(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)", stated.value)
        if day := day_of("-".join(compact.groups()) if compact else stated.value[:60]):
            yield Stated(day, stated.where, stated.certainty)


def _times(tree: Any, updated: bool) -> Iterator[Stated]:
    """Yields the <time> elements beside the article, first those said to be its date."""
    found = _nearest([element for element in islice(tree.iter("time"), 100) if not is_elsewhere(element)], tree)
    kept = [element for element in found if _is_update(element) == updated]
    said = [
        element
        for element in kept
        if element.get("pubdate") is not None or re.search("pub|entry|post", _named(element))
    ]
    for element in said:
        yield Stated(written(element), "time element", 0.9)
    for element in kept:
        yield Stated(written(element), "time element", 0.8)


def _nearest(elements: list[Any], tree: Any) -> list[Any]:
    """Returns the elements, those beside the main heading first."""
    beside = _beside(elements, tree)
    return beside + [element for element in elements if element not in beside]


def _beside(elements: list[Any], tree: Any) -> list[Any]:
    """Returns the elements that stand beside the main heading of the page; all where it has none."""
    if not elements:
        return []
    order = {element: number for number, element in enumerate(tree.iter())}
    heading = next((order[heading] for heading in tree.iter("h1") if not is_elsewhere(heading)), None)
    if heading is None:
        return elements
    return [element for element in elements if -_BEFORE < order[element] - heading < _AFTER]


def _lines(tree: Any, updated: bool, near: bool = True) -> Iterator[Stated]:
    """Yields the visible lines with one date in elements called date, posted, byline and the like."""
    for element in _beside([*islice(_called(tree, _DATED), 200)], tree) if near else islice(_called(tree, _DATED), 200):
        text = " ".join(" ".join(element.itertext()).split())
        days = dates_in(text) if len(text) < 200 else ()
        for number, day in enumerate(days):
            before = text[days[number - 1].end if number else 0 : day.start]
            is_update = _UPDATED.search(before) is not None or _is_update(element)
            if is_update == updated and not is_elsewhere(element):
                yield Stated(day.iso, "date line", 0.75 if day.is_sure else 0.5)


def _is_update(element: Any) -> bool:
    """Says whether an element is said to be the date of a change, by its names or by the words before it."""
    before = element.getprevious()
    parent = element.getparent()
    words = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    return _UPDATED.search(f"{_named(element)} {element.text or ''} {words[-40:]}") is not None


def _named(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}".lower()


def _guessed(tree: Any, url: str | None) -> Stated | None:
    """Returns what htmldate finds, less sure: it looks for dates anywhere in the page."""
    from htmldate import find_date

    from briefnote import clock

    try:
        day = find_date(tree, original_date=True, url=url, max_date=clock.today().isoformat())
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None
    return Stated(day, "htmldate", 0.5) if day else None
