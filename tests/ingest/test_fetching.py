"""Fetching from a real server that is slow, broken, redirecting, compressed, or hostile."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable, Iterator
from email.utils import formatdate

import pytest
import trustme

from briefnote.ingest.addresses import is_public
from briefnote.ingest.fetching import Answer, Fetcher, Manners
from certificates import secure
from web_server import Handler, Page, Site, Slept, serving

MANNERS = Manners(version="1.0", contact="desk@a.example", allow_hosts=frozenset({"127.0.0.1"}), pause=0, seconds=5)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def fetched(url: str, manners: Manners = MANNERS, sleep: Slept | None = None, **how: str) -> Answer:
    with Fetcher(manners, sleep=sleep if sleep is not None else Slept()) as fetcher:
        return fetcher.fetch(url, **how)  # type: ignore[arg-type]


def quick(**about: object) -> Manners:
    return Manners(**{**vars(MANNERS), **about})


# ---- what is asked ----------------------------------------------------------------------------------------------


def test_a_page_comes_with_its_type_and_what_to_ask_with_next_time(site: Site) -> None:
    """The answer has the bytes, the media type, ETag and Last-Modified."""
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "ETag": '"e1"',
        "Last-Modified": "Thu, 08 May 2025 00:00:00 GMT",
    }
    site.pages["/a"] = Page(b"<p>It runs.", headers=headers)
    assert fetched(site.url + "/a") == Answer(
        "ok",
        site.url + "/a",
        site.url + "/a",
        b"<p>It runs.",
        "text/html; charset=utf-8",
        '"e1"',
        "Thu, 08 May 2025 00:00:00 GMT",
    )


def test_we_say_who_we_are(site: Site) -> None:
    """The user agent is the program with its version and where to find who runs it."""
    site.pages["/a"] = Page(b"x")
    fetched(site.url + "/a")
    assert {asked.headers["user-agent"] for asked in site.asked} == {"briefnote/1.0 (+desk@a.example)"}


def test_an_unchanged_page_is_not_sent_again(site: Site) -> None:
    """A 304, which has no body, is "unchanged"."""

    def conditional(handler: Handler) -> Page:
        return Page(status=304) if handler.headers["If-None-Match"] == '"e1"' else Page(b"x")

    site.pages["/a"] = conditional
    assert fetched(site.url + "/a", etag='"e1"').kind == "unchanged"
    assert fetched(site.url + "/a", etag='"e0"').data == b"x"


def test_a_304_that_was_not_asked_for_is_a_failure(site: Site) -> None:
    """Without a condition there is nothing that it could be the same as."""
    site.pages["/a"] = Page(status=304)
    assert fetched(site.url + "/a").reason == "the server answers 304"


# ---- robots.txt -------------------------------------------------------------------------------------------------


def test_robots_txt_is_obeyed(site: Site) -> None:
    """What it forbids is not asked for, and the remedy is said."""
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private\n")
    site.pages["/private/a"] = site.pages["/open"] = Page(b"x")
    answer = fetched(site.url + "/private/a")
    assert answer.kind == "refused"
    assert answer.reason == ("robots.txt of 127.0.0.1 forbids it; save the page in your browser and add the file")
    assert site.paths() == []
    assert fetched(site.url + "/open").kind == "ok"


def test_a_host_whose_robots_txt_fails_is_left_alone(site: Site) -> None:
    """RFC 9309: a server error forbids all; a 404 forbids nothing."""
    site.pages["/robots.txt"] = Page(status=503)
    site.pages["/a"] = Page(b"x")
    assert "cannot be read (the server answers 503)" in fetched(site.url + "/a").reason


def test_requests_to_a_host_are_apart(site: Site) -> None:
    """At least the pause lies between two requests, or the crawl delay where that is longer."""
    site.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 7\n")
    site.pages["/a"] = Page(b"x")
    slept = Slept()
    with Fetcher(quick(pause=2.0), sleep=slept) as fetcher:
        fetcher.fetch(site.url + "/a")
        fetcher.fetch(site.url + "/a")
    assert slept == pytest.approx([7, 7], abs=2)


# ---- second tries -----------------------------------------------------------------------------------------------


def test_a_server_that_is_busy_is_asked_again_when_it_says(site: Site) -> None:
    """Retry-After is honoured, as seconds and as a date; without it the waits double."""
    later = formatdate(time.time() + 30, usegmt=True)
    site.pages["/a"] = [
        Page(status=429, headers={"Retry-After": "9"}),
        Page(status=503, headers={"Retry-After": later}),
        Page(status=503),
        Page(b"x"),
    ]
    slept = Slept()
    assert fetched(site.url + "/a", sleep=slept).data == b"x"
    assert [round(seconds) for seconds in slept] == [9, pytest.approx(30, abs=1), 4]


def test_a_server_that_asks_for_too_long_is_left_alone(site: Site) -> None:
    """Nobody waits an hour for a page."""
    site.pages["/a"] = Page(status=429, headers={"Retry-After": "3600"})
    slept = Slept()
    answer = fetched(site.url + "/a", sleep=slept)
    assert answer.reason == "the server answers 429 and asks to wait 3600 seconds; try again later"
    assert (slept, len(site.paths())) == ([], 1)


def test_second_tries_end(site: Site) -> None:
    """After four tries the page has failed, and says so."""
    site.pages["/a"] = Page(status=503)
    slept = Slept()
    answer = fetched(site.url + "/a", sleep=slept)
    assert (answer.kind, answer.reason) == ("failed", "the server answers 503; try again later")
    assert (slept, len(site.paths())) == ([1.0, 2.0, 4.0], 4)


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (404, "missing", "the server answers 404"),
        (410, "gone", "the server answers 410"),
        (403, "refused", "the server answers 403; save the page in your browser and add the file"),
        (418, "failed", "the server answers 418"),
    ],
)
def test_what_will_not_change_is_not_asked_again(site: Site, status: int, kind: str, reason: str) -> None:
    """Missing, gone and forbidden pages are asked for once."""
    site.pages["/a"] = Page(status=status)
    answer = fetched(site.url + "/a")
    assert (answer.kind, answer.reason, len(site.paths())) == (kind, reason, 1)


# ---- redirects --------------------------------------------------------------------------------------------------


def test_redirects_are_followed(site: Site) -> None:
    """The answer says where they led."""
    site.pages["/a"] = Page(status=301, headers={"Location": "/b"})
    site.pages["/b"] = Page(status=302, headers={"Location": site.url + "/c"})
    site.pages["/c"] = Page(b"x")
    answer = fetched(site.url + "/a")
    assert (answer.url, answer.answered, answer.data) == (site.url + "/a", site.url + "/c", b"x")


def test_redirects_in_a_circle_end(site: Site) -> None:
    """After eight the page is refused."""
    site.pages["/a"] = Page(status=302, headers={"Location": "/a"})
    assert "redirects more than 8 times" in fetched(site.url + "/a").reason
    assert len(site.paths()) == 9


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "is no http or https address"),
        ("http://169.254.169.254/meta", "169.254.169.254 is at 169.254.169.254, which is no public address"),
        ("http://[::ffff:10.0.0.1]/", "which is no public address"),
        ("http://user:secret@127.0.0.1/", "has a user or password in its address"),
        ("http://[", "is no http or https address"),
    ],
)
def test_a_redirect_is_checked_like_an_address(site: Site, location: str, reason: str) -> None:
    """Other schemes, inner addresses and passwords are refused after a redirect too."""
    site.pages["/a"] = Page(status=302, headers={"Location": location})
    answer = fetched(site.url + "/a")
    assert answer.kind == "refused"
    assert reason in answer.reason
    assert "secret" not in answer.reason


# ---- where the network must not lead ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 240.0.0.1 "
    "::1 :: fe80::1 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: nonsense".split(),
)
def test_inner_addresses_are_not_public(address: str) -> None:
    """Private, loopback, link-local, multicast, reserved and unspecified ones, also wrapped in IPv6."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_outer_addresses_are_public(address: str) -> None:
    """Those of the public internet are."""
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433"])
def test_loopback_is_refused_however_it_is_spelt(site: Site, host: str) -> None:
    """What counts is the address a name leads to. Nothing is asked of the server."""
    port = site.url.rpartition(":")[2]
    answer = fetched(f"http://{host}:{port}/a", quick(allow_hosts=frozenset()))
    assert answer.kind in ("refused", "failed")
    assert "no public address" in answer.reason or "no connection" in answer.reason
    assert site.asked == []


