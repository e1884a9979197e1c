"""An ASGI application served on loopback in a thread."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def free_port() -> int:
    """A port of loopback on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Prompt(uvicorn.Server):
    """Stops when told to: the original looks ten times a second whether it should, and waits as long again."""

    async def main_loop(self) -> None:
        self.over = asyncio.Event()
        await self.on_tick(0)
        await self.over.wait()

    async def shutdown(self, sockets: Any = None) -> None:  # noqa: ARG002 - the original's own name
        for server in self.servers:
            server.close()
        for connection in [*self.server_state.connections]:
            connection.shutdown()
        while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110 - neither tells when it ends
            await asyncio.sleep(0)
        await self.lifespan.shutdown()


class Serving:
    """Between `start` and `stop` the application answers at `url`."""

    def __init__(self, app: Any) -> None:
        settings = uvicorn.Config(
            app,
            host="127.0.0.1",
            port=0,
            log_level="critical",
            ws="websockets-sansio",
            date_header=False,
        )
        self._server = Prompt(settings)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self.url = ""

    def start(self) -> None:
        started = threading.Event()
        startup = self._server.startup

        async def tell(sockets: Any = None) -> None:
            await startup(sockets)
            self._loop = asyncio.get_running_loop()
            started.set()

        self._server.startup = tell  # type: ignore[method-assign]
        self._thread.start()
        if not started.wait(10):
            raise RuntimeError("the server did not start")
        self.url = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        self.on_loop(self._server.over.set)
        self._thread.join(10)
        assert not self._thread.is_alive()

    def on_loop(self, what: Callable[[], Any]) -> Any:
        """Do something in the server's loop, and wait for it."""

        async def run() -> Any:
            return what()

        if self._loop is None:
            raise RuntimeError("not started")
        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(10)


@contextmanager
def served(app: Any) -> Iterator[str]:
    """Where the application answers."""
    serving = Serving(app)
    serving.start()
    try:
        yield serving.url
    finally:
        serving.stop()
