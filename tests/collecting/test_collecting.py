"""Asking feeds and drop folders: what is new is fetched once, what fails is said and tried again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

import pytest

from briefnote.collecting.collecting import collect, health
from briefnote.collecting.outcome import Collected
from briefnote.collecting.removal import remove_sources
from briefnote.config.feeds import read_feeds_config
from briefnote.errors import BriefnoteError
from briefnote.ingest.feeds import FeedError, read_feed
from briefnote.store.articles import read_article, sources_folder
from briefnote.store.folder import Folder
from stories import page, paragraphs, plain
from web_server import Handler, Page, Site, patient


def rss(*links: str, title: str = "Elbe Institute") -> bytes:
    items = "".join(
        f"<item><title>Entry {n}</title><link>{escape(link)}</link></item>" for n, link in enumerate(links, 1)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'.encode()


def atom(*links: str) -> bytes:
    entries = "".join(f'<entry><title>E</title><link href="{escape(link)}"/></entry>' for link in links)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Elbe Institute</title>{entries}</feed>'.encode()


def json_feed(*links: str) -> bytes:
    items = [{"id": link, "url": link, "title": "E"} for link in links]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Elbe Institute", "items": items}
    return json.dumps(feed).encode()


def feeds(folder: Folder, *lines: str) -> None:
    (sources_folder(folder) / "feeds.yaml").write_text("\n".join(lines) + "\n")


def feed(site: Site, *more: str) -> Sequence[str]:
    return ("feeds:", "  - name: elbe", f"    url: {site.url}/feed", *(f"    {line}" for line in more))


def asked(folder: Folder) -> Collected:
    return collect(folder, fetcher_of=patient)


def said(found: Collected) -> list[str]:
    return [str(item) for item in found.items]


FERRY, BRIDGE = "2026-03-05-elbe-institute-the-ferry", "2026-03-05-elbe-institute-the-bridge"


@pytest.fixture
def two(site: Site, folder: Folder) -> Site:
    """A site with two articles, and a feed that lists them."""
    site.pages["/ferry"] = Page(page("The ferry", 1))
    site.pages["/bridge"] = Page(page("The bridge", 2))
    site.pages["/feed"] = Page(rss(f"{site.url}/ferry", "/bridge"))
    feeds(folder, *feed(site))
    return site


# ---- feeds ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [rss, atom, json_feed])
def test_what_a_feed_lists_becomes_sources(folder: Folder, two: Site, made: object) -> None:
    """RSS, Atom and JSON Feed; a feed's title is the publisher where the page names none."""
    two.pages["/feed"] = Page(made(f"{two.url}/ferry", f"{two.url}/bridge"))  # type: ignore[operator]
    found = asked(folder)
    assert said(found) == [f"added   sources/{FERRY}", f"added   sources/{BRIDGE}"]
    assert [str(feed) for feed in found.feeds] == ["elbe: ok since 2026-11-21"]


def test_what_is_known_is_not_fetched_again(folder: Folder, two: Site) -> None:
    """A second run asks for the feed alone."""
    asked(folder)
    two.asked.clear()
    assert said(asked(folder)) == [f"known   sources/{FERRY}", f"known   sources/{BRIDGE}"]
    assert two.paths() == ["/feed"]


def test_an_unchanged_feed_is_not_sent_again(folder: Folder, two: Site) -> None:
    """Its ETag is sent, and a 304 ends it."""
    body = rss(f"{two.url}/ferry")

    def conditional(handler: Handler) -> Page:
        return Page(status=304) if handler.headers["If-None-Match"] else Page(body, headers={"ETag": '"f1"'})

    two.pages["/feed"] = conditional
    asked(folder)
    found = asked(folder)
    assert (found.items, [str(feed) for feed in found.feeds]) == ((), ["elbe: ok since 2026-11-21"])


def test_an_article_that_failed_is_tried_again(folder: Folder, two: Site) -> None:
    """As long as one is missing for a passing reason, the feed is asked whole."""
    two.pages["/feed"] = Page(rss(f"{two.url}/ferry", f"{two.url}/bridge"), headers={"ETag": '"f1"'})
    two.pages["/bridge"] = [*[Page(status=503)] * 4, Page(page("The bridge", 2))]
    first, second = asked(folder), asked(folder)
    assert [item.kind for item in first.items] == ["added", "failed"]
    assert [item.kind for item in second.items] == ["known", "added"]


