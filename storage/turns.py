"""Turns at writing, for a database that takes one writer at a time: in order of haste, and nobody waits for ever."""

import heapq
import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from time import monotonic

from sqlalchemy.exc import TimeoutError as BusyError


class Haste(Enum):
    """By how many seconds a turn gives way to those who come later; nobody waits longer than that for them."""

    # Somebody waits for an acknowledgement.
    NOW = 0.0
    # Somebody waits for an answer.
    SOON = 0.5
    # Nobody waits.
    LATER = 5.0


class Turns:
    """A lock that is handed over by haste, then by arrival; SQLite's own busy handler sleeps, and lets some starve."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._busy = False
        self._waiting: list[tuple[float, int, threading.Event]] = []
        self._count = itertools.count()

    @contextmanager
    def turn(self, haste: Haste, seconds: float) -> Iterator[None]:
        """Hold the turn; raises sqlalchemy's TimeoutError when it does not come within `seconds`."""
        self._take(haste, seconds)
        try:
            yield
        finally:
            self._hand_over()

    def _take(self, haste: Haste, seconds: float) -> None:
        with self._lock:
            if not self._busy:
                self._busy = True
                return
            mine = (monotonic() + haste.value, next(self._count), threading.Event())
            heapq.heappush(self._waiting, mine)
        if mine[2].wait(seconds):
            return
        with self._lock:
            if mine in self._waiting:
                self._waiting.remove(mine)
                heapq.heapify(self._waiting)
                raise BusyError("the database has been busy for too long")
        # It came in the very moment of giving up: it is ours.

    def _hand_over(self) -> None:
        with self._lock:
            if self._waiting:
                heapq.heappop(self._waiting)[2].set()
            else:
                self._busy = False
