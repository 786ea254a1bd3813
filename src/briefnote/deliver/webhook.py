"""A channel behind a webhook: told that there is an issue, its marking and where it can be read, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal

from briefnote.config.settings import Secret
from briefnote.deliver.outlet import Notice, Outcome, Parcel, noted
from briefnote.text import one_line

_TIMEOUT = 30.0  # seconds of each step
_PASSING = {408, 425, 429, 503}  # answers that say: not now. A gateway's 502 and 504 say nothing of what became of it


class WebhookOutlet:
    """A channel; `address` is where it listens, a secret in itself."""

    def __init__(self, address: Secret, style: Literal["slack", "teams"]) -> None:
        self._address = address
        self._style = style

    def deliver(self, parcel: Parcel, no_way_back: Callable[[], None]) -> Outcome:
        """See `Outlet`."""
        import httpx

        if parcel.notice is None:
            raise ValueError("a channel needs a notice")
        body = _BODIES[self._style](parcel.notice)
        no_way_back()
        try:
            with unlogged():
                answer = httpx.post(self._address.reveal(), json=body, timeout=_TIMEOUT, follow_redirects=False)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            return Outcome("later", f"no connection: {self._hidden(error)}")
        except httpx.HTTPError as error:
            return Outcome("unknown", f"no answer: {self._hidden(error)}")
        note = f"{answer.status_code} {self._hidden(noted(answer.content[:300]))}"
        if answer.is_success:
            return Outcome("sent", note)
        if answer.status_code in (502, 504):
            return Outcome("unknown", note)
        return Outcome("later" if answer.status_code in _PASSING else "refused", note)

    def close(self) -> None:
        """Nothing is open."""

    def _hidden(self, error: object) -> str:
        return self._address.hide_in(noted(error))


@contextmanager
def unlogged() -> Iterator[None]:
    """While it lasts, nothing is logged: the library writes every address it asks into the log, with its secret."""
    import logging

    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _heading(notice: Notice) -> str:
    correction = "Correction: " if notice.is_correction else ""
    return one_line(f"[{notice.marking}] {correction}{notice.title}, {notice.period}")


def slack_body(notice: Notice) -> Mapping[str, Any]:
    """Returns a message with blocks: the heading as plain text, in which nothing is mark-up, and a link."""
    heading = _heading(notice)
    link = {"type": "mrkdwn", "text": f"<{_escaped(notice.link)}|Read the issue>"}
    return {
        "text": _escaped(heading),
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": heading[:150], "emoji": False}},
            {"type": "section", "text": link},
        ],
    }


def teams_body(notice: Notice) -> Mapping[str, Any]:
    """Returns an adaptive card: the heading as a run of plain text, and a button that opens the link."""
    run = {"type": "TextRun", "text": _heading(notice), "weight": "Bolder", "size": "Medium"}
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [{"type": "RichTextBlock", "inlines": [run]}],
        "actions": [{"type": "Action.OpenUrl", "title": "Read the issue", "url": notice.link}],
    }
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "contentUrl": None, "content": card}]}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_BODIES = {"slack": slack_body, "teams": teams_body}