def test_an_article_that_will_not_come_is_given_up(folder: Folder, two: Site) -> None:
    """A page that is missing is said once, not every week."""
    two.pages["/bridge"] = Page(status=404)
    assert [item.kind for item in asked(folder).items] == ["added", "failed"]
    assert [item.kind for item in asked(folder).items] == ["known"]


def test_what_was_removed_stays_away(folder: Folder, two: Site) -> None:
    """A source in the trash is not collected again."""
    asked(folder)
    remove_sources(folder, [BRIDGE])
    assert said(asked(folder)) == [f"known   sources/{FERRY}"]


def test_a_feed_can_carry_the_text(folder: Folder, two: Site) -> None:
    """With `text: feed` no page is fetched."""
    content = "".join(f"<p>{part}</p>" for part in paragraphs(7))
    two.pages["/feed"] = Page(
        f'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Elbe</title><item>'
        f"<title>The tunnel</title><link>{two.url}/tunnel</link><pubDate>Thu, 05 Mar 2026 08:00:00 GMT</pubDate>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded></item></channel></rss>".encode()
    )
    feeds(folder, *feed(two, "text: feed", "publisher: The Elbe Institute"))
    assert said(asked(folder)) == ["added   sources/2026-03-05-elbe-institute-the-tunnel"]
    assert two.paths() == ["/feed"]
    assert said(asked(folder)) == ["known   sources/2026-03-05-elbe-institute-the-tunnel"]


def test_a_feed_is_cut_by_patterns_and_number(folder: Folder, two: Site) -> None:
    """`include`, `exclude` and `most`."""
    feeds(folder, *feed(two, "include: Entry", "exclude: /ferry$"))
    assert said(asked(folder)) == [f"added   sources/{BRIDGE}"]
    feeds(folder, *feed(two, "most: 1"))
    assert said(asked(folder)) == [f"added   sources/{FERRY}"]


def test_a_feed_of_a_million_items_costs_no_more_than_its_first(folder: Folder, two: Site) -> None:
    """The first hundred are looked at; the body is cut where it is too large."""
    item = b"<item><title>E</title><link>/ferry</link></item>"
    two.pages["/feed"] = Page(b"<rss version='2.0'><channel><title>Elbe</title>" + item * 1_000_000)
    found = asked(folder)
    assert [item.kind for item in found.items] == ["added", *["known"] * 99]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<!doctype html><html><body>Hello", "is no feed but an HTML page"),
        (b"", "is no feed but something else"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [', "begins like JSON and breaks off"),
        (b'{"a": 1}', "is JSON and no JSON Feed"),
        (b"[" * 100_000, "is no feed"),
        (b"{" * 100_000, "is no feed"),
    ],
)
def test_what_is_no_feed_is_said(data: bytes, reason: str) -> None:
    """With what it is instead."""
    with pytest.raises(FeedError, match=reason):
        read_feed(data, "https://a.example/feed", None, 10)


def test_entities_of_a_feed_do_not_grow_and_do_not_read_files(tmp_path: Path) -> None:
    """A billion laughs stay a few; an external entity is nothing."""
    (tmp_path / "secret").write_text("secret")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    data = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "{tmp_path}/secret">]>'
        '<rss version="2.0"><channel><item><title>&l9;&f;</title><link>https://a.example/x</link></item></channel></rss>'
    )
    (entry,) = read_feed(data.encode(), "https://a.example/feed", None, 10).entries
    assert len(entry.title or "") <= 500
    assert "secret" not in (entry.title or "")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[", " "])
def test_a_feed_leads_only_to_the_web(link: str) -> None:
    """Other schemes are no address."""
    (entry,) = read_feed(rss(link), "https://a.example/feed", None, 10).entries
    assert not entry.url.startswith(("javascript", "file", "data", "http://["))


def test_a_feed_may_not_lead_inside(folder: Folder, two: Site) -> None:
    """An address of the inner network in a feed is refused like any other."""
    two.pages["/feed"] = Page(rss("http://169.254.169.254/latest/meta-data"))
    assert "which is no public address" in said(asked(folder))[0]


# ---- health -----------------------------------------------------------------------------------------------------


def states(folder: Folder) -> list[str]:
    return [str(state) for state in health(folder)]


def test_the_health_of_a_feed(folder: Folder, two: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never seen, ok, empty, broken since, gone."""
    feeds_of_day = [Page(rss()), Page(b"<html>"), Page(rss("/ferry")), Page(status=410)]
    assert states(folder) == ["elbe: never seen"]
    found = []
    for day, answer in enumerate(feeds_of_day):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1795219200 + day * 86400))
        two.pages["/feed"] = answer
        asked(folder)
        found += states(folder)
    assert [line[:29] for line in found] == [
        "elbe: empty since 2026-11-21",
        "elbe: broken since 2026-11-22",
        "elbe: ok since 2026-11-23",
        "elbe: gone since 2026-11-24: ",
    ]


def test_broken_since_is_the_first_day(folder: Folder, two: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day does not move while it stays broken."""
    two.pages["/feed"] = Page(status=404)
    for day in range(2):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1795219200 + day * 86400))
        assert asked(folder).has_failed
    assert states(folder) == ["elbe: broken since 2026-11-21: the server answers 404"]


