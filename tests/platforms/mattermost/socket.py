"""The stand-in's websocket: challenge, sequence, resume and loss (app/platform/web_conn.go, web_hub.go)."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.platforms.mattermost import models

if TYPE_CHECKING:
    from tests.platforms.mattermost.state import Json, State

SEND_QUEUE_SIZE = 256  # web_conn.go, sendQueueSize
DEAD_QUEUE_SIZE = 128  # web_conn.go, deadQueueSize
AUTH_SECONDS = 5  # web_conn.go, authCheckInterval
REAPED_AFTER_SECONDS = 5 * 60  # web_hub.go, inactiveConnReaperInterval


@dataclass(eq=False)
class Connection:
    """A connection as the hub keeps it: it outlives its socket for five minutes."""

    id: str
    user_id: str = ""
    sequence: int = 0
    waiting: deque[Json] = field(default_factory=deque)
    dead: deque[Json] = field(default_factory=lambda: deque(maxlen=DEAD_QUEUE_SIZE))
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    active: bool = True
    left_at: float = 0.0
    reused: bool = False
    socket: WebSocket | None = None

    def put(self, message: Json) -> bool:
        """False when the queue is full: the hub then drops the connection (closeAndRemoveConn)."""
        if len(self.waiting) >= SEND_QUEUE_SIZE:
            return False
        self.waiting.append(message)
        self.wake.set()
        return True


class Hub:
    """All connections; used from the server's loop only."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.connections: list[Connection] = []
        self.down = False  # the network is away: nobody can connect
        self.headers_pass = True  # some proxies drop Authorization from an upgrade
        self.connects: list[dict[str, str]] = []  # the query of every connection made

    # Publishing ----------------------------------------------------------------------------------------------------

    def publish(self, event: str, data: Json, *, channel_id: str = "", user_id: str = "", team_id: str = "") -> None:
        """Queue an event for all who may see it (ShouldSendEvent)."""
        self._reap()
        broadcast = {
            "omit_users": None,
            "user_id": user_id,
            "channel_id": channel_id,
            "team_id": team_id,
            "connection_id": "",
            "omit_connection_id": "",
        }
        frame = {"event": event, "data": data, "broadcast": broadcast}
        for connection in [*self.connections]:
            if self._concerns(connection, broadcast) and not connection.put(dict(frame)):
                self.connections.remove(connection)
                self._cut(connection)

    def _concerns(self, connection: Connection, broadcast: Json) -> bool:
        if not connection.user_id:
            return False
        if broadcast["user_id"]:
            return bool(broadcast["user_id"] == connection.user_id)
        if broadcast["channel_id"]:
            channel = self._state.channels.get(broadcast["channel_id"])
            return channel is not None and connection.user_id in channel.members
        team = self._state.teams.get(broadcast["team_id"])
        return team is None or connection.user_id in team.members

    def _reap(self) -> None:
        """Inactive connections are forgotten after five minutes (RemoveInactiveConnections)."""
        now = self._state.clock.seconds()
        self.connections = [c for c in self.connections if c.active or now - c.left_at <= REAPED_AFTER_SECONDS]

    def _cut(self, connection: Connection) -> None:
        connection.active = False
        connection.left_at = self._state.clock.seconds()
        connection.wake.set()

    def cut_all(self, *, forget: bool = False) -> None:
        """Drop every socket; with `forget`, as a restarted server does, the connections too."""
        for connection in self.connections:
            self._cut(connection)
        if forget:
            self.connections.clear()

    # One socket ----------------------------------------------------------------------------------------------------

    async def serve(self, socket: WebSocket) -> None:
        """GET /api/v4/websocket (api4/websocket.go)."""
        if self.down:
            await socket.close()
            return
        await socket.accept()
        query = dict(socket.query_params)
        self.connects.append(query)
        scheme, _, token = socket.headers.get("authorization", "").partition(" ")
        given = self.headers_pass and scheme.lower() in {"bearer", "token"}
        user = self._state.user_of(token) if given else None
        connection = self._connection(query, user.id if user else "")
        if connection is None:
            await socket.close()
            return
        connection.socket = socket
        if user is not None:
            self._register(connection)
        writer = asyncio.create_task(self._write(connection, socket, query))
        reader = asyncio.create_task(self._read(connection, socket))
        await asyncio.wait({writer, reader}, return_when=asyncio.FIRST_COMPLETED)
        for task in (writer, reader):
            task.cancel()
        await asyncio.gather(writer, reader, return_exceptions=True)
        if connection.socket is socket:
            self._cut(connection)
        with contextlib.suppress(RuntimeError):
            await socket.close()

    def _connection(self, query: dict[str, str], user_id: str) -> Connection | None:
        """A fresh one, or the one to resume: that needs a session at the upgrade, not only the challenge.

        PopulateWebConnConfig: an unknown id gets a new one, a known id without a number is refused.
        """
        self._reap()
        wanted = query.get("connection_id", "")
        if not wanted or not user_id:
            return Connection(self._state.new_id(), user_id)
        for known in self.connections:
            if known.id == wanted and known.user_id == user_id and not known.active:
                if not query.get("sequence_number", "").isdecimal():
                    return None
                self.connections.remove(known)
                sequence = int(query["sequence_number"])
                return Connection(wanted, user_id, sequence, known.waiting, known.dead, reused=True)
        return Connection(self._state.new_id(), user_id)

    def _register(self, connection: Connection) -> None:
        connection.active = True
        self.connections.append(connection)
        if not connection.reused:
            connection.put(self._hello(connection))

    def _hello(self, connection: Connection) -> Json:
        data = {"server_version": "11.7.0.11.7.0.0.false", "connection_id": connection.id}
        broadcast = {"omit_users": None, "user_id": connection.user_id, "channel_id": "", "team_id": ""}
        return {"event": "hello", "data": data, "broadcast": broadcast}

    async def _write(self, connection: Connection, socket: WebSocket, query: dict[str, str]) -> None:
        if connection.reused and query.get("sequence_number") != "0":
            for frame in self._missed(connection):
                await socket.send_text(json.dumps(frame))
        if not connection.user_id:
            try:
                await asyncio.wait_for(connection.wake.wait(), AUTH_SECONDS)
            except TimeoutError:
                return
        while True:
            while connection.waiting and connection.active:
                message = connection.waiting.popleft()
                if "event" in message:
                    message["seq"] = connection.sequence
                    connection.sequence += 1
                    connection.dead.append(message)
                    self._state.problems += models.frame_problems(message)
                await socket.send_text(json.dumps(message))
            if not connection.active:
                return
            connection.wake.clear()
            await connection.wake.wait()

    def _missed(self, connection: Connection) -> list[Json]:
        """What to say again; on a real loss the connection begins anew with a hello (writePump, hasMsgLoss)."""
        for index, frame in enumerate(connection.dead):
            if frame["seq"] == connection.sequence:
                again = [*connection.dead][index:]
                connection.sequence = again[-1]["seq"] + 1
                return again
        if not connection.dead or connection.dead[-1]["seq"] == connection.sequence - 1:
            return []
        connection.dead.clear()
        connection.id, connection.sequence = self._state.new_id(), 1
        hello = self._hello(connection) | {"seq": 0}
        connection.dead.append(hello)
        return [hello]

    async def _read(self, connection: Connection, socket: WebSocket) -> None:
        while True:
            try:
                request = json.loads(await socket.receive_text())
            except (WebSocketDisconnect, ValueError, RuntimeError):
                return
            if not self._answer(connection, request):
                return

    def _answer(self, connection: Connection, request: dict[str, Any]) -> bool:
        """websocket_router.go: false closes the socket."""
        number = request.get("seq", 0)
        if not request.get("action") or number <= 0:
            connection.put({"status": "FAIL", "seq_reply": number, "error": {"status_code": 400}})
            return True
        if request["action"] == "authentication_challenge":
            if connection.user_id:
                return True  # already known from the upgrade: no reply at all
            user = self._state.user_of(str(request.get("data", {}).get("token", "")))
            if user is None:
                return False
            connection.user_id = user.id
            self._register(connection)
            connection.put({"status": "OK", "seq_reply": number})
            return True
        if not connection.user_id:
            connection.put({"status": "FAIL", "seq_reply": number, "error": {"status_code": 401}})
        elif request["action"] == "ping":
            connection.put({"status": "OK", "seq_reply": number, "data": {"text": "pong"}})
        else:
            self._state.problems.append(f"websocket: the bot sent {request['action']!r}")
        return True
