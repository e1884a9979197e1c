"""Mattermost as a part of the web application: the three addresses that its servers call."""

from collections.abc import Callable
from datetime import UTC, datetime

from bot.app import App
from bot.platforms.base import CannotStartError
from bot.platforms.mattermost import Mattermost
from bot.platforms.mattermost_accounts import accounts
from bot.registry import Registry
from bot.sealing import SealError
from bot.settings import Settings
from bot.web.server import Part
from storage.database import Database


def connect(
    settings: Settings, database: Database, registry: Registry, after: Callable[[int], None]
) -> tuple[Mattermost, Part]:
    """Put Mattermost together; raises CannotStartError for what has to be set first."""
    platform = assembled(settings, database, registry, after)
    return platform, Part(platform.name, platform.start, platform.stop, platform.alive, platform.routes())


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
    return Mattermost(
        App(database, registry, source=Mattermost.name, after=after),
        found,
        secret_key=settings.secret_key,
        public_url=settings.public_url,
        now=now,
        defaults={"language": settings.language, "country": settings.country, "timezone": settings.timezone},
        reload=lambda: accounts(database, settings),
    )
