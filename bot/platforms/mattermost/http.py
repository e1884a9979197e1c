"""HTTP to a Mattermost server: paced, and plain about what is known after a failure.

A request that surely did nothing is made again; one that may have done something is made again only where that is
harmless, and is otherwise reported as `Unsure`.
"""

from __future__ import annotations

import copy
import math
import threading
import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Self

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from ssl import SSLContext

    from bot.platforms.mattermost.types import Json

PAGE: Final = 200


class MattermostError(Exception):
    """The server could not be used, or said no."""


class Unreachable(MattermostError):  # noqa: N818 - a state of the network, told by its name
    """Nothing was done: the server was never reached, or asked to wait for longer than was allowed."""


class _TooMany(Unreachable):
    """Refused before anything was done; the pace now waits as long as the server asked."""


class Unsure(MattermostError):  # noqa: N818 - as above
    """It may or may not have been done: the answer was lost, or the server failed in the middle."""


class Refused(MattermostError):  # noqa: N818 - as above
    """The server understood and said no; `status` is HTTP's, `error_id` Mattermost's own name for the reason."""

    def __init__(self, status: int, error_id: str, message: str) -> None:
        super().__init__(f"{status} {error_id}: {message}")
        self.status = status
        self.error_id = error_id


@dataclass(frozen=True)
class Retry:
    """How long to insist: attempts at most, pauses that double from `first`, `patience` seconds in all.

    The usual is about a minute: as long as a server takes to restart.
    """

    attempts: int = 8
    first: float = 0.5
    longest: float = 30.0
    patience: float = 120.0

    def pause(self, attempt: int) -> float:
        """Seconds before the attempt after this one; the first is number 1."""
        return float(min(self.first * 2 ** (attempt - 1), self.longest))


@cache
def _certificates() -> SSLContext:
    """Those that are trusted: read once, which takes 40 ms, and shared by all servers' clients."""
    return httpx.create_ssl_context()


class Http:
    """One server, one token. `url` may end in a sub-path. `sleep` and `monotonic` are the clock's, for tests."""

    def __init__(
        self,
        url: str,
        token: str,
        *,
        retry: Retry | None = None,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        timeout: float = 15.0,
    ) -> None:
        self.url = url.rstrip("/")
        self.token = token
        self._retry = retry or Retry()
        self._sleep = sleep
        self._monotonic = monotonic
        self._http = httpx.Client(
            timeout=httpx.Timeout(timeout, connect=5.0), follow_redirects=False, verify=_certificates()
        )
        self._pace = Pace(sleep, monotonic)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.url!r})"

    def close(self) -> None:
        self._http.close()

    def with_retry(self, retry: Retry) -> Self:
        """The same client, with the same pace, that insists otherwise."""
        other = copy.copy(self)
        other._retry = retry  # noqa: SLF001 - it is one of us
        return other

    def request(
        self, method: str, path: str, *, again: bool | None = None, within: float = math.inf, **content: Any
    ) -> httpx.Response:
        """One request, insisting as `retry` says.

        `again`: whether it may be repeated when its effect is unknown (by default what HTTP calls idempotent may), and
        then only `within` so many seconds of the first doubt.
        """
        repeatable = method in {"GET", "PUT", "DELETE"} if again is None else again
        url = path if path.startswith("http") else f"{self.url}/api/v4{path}"
        headers = {} if path.startswith("http") else {"Authorization": f"Bearer {self.token}"}
        began = self._monotonic()
        doubt: float | None = None
        attempt = 0
        while True:
            outcome = self._once(method, url, headers, content)
            if isinstance(outcome, httpx.Response):
                return _accepted(outcome)
            # What the server put off for its rate limit was no attempt.
            attempt += not isinstance(outcome, _TooMany)
            doubt = self._monotonic() if doubt is None and isinstance(outcome, Unsure) else doubt
            spent = attempt >= self._retry.attempts or (doubt is not None and not repeatable)
            if not spent:
                if not isinstance(outcome, _TooMany):
                    self._sleep(self._retry.pause(attempt))
                self._pace.wait()
                now = self._monotonic()
                spent = now - began > self._retry.patience or (doubt is not None and now - doubt > within)
            if spent:
                # What was once in doubt stays so, whatever the later attempts say.
                raise outcome if doubt is None else Unsure(str(outcome))

    def _once(
        self, method: str, url: str, headers: dict[str, str], content: dict[str, Any]
    ) -> httpx.Response | MattermostError:
        """The answer, or what is known without one."""
        self._pace.wait()
        try:
            response = self._http.request(method, url, headers=headers, **content)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            return Unreachable(f"{self.url}: {error}")
        except httpx.HTTPError as error:
            return Unsure(f"{method} {url}: {error!r}")
        self._pace.learn(response)
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            return _TooMany(f"{method} {url}: the server limits the rate")
        if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            return Unsure(f"{method} {url}: {_refusal(response)}")
        return response

    def get(self, path: str, **query: str | int) -> Any:
        return self.request("GET", path, params=query).json()

    def post(self, path: str, json: Any, *, again: bool = False, **query: str) -> Any:
        return self.request("POST", path, again=again, json=json, params=query).json()

    def put(self, path: str, json: Any) -> Any:
        return self.request("PUT", path, json=json).json()

    def pages(self, path: str, **query: str | int) -> Iterator[Json]:
        """Every item of a paged list."""
        page = 0
        while True:
            items = self.get(path, page=page, per_page=PAGE, **query)
            yield from items
            if len(items) < PAGE:
                return
            page += 1


def _accepted(response: httpx.Response) -> httpx.Response:
    if response.status_code >= httpx.codes.MULTIPLE_CHOICES:
        raise _refusal(response)
    return response


def _refusal(response: httpx.Response) -> Refused:
    """The server's reason; a proxy in between may answer with a page instead of JSON."""
    try:
        json = response.json()
        error_id, message = str(json["id"]), str(json["message"])
    except (ValueError, KeyError, TypeError):
        error_id, message = "", response.headers.get("location", "") or response.text[:200]
    return Refused(response.status_code, error_id, message)


class Pace:
    """One token's pace, shared by all threads.

    The server counts by GCRA (server/channels/app/ratelimit.go): a burst at once, then a steady rate.
    `X-RateLimit-Reset` is the time until the whole burst is free again: with nothing remaining, one place is free after
    its share of that time.
    """

    def __init__(self, sleep: Callable[[float], None], monotonic: Callable[[], float]) -> None:
        self._sleep = sleep
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._free_at = 0.0

    def wait(self) -> None:
        """Sleep until a request may be made."""
        with self._lock:
            seconds = self._free_at - self._monotonic()
        if seconds > 0:
            self._sleep(seconds)

    def learn(self, response: httpx.Response) -> None:
        """Read the limit from an answer, refused or not."""
        seconds = _number(response, "Retry-After") if response.is_error else 0.0
        if not seconds and _number(response, "X-RateLimit-Remaining", 1.0) < 1:
            limit = _number(response, "X-RateLimit-Limit", 1.0)
            seconds = _number(response, "X-RateLimit-Reset") / max(limit, 1.0)
        if not seconds and response.status_code == 429:  # noqa: PLR2004 - HTTP's own number
            seconds = 1.0
        if seconds:
            with self._lock:
                self._free_at = max(self._free_at, self._monotonic() + seconds)


def _number(response: httpx.Response, header: str, absent: float = 0.0) -> float:
    try:
        return float(response.headers.get(header, absent))
    except ValueError:
        return absent
