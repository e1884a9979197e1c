"""The threads of a platform: what is handed over is done there, a mistake in it is logged, and the rest goes on."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, ParamSpec, TypeVar

import structlog

log = structlog.get_logger()

Given = ParamSpec("Given")
Made = TypeVar("Made")


class Workers:
    """Pools by name, of so many threads each: what is slow, or waits for the platform, keeps nothing else waiting."""

    def __init__(self, platform: str, **threads: int) -> None:
        self._platform = platform
        self._pools = {
            name: ThreadPoolExecutor(count, thread_name_prefix=f"{platform}-{name}") for name, count in threads.items()
        }
        self._under_way: set[Future[Any]] = set()

    def submit(
        self, pool: str, what: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs
    ) -> "Future[Made]":
        """Have it done in a pool, and return at once."""
        work = self._pools[pool].submit(what, *args, **kwargs)
        self._under_way.add(work)
        work.add_done_callback(self._over)
        return work

    def _over(self, done: Future[Any]) -> None:
        if not done.cancelled() and (failure := done.exception()) is not None:
            log.error("work failed", platform=self._platform, exc_info=failure)
        self._under_way.discard(done)

    def settle(self, seconds: float = 30) -> None:
        """Wait until all that was handed over is done, and what came of it; raises TimeoutError."""
        while waited := set(self._under_way):
            if wait(waited, timeout=seconds).not_done:
                raise TimeoutError("the work goes on")
            self._under_way -= waited

    def close(self, *, dropping: str = "") -> None:
        """Finish what was begun, in the order of the pools; what waits in the pool `dropping` is dropped."""
        for name, pool in self._pools.items():
            pool.shutdown(cancel_futures=name == dropping)
