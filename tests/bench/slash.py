"""A slash command through signed HTTP: to its acknowledgement, to its answer, and what the process weighs.

`python -m tests.bench.slash [requests]`: `filrouge run` in a process of its own on SQLite with 100 networks, 20,000
decisions and 20,000 commitments; Slack is a stand-in in this process, which also measures.
"""

import asyncio
import contextlib
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode

import httpx
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import insert

from storage import migrate, networks, settled
from storage.commitments import Commitment, Status
from storage.database import Database
from storage.decisions import Decision
from storage.members import Member, Role
from storage.networks import Counter

NETWORKS = 100
EACH = 200
SECRET = "of-the-benchmark"
TEAM = "T000"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AT_ONCE = 20


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


def fill(url: str) -> None:
    """100 networks with 200 decisions and 200 commitments each."""
    database = Database(url)
    migrate.upgrade(database)
    with database.system_session() as session:
        for n in range(NETWORKS):
            network = networks.create(
                session, name=f"Réseau {n}", platform="slack", external_id=f"T{n:03}", at=NOW, started_at=NOW
            )
            ana = Member(name="Ana", external_id="U0ANA", role=Role.COORDINATOR, network_id=network.id, created_at=NOW,
                         introduced_at=NOW)  # fmt: skip
            session.add(ana)
            session.flush()
            shared = {"network_id": network.id, "created_at": NOW}
            session.execute(
                insert(Decision),
                [shared | _decision(i, ana.id) for i in _numbers()],
            )
            session.execute(
                insert(Commitment),
                [shared | _commitment(i, ana.id) for i in _numbers()],
            )
            for letter in ("D", "E"):
                session.query(Counter).filter_by(network_id=network.id, letter=letter).update({"last": EACH})
    database.dispose()


def _numbers() -> range:
    return range(1, EACH + 1)


def _decision(number: int, author_id: int) -> dict[str, Any]:
    text = f"On retient la proposition {number} du groupe {number % 7} pour l'accueil."
    day = date(2026, 1, 5) + timedelta(days=number)
    return {
        "number": number, "text": text, "searched": text.casefold(), "status": settled.Status.IN_FORCE,
        "decided_on": day, "settled_at": NOW, "author_id": author_id,
    }  # fmt: skip


def _commitment(number: int, author_id: int) -> dict[str, Any]:
    due = date(2027, 1, 4) + timedelta(days=number)
    return {
        "number": number,
        "text": f"Envoyer le document {number}.",
        "due_on": due,
        "author_id": author_id,
        "status": Status.OPEN,
    }


@contextlib.contextmanager
def bot(url: str, port: int, slack: int) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {
        "FILROUGE_DATABASE_URL": url, "FILROUGE_PORT": str(port),
        "SLACK_BOT_TOKEN": "xoxb-bench", "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": f"http://127.0.0.1:{slack}/api/",
    }  # fmt: skip
    process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=environment, stderr=None)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


@dataclass
class Measured:
    """Seconds from the request to its acknowledgement, and to its answer."""

    acknowledged: list[float] = field(default_factory=list)
    effect: list[float] = field(default_factory=list)


class Bench:
    def __init__(self, client: httpx.AsyncClient, port: int, slack: StandIn) -> None:
        self._client = client
        self._url = f"http://127.0.0.1:{port}/slack/events"
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
            "content-type": "application/x-www-form-urlencoded",
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body) or "",
        }
        began = time.perf_counter()
        answer = await self._client.post(self._url, content=body, headers=headers)
        into.acknowledged.append(time.perf_counter() - began)
        assert answer.status_code == 200, answer.status_code
        assert answer.text == "", answer.text
        await asyncio.wait_for(done.wait(), 30)
        into.effect.append(self._slack.came[token] - began)


def quantile(values: Sequence[float], share: float) -> float:
    """In milliseconds."""
    return 1000 * sorted(values)[min(len(values) - 1, int(share * len(values)))]


@contextlib.asynccontextmanager
async def standing_in() -> AsyncIterator[StandIn]:
    slack = StandIn()
    server = await asyncio.start_server(slack.serve, "127.0.0.1", 0)
    slack.port = server.sockets[0].getsockname()[1]
    async with server:
        yield slack


def resident(pid: int) -> float:
    """Megabytes of memory in use."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


async def measure(url: str, requests: int) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    async with standing_in() as slack, httpx.AsyncClient(timeout=30) as client:
        began = time.perf_counter()
        with bot(url, port, slack.port) as process:
            bench, first = Bench(client, port, slack), Measured()
            while not first.effect:
                try:
                    await bench.command("decision", "aide", first)
                except httpx.ConnectError:
                    await asyncio.sleep(0.02)
            print(f"start to first answer   {time.perf_counter() - began:8.2f} s    (≤ 2 s)")
            print(f"resident after start    {resident(process.pid):8.0f} MB   (≤ 120 MB)")
            alone = Measured()
            for _n in range(requests // 4):
                await bench.command("decision", "On retient la mesure {token} pour l'accueil", alone)
            _told("one at a time", alone)
            crowd = Measured()

            async def person() -> None:
                for _n in range(requests // AT_ONCE):
                    await bench.command("decision", "On retient la mesure {token} pour l'accueil", crowd)

            await asyncio.gather(*(person() for _of in range(AT_ONCE)))
            _told(f"{AT_ONCE} at once", crowd)
            reading = Measured()
            for _n in range(requests // 8):
                await bench.command("decision", "liste", reading)
            _told("a list, one at a time", reading)
            print(f"resident at the end     {resident(process.pid):8.0f} MB")


def _told(what: str, measured: Measured) -> None:
    for name, values in (("acknowledged", measured.acknowledged), ("answered", measured.effect)):
        print(
            f"{what:22} {name:13} p50 {quantile(values, 0.5):7.1f} ms   p99 {quantile(values, 0.99):7.1f} ms"
            f"   (n = {len(values)})"
        )


def main(requests: int = 400) -> None:
    """Floors: acknowledged p50 ≤ 15 ms, p99 ≤ 150 ms with 20 at once; answered p99 ≤ 500 ms."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        fill(url)
        asyncio.run(measure(url, requests))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
