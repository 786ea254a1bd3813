"""A server on loopback that speaks the OpenAI chat API as well, or as badly, as a test asks."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Step = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class ModelServer:
    """What the server will do, request by request (the last step again and again), and what it was asked."""

    steps: list[Step]
    asked: list[dict[str, Any]] = field(default_factory=list)
    authorization: list[str] = field(default_factory=list)
    url: str = ""

    def question(self, number: int = -1) -> str:
        """The text of a question, as the model reads it."""
        return str(self.asked[number]["messages"][-1]["content"])


def answers(content: object, tokens: tuple[int, int] = (100, 20)) -> Step:
    """Answers with a text, or with an object as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    usage = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)}
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
    whole = {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice], "usage": usage}
    return sends(200, json.dumps(whole).encode())


def sends(status: int, body: bytes = b"{}", headers: Mapping[str, str] | None = None) -> Step:
    """Sends these bytes."""

    def step(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            **(headers or {}),
        }.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return step


def hangs_up(request: BaseHTTPRequestHandler) -> None:
    """Drops the connection without a word."""
    request.close_connection = True
    request.connection.close()


def keeps_waiting(released: threading.Event) -> Step:
    """Says nothing until it is released."""

    def step(request: BaseHTTPRequestHandler) -> None:
        released.wait(10)
        hangs_up(request)

    return step


@contextmanager
def serving(*steps: Step) -> Iterator[ModelServer]:
    """Runs a server that takes these steps."""
    served = ModelServer(list(steps))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            served.authorization.append(self.headers["Authorization"])
            served.asked.append(json.loads(body))
            served.steps[min(len(served.asked), len(served.steps)) - 1](self)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
