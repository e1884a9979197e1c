"""`filrouge run`: connect to what the environment configures, until told to stop."""

import gc
import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

import typer
import uvicorn

from bot.console.listening import need_free
from bot.console.opening import opened, settings_of
from bot.console.output import Options, progress, refuse
from bot.delivery import Delivery
from bot.finding.background import encode
from bot.imports.directory import carry_on
from bot.platforms import mail
from bot.platforms.base import CannotStartError, Platform
from bot.registry import Registry, discover
from bot.schedule import Schedule
from bot.settings import Settings
from bot.tidying import forget
from bot.web import calendar, guide, needs
from bot.web.server import Part, application
from storage import installations, pages, servers
from storage.database import Database

app = typer.Typer()

SWITCH_SECONDS = 0.0005
NOTHING = (
    "There is nothing to connect to. Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (see `filrouge setup slack`), "
    "or MATTERMOST_URL and MATTERMOST_TOKEN (see `filrouge setup mattermost`). `filrouge demo` needs neither."
)

# A platform put together and not connected yet; the function is called with each network that was answered.
Connect = Callable[[Settings, Database, Registry, Callable[[int], None]], tuple[Platform, Part]]
# By its name in the settings, the module with a `connect`: loaded only where it is configured.
PLATFORMS = {"slack": "bot.web.slack", "mattermost": "bot.web.mattermost"}


@app.command()
def run(context: typer.Context) -> None:
    """Connect to Slack or Mattermost and work until told to stop."""
    options: Options = context.obj
    settings = settings_of(options)
    # A request to acknowledge does not wait five milliseconds for each thread that words an answer.
    sys.setswitchinterval(SWITCH_SECONDS)
    with opened(settings) as database:
        with uncollected():
            registry = discover("commands")
            platforms: dict[str, Platform] = {}
            schedule = Schedule(
                Delivery(database, registry, platforms),
                chores=[partial(encode, database), partial(forget, database)],
                errands=[partial(carry_on, database)],
            )
            parts: list[Part] = []
            for connect in connectors(settings, database):
                try:
                    platform, part = connect(settings, database, registry, schedule.soon)
                except CannotStartError as wrong:
                    refuse(str(wrong))
                platforms[platform.name] = platform
                parts.append(part)
            if settings.smtp_url:
                try:
                    platforms[mail.NAME] = mail.MailPlatform(mail.Server.parse(settings.smtp_url))
                except ValueError as wrong:
                    refuse(f"FILROUGE_SMTP_URL: {wrong}.")
        clock = Part("clock", schedule.start, schedule.stop, schedule.alive)
        serve(settings, database, registry, [*parts, clock])


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage is looked for while all is loaded, nor ever among what is loaded then: it stays until the end."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def connectors(settings: Settings, database: Database) -> list[Connect]:
    """One for each platform that is configured or set up; ends the process with a clear line when there is none."""
    with database.system_session(reading=True) as session:
        set_up = {
            "slack": bool(installations.every(session, "slack", "bot")),
            "mattermost": bool(servers.every(session)),
        }
    if any(set_up.values()) and not settings.secret_key:
        refuse("FILROUGE_SECRET_KEY is missing: it opens the tokens that `filrouge setup` kept.")
    found: list[Connect] = [
        importlib.import_module(module).connect
        for name, module in PLATFORMS.items()
        if getattr(settings, name) or set_up[name]
    ]
    if not found:
        refuse(NOTHING)
    return found


def serve(settings: Settings, database: Database, registry: Registry, parts: Sequence[Part]) -> None:
    """Answer requests at the configured address until a signal comes; every part is closed then."""
    need_free(settings.host, settings.port)
    with database.system_session() as session:
        pages.settle(session, settings.public_url)
    routes = [
        *needs.routes(database),
        *calendar.routes(database, lambda: datetime.now(UTC)),
        *guide.routes(registry),
    ]
    web = application(database, parts, routes=routes)
    names = ", ".join(part.name for part in parts)
    progress(f"Fil rouge listens at http://{settings.host}:{settings.port} ({names}). Ctrl-C stops it.")
    uvicorn.Server(
        uvicorn.Config(web, host=settings.host, port=settings.port, log_config=None, access_log=False, lifespan="on")
    ).run()
