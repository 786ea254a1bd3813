"""How fast an issue goes out, and in how much memory: many recipients, two attachments, a mail server on this machine.

    python benchmarks/deliver.py

Sends the example's issue by `deliver_issue`, with ledger and all, and prints mails a second and the memory (resident
set) when the first tenth and when all have been sent. Beside it, in the same run and to the same server: the same bytes
by smtplib alone, one connection, no ledger, which is what the server and the machine allow. Targets: memory flat within
10 MB from the first tenth on; at least 25 mails a second.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import smtplib
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from briefnote.pipeline import Request, build
from briefnote.sending import Order, deliver_issue
from briefnote.sending.rehearsal import rehearse
from briefnote.starter import start_folder
from briefnote.store.folder import Folder, open_folder

PERIOD = "2026-W47"
_MEGABYTES = 10.0
_RATE = 25.0


def serve(listener: socket.socket) -> None:
    """Takes every mail and forgets it: a server that costs next to nothing."""
    while True:
        channel, _ = listener.accept()
        with channel, channel.makefile("rb") as lines:
            channel.sendall(b"220 here\r\n")
            while line := lines.readline():
                verb = line[:4].upper()
                if verb == b"DATA":
                    channel.sendall(b"354 go on\r\n")
                    while lines.readline() != b".\r\n":
                        pass
                channel.sendall(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")


@contextmanager
def server() -> Iterator[int]:
    """Yields the port of a server in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        process = multiprocessing.get_context("fork").Process(target=serve, args=(listener,), daemon=True)
        process.start()
        try:
            yield listener.getsockname()[1]
        finally:
            process.terminate()
            process.join()


def resident() -> float:
    """Returns the memory of this process in megabytes."""
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def desk(root: Path, recipients: int) -> Folder:
    """Returns a folder with an issue and so many recipients."""
    start_folder(root)
    brief = root / "briefs/example/brief.yaml"
    people = "".join(f"\n    - Reader {number} <reader-{number}@example.org>" for number in range(recipients))
    brief.write_text(f"{brief.read_text()}\nrecipients:\n- group: all\n  to:{people}\n", encoding="utf-8")
    build(open_folder(root), Request("example", PERIOD, date(2026, 11, 21), ("docx", "pdf")))
    return open_folder(root)


def sent(folder: Folder, port: int, recipients: int) -> tuple[float, float, float]:
    """Returns seconds, and the memory after a tenth and after all; the ledger is begun anew."""
    for left in folder.root.glob("ledger.*"):
        left.unlink()
    environment = settings(port)
    tenth = tuple(f"reader-{number}@example.org" for number in range(recipients // 10))
    start = time.perf_counter()
    deliver_issue(folder, Order("example", PERIOD, to=tenth), environment=environment)
    early = resident()
    delivered = deliver_issue(folder, Order("example", PERIOD), environment=environment)
    seconds = time.perf_counter() - start
    if len(delivered.sent) + len(delivered.skipped) != recipients:
        sys.exit(f"only {len(delivered.sent)} sent, {delivered.failed[:1]}")
    return seconds, early, resident()


def by_smtplib(message: bytes, port: int, recipients: int) -> float:
    """Returns the seconds that smtplib alone needs for as many messages of the same size."""
    start = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port, "localhost") as client:
        for number in range(recipients):
            client.sendmail("desk@example.org", f"reader-{number}@example.org", message)
    return time.perf_counter() - start


def settings(port: int) -> dict[str, str]:
    """Returns the environment for the server."""
    values = {"HOST": "127.0.0.1", "PORT": str(port), "SECURITY": "none", "FROM": "desk@example.org"}
    return {"HOME": "/nonexistent", **{f"BRIEFNOTE_SMTP_{name}": value for name, value in values.items()}}


def measured(runs: int, work: Callable[[], float]) -> float:
    """Returns the median of some runs."""
    return statistics.median(work() for _ in range(runs))


def main() -> None:
    """Measures and says whether the targets are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recipients", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as root, server() as port:
        folder = desk(Path(root), options.recipients)
        one = Order("example", PERIOD, to=("reader-0@example.org",))
        (rehearsed,), _ = rehearse(folder, one, Path(root) / "dry-run", environment=settings(port))
        message = rehearsed.file.read_bytes() if rehearsed.file else b""
        memory: list[tuple[float, float]] = []

        def once() -> float:
            seconds, early, late = sent(folder, port, options.recipients)
            memory.append((early, late))
            return seconds

        own = measured(options.runs, once)
        bare = measured(options.runs, lambda: by_smtplib(message, port, options.recipients))
    early, late = memory[0]
    rate = options.recipients / own
    print(f"{options.recipients:,} recipients, two files, {len(message) / 1000:,.0f} kB; median of {options.runs}")
    print(f"{'':<28}{'seconds':>10}{'mails/s':>10}")
    for name, seconds in (("deliver_issue, with ledger", own), ("smtplib alone", bare)):
        print(f"{name:<28}{seconds:>10.2f}{options.recipients / seconds:>10.0f}")
    print(f"memory after a tenth {early:.0f} MB, after all {late:.0f} MB, after all runs {memory[-1][1]:.0f} MB")
    print(f"rate: {rate:.0f} of at least {_RATE:.0f} mails/s: {kept(rate >= _RATE)}")
    print(f"memory: {late - early:+.1f} of at most +{_MEGABYTES:.0f} MB: {kept(late - early <= _MEGABYTES)}")


def kept(is_kept: bool) -> str:
    """Returns the word for it."""
    return "kept" if is_kept else "MISSED"


if __name__ == "__main__":
    main()
