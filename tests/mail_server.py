"""A real IMAP server on loopback: pymap, in a process of its own, with one user and an empty INBOX."""

from __future__ import annotations

import imaplib
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD = "desk", 'p"ass\\wörd'


@dataclass(frozen=True)
class MailSite:
    """Where the server is. `authority` is the file of who vouches for its certificate, None where it has none."""

    port: int
    authority: Path | None

    def put(self, *messages: bytes, folder: str = "INBOX") -> None:
        """Puts messages into a folder, as a mail server would that receives them."""
        with self.client() as client:
            if folder != "INBOX":
                client.create(folder)
            for message in messages:
                client.append(folder, "", "", message)

    def flags(self) -> list[bytes]:
        """Returns the flags of all messages of the INBOX."""
        with self.client() as client:
            client.select("INBOX", readonly=True)
            found: Sequence[object] = client.fetch("1:*", "(FLAGS)")[1]
            return [part for part in found if isinstance(part, bytes)]

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        """Opens the mailbox as its owner."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        try:
            if self.authority:
                client.starttls(ssl.create_default_context(cafile=str(self.authority)))
            client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            yield client
        finally:
            client.logout()


@contextmanager
def mail_site(folder: Path, has_tls: bool = True) -> Iterator[MailSite]:
    """Runs a server while the block does; `folder` takes its certificate, without which it never speaks TLS."""
    import trustme

    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1", "localhost")
    paths = [folder / name for name in ("authority.pem", "server.key", "server.pem")]
    authority.cert_pem.write_to_path(str(paths[0]))
    issued.private_key_pem.write_to_path(str(paths[1]))
    paths[2].write_bytes(b"".join(part.bytes() for part in issued.cert_chain_pems))
    port = _free_port()
    command = [sys.executable, "-c", "from pymap.main import main; main()", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--key", str(paths[1]), "--cert", str(paths[2])] if has_tls else ["--no-tls"]
    command += ["dict", "--demo-user", USER]
    server = subprocess.Popen(
        [*command, "--demo-password", PASSWORD], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, server)
        yield MailSite(port, paths[0] if has_tls else None)
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(500):
        assert server.poll() is None, "the IMAP server ended at once"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise AssertionError("the IMAP server does not answer")
