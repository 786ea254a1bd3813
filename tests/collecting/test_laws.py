"""Laws of names, addresses, records and feeds, whatever comes."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefnote.ingest.canonical import canonical, without_credentials
from briefnote.ingest.duplicates import Sketches, overlap, sketch
from briefnote.ingest.feeds import FeedError, read_feed
from briefnote.ingest.unpacking import BodyError, unpacked
from briefnote.model.archive import ArticleRecord, Drift, Fetch, Version
from briefnote.model.article import Article, Block, Gate, Metadata, Place, Stated
from briefnote.store.naming import LONGEST_ID, id_of
from briefnote.store.plain import read_record, record_text
from stories import paragraphs

Many = st.SearchStrategy


def several(one: Many[Any]) -> Many[tuple[Any, ...]]:
    """Returns up to three of a kind."""
    return st.lists(one, max_size=3).map(tuple)


stated = st.none() | st.builds(Stated, st.text(), st.text(), st.floats(0, 1))
records = st.builds(
    ArticleRecord,
    id=st.just("a"),
    article=st.builds(
        Article,
        text=st.text(),
        blocks=several(st.builds(Block, st.sampled_from(["title", "note"]), st.integers(0), st.integers(0))),
        places=several(st.builds(Place, st.integers(0), st.integers(0), st.text(), st.integers(0))),
        metadata=st.builds(Metadata, title=stated, publisher=stated, published=stated, url=stated),
        gates=several(st.builds(Gate, st.just("paywall"), st.text(), st.text())),
    ),
    text_sha256=st.text(),
    came_from=st.none() | st.text(),
    origin=st.none() | st.text(),
    fetch=st.none() | st.builds(Fetch, st.text(), st.text(), st.text(), st.none() | st.text()),
    versions=several(st.builds(Version, st.integers(1), st.text(), st.text(), st.none(), st.text())),
    drift=st.none() | st.builds(Drift, st.just("changed"), st.text(), st.text()),
)


@given(records)
def test_a_record_written_and_read_is_the_same(record: ArticleRecord) -> None:
    """Saved as JSON and read again, nothing is lost and nothing is added."""
    assert read_record(ArticleRecord, json.loads(record_text(asdict(record)))) == record


@given(records)
def test_an_id_is_always_a_safe_name(record: ArticleRecord) -> None:
    """Small letters, digits and hyphens, at most 80, beginning with a day or "undated"."""
    name = id_of(record.article, "0123456789abcdef")
    assert re.fullmatch(r"(\d{4}-\d\d-\d\d|undated)(-[a-z0-9]+)+", name)
    assert len(name) <= LONGEST_ID


hosts = st.from_regex(r"[a-z]{1,8}\.(example|org)", fullmatch=True)
paths = st.from_regex(r"(/[A-Za-z0-9_-]{1,8}){0,3}", fullmatch=True)
queries = st.dictionaries(
    st.from_regex(r"q[a-z]{0,3}", fullmatch=True), st.from_regex(r"[a-z0-9]{0,4}", fullmatch=True)
)


@given(hosts, paths, queries, st.sampled_from(["utm_source=x", "fbclid=1", "gclid=2&utm_medium=y", "output=amp"]))
def test_what_says_who_sent_a_reader_makes_no_other_page(
    host: str, path: str, query: dict[str, str], tracking: str
) -> None:
    """Tracking, fragments, www, scheme, a trailing stroke and the order of parameters do not count; the rest does."""
    pairs = [f"{name}={value}" for name, value in query.items()]
    plain = f"https://{host}{path}?{'&'.join(pairs)}"
    longer = f"http://WWW.{host.upper()}:80{path}/?{'&'.join([tracking, *reversed(pairs)])}#part"
    assert canonical(plain) == canonical(longer)
    assert canonical(plain) != canonical(f"https://other.{host}{path}?{'&'.join(pairs)}")


@given(st.text())
def test_any_text_can_be_asked_for_its_address(text: str) -> None:
    """What is no URL is only itself, and what is printed has no line break."""
    assert isinstance(canonical(text), str)
    assert not re.search(r"[\n\r\0]", without_credentials(text))


@given(st.binary(max_size=2000) | st.text(max_size=2000).map(str.encode))
def test_any_bytes_are_a_feed_or_are_said_to_be_none(data: bytes) -> None:
    """No other exception leaves the reader of feeds."""
    for start in (b"", b"<rss><channel><item>", b'{"version": "https://jsonfeed.org/version/1.1", "items": ['):
        with suppress(FeedError):
            assert len(read_feed(start + data, "https://a.example/feed", None, 5).entries) <= 5


@given(st.lists(st.binary(max_size=300), max_size=5), st.sampled_from(["gzip", "deflate", "", "identity"]))
def test_any_body_is_unpacked_or_refused(parts: list[bytes], encoding: str) -> None:
    """Within its limit, whatever it says it is."""
    with suppress(BodyError):
        assert len(unpacked(parts, encoding, 500)) <= 500


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 2))
def test_what_overlaps_enough_is_always_a_candidate(seed: int, other: int, replaced: int) -> None:
    """The sample never hides a copy: texts of some length that share 62 % of their runs are compared in full."""
    body = paragraphs(seed, 8)
    copy = [*paragraphs(other + 1000, replaced), *body[replaced:]]
    one, two = "\n\n".join(body), "\n\n".join(copy)
    is_candidate = bool(Sketches([("one", sketch(one))]).candidates(sketch(two)))
    assert is_candidate or overlap(one, two) < 0.62
