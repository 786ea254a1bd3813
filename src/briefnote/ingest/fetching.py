"""Fetches a page as a guest should: it asks robots.txt, says who it is, waits between requests and does not insist.

What the network does is not exceptional: `fetch` returns an `Answer` for all of it and raises nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin, urlsplit

from briefnote.ingest.addresses import AddressError, Resolve, look_up
from briefnote.ingest.canonical import has_credentials, without_credentials
from briefnote.ingest.retrying import TransientError, retry_after, with_retries
from briefnote.ingest.robots import MOST_BYTES as MOST_ROBOTS
from briefnote.ingest.robots import Robots, RobotsAnswer
from briefnote.ingest.unpacking import ACCEPTED, BodyError, unpacked

if TYPE_CHECKING:
    import httpx

Kind = Literal["ok", "unchanged", "missing", "gone", "refused", "failed"]
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 8
_NO_ADDRESS = "is no http or https address"
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_ASKED_NOT_TO = frozenset({401, 402, 403, 407, 451})


@dataclass(frozen=True)
class Manners:
    """How to behave as a guest. `contact` is an address or page where a webmaster finds the user.

    Times are seconds: `pause` between two requests to a host, `seconds` for one request, `longest_wait` that a server
    may ask for before a request is given up.
    """

    version: str = "0"
    contact: str | None = None
    allow_hosts: frozenset[str] = frozenset()
    pause: float = 1.0
    seconds: float = 60.0
    most_bytes: int = 50_000_000
    attempts: int = 4
    longest_wait: float = 120.0

    @property
    def agent(self) -> str:
        """Returns the name that servers see: "briefnote/0.1.0 (+desk@a.example)"."""
        return f"briefnote/{self.version}" + (f" (+{self.contact})" if self.contact else "")


@dataclass(frozen=True)
class Answer:
    """What came of asking for a URL: `ok` with bytes, `unchanged` since last time, or a reason for neither.

    `answered` is the URL after redirects. `missing` is 404, `gone` 410; `refused` was not asked or not given.
    """

    kind: Kind
    url: str
    answered: str = ""
    data: bytes = b""
    media_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    reason: str = ""


class _RefusedError(Exception):
    """A request that must not be made, or whose answer cannot be taken."""


class Fetcher:
    """Fetches for one run; use it as a context manager. `sleep` and `resolve` are the world's, unless a test's."""

    def __init__(
        self, manners: Manners, resolve: Resolve = look_up, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._manners = manners
        self._resolve = resolve
        self._sleep = sleep
        self._client: httpx.Client | None = None
        self._robots = Robots("briefnote", self._ask_robots)
        self._last: dict[str, float] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close()

    def fetch(
        self, url: str, etag: str | None = None, last_modified: str | None = None, cut_at: int | None = None
    ) -> Answer:
        """Returns the answer to a GET. With `etag` or `last_modified` the server is asked whether it changed.

        What is larger than the limit is refused; with `cut_at` (bytes) its beginning is taken.
        """
        asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in asked.items() if value}
        try:
            return self._follow(url, headers, cut_at)
        except (_RefusedError, AddressError, BodyError) as error:
            return Answer("refused", url, reason=str(error))
        except TransientError as error:
            return Answer("failed", url, reason=f"{error}; try again later")

    def _follow(self, url: str, headers: Mapping[str, str], cut_at: int | None) -> Answer:
        place = url
        for _ in range(_MOST_REDIRECTS + 1):
            self._refuse_odd(place)
            if objection := self._robots.objection(place):
                raise _RefusedError(objection)
            pause = max(self._manners.pause, self._robots.delay(place))
            found = self._retried(place, headers, cut_at, pause)
            if isinstance(found, Answer):
                return Answer(**{**vars(found), "url": url})
            if urlsplit(place).scheme == "https" and urlsplit(found).scheme != "https":
                raise _RefusedError(f"leads from https to {without_credentials(found)}, where anybody could change it")
            place = found
        raise _RefusedError(f"redirects more than {_MOST_REDIRECTS} times, at last to {without_credentials(place)}")

    def _refuse_odd(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            is_odd = parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0
        except ValueError:
            is_odd = True
        if is_odd:
            raise _RefusedError(_NO_ADDRESS)
        if has_credentials(url):
            raise _RefusedError("has a user or password in its address; save the page and add the file")

    def _retried(self, url: str, headers: Mapping[str, str], cut_at: int | None, pause: float) -> Answer | str:
        def once() -> Answer | str:
            self._wait_for_turn(url, pause)
            return self._once(url, headers, cut_at)

        return with_retries(once, self._manners.attempts, self._manners.longest_wait, self._sleep)

    def _wait_for_turn(self, url: str, pause: float) -> None:
        host = urlsplit(url).netloc
        waited = time.monotonic() - self._last.get(host, float("-inf"))
        if waited < pause:
            self._sleep(pause - waited)
        self._last[host] = time.monotonic()

    def _once(self, url: str, headers: Mapping[str, str], cut_at: int | None) -> Answer | str:
        """Returns the answer, or where it redirects to. Raises TransientError where a second try may help."""
        import httpcore
        import httpx

        from briefnote.ingest.networkerrors import certificate_problem, network_reason

        try:
            with self._open().stream("GET", url, headers=headers) as response:
                return self._taken(url, response, cut_at, asked=bool(headers))
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            if problem := certificate_problem(error):
                raise _RefusedError(f"has a certificate that does not hold: {problem}") from None
            raise TransientError(network_reason(error)) from None
        except (httpx.InvalidURL, httpcore.UnsupportedProtocol, UnicodeError, ValueError):
            raise _RefusedError(_NO_ADDRESS) from None

    def _open(self) -> httpx.Client:
        import httpx

        from briefnote.ingest.transport import GuardedTransport

        if self._client is None:
            transport = GuardedTransport(self._manners.allow_hosts, self._manners.seconds, self._resolve)
            headers = {"User-Agent": self._manners.agent, "Accept-Encoding": ACCEPTED, "Accept": "*/*"}
            self._client = httpx.Client(
                transport=transport, headers=headers, timeout=20.0, trust_env=False, follow_redirects=False
            )
        return self._client

    def _taken(self, url: str, response: httpx.Response, cut_at: int | None, *, asked: bool) -> Answer | str:
        status = response.status_code
        if status in _REDIRECTS and "location" in response.headers:
            return urljoin(url, response.headers["location"])
        if status == 304 and asked:
            return Answer("unchanged", url, url)
        if status in _TRANSIENT:
            wait = retry_after(response.headers.get("retry-after"))
            asks = f" and asks to wait {wait:.0f} seconds" if wait else ""
            raise TransientError(f"the server answers {status}{asks}", wait)
        if status in (404, 410):
            return Answer("gone" if status == 410 else "missing", url, url, reason=f"the server answers {status}")
        if status in _ASKED_NOT_TO:
            raise _RefusedError(f"the server answers {status}; save the page in your browser and add the file")
        if not 200 <= status < 300:
            return Answer("failed", url, url, reason=f"the server answers {status}")
        headers = response.headers
        most, encoding = cut_at or self._manners.most_bytes, headers.get("content-encoding", "")
        data = unpacked(response.iter_raw(), encoding, most, cut=cut_at is not None)
        media_type, etag, changed = (_short(headers, name) for name in ("content-type", "etag", "last-modified"))
        return Answer("ok", url, url, data, media_type, etag, changed)

    def _ask_robots(self, url: str) -> RobotsAnswer:
        """A robots.txt that is not there forbids nothing; one that cannot be asked for forbids all (RFC 9309)."""
        place = url
        try:
            for _ in range(_MOST_REDIRECTS):
                found = self._retried(place, {}, MOST_ROBOTS, self._manners.pause)
                if isinstance(found, Answer):
                    return RobotsAnswer(found.data.decode("utf-8", "replace") if found.kind == "ok" else None)
                self._refuse_odd(found)
                place = found
        except TransientError as error:
            return RobotsAnswer(unreachable=str(error))
        except (_RefusedError, BodyError):
            return RobotsAnswer()
        return RobotsAnswer()


def _short(headers: Mapping[str, str], name: str) -> str | None:
    return headers[name][:500] if name in headers else None