def test_a_name_that_leads_inside_is_refused_and_can_be_allowed_by_name(site: Site) -> None:
    """A name of the outer world that resolves to an inner address is an attack, unless the user named it."""
    site.pages["/a"] = Page(b"x")
    url = f"http://inside.example:{site.url.rpartition(':')[2]}/a"

    def inside(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    with Fetcher(quick(allow_hosts=frozenset()), inside, Slept()) as fetcher:
        assert "--allow-host inside.example" in fetcher.fetch(url).reason
    with Fetcher(quick(allow_hosts=frozenset({"inside.example"})), inside, Slept()) as fetcher:
        assert fetcher.fetch(url).data == b"x"
    assert {asked.headers["host"] for asked in site.asked} == {url[7:-2]}


def test_the_connection_goes_to_the_address_that_was_checked(site: Site) -> None:
    """A name that answers with a public address first and an inner one later reaches nothing inside."""
    answers = iter([["192.0.2.1"], ["127.0.0.1"], ["127.0.0.1"]])
    with Fetcher(quick(allow_hosts=frozenset()), lambda *_: next(answers), Slept()) as fetcher:
        assert fetcher.fetch(f"http://rebinding.example:{site.url.rpartition(':')[2]}/a").kind == "refused"
    assert site.asked == []


# ---- certificates -----------------------------------------------------------------------------------------------


def test_a_good_certificate_is_trusted(authority: trustme.CA) -> None:
    """One of a known authority, for the name that was asked."""
    with serving(secure(authority, "127.0.0.1")) as site:
        site.pages["/a"] = Page(b"x")
        assert fetched(site.url + "/a").data == b"x"


@pytest.mark.parametrize("who", ["another authority", "another name"])
def test_a_bad_certificate_ends_it(authority: trustme.CA, who: str) -> None:
    """It is not asked again and nothing is read; there is no way to switch the check off."""
    bad = secure(trustme.CA(), "127.0.0.1") if who == "another authority" else secure(authority, "other.example")
    with serving(bad) as site:
        site.pages["/a"] = Page(b"x")
        answer = fetched(site.url + "/a")
    assert (answer.kind, site.asked) == ("refused", [])
    assert answer.reason.startswith("has a certificate that does not hold: ")


def test_https_does_not_lead_to_http(authority: trustme.CA) -> None:
    """What was asked for safely is not taken from an unsafe place."""
    with serving(secure(authority, "127.0.0.1")) as site, serving() as other:
        site.pages["/a"] = Page(status=302, headers={"Location": other.url + "/a"})
        assert "leads from https to http://127.0.0.1" in fetched(site.url + "/a").reason
        assert other.asked == []


# ---- time and size ----------------------------------------------------------------------------------------------


def drip(handler: Handler) -> None:
    """Sends a byte of the head every 20 ms, for ever."""
    for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 10_000:
        handler.wfile.write(bytes([byte]))
        time.sleep(0.02)


def drip_body(handler: Handler) -> None:
    """Sends the head at once and a byte of the body every 20 ms."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n")
    for _ in range(10_000):
        handler.wfile.write(b"a")
        time.sleep(0.02)


@pytest.mark.parametrize("drop", [drip, drip_body])
def test_a_server_that_drips_is_left(site: Site, drop: Callable[[Handler], None]) -> None:
    """The time limit is one of the whole request: a byte now and then does not extend it."""
    site.pages["/a"] = drop
    answer = fetched(site.url + "/a", quick(seconds=0.3, attempts=1))
    assert (answer.kind, answer.reason) == ("failed", "the server took too long; try again later")


def test_a_body_shorter_than_said_is_asked_again(site: Site) -> None:
    """Half a page is never taken for a page."""
    site.pages["/a"] = [Page(b"half", length=8), Page(b"complete")]
    assert fetched(site.url + "/a").data == b"complete"
    site.pages["/b"] = Page(b"half", length=8)
    assert "the server broke off" in fetched(site.url + "/b").reason


def test_a_body_longer_than_said_ends_where_it_said(site: Site) -> None:
    """What comes after the stated length is not part of the answer."""
    site.pages["/a"] = Page(b"completely", length=8)
    assert fetched(site.url + "/a").data == b"complete"


def test_a_body_that_is_too_large_is_not_read(site: Site) -> None:
    """It is refused when the limit is passed."""
    site.pages["/a"] = Page(b"a" * 2000)
    assert fetched(site.url + "/a", quick(most_bytes=1000)).reason == (
        "is larger than 1,000 bytes unpacked; nothing of that size is read"
    )


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", bare_deflate)]
)
def test_compressed_bodies_are_unpacked(site: Site, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    """gzip, and deflate with and without its header."""
    text = b"It runs twice a day. " * 20_000
    site.pages["/a"] = Page(pack(text), headers={"Content-Encoding": encoding})
    assert fetched(site.url + "/a").data == text


def test_a_compressed_bomb_is_stopped(site: Site) -> None:
    """A gigabyte in a megabyte is refused at the limit."""
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(200)) + packer.flush()
    site.pages["/a"] = Page(bomb, headers={"Content-Encoding": "gzip"})
    assert fetched(site.url + "/a", quick(most_bytes=1_000_000)).reason.startswith("is larger than 1,000,000 bytes")


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("br", b"x", "is packed as 'br', which was not asked for"),
        ("gzip, gzip", b"x", "is packed as 'gzip, gzip', which was not asked for"),
        ("gzip", b"no gzip", "is no valid compressed body"),
        ("gzip", gzip.compress(b"a" * 999, mtime=0)[:-12], "breaks off before its end"),
    ],
)
def test_a_body_that_cannot_be_unpacked_is_refused(site: Site, encoding: str, body: bytes, reason: str) -> None:
    """Other ways of packing, packing twice, broken and cut streams."""
    site.pages["/a"] = Page(body, headers={"Content-Encoding": encoding})
    assert fetched(site.url + "/a").reason == reason


def test_no_server_no_traceback() -> None:
    """A port that nobody listens on, a name that does not exist, and what is no HTTP are reasons."""
    assert fetched("http://127.0.0.1:1/a").kind == "failed"
    assert fetched("http://nowhere.invalid/a").kind == "failed"
    assert fetched("ftp://a.example/").reason == "is no http or https address"
