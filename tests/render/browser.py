"""A headless Chromium, driven over its debugging pipe: no driver, no server, no further package.

The protocol is https://chromedevtools.github.io/devtools-protocol/: JSON messages that end with NUL, read by the
browser from file 3 and written to file 4.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_PATIENCE = 30  # seconds
_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
]


class Page:
    """One page of the browser."""

    def __init__(self, reader: int, writer: int) -> None:
        self._messages = reader
        self._commands = writer
        self._read = b""
        self._number = 0
        self._session = ""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.send("Page.enable")
        self.send("Page.setBypassCSP", enabled=True)  # our pages allow no script: a checker is one

    def send(self, command: str, **values: Any) -> dict[str, Any]:
        """Returns the answer to a command; raises RuntimeError where the browser refuses it."""
        self._number += 1
        message = {"id": self._number, "method": command, "params": values}
        message |= {"sessionId": self._session} if self._session else {}
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._commands, data) :]
        answer = self._next(lambda found: found.get("id") == self._number)
        if "error" in answer:
            raise RuntimeError(f"{command}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _next(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Returns the next message that is wanted; others are dropped."""
        while True:
            while b"\0" not in self._read:
                self._read += self._more()
            data, self._read = self._read.split(b"\0", 1)
            message: dict[str, Any] = json.loads(data)
            if wanted(message):
                return message

    def _more(self) -> bytes:
        if not select.select([self._messages], [], [], _PATIENCE)[0]:
            raise RuntimeError(f"the browser has said nothing for {_PATIENCE} s")
        data = os.read(self._messages, 1 << 16)
        if not data:
            raise RuntimeError("the browser has gone")
        return data

    def open(self, path: Path, width: int, scheme: Literal["light", "dark"] = "light", fragment: str = "") -> None:
        """Opens a file at a width in CSS pixels, in light or dark mode."""
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600
        )
        self.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        for address in (
            "about:blank",
            path.as_uri() + fragment,
        ):  # to another place of the same page, nothing is loaded
            self.send("Page.navigate", url=address)
            self._next(lambda found: found.get("method") == "Page.loadEventFired")

    def evaluate(self, script: str) -> Any:
        """Returns what the script, or the promise it gives, comes to."""
        answer = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def picture(self) -> bytes:
        """Returns the whole page as a PNG."""
        size = self.send("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        shot = self.send("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        return base64.b64decode(shot["data"])

    def printed(self) -> bytes:
        """Returns the page as a PDF of the size that its style asks for."""
        printed = self.send("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(printed["data"])


@contextmanager
def browser() -> Iterator[Page]:
    """Yields a page of a browser of its own, which ends with the block."""
    assert PROGRAM is not None
    (its_reader, writer), (reader, its_writer) = os.pipe(), os.pipe()
    # Out of the way of 3 and 4, at which the browser looks.
    ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in (its_reader, its_writer)]

    def at_three_and_four() -> None:
        os.dup2(ends[0], 3)
        os.dup2(ends[1], 4)

    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [PROGRAM, *_OPTIONS, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(3, 4),
            preexec_fn=at_three_and_four,  # noqa: PLW1509 # no threads here
            stderr=subprocess.DEVNULL,
        )
        for end in (its_reader, its_writer, *ends):
            os.close(end)
        try:
            yield Page(reader, writer)
        finally:
            os.close(writer)  # which ends the browser
            process.wait(_PATIENCE)
            os.close(reader)
