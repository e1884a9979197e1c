"""A slash command through signed HTTP: to its acknowledgement, to its answer, and what the process weighs.

`python -m tests.bench.slash [requests]`: `filrouge run` in a process of its own on SQLite with 100 networks, 20,000
decisions and 20,000 commitments; Slack is a stand-in in this process, which also measures.
"""

import asyncio
import contextlib
import json
import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode

from slack_sdk.signature import SignatureVerifier

from tests.bench._posting import Client
from tests.bench._running import Measured, bot, fill, pressed
from tests.serving import free_port

SECRET = "of-the-benchmark"
TEAM = "T000"


@dataclass
class StandIn:
    """Slack's Web API and every response_url: answers at once, and notes when each answer came."""

    port: int = 0
    came: dict[str, float] = field(default_factory=dict)
    waited: dict[str, asyncio.Event] = field(default_factory=dict)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        path = head.split()[1]
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        body = (await reader.readexactly(int(length[1]))).decode() if length else ""
        # An answer in the channel names its measure; one to the person alone comes at the address of the request.
        named = re.search(r"mesure\W+(n\d+)", unquote_plus(body)) if path.endswith("chat.postMessage") else None
        token = named[1] if named else path.rpartition("/")[2] if path.startswith("/response/") else ""
        if token and token not in self.came:
            self.came[token] = time.perf_counter()
            self.waited.setdefault(token, asyncio.Event()).set()
        answer = json.dumps(_answer(path.rpartition("/")[2].partition("?")[0], dict(parse_qsl(body)))).encode()
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n")
        writer.write(b"content-length: %d\r\n\r\n" % len(answer) + answer)
        with contextlib.suppress(ConnectionError):
            await writer.drain()
        writer.close()


def _answer(method: str, params: dict[str, str]) -> dict[str, Any]:
    match method:
        case "auth.test":
            return {"ok": True, "team_id": TEAM, "user_id": "U0BOT", "bot_id": "B0", "team": "Banc"}
        case "users.info":
            user = params["user"]
            return {"ok": True, "user": {"id": user, "name": user.lower(), "real_name": user, "team_id": TEAM}}
        case "conversations.info":
            return {"ok": True, "channel": {"id": params["channel"], "name": "pilotage", "is_private": False}}
        case _:
            return {"ok": True, "channel": "C1", "ts": "1.1"}


def connected(slack: int) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": "xoxb-bench", "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": f"http://127.0.0.1:{slack}/api/",
    }  # fmt: skip


class Bench:
    def __init__(self, client: Client, slack: StandIn) -> None:
        self._client = client
        self._slack = slack
        self._count = 0

    async def command(self, name: str, text: str, into: Measured) -> None:
        self._count += 1
        token = f"n{self._count}"
        text = text.format(token=token)
        done = self._slack.waited.setdefault(token, asyncio.Event())
        body = urlencode(
            {
                "team_id": TEAM, "team_domain": "banc", "user_id": "U0ANA", "user_name": "ana", "channel_id": "C1",
                "channel_name": "pilotage", "command": f"/{name}", "text": text, "trigger_id": token,
                "response_url": f"http://127.0.0.1:{self._slack.port}/response/{token}",
            }
        )  # fmt: skip
        stamp = str(int(time.time()))
        headers = {
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body) or "",
        }
        answer = await self._client.post("/slack/events", body, headers)
        into.acknowledged.append(answer.ended - answer.began)
        assert answer.status == 200, answer.status
        assert answer.body == b"", answer.body
        await asyncio.wait_for(done.wait(), 30)
        into.effect.append(self._slack.came[token] - answer.began)


@contextlib.asynccontextmanager
async def standing_in() -> AsyncIterator[StandIn]:
    slack = StandIn()
    server = await asyncio.start_server(slack.serve, "127.0.0.1", 0)
    slack.port = server.sockets[0].getsockname()[1]
    async with server:
        yield slack


async def measure(url: str, requests: int) -> None:
    port = free_port()
    async with standing_in() as slack:
        began = time.perf_counter()
        with bot(url, port, connected(slack.port)) as process, contextlib.closing(Client(port)) as client:
            await pressed(Bench(client, slack).command, process.pid, began, requests)


def main(requests: int = 400) -> None:
    """Floors: acknowledged p50 ≤ 15 ms, p99 ≤ 150 ms with 20 at once; answered p99 ≤ 500 ms."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        fill(url, "slack", TEAM, "U0ANA")
        asyncio.run(measure(url, requests))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
