"""robots.txt (RFC 9309): asked once a host and run; what it forbids is not fetched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefnote.ingest.retrying import TransientError

if TYPE_CHECKING:
    from protego import Protego

MOST_BYTES = 500 * 1024  # RFC 9309, 2.5: at least 500 KiB are read
_LONGEST_DELAY = 30.0  # seconds between two requests that a robots.txt can ask for


@dataclass(frozen=True)
class RobotsAnswer:
    """What asking for robots.txt gave: its text, None where there is none, or why it cannot be known."""

    text: str | None = None
    unreachable: str = ""


class Robots:
    """What the hosts of one run allow. `ask` fetches the robots.txt of a URL like "https://a.example/robots.txt"."""

    def __init__(self, agent: str, ask: Callable[[str], RobotsAnswer]) -> None:
        self._agent = agent
        self._ask = ask
        self._known: dict[str, Protego | str] = {}

    def objection(self, url: str) -> str:
        """Returns why a URL must not be fetched, "" where it may. Raises TransientError where that is not known."""
        rules = self._rules(url)
        host = urlsplit(url).hostname
        if isinstance(rules, str):
            raise TransientError(f"robots.txt of {host} cannot be read ({rules}), so nothing is fetched there")
        if rules.can_fetch(url, self._agent):
            return ""
        return f"robots.txt of {host} forbids it; save the page in your browser and add the file"

    def delay(self, url: str) -> float:
        """Returns the seconds between two requests that the host asks for."""
        rules = self._rules(url)
        asked = None if isinstance(rules, str) else rules.crawl_delay(self._agent)
        return min(max(asked or 0.0, 0.0), _LONGEST_DELAY)

    def _rules(self, url: str) -> Protego | str:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._known:
            self._known[origin] = self._read(self._ask(f"{origin}/robots.txt"))
        return self._known[origin]

    def _read(self, answer: RobotsAnswer) -> Protego | str:
        from protego import Protego

        if answer.unreachable:
            return answer.unreachable
        return Protego.parse(answer.text or "")
