"""Turns at writing, for a database that takes one writer at a time: in order of haste, and nobody waits for ever."""

import heapq
import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from time import monotonic, sleep

from sqlalchemy.exc import TimeoutError as BusyError

# How long nobody must have been served for a lull, and how long one is waited for, in seconds.
QUIET = 0.02
MOST = 0.2


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


class Traffic:
    """When somebody was last served; what nobody waits for is done in the lulls, a little at a time."""

    def __init__(self, clock: Callable[[], float] = monotonic, pause: Callable[[float], object] = sleep) -> None:
        self._clock = clock
        self._pause = pause
        self._served_at = clock() - QUIET

    @contextmanager
    def served(self) -> Iterator[None]:
        """Somebody is served in this block."""
        self._served_at = self._clock()
        try:
            yield
        finally:
            self._served_at = self._clock()

    def lull(self) -> None:
        """Wait for a lull, but not for ever."""
        latest = self._clock() + MOST
        while self._clock() < min(self._served_at + QUIET, latest):
            self._pause(QUIET)
