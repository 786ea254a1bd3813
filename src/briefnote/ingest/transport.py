"""The way to the network: connections go to checked addresses only, and no request outlives its deadline.

A time limit a read is not enough: a server that sends a byte every few seconds would hold us for ever. So every read
and write is given what is left until the deadline of the whole request.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

from briefnote.ingest.addresses import Resolve, allowed_addresses, look_up


class GuardedTransport(httpx.BaseTransport):
    """Sends requests by httpcore over guarded connections. `seconds` is the time limit of one request."""

    def __init__(self, allowed: frozenset[str], seconds: float, resolve: Resolve = look_up) -> None:
        self._backend = _GuardedBackend(allowed, resolve)
        self._seconds = seconds
        # Certificates are always checked. SSL_CERT_FILE names the authorities of a house that has its own.
        context: ssl.SSLContext = httpx.create_ssl_context(verify=True, trust_env=True)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, network_backend=self._backend, max_keepalive_connections=4
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Returns the answer, its body unread. Raises httpcore's errors, AddressError and OSError."""
        self._backend.deadline = time.monotonic() + self._seconds
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Closes all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _GuardedBackend(httpcore.NetworkBackend):
    def __init__(self, allowed: frozenset[str], resolve: Resolve) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._plain = httpcore.SyncBackend()
        self.deadline = 0.0

    def left(self, timeout: float | None) -> float:
        """Returns the seconds that a step may take. Raises httpcore.ReadTimeout where none are left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time limit of the whole request is reached")
        return min(left, timeout or left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = allowed_addresses(host, port, self._allowed, self._resolve)
        for number, address in enumerate(addresses, 1):
            try:
                stream = self._plain.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
                return _TimedStream(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
        raise OSError(f"{host} has no address")

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, backend: _GuardedBackend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._backend.left(timeout))
        return _TimedStream(stream, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