def test_a_feed_that_is_gone_is_not_asked_again(folder: Folder, two: Site) -> None:
    """Until feeds.yaml gives it another address."""
    two.pages["/feed"] = Page(status=410)
    asked(folder)
    two.asked.clear()
    assert asked(folder).has_failed
    assert two.asked == []
    two.pages["/new"] = Page(rss("/ferry"))
    feeds(folder, *(line.replace("/feed", "/new") for line in feed(two)))
    assert said(asked(folder)) == [f"added   sources/{FERRY}"]


def test_the_other_feeds_go_on(folder: Folder, two: Site) -> None:
    """One that fails stops none."""
    feeds(folder, "feeds:", f"  - {{name: none, url: {two.url}/none}}", f"  - {{name: elbe, url: {two.url}/feed}}")
    found = asked(folder)
    assert [item.kind for item in found.items] == ["failed", "added", "added"]
    assert found.has_failed


# ---- drop folders -----------------------------------------------------------------------------------------------


def test_files_of_a_drop_folder_become_sources(folder: Folder) -> None:
    """They stay where they are; unfinished and hidden ones are left alone."""
    feeds(folder, "drops:", "  - {name: inbox, folder: inbox}")
    (folder.root / "inbox").mkdir()
    for name in ("a.txt", "b.txt.part", ".c.txt", "d.crdownload"):
        (folder.root / "inbox" / name).write_bytes(plain("The ferry"))
    assert said(asked(folder)) == ["added   sources/2026-03-05-the-ferry"]
    assert read_article(folder, "2026-03-05-the-ferry").came_from == "inbox/a.txt"
    assert said(asked(folder)) == ["known   sources/2026-03-05-the-ferry"]


def test_a_drop_folder_that_is_not_there_is_said(folder: Folder) -> None:
    """With the remedy."""
    feeds(folder, "drops:", "  - {name: inbox, folder: inbox}")
    assert said(asked(folder)) == ["failed  inbox: there is no folder inbox; make it, or take it out of feeds.yaml"]


# ---- feeds.yaml -------------------------------------------------------------------------------------------------


def test_no_feeds_is_a_message(folder: Folder) -> None:
    """Where nothing is named there is nothing to ask."""
    with pytest.raises(BriefnoteError, match="names no feed, mailbox or drop folder"):
        asked(folder)


def test_an_unknown_feed_is_a_message(folder: Folder, two: Site) -> None:
    """With the nearest name."""
    with pytest.raises(BriefnoteError, match=r"no feed 'elb'\. Did you mean 'elbe'\?"):
        collect(folder, ["elb"])


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("feeds: [{name: a, url: 'ftp://a.example'}]", "feeds.yaml:1: feeds[1].url: found"),
        ("feeds: [{name: A b, url: 'https://a.example'}]", "feeds.yaml:1: feeds[1].name: found"),
        ("feeds: [{name: a, url: 'https://u:p@a.example/f'}]", "feeds.yaml:1: url: holds a user or password"),
        (
            "feeds: [{name: a, url: 'https://a.example/f', include: '('}]",
            "feeds.yaml:1: include: no regular expression",
        ),
        (
            "feeds: [{name: a, url: 'https://a.example/f'}]\ndrops: [{name: a, folder: x}]",
            "feeds.yaml:2: name: 'a' is the name of another one too",
        ),
        ("mailboxes: [{name: a, host: h, user: u, password: p}]", "feeds.yaml:1: mailboxes[1].password: unknown field"),
        ("mailboxes: [{name: a, host: h, user: u, security: none}]", "feeds.yaml:1: security: found none"),
    ],
)
def test_mistakes_in_feeds_yaml_are_named(written: str, problem: str) -> None:
    """File, line, field, what was found and what to do."""
    config, problems = read_feeds_config(written.encode(), "feeds.yaml")
    assert config is None
    assert str(problems[0]).startswith(problem)
