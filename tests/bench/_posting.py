"""The little of HTTP that a measure needs: a heavier client shares the cores, and is measured with the bot."""

import asyncio
import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Answered:
    """`began` and `ended` are instants of `time.perf_counter`: of the first byte sent and the last one read."""

    status: int
    body: bytes
    began: float
    ended: float


@dataclass
class Client:
    """Posts forms to a port of this machine, over connections that are kept open like a platform's."""

    port: int
    idle: list[Connection] = field(default_factory=list)

    async def post(self, path: str, body: str, headers: Mapping[str, str]) -> Answered:
        """Raises ConnectionError where nobody listens."""
        head = {
            "host": f"127.0.0.1:{self.port}",
            "content-type": "application/x-www-form-urlencoded",
            "content-length": str(len(body.encode())),
            **headers,
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        request = f"POST {path} HTTP/1.1\r\n{lines}\r\n{body}".encode()
        while self.idle:
            reader, writer = self.idle.pop()
            # A connection that was idle for long has been closed by the bot.
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                return await self._sent(reader, writer, request)
        return await self._sent(*await asyncio.open_connection("127.0.0.1", self.port), request)

    async def _sent(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> Answered:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        status, *lines = head.decode().split("\r\n")
        sized = (line.partition(":")[2] for line in lines if line.lower().startswith("content-length:"))
        body = await reader.readexactly(int(next(sized, "0")))
        ended = time.perf_counter()
        self.idle.append((reader, writer))
        return Answered(int(status.split()[1]), body, began, ended)

    def close(self) -> None:
        for _reader, writer in self.idle:
            writer.close()
