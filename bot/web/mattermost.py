"""Mattermost as a part of the web application: the three addresses that its servers call."""

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.app import App
from bot.imports import second_reader
from bot.platforms.base import CannotStartError
from bot.platforms.mattermost.accounts import accounts
from bot.platforms.mattermost.client import Client
from bot.platforms.mattermost.http import MattermostError, Refused, Retry
from bot.platforms.mattermost.service import Mattermost
from bot.registry import Registry
from bot.sealing import SealError
from bot.settings import Mattermost as Server
from bot.settings import Settings
from bot.web import metrics
from bot.web.server import Part
from storage.database import Database

log = structlog.get_logger()
ONCE: Final = Retry(attempts=1, patience=5.0)


def connect(
    settings: Settings, database: Database, registry: Registry, after: Callable[[int], None]
) -> tuple[Mattermost, Part]:
    """Put Mattermost together; raises CannotStartError for what has to be set first, or a token that is refused."""
    if settings.mattermost is not None:
        greet(settings.mattermost)
    platform = assembled(settings, database, registry, after)
    return platform, Part(platform.name, platform.start, platform.stop, platform.alive, routes(platform))


def greet(account: Server) -> None:
    """Raises CannotStartError where the environment's server refuses its token; one out of reach is waited for."""
    try:
        with Client(account.url, account.token, retry=ONCE) as client:
            client.me()
    except Refused as refused:
        if refused.status == HTTPStatus.UNAUTHORIZED:
            raise CannotStartError(
                f"MATTERMOST_TOKEN: {account.url} refuses it. Run `filrouge setup mattermost` to get one."
            ) from refused
        log.warning("mattermost answers, and not as it should", url=account.url, reason=str(refused))
    except MattermostError as away:
        log.warning("mattermost out of reach, waiting for it", url=account.url, reason=str(away))


def routes(platform: Mattermost) -> list[BaseRoute]:
    """What the servers call, timed and counted."""
    return [Route(route.path, _measured(route), methods=["POST"]) for route in platform.routes()]


def _measured(route: Route) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        with metrics.timed(route.path):
            response: Response = await route.endpoint(request)
        metrics.answered(route.path, response.status_code)
        return response

    return endpoint


def assembled(
    settings: Settings,
    database: Database,
    registry: Registry,
    after: Callable[[int], None] | None = None,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Mattermost:
    """The platform with every account there is; a server that is away stops nothing."""
    if not settings.public_url:
        raise CannotStartError("FILROUGE_PUBLIC_URL is missing: Mattermost calls it. Set it to the bot's address.")
    if not settings.secret_key:
        raise CannotStartError("FILROUGE_SECRET_KEY is missing: it signs the buttons. Set it to 32 random characters.")
    try:
        found = accounts(database, settings)
    except SealError as error:
        raise CannotStartError(
            "FILROUGE_SECRET_KEY is not the one that `filrouge setup mattermost` used: set that one, or run it again."
        ) from error
    reader = second_reader.of(settings.reader)
    app = App(database, registry, source=Mattermost.name, after=after, second_reader=reader)
    return Mattermost(
        app,
        found,
        secret_key=settings.secret_key,
        public_url=settings.public_url,
        now=now,
        defaults={"language": settings.language, "country": settings.country, "timezone": settings.timezone},
        reload=lambda: accounts(database, settings),
    )
