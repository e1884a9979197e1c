"""The web application: health, metrics, and the routes of whatever is configured; work runs in threads."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web import metrics
from storage import inbox, notices
from storage.database import Database

# Slack's largest payload is a modal's state, far below; the trial page counts its uploads itself.
MOST_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bot that runs beside the web: what starts and stops it, whether it works, and its routes."""

    name: str
    start: Callable[[], None]
    close: Callable[[], None]
    alive: Callable[[], bool]
    routes: Sequence[BaseRoute] = ()


class TooLargeError(Exception):
    """A body went on after its limit."""


class BodyLimit:
    """Refuses bodies over MOST_BYTES, whatever their length claims."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > MOST_BYTES:
            await PlainTextResponse("Too large.", status_code=413)(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > MOST_BYTES:
                raise TooLargeError
            return message

        try:
            await self._app(scope, counted, send)
        except TooLargeError:
            await PlainTextResponse("Too large.", status_code=413)(scope, receive, send)


def application(database: Database, parts: Sequence[Part], *, routes: Sequence[BaseRoute] = ()) -> Starlette:
    """The whole; what stands in `routes` belongs to no part."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        started: list[Part] = []
        try:
            for part in parts:
                await run_in_threadpool(part.start)
                started.append(part)
            yield
        finally:
            for part in reversed(started):
                await run_in_threadpool(part.close)

    health = _Health(database, parts)
    return Starlette(
        routes=[
            Route("/healthz", health.healthz),
            Route("/readyz", health.readyz),
            Route("/metrics", health.metrics),
            *(route for part in parts for route in part.routes),
            *routes,
        ],
        middleware=[Middleware(BodyLimit)],
        lifespan=lifespan,
    )


class _Health:
    def __init__(self, database: Database, parts: Sequence[Part]) -> None:
        self._database = database
        self._parts = parts

    async def healthz(self, _request: Request) -> Response:
        """The process answers."""
        return PlainTextResponse("ok\n")

    async def readyz(self, _request: Request) -> Response:
        """Everything it needs answers too; 503 and what does not, otherwise."""
        found = await run_in_threadpool(self._alive)
        return JSONResponse(found, status_code=200 if all(found.values()) else 503)

    async def metrics(self, _request: Request) -> Response:
        return Response(await run_in_threadpool(self._measured), media_type=metrics.MEDIA_TYPE)

    def _alive(self) -> Mapping[str, bool]:
        found = {"database": self._database_answers()} | {part.name: part.alive() for part in self._parts}
        metrics.parts(found)
        return found

    def _database_answers(self) -> bool:
        try:
            with self._database.system_session(reading=True) as session:
                inbox.waiting(session)
        except SQLAlchemyError:
            return False
        return True

    def _measured(self) -> bytes:
        if self._alive()["database"]:
            with self._database.system_session(reading=True) as session:
                metrics.ledger(notices.by_state(session), inbox.waiting(session))
        return metrics.exposition()
