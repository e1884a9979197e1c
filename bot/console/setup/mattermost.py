"""`filrouge setup mattermost`: the bot's account, its teams and its commands on one server."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
import uvicorn
from starlette.applications import Starlette

from bot.console.naming import Lang, Prefix, language_of
from bot.console.opening import opened, settings_of
from bot.console.output import Options, emit, refuse
from bot.platforms.mattermost.admin import Admin
from bot.platforms.mattermost.by_hand import ByHand, steps
from bot.platforms.mattermost.manifest import BOT_USERNAME, manifest
from bot.platforms.mattermost.setup import HASTY, Outcome, Setup, SetupError, Wishes
from bot.registry import discover
from bot.settings import Settings
from bot.web.mattermost import assembled
from storage.database import Database


def setup(
    context: typer.Context,
    *,
    url: Annotated[str, typer.Option(help="The server's address, with its sub-path if it has one.")],
    admin_token: Annotated[
        str | None, typer.Option(help="A system administrator's personal access token; used once, never kept.")
    ] = None,
    team: Annotated[list[str] | None, typer.Option(help="A team, by the name in its address; may be repeated.")] = None,
    lang: Lang = None,
    prefix: Prefix = "",
    bot_name: Annotated[str, typer.Option(help="User name of the bot's account.")] = BOT_USERNAME,
    by_hand: Annotated[bool, typer.Option("--by-hand", help="Print the steps for who may not give a token.")] = False,
    bot_token: Annotated[str | None, typer.Option(help="With --by-hand: the bot account's token.")] = None,
    command_token: Annotated[
        list[str] | None, typer.Option(help="With --by-hand: NAME=TOKEN of a command; may be repeated.")
    ] = None,
) -> None:
    """Create the bot's account, let it join teams, register the commands, and see that the server can call it."""
    options: Options = context.obj
    settings = settings_of(options)
    if not settings.secret_key:
        refuse("FILROUGE_SECRET_KEY is missing: it seals the tokens. Set it to 32 random characters and keep it safe.")
    if not settings.public_url:
        refuse(
            "FILROUGE_PUBLIC_URL is missing: Mattermost calls it. Set it to the bot's address as Mattermost sees it."
        )
    language = language_of(lang, settings)
    wishes = Wishes(language, prefix.lower(), tuple(team or ()), bot_name)
    with opened(settings) as database:
        try:
            if by_hand:
                outcome = _by_hand(url, settings, database, wishes, bot_token, command_token or [])
            else:
                token = admin_token or typer.prompt("Administrator's token", hide_input=True, err=True)
                outcome = _with_token(Admin(url, token.strip(), retry=HASTY), settings, database, wishes)
        except SetupError as wrong:
            refuse(str(wrong))
    _tell(outcome, url)


def _with_token(admin: Admin, settings: Settings, database: Database, wishes: Wishes) -> Outcome:
    registry = discover("commands")
    with admin:
        walk = Setup(admin, database, registry, settings, now=lambda: datetime.now(UTC))
        walk.run(wishes)
        with _answering(settings, database):
            walk.call_back(wishes)
        return walk.outcome


def _by_hand(
    url: str, settings: Settings, database: Database, wishes: Wishes, bot_token: str | None, given: list[str]
) -> Outcome:
    """Print the steps, then keep what came of them."""
    made = manifest(discover("commands"), wishes.language, public_url=settings.public_url, prefix=wishes.prefix)
    if bot_token is None or not given:
        typer.echo(steps(url, settings.public_url, made, wishes), err=True)
    tokens = dict(pair.partition("=")[::2] for pair in given)
    bot_token = bot_token or typer.prompt("The bot account's token", hide_input=True, err=True)
    for command in made["commands"]:
        trigger = command["trigger"]
        if trigger not in tokens:
            tokens[trigger] = typer.prompt(f"Token of /{trigger}", hide_input=True, err=True)
    walk = ByHand(url, database, settings, now=lambda: datetime.now(UTC))
    return walk.keep(wishes, bot_token.strip(), {name: token.strip() for name, token in tokens.items()}, made)


@contextmanager
def _answering(settings: Settings, database: Database) -> Iterator[None]:
    """Answer the server's call back, unless the bot is running and does so itself."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((settings.host, settings.port))
        except OSError:
            yield
            return
        # Whoever calls before the thread below is ready waits in the queue, and is not refused.
        listening.listen()
        platform = assembled(settings, database, discover("commands"))
        config = uvicorn.Config(Starlette(routes=platform.routes()), log_config=None, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join(5)


def _tell(outcome: Outcome, url: str) -> None:
    for line in outcome.done:
        typer.echo(f"✓ {line}", err=True)
    for line in outcome.to_change:
        typer.echo(f"✗ {line}", err=True)
    emit({"server": url, "teams": outcome.teams, "to_change": outcome.to_change})
    if outcome.to_change:
        typer.echo("Change what is marked ✗, then run this again.", err=True)
        raise typer.Exit(1)
    typer.echo("Mattermost is set up. Start the bot with: filrouge run", err=True)
