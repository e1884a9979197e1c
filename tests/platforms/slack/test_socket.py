"""Socket Mode: payloads come over a websocket, and a connection that dies without a word is replaced."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from bot.registry import Registry
from storage.database import Database
from tests.platforms.slack import emulator
from tests.platforms.slack.relay import Answer, Relay, relay
from tests.platforms.slack.world import service

SECONDS = 20


class SlackSocket:
    """Slack's end of the websocket: sends payloads, keeps the acknowledgements, and may fall silent."""

    def __init__(self) -> None:
        self.connections: list[ServerConnection] = []
        self.acknowledged: list[dict[str, Any]] = []
        self.news = threading.Condition()
        self.server: Server = serve(self._handle, "127.0.0.1", 0, ping_interval=None)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.server.socket.getsockname()[1]}/link"

    def wait(self, what: str, count: int) -> None:
        with self.news:
            assert self.news.wait_for(lambda: len(getattr(self, what)) >= count, SECONDS), what

    def send(self, envelope: str, payload: dict[str, Any]) -> None:
        message = {"type": "slash_commands", "envelope_id": envelope, "payload": payload}
        self.connections[-1].send(json.dumps(message))

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join(SECONDS)

    def _handle(self, connection: ServerConnection) -> None:
        with self.news:
            self.connections.append(connection)
            self.news.notify_all()
        with suppress(ConnectionClosed):
            connection.send(json.dumps({"type": "hello", "num_connections": 1}))
            for message in connection:
                with self.news:
                    self.acknowledged.append(json.loads(message))
                    self.news.notify_all()


@pytest.fixture
def slack_socket() -> Iterator[SlackSocket]:
    found = SlackSocket()
    yield found
    found.close()


@pytest.fixture
def api(slack_socket: SlackSocket) -> Iterator[Relay]:
    def behaviour(method: str, params: dict[str, Any]) -> Answer | None:
        match method:
            case "apps.connections.open":
                return Answer(body={"ok": True, "url": slack_socket.url})
            case "auth.test":
                return Answer(body={"ok": True, "team_id": "T1", "user_id": "U0", "team": "Réseau"})
            case "users.info":
                return Answer(body={"ok": True, "user": {"id": params["user"], "name": "ana", "real_name": "Ana"}})
            case "conversations.info":
                return Answer(body={"ok": True, "channel": {"id": "C1", "name": "pilotage"}})
            case _:
                return None

    with relay() as found:
        found.behaviour = behaviour
        yield found


def test_a_command_over_the_socket_is_acknowledged_and_answered_and_a_dead_socket_replaced(
    sqlite_url: str, notes_registry: Registry, api: Relay, slack_socket: SlackSocket
) -> None:
    database = Database(sqlite_url)
    slack = service(database, notes_registry, api.url, SLACK_APP_TOKEN="xapp-1", SLACK_SIGNING_SECRET="")
    assert not slack.signed
    slack.start()
    try:
        slack_socket.wait("connections", 1)
        payload = {
            "team_id": "T1", "user_id": "U1", "user_name": "ana", "channel_id": "C1", "channel_name": "pilotage",
            "command": "/note", "text": "butter", "trigger_id": "1.2", "response_url": f"{api.url}/response/1",
        }  # fmt: skip
        slack_socket.send("e-1", payload)
        slack_socket.wait("acknowledged", 1)
        assert slack_socket.acknowledged[0]["envelope_id"] == "e-1"
        slack.desk.workers.settle()
        [told] = [call for call in api.calls if call.path.startswith("/response/")]
        assert told.params["response_type"] == "ephemeral"

        [socket] = slack.sockets
        assert socket.alive()
        # As if nothing had been heard for a minute, although the connection looks open.
        socket._clock = lambda: time.time() + 60
        assert not socket.alive()
        socket.look()
        slack_socket.wait("connections", 2)
        assert socket.alive()
        slack_socket.send("e-2", payload | {"trigger_id": "1.3"})
        slack_socket.wait("acknowledged", 2)
        slack.desk.workers.settle()
    finally:
        slack.close()
        database.dispose()
    assert emulator.TOKEN not in str(slack)
