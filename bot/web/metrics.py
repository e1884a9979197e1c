"""Figures for whoever runs the bot: counted here, read at /metrics; the only importer of prometheus_client."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

MEDIA_TYPE = CONTENT_TYPE_LATEST

_requests = Counter("filrouge_requests", "Requests answered, by path and status.", ["path", "status"])
_seconds = Histogram(
    "filrouge_request_seconds",
    "From a request to its acknowledgement, by path.",
    ["path"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
)
_alive = Gauge("filrouge_alive", "1 where a part of the bot works: the database, each platform.", ["part"])
_deliveries = Gauge("filrouge_deliveries", "Messages owed, by state.", ["state"])
_waiting = Gauge("filrouge_inbox_waiting", "Messages received and not handled yet.")


@contextmanager
def timed(path: str) -> Iterator[None]:
    began = perf_counter()
    try:
        yield
    finally:
        _seconds.labels(path).observe(perf_counter() - began)


def answered(path: str, status: int) -> None:
    _requests.labels(path, str(status)).inc()


def parts(alive: Mapping[str, bool]) -> None:
    for part, works in alive.items():
        _alive.labels(part).set(works)


def ledger(deliveries: Mapping[str, int], waiting: int) -> None:
    """Set what the rows say now."""
    for state, count in deliveries.items():
        _deliveries.labels(state).set(count)
    _waiting.set(waiting)


def exposition() -> bytes:
    """Everything, as Prometheus reads it."""
    return generate_latest()
