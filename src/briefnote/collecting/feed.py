"""One feed: what it lists is fetched, unless it is known, was removed, or was given up."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from briefnote.collecting.adding import Adder, shown
from briefnote.collecting.outcome import Item
from briefnote.config.feeds import FeedConfig
from briefnote.ingest.canonical import canonical
from briefnote.ingest.feeds import MOST_BYTES, FeedEntry, FeedError, read_feed
from briefnote.ingest.fetching import Answer
from briefnote.model.article import Article, Metadata, Stated
from briefnote.store.feedstates import FeedState

_FEEDS_WORD = 0.8  # how sure what a feed says of an article is, where the article does not say it
_MOST_GIVEN_UP = 2000


def ask_feed(adder: Adder, feed: FeedConfig, state: FeedState) -> tuple[list[Item], FeedState]:
    """Returns what came of asking a feed, and its new state. A feed that is gone is not asked again."""
    if state.health == "gone":
        return [], state
    answer = adder.fetcher.fetch(feed.url, state.etag, state.last_modified, cut_at=MOST_BYTES)
    if answer.kind == "unchanged":
        return [], replace(state, health="empty" if state.health == "empty" else "ok", reason="")
    if answer.kind != "ok":
        return _failed_feed(feed, state, answer)
    try:
        read = read_feed(answer.data, answer.answered, answer.media_type, feed.most)
    except FeedError as error:
        return _broken(feed, state, str(error))
    wanted = [entry for entry in read.entries if _is_wanted(feed, entry)]
    items, given_up, is_done = _entries(adder, feed, wanted, read.title, state)
    state = replace(state, health="ok" if read.entries else "empty", reason="", given_up=given_up[:_MOST_GIVEN_UP])
    # A feed whose articles could not all be fetched is asked as a whole next time, so that they are tried again.
    etag, changed = (answer.etag, answer.last_modified) if is_done else (None, None)
    return items, replace(state, etag=etag, last_modified=changed)


def _failed_feed(feed: FeedConfig, state: FeedState, answer: Answer) -> tuple[list[Item], FeedState]:
    if answer.kind == "gone":
        reason = "the server says that it is gone for good (410); it is not asked again, take it out of feeds.yaml"
        return [Item("failed", feed.name, None, reason)], replace(state, health="gone", reason=reason)
    return _broken(feed, state, answer.reason)


def _broken(feed: FeedConfig, state: FeedState, reason: str) -> tuple[list[Item], FeedState]:
    return [Item("failed", feed.name, None, f"{shown(feed.url)} {reason}")], replace(
        state, health="broken", reason=reason, etag=None, last_modified=None
    )


def _is_wanted(feed: FeedConfig, entry: FeedEntry) -> bool:
    about = f"{entry.title or ''}\n{entry.url}"
    if feed.include and not re.search(feed.include, about):
        return False
    return not (feed.exclude and re.search(feed.exclude, about))


def _entries(
    adder: Adder, feed: FeedConfig, entries: list[FeedEntry], publisher: str | None, state: FeedState
) -> tuple[list[Item], tuple[str, ...], bool]:
    """Returns the items, what is given up, and whether nothing is left to be tried again."""
    items: list[Item] = []
    given_up: list[str] = []
    is_done = True
    for entry in entries:
        page = canonical(entry.url) if entry.url else (entry.title or "")
        if page in state.given_up:
            given_up.append(page)
        elif known := adder.library.page(page):
            items.append(Item("known", shown(entry.url), known.id, ""))
        elif page not in adder.leave_out:
            found, is_final = _entry(adder, feed, entry, publisher)
            items += found
            failed = any(item.kind == "failed" for item in found)
            given_up += [page] if failed and is_final else []
            is_done = is_done and (is_final or not failed)
    return items, tuple(dict.fromkeys(given_up)), is_done


def _entry(adder: Adder, feed: FeedConfig, entry: FeedEntry, publisher: str | None) -> tuple[list[Item], bool]:
    """Returns what came of one entry, and whether trying again would be in vain."""

    def finish(article: Article) -> Article:
        return replace(article, metadata=_completed(article.metadata, feed, entry, publisher))

    if not entry.url and not entry.content:
        name = f"{feed.name}: {entry.title or 'an entry without title'}"
        return [Item("failed", name, None, "has neither address nor text; there is nothing to fetch")], True
    if feed.text == "page" and entry.url:
        answer = adder.ask(entry.url)
        return adder.answered(answer, finish), answer.kind in ("refused", "missing", "gone", "ok")
    place = entry.url or f"{feed.url}#{entry.title}"
    return adder.data(_as_page(entry), shown(place), place, "text/html; charset=utf-8", finish), True


def _as_page(entry: FeedEntry) -> bytes:
    """Returns the text that a feed carries as a page, so that it is read like one."""
    title = html.escape(entry.title or "")
    page = f"<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>\n"
    return f"{page}{entry.content or ''}\n</article></body></html>\n".encode("utf-8", "replace")


def _completed(about: Metadata, feed: FeedConfig, entry: FeedEntry, publisher: str | None) -> Metadata:
    """Returns an article's metadata, with the feed's word for what the article does not say."""

    def stated(value: str | None, where: str) -> Stated | None:
        return Stated(value, where, _FEEDS_WORD) if value else None

    return replace(
        about,
        title=about.title or stated(entry.title, "feed entry"),
        published=about.published or stated(entry.published, "feed entry"),
        authors=about.authors or tuple(Stated(name, "feed entry", _FEEDS_WORD) for name in entry.authors),
        publisher=stated(feed.publisher, "feeds.yaml") or about.publisher or stated(publisher, "feed title"),
        url=about.url or stated(entry.url or None, "feed entry"),
    )
