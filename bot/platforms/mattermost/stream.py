"""Mattermost's websocket: every event once and in order, or the plain word that some may be missing."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.platforms.mattermost.types import Json

LONGEST_PAUSE: Final = 60.0
# Enough to come to the longest pause; a server that is away for a day must not overflow it.
DOUBLINGS: Final = 6
LARGEST_FRAME: Final = 16 * 1024 * 1024  # a post may carry 800,000 characters of props


@dataclass(frozen=True)
class Event:
    """What happened: `data` as the server sent it, where a post or a reaction is a string of JSON."""

    name: str
    data: Json
    channel_id: str = ""


@dataclass(frozen=True)
class Gap:
    """Events may have been missed before this moment, though none will be from now on: read them from the channels.

    `first` when this is a new beginning rather than a loss.
    """

    first: bool


class Stream:
    """Events of all that the bot can see, over as many connections as it takes.

    A lost connection is resumed by its id and the next sequence number: the server repeats up to 128 events and keeps
    256 more for five minutes (server/channels/app/platform/web_conn.go, web_hub.go). When it cannot, it begins anew
    with another id, and `Gap` is said. Resuming needs the token at the upgrade; the challenge is sent too, for proxies
    that drop the header. Presence is never sent.
    """

    def __init__(self, url: str, token: str, *, pause: Callable[[float], object] | None = None) -> None:
        parts = urlsplit(url.rstrip("/"))
        scheme = {"http": "ws", "https": "wss"}[parts.scheme]
        self._url = urlunsplit((scheme, parts.netloc, f"{parts.path}/api/v4/websocket", "", ""))
        self._token = token
        self._stopping = threading.Event()
        self._pause = pause or self._stopping.wait
        self._socket: ClientConnection | None = None
        self._connection_id = ""
        self._next = 0
        self._lost = False
        self.connected = False
        self.failure = ""  # why the last connection ended, for those who ask about health

    def stop(self) -> None:
        """End the iteration, from any thread."""
        self._stopping.set()
        socket = self._socket
        if socket is not None:
            socket.close()

    def begin_anew(self) -> None:
        """Give the connection up without resuming it: what could not be handled is then said to be missing."""
        self._connection_id = ""
        self._lost = True
        socket = self._socket
        if socket is not None:
            socket.close()

    def __iter__(self) -> Iterator[Event | Gap]:
        failures = 0
        while not self._stopping.is_set():
            try:
                for item in self._connection():
                    failures = 0
                    yield item
                self.failure = "the server closed the connection"
            except (OSError, WebSocketException, TimeoutError, ValueError, KeyError) as error:
                # The last two: a frame that is none of Mattermost's, as of a proxy in between.
                self.failure = str(error) or type(error).__name__
            finally:
                self.connected = False
                self._socket = None
            failures += 1
            if not self._stopping.is_set():
                self._pause(min(2.0 ** min(failures - 1, DOUBLINGS), LONGEST_PAUSE))

    def _connection(self) -> Iterator[Event | Gap]:
        query = {}
        if self._connection_id:
            query = {"connection_id": self._connection_id, "sequence_number": self._next}
        address = f"{self._url}?{urlencode(query)}" if query else self._url
        headers = {"Authorization": f"Bearer {self._token}"}
        with connect(address, additional_headers=headers, max_size=LARGEST_FRAME, close_timeout=2) as socket:
            self._socket = socket
            challenge = {"seq": 1, "action": "authentication_challenge", "data": {"token": self._token}}
            socket.send(json.dumps(challenge))
            for text in socket:
                yield from self._read(json.loads(text))

    def _read(self, frame: dict[str, Any]) -> Iterator[Event | Gap]:
        name, number = frame.get("event"), frame.get("seq")
        if not name or number is None:
            return  # the answer to the challenge
        self.connected = True
        if name == "hello":
            known, self._connection_id = self._connection_id, str(frame["data"].get("connection_id", ""))
            self._next = int(number) + 1
            if known != self._connection_id:
                first, self._lost = not (known or self._lost), False
                yield Gap(first=first)
            return
        if number < self._next:
            return  # said before
        if number > self._next:
            yield Gap(first=False)
        self._next = int(number) + 1
        broadcast = frame.get("broadcast") or {}
        yield Event(name, frame.get("data") or {}, broadcast.get("channel_id") or "")
