"""The clock: a few fixed jobs that wake the bot up; what is due is always a question to the rows."""

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from bot.delivery import Delivery

log = structlog.get_logger()

WAKE_UP_SECONDS = 60
# After a start, who waits for an answer comes before what was missed.
FIRST = timedelta(seconds=5)
# What people say in one breath is looked at together.
GATHER = timedelta(seconds=1)


def utc_now() -> datetime:
    return datetime.now(UTC)


class Schedule:
    """Runs deliveries `first` after the start, every minute from then on, and soon after a message was answered.

    A chore is called with now, every minute, in a thread of its own; it is slow work that nobody waits for. An errand
    too, and soon after a message was answered: it is slow work that somebody asked for.
    """

    def __init__(
        self,
        delivery: Delivery,
        clock: Callable[[], datetime] = utc_now,
        *,
        chores: Sequence[Callable[[datetime], object]] = (),
        errands: Sequence[Callable[[datetime], object]] = (),
        first: timedelta = FIRST,
    ) -> None:
        self._delivery = delivery
        self._first = first
        self._chores = (*chores, *errands)
        self._errands = tuple(errands)
        self._clock = clock
        # The networks to look at, in the order in which they were asked for, and whether somebody is at it.
        self._asked: dict[int, None] = {}
        self._looking = False
        self._lock = threading.Lock()
        self._scheduler = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(3)},
            # However late a wake-up comes, it comes: once, for all those that were missed.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )

    def start(self) -> None:
        self._scheduler.add_job(
            self.wake_up, "interval", seconds=WAKE_UP_SECONDS, id="wake-up", next_run_time=utc_now() + self._first
        )
        for number, chore in enumerate(self._chores):
            self._scheduler.add_job(self._do, "interval", [chore], seconds=WAKE_UP_SECONDS, id=f"chore-{number}")
        self._scheduler.start()

    def _do(self, chore: Callable[[datetime], object]) -> None:
        """Never raises: the next time must come."""
        try:
            chore(self._clock())
        except Exception:
            log.exception("chore failed")

    def stop(self) -> None:
        """What is being sent is finished first."""
        self._scheduler.shutdown(wait=True)

    def alive(self) -> bool:
        return bool(self._scheduler.running)

    def soon(self, network_id: int) -> None:
        """Send what a network owes at once, from another thread; asked for while it is being done, it is done again."""
        with self._lock:
            self._asked[network_id] = None
            if self._looking:
                return
            self._looking = True
        self._scheduler.add_job(self._look, "date", run_date=utc_now() + GATHER)
        for number, errand in enumerate(self._errands):
            self._scheduler.add_job(
                self._do, "date", [errand], run_date=utc_now() + GATHER, id=f"errand-{number}", replace_existing=True
            )

    def _look(self) -> None:
        while True:
            with self._lock:
                network_id = next(iter(self._asked), None)
                if network_id is None:
                    self._looking = False
                    return
                del self._asked[network_id]
            self.look_at(network_id)

    def wake_up(self) -> None:
        """Never raises: the next wake-up must come."""
        try:
            report = self._delivery.run(self._clock(), gently=True)
        except Exception:
            log.exception("wake-up failed")
            return
        if report.failed or report.given_up or report.again:
            log.warning("deliveries in trouble", failed=report.failed, given_up=report.given_up, again=report.again)

    def look_at(self, network_id: int) -> None:
        """Never raises either."""
        try:
            self._delivery.run_network(network_id, self._clock(), gently=True)
        except Exception:
            log.exception("delivery failed", network=network_id)
