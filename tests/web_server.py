"""A real HTTP server on loopback, as good or as bad as a test asks for."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from briefnote.ingest.fetching import Fetcher, Manners

# How tests behave as guests: on loopback, without waiting.
MANNERS = Manners("1.0", allow_hosts=frozenset({"127.0.0.1", "localhost"}), pause=0, seconds=10)


@dataclass(frozen=True)
class Page:
    """What the server answers: bytes with a status and headers. `length` is what it says the length is."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None


@dataclass(frozen=True)
class Asked:
    """A request that the server got."""

    path: str
    headers: Mapping[str, str]


Answers = Page | Callable[["Handler"], Page | None]


class Handler(BaseHTTPRequestHandler):
    """Answers by the pages of its server; what is no page is 404."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.server.site.asked.append(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}))
        found = self.server.site.pages.get(self.path, Page(b"not here", 404))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        page = found if isinstance(found, Page) else found(self)
        if page is not None:
            self.answer(page)

    def answer(self, page: Page) -> None:
        self.send_response(page.status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        if page.status != 304:
            self.send_header("Content-Length", str(len(page.body) if page.length is None else page.length))
        self.end_headers()
        self.wfile.write(page.body)
        if page.length is not None:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Says nothing."""


class Server(ThreadingHTTPServer):
    """Threads die with the test."""

    daemon_threads = True
    site: Site

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no error."""


@dataclass
class Site:
    """Where the server is, what it answers by path (a list: one after the other), and what it was asked."""

    url: str
    pages: dict[str, Answers | list[Page]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def paths(self) -> list[str]:
        """Returns the paths that were asked for, without robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]


@contextmanager
def serving(context: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[Site]:
    """Serves a site while the block runs."""
    server = Server(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.site = Site(f"http{'s' if context else ''}://{host}:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Slept(list[float]):
    """Sleeping, noted and not done."""

    def __call__(self, seconds: float) -> None:
        self.append(round(seconds, 1))


def patient(manners: Manners) -> Fetcher:
    """Returns a fetcher that does not sleep and may reach loopback."""
    return Fetcher(replace(manners, allow_hosts=MANNERS.allow_hosts, pause=0), sleep=Slept())
