"""The web application: health in words, limits on what is sent, and parts that start and stop with it."""

from collections.abc import Iterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.web.server import MOST_BYTES, Part, application
from storage.database import Database
from tests.serving import served


class Recorder:
    """A part that notes what happens to it."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.works = True

    def part(self) -> Part:
        return Part(
            "recorder",
            lambda: self.told.append("start"),
            lambda: self.told.append("close"),
            lambda: self.works,
            [Route("/echo", self.echo, methods=["POST"])],
        )

    async def echo(self, request: Request) -> Response:
        return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def site(sqlite_url: str, recorder: Recorder) -> Iterator[str]:
    database = Database(sqlite_url)
    with served(application(database, [recorder.part()])) as url:
        yield url
    database.dispose()


def test_parts_start_and_stop_with_the_application(sqlite_url: str, recorder: Recorder) -> None:
    database = Database(sqlite_url)
    with served(application(database, [recorder.part()])):
        assert recorder.told == ["start"]
    assert recorder.told == ["start", "close"]
    database.dispose()


def test_ready_says_what_is_not(site: str, recorder: Recorder) -> None:
    assert httpx.get(f"{site}/healthz").text == "ok\n"
    assert httpx.get(f"{site}/readyz").json() == {"database": True, "recorder": True}
    recorder.works = False
    answer = httpx.get(f"{site}/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": True, "recorder": False}
    assert httpx.get(f"{site}/healthz").status_code == 200


def test_metrics_tell_what_is_owed_and_alive(site: str) -> None:
    told = httpx.get(f"{site}/metrics").text
    assert 'filrouge_deliveries{state="due"} 0.0' in told
    assert 'filrouge_alive{part="database"} 1.0' in told
    assert "filrouge_inbox_waiting 0.0" in told


def test_a_body_over_the_limit_is_refused_whatever_its_length_claims(site: str) -> None:
    assert httpx.post(f"{site}/echo", content=b"x" * MOST_BYTES).text == str(MOST_BYTES)
    assert httpx.post(f"{site}/echo", content=b"x" * (MOST_BYTES + 1)).status_code == 413

    def endless() -> Iterator[bytes]:
        for _n in range(40):
            yield b"x" * (MOST_BYTES // 20)

    assert httpx.post(f"{site}/echo", content=endless()).status_code == 413


def test_a_database_that_is_down_is_not_ready(recorder: Recorder) -> None:
    database = Database("postgresql://nobody@127.0.0.1:9/none", connect_args={"connect_timeout": 1})
    with served(application(database, [recorder.part()])) as url:
        answer = httpx.get(f"{url}/readyz", timeout=20)
        assert answer.status_code == 503
        assert answer.json()["database"] is False
        assert httpx.get(f"{url}/metrics", timeout=20).status_code == 200
    database.dispose()
