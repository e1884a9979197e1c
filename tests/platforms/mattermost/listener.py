"""A stream read in a thread, whose pauses last until the test says that time has passed."""

from __future__ import annotations

import json
import queue
import threading
from typing import TYPE_CHECKING, Self

from bot.platforms.mattermost.stream import Event, Gap, Stream

if TYPE_CHECKING:
    from types import TracebackType

    from tests.platforms.mattermost.world import World

PATIENCE = 10  # seconds of real time before a test gives up on a thread


class Listener:
    """`next()` is the next item; `pauses` are the waits the stream asked for, in seconds."""

    def __init__(self, world: World, token: str = "") -> None:
        self._world = world
        self._items: queue.Queue[Event | Gap] = queue.Queue()
        self._go_on = threading.Event()
        self._paused = threading.Event()
        self.pauses: list[float] = []
        self.stream = Stream(world.server.url, token or world.token, pause=self._pause)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stream.stop()
        self._go_on.set()
        self._thread.join(PATIENCE)
        if self._thread.is_alive():
            raise AssertionError("the stream does not stop")

    def _run(self) -> None:
        for item in self.stream:
            self._items.put(item)

    def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self._world.clock.advance(seconds)
        self._paused.set()
        self._go_on.wait(PATIENCE)
        self._go_on.clear()

    def wait_for_pause(self) -> None:
        """Until the stream has noticed that the connection is gone."""
        assert self._paused.wait(PATIENCE)
        self._paused.clear()

    def go_on(self) -> None:
        """The pause is over."""
        self._go_on.set()

    def next(self) -> Event | Gap:
        return self._items.get(timeout=PATIENCE)

    def messages(self, count: int) -> list[str]:
        """The texts of the next posts."""
        found: list[str] = []
        while len(found) < count:
            item = self.next()
            assert isinstance(item, Event), item
            if item.name == "posted":
                found.append(json.loads(item.data["post"])["message"])
        return found

    def nothing_more(self) -> bool:
        return self._items.empty()
