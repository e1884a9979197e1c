"""A small server between the bot and what it calls: it notes every call, passes it on, or fails as it is told to."""

import itertools
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qsl
from urllib.request import Request, urlopen

JSON = "application/json"


@dataclass(frozen=True)
class Call:
    """One call and its answer; `method` is the last part of the path: "chat.postMessage"."""

    method: str
    path: str
    params: dict[str, Any]
    status: int
    answer: dict[str, Any]
    headers: dict[str, str]
    # The order of calls over every relay.
    order: int = field(default_factory=itertools.count().__next__)


@dataclass(frozen=True)
class Answer:
    """How the relay answers a call by itself; `drop` cuts the connection instead, after passing the call on."""

    status: int = 200
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False
    # Pass the call on before failing: the other side did it, and the bot does not know.
    after: bool = False
    # What is sent instead of `body`: a file.
    content: bytes = b""


# Says what happens to a call; None lets it pass.
Behaviour = Callable[[str, dict[str, Any]], Answer | None]


class Relay:
    """`upstream` is what calls are passed on to; without one, every call is answered `{"ok": true}`."""

    def __init__(self, upstream: str = "") -> None:
        self.upstream = upstream
        self.calls: list[Call] = []
        self.behaviour: Behaviour = lambda _method, _params: None
        relay = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                relay.handle(self)

            def do_GET(self) -> None:
                relay.handle(self)

            def log_message(self, *_args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def made(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every call of a method, oldest first."""
        return [call.params for call in self.calls if call.method == method]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        raw = request.rfile.read(int(request.headers.get("content-length") or 0))
        method = request.path.partition("?")[0].rpartition("/")[2]
        params = _params(raw, request.headers.get("content-type") or "", request.path)
        wanted = self.behaviour(method, params)
        if wanted is None or wanted.after:
            status, body, headers = self._passed(request, raw)
        else:
            status, body, headers = wanted.status, wanted.content or json.dumps(wanted.body).encode(), wanted.headers
        if wanted is not None and wanted.after:
            status, body, headers = wanted.status, json.dumps(wanted.body).encode(), wanted.headers
        answer = _json(body)
        self.calls.append(Call(method, request.path, params, status, answer, dict(request.headers)))
        if wanted is not None and wanted.drop:
            request.connection.shutdown(socket.SHUT_RDWR)
            request.close_connection = True
            return
        request.send_response(status)
        for name, value in ({"content-type": JSON} | headers).items():
            request.send_header(name, value)
        request.send_header("content-length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def _passed(self, request: BaseHTTPRequestHandler, raw: bytes) -> tuple[int, bytes, dict[str, str]]:
        if not self.upstream:
            return 200, b'{"ok": true}', {}
        headers = {name: value for name, value in request.headers.items() if name.lower() in PASSED}
        onward = Request(self.upstream + request.path, raw if request.command == "POST" else None, headers)
        try:
            with urlopen(onward, timeout=20) as answer:
                return answer.status, answer.read(), {"content-type": answer.headers.get("content-type", JSON)}
        except HTTPError as refused:
            with refused:
                return refused.code, refused.read(), {}


PASSED = {"authorization", "content-type", "user-agent"}


@contextmanager
def relay(upstream: str = "") -> Iterator[Relay]:
    found = Relay(upstream)
    try:
        yield found
    finally:
        found.close()


def _params(raw: bytes, content_type: str, path: str) -> dict[str, Any]:
    params: dict[str, Any] = dict(parse_qsl(path.partition("?")[2]))
    if content_type.startswith(JSON):
        return params | _json(raw)
    if content_type.startswith("application/x-www-form-urlencoded"):
        params |= dict(parse_qsl(raw.decode(), keep_blank_values=True))
    for name in ("blocks", "view", "metadata"):
        if isinstance(params.get(name), str):
            params[name] = json.loads(params[name])
    return params


def _json(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
