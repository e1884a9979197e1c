"""`filrouge setup slack`: one workspace over Socket Mode, which needs no public address."""

import pathlib
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.console.naming import Lang, Prefix, language_of
from bot.console.opening import opened, settings_of
from bot.console.output import Options, emit, indented, refuse
from bot.platforms.slack.manifest import manifest
from bot.registry import discover
from bot.settings import SLACK_API

NEW_APP = "https://api.slack.com/apps?new_app=1"
FILE = "filrouge-slack-manifest.json"


def setup(
    context: typer.Context,
    *,
    lang: Lang = None,
    prefix: Prefix = "",
    bot_token: Annotated[str | None, typer.Option(help="xoxb-…; asked for when not given.")] = None,
    app_token: Annotated[str | None, typer.Option(help="xapp-…; asked for when not given.")] = None,
) -> None:
    """Create the Slack app from its manifest, and keep its tokens sealed in the database."""
    options: Options = context.obj
    settings = settings_of(options)
    if not settings.secret_key:
        refuse("FILROUGE_SECRET_KEY is missing: it seals the tokens. Set it to 32 random characters and keep it safe.")
    language = language_of(lang, settings)
    if bot_token is None or app_token is None:
        path = pathlib.Path(FILE)
        path.write_text(indented(manifest(discover("commands"), language, prefix=prefix)), encoding="utf-8")
        typer.echo(_steps(path), err=True)
    bot_token = bot_token or typer.prompt("Bot token (xoxb-…)", hide_input=True, err=True)
    app_token = app_token or typer.prompt("App token (xapp-…)", hide_input=True, err=True)
    from bot.platforms.slack.setup import RefusedError, keep  # noqa: PLC0415 - Slack's library is loaded where it is used

    with opened(settings) as database:
        try:
            found = keep(
                database,
                settings.secret_key,
                bot_token.strip(),
                app_token.strip(),
                base_url=settings.slack.api_url if settings.slack else SLACK_API,
                now=datetime.now(UTC),
            )
        except RefusedError as refused:
            refuse(str(refused))
    emit({"workspace": found.team_name, "team": found.team_id})
    typer.echo(f"Slack is set up for {found.team_name}. Start the bot with: filrouge run", err=True)


def _steps(path: pathlib.Path) -> str:
    return f"""
1. Open {NEW_APP} and choose “From a manifest”.
2. Choose the workspace, then paste the content of {path} (it was written just now).
3. “Install App”: install it in the workspace, and copy the bot token.
4. “Basic Information”, “App-Level Tokens”: generate one with the scope connections:write, and copy it.
"""
