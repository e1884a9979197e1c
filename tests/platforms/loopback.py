"""An HTTP server on loopback that keeps what it is sent and answers what it was told to."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from types import TracebackType


# For clients of servers on this machine, which read the world's certificates otherwise: 40 ms of work each.
TRUSTS_NOBODY = SSLContext(PROTOCOL_TLS_CLIENT)


class Loopback:
    """`received` are (path, headers, body): a form as a dict of strings, JSON as it is."""

    def __init__(self) -> None:
        self.received: list[tuple[str, dict[str, str], Any]] = []
        self.status = 200
        self.answer: Any = {}
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
                headers = {name.lower(): value for name, value in self.headers.items()}
                form = "urlencoded" in headers.get("content-type", "")
                body = {name: values[0] for name, values in parse_qs(content).items()} if form else json.loads(content)
                loopback.received.append((self.path, headers, body))
                text = loopback.answer if isinstance(loopback.answer, str) else json.dumps(loopback.answer)
                kind = "text/plain" if isinstance(loopback.answer, str) else "application/json"
                self.send_response(loopback.status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: Any) -> None:
                """Keep quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
