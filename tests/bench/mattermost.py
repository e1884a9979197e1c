"""A slash command from a Mattermost server: to its acknowledgement, and to its answer.

`python -m tests.bench.mattermost [requests]`: as `tests.bench.slash`, with the stand-in server of the tests; it is
heavier than Slack's, and its part of the processor counts in the figures.
"""

import asyncio
import contextlib
import json
import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from bot.platforms.mattermost.accounts import keep
from bot.platforms.mattermost.connection import key_of
from storage.database import Database
from tests.bench._posting import Client
from tests.bench._running import Measured, bot, fill, pressed
from tests.platforms.mattermost.server import MattermostServer
from tests.platforms.mattermost.state import Clock
from tests.platforms.mattermost.world import World
from tests.serving import free_port

SECRET = "b" * 32
COMMAND_TOKEN = "t" * 26


@dataclass
class Came:
    """When the answer to each request came, by whichever way: its token is in the words, or in the address."""

    at: dict[str, float] = field(default_factory=dict)
    some: asyncio.Event = field(default_factory=asyncio.Event)

    def watch(self, server: MattermostServer) -> None:
        loop, create = asyncio.get_running_loop(), server.posts.create

        def came(token: str) -> None:
            moment = time.perf_counter()
            loop.call_soon_threadsafe(self.note, token, moment)

        def creating(user: Any, given: Any) -> Any:
            if named := re.search(r"mesure\W+(n\d+)", given.get("message", "")):
                came(named[1])
            return create(user, given)

        def hooked(hook_id: str, content_type: str, text: str) -> None:
            del content_type, text
            came(hook_id)

        server.posts.create = creating  # type: ignore[method-assign]
        server.integrations.hook = hooked  # type: ignore[method-assign]

    def note(self, token: str, moment: float) -> None:
        self.at.setdefault(token, moment)
        self.some.set()

    async def of(self, token: str) -> float:
        while token not in self.at:
            self.some.clear()
            await self.some.wait()
        return self.at[token]


class Bench:
    def __init__(self, client: Client, server: MattermostServer, world: World) -> None:
        self._client, self._server, self._world = client, server, world
        self._ana = world.person("ana")
        self._count = 0
        self.came = Came()
        self.came.watch(server)

    async def command(self, name: str, text: str, into: Measured) -> None:
        self._count += 1
        token = f"n{self._count}"
        world = self._world
        form = {
            "team_id": world.team.id, "team_domain": world.team.name, "channel_id": world.channel.id,
            "channel_name": world.channel.name, "user_id": self._ana.user.id, "user_name": "ana", "root_id": "",
            "command": f"/{name}", "text": text.format(token=token), "token": COMMAND_TOKEN,
            "trigger_id": self._server.integrations.new_trigger(self._ana.user.id)[1],
            "response_url": f"{self._server.url}/hooks/commands/{token}",
        }  # fmt: skip
        headers = {"Authorization": f"Token {COMMAND_TOKEN}"}
        answer = await self._client.post("/mattermost/command", urlencode(form), headers)
        assert answer.status == 200, answer.status
        into.acknowledged.append(answer.ended - answer.began)
        if json.loads(answer.body).get("text"):
            self.came.note(token, answer.ended)
        into.effect.append(await self.came.of(token) - answer.began)


async def measure(url: str, world: World, server: MattermostServer, requests: int) -> None:
    port = free_port()
    environment = {"FILROUGE_SECRET_KEY": SECRET, "FILROUGE_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    began = time.perf_counter()
    with bot(url, port, environment) as process, contextlib.closing(Client(port)) as client:
        await pressed(Bench(client, server, world).command, process.pid, began, requests)


def main(requests: int = 400) -> None:
    """Floors: acknowledged p50 ≤ 15 ms, p99 ≤ 150 ms with 20 at once; answered p99 ≤ 500 ms."""
    with tempfile.TemporaryDirectory() as folder, MattermostServer(Clock(datetime.now(UTC))) as server:
        url = f"sqlite:///{folder}/bench.db"
        world = World(server)
        fill(url, "mattermost", f"{key_of(server.url)}/{world.team.id}", world.person("ana").user.id)
        database = Database(url)
        commands = {world.team.id: {"decision": COMMAND_TOKEN}}
        keep(database, SECRET, server.url, world.token, commands, at=datetime.now(UTC))
        database.dispose()
        asyncio.run(measure(url, world, server, requests))
        world.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
